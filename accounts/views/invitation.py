"""The way of an invited person: the link of the mail, then an account or a sign-in, then the organisation.

The link itself changes nothing, since mail scanners open links too; the button on its page does.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from accounts.actions import invitations
from accounts.adapter import INVITATION_KEY, invited
from accounts.queries import has_account, invitation_by_token
from accounts.views.gate import ORGANISATION_KEY, ActingRequest, found, known, own


@require_http_methods(["GET", "HEAD", "POST"])
@known
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites; the button begins to accept. Used, taken back, too old and never sent: the same 404."""
    invitation = found(invitation_by_token(token, at=timezone.now()))
    if request.method == "POST":
        request.session[INVITATION_KEY] = invitation.pk
        if request.user.is_authenticated:
            return redirect("invitation")
        if has_account(invitation.email):
            return redirect(f"{reverse('sign_in')}?{urlencode({'next': reverse('invitation')})}")
        return redirect("account_signup")
    response = render(request, "accounts/invitation.html", {"invitation": invitation})
    # The address is a secret. "no-referrer" would have the browser send its button from the origin "null", as nobody.
    response["Referrer-Policy"] = "same-origin"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@own
def invitation(request: ActingRequest) -> HttpResponse:
    """Join with the account that is signed in."""
    waiting = found(invited(request))
    if request.method == "POST":
        try:
            invitations.accept(invitation=waiting, user=request.user, at=timezone.now())
        except (invitations.AnotherPerson, invitations.InvitationClosed) as problem:
            messages.error(request, str(problem))
            return redirect("account")
        del request.session[INVITATION_KEY]
        request.session[ORGANISATION_KEY] = waiting.organisation_id
        messages.success(request, f"You belong to {waiting.organisation} now.")
        return redirect("home")
    return render(request, "accounts/invitation_join.html", {"invitation": waiting})
