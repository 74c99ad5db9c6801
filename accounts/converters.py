"""How the routes name rows."""

from __future__ import annotations

from django.urls import register_converter
from django.urls.converters import IntConverter


class IdConverter(IntConverter):
    """The id of a row; longer numbers are no ids, and databases refuse them in different ways."""

    regex = "[0-9]{1,18}"


def register() -> None:
    """Make ``<id:pk>`` known; called when the applications are ready, before any route is read."""
    register_converter(IdConverter, "id")
