"""The settings of an organisation, for its administrators."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actions.people import change_settings
from accounts.authorization import Permission
from accounts.forms import OrganisationSettings
from accounts.views.gate import ActingRequest, requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def organisation_settings(request: ActingRequest) -> HttpResponse:
    organisation = request.acting.organisation
    given = request.POST if request.method == "POST" else None
    form = OrganisationSettings(
        given,
        initial={name: getattr(organisation, name) for name in OrganisationSettings.base_fields},
    )
    if given is not None and form.is_valid():
        change_settings(organisation=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
        messages.success(request, "The settings are stored.")
        return redirect("organisation_settings")
    return render(request, "accounts/organisation_settings.html", {"form": form})
