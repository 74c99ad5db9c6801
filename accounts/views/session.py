"""Choose the organisation to act for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.authorization import acting_for
from accounts.forms import ChooseOrganisation
from accounts.views.gate import ORGANISATION_KEY, found


@require_POST
def choose_organisation(request: HttpRequest) -> HttpResponse:
    """Act for another of the person's organisations; one they do not belong to does not exist for them."""
    if not request.user.is_authenticated:
        return redirect("sign_in")
    form = ChooseOrganisation(request.POST)
    wanted = form.cleaned_data["organisation"] if form.is_valid() else None
    acting = found(acting_for(request.user, chosen=wanted))
    chosen = found(next((row for row in acting.organisations if row.pk == wanted), None))
    request.session[ORGANISATION_KEY] = chosen.pk
    return redirect("home")
