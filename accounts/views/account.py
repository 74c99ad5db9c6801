"""A person's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.actions.people import rename_person
from accounts.forms import OwnName
from accounts.queries import has_two_factor, roles_held
from accounts.views.gate import ActingRequest, own


@require_http_methods(["GET", "HEAD", "POST"])
@own
def account(request: ActingRequest) -> HttpResponse:
    given = request.POST if request.method == "POST" else None
    form = OwnName(given, initial={"full_name": request.user.full_name})
    if given is not None and form.is_valid():
        rename_person(user=request.user, full_name=form.cleaned_data["full_name"], at=timezone.now())
        messages.success(request, "Your name is changed.")
        return redirect("account")
    shown = {
        "form": form,
        "two_factor": has_two_factor(request.user),
        "held": roles_held(request.user),
        "single_sign_on": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    return render(request, "accounts/account.html", shown)
