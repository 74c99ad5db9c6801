"""The people of an organisation, for its administrators: who is in, what they may do, who was asked to join."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions import invitations, members
from accounts.authorization import Permission, roles_offered
from accounts.forms import Invite, Roles
from accounts.mail import MailNotSent, send_invitation
from accounts.queries import member_of, members_of, pending_invitation, pending_invitations
from accounts.views.gate import ActingRequest, found, requires


@require_safe
@requires(Permission.MANAGE_PEOPLE)
def people(request: ActingRequest) -> HttpResponse:
    return _page(request, Invite(offered=roles_offered(request.acting.organisation)))


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def invite(request: ActingRequest) -> HttpResponse:
    form = Invite(request.POST, offered=roles_offered(request.acting.organisation))
    if not form.is_valid():
        return _page(request, form)
    try:
        issued = invitations.invite(
            organisation=request.acting.organisation,
            email=form.cleaned_data["email"],
            roles=form.chosen(),
            by=request.user,
            at=timezone.now(),
        )
    except (invitations.AlreadyMember, invitations.AlreadyInvited) as problem:
        form.add_error("email", str(problem))
        return _page(request, form)
    return _sent(request, issued)


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def invitation_resend(request: ActingRequest, pk: int) -> HttpResponse:
    invitation = found(pending_invitation(request.acting.organisation, pk))
    try:
        issued = invitations.resend(invitation=invitation, by=request.user, at=timezone.now())
    except invitations.InvitationClosed as problem:
        messages.error(request, str(problem))
        return redirect("people")
    return _sent(request, issued)


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def invitation_revoke(request: ActingRequest, pk: int) -> HttpResponse:
    invitation = found(pending_invitation(request.acting.organisation, pk))
    try:
        invitations.revoke(invitation=invitation, by=request.user, at=timezone.now())
    except invitations.InvitationClosed as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"The invitation of {invitation.email} was taken back; its link opens nothing now.")
    return redirect("people")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_PEOPLE)
def member(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(member_of(request.acting.organisation, pk))
    form = Roles(
        request.POST if request.method == "POST" else None,
        offered=roles_offered(request.acting.organisation, also=shown.roles),
        initial={"roles": [role.value for role in shown.roles]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            members.set_roles(
                organisation=request.acting.organisation,
                user=shown.user,
                roles=form.chosen(),
                by=request.user,
                at=timezone.now(),
            )
        except (members.LastAdministrator, members.NotAMember, invitations.RoleDoesNotFit) as problem:
            form.add_error("roles", str(problem))
        else:
            messages.success(request, f"The roles of {shown.user} are as you set them.")
            return redirect("people")
    return render(request, "accounts/member.html", {"member": shown, "form": form})


@require_POST
@requires(Permission.MANAGE_PEOPLE)
def member_end(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(member_of(request.acting.organisation, pk))
    try:
        members.end_membership(
            organisation=request.acting.organisation, user=shown.user, by=request.user, at=timezone.now()
        )
    except (members.LastAdministrator, members.NotAMember) as problem:
        messages.error(request, str(problem))
        return redirect("people")
    messages.success(request, f"{shown.user} belongs to {request.acting.organisation} no more.")
    return redirect("account" if shown.user == request.user else "people")


def _sent(request: ActingRequest, issued: invitations.Issued) -> HttpResponse:
    link = request.build_absolute_uri(reverse("invitation_open", args=[issued.token]))
    try:
        send_invitation(issued.invitation, link=link)
    except MailNotSent as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, f"{issued.invitation.email} gets a mail with a link that works for seven days.")
    return redirect("people")


def _page(request: ActingRequest, form: Invite) -> HttpResponse:
    organisation = request.acting.organisation
    shown = {
        "members": members_of(organisation),
        "invitations": pending_invitations(organisation),
        "form": form,
        "now": timezone.now(),
    }
    return render(request, "accounts/people.html", shown)
