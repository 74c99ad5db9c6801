"""The states of the gap board: hundreds of cells show one of seven, so each is drawn once."""

from __future__ import annotations

from functools import cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from rfp.templatetags.words import chip

register = template.Library()


@register.simple_tag
@cache
def state_chip(state: str) -> SafeString:
    """Show a state as ``chip`` does."""
    return render_to_string("_components/chip.html", chip(state))
