"""Who gets the pages about people and what they did."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from accounts.actions.invitations import invite
from accounts.models import Invitation, Notification, Role, User
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def a_notification(world: World) -> int:
    """Tell the approver something: it is no business of the sales engineer's."""
    person = User.objects.get(email="ada@vendor.example")
    told = Notification.objects.create(
        organisation=world.organisation, user=person, kind="mention", text="Ask Vera.", url="/", created_at=NOW
    )
    return told.pk


def an_invitation(world: World) -> int:
    """Ask somebody to join the organisation, once."""
    if pending := Invitation.objects.filter(organisation=world.organisation).pending().first():
        return pending.pk
    issued = invite(
        organisation=world.organisation,
        email="new@vendor.example",
        roles=[Role.EXPERT],
        by=User.objects.get(email="vera@vendor.example"),
        at=timezone.now(),
    )
    return issued.invitation.pk


def a_member(world: World) -> int:
    return User.objects.get(email="vera@vendor.example").pk


def manage(
    owned: Callable[[World], int] | None = None, *, method: str = "get", own: int = 200, **sent: str | list[str]
) -> Row:
    """A page for administrators of the organisation."""
    return Row(
        method=method, owned=owned, own=own, sales_engineer=403, role=Role.ADMINISTRATOR, sends=lambda world: dict(sent)
    )


PEOPLE: dict[str, Row] = {
    "people": manage(),
    "people_invite": manage(method="post", own=302, email="max@vendor.example", roles=["expert"]),
    "invitation_resend": manage(an_invitation, method="post", own=302),
    "invitation_revoke": manage(an_invitation, method="post", own=302),
    "member": manage(a_member),
    "member_end": manage(a_member, method="post", own=302),
    "organisation_settings": manage(),
}
ENTRANCE: dict[str, Row] = {
    name: Row(public=True)
    for name in (
        "sign_in",
        "sign_out",
        "account_login",
        "account_logout",
        "account_signup",
        "account_inactive",
        "account_reset_password",
        "account_confirm_password_reset_code",
        "account_complete_password_reset",
        "account_password_reset_completed",
        "account_email_verification_sent",
        "mfa_authenticate",
        "openid_connect_login",
        "openid_connect_callback",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "invitation_open",
    )
}
ANY = Row(personal=True)
# The people of these tests have neither password nor second step: there is nothing to confirm it is them with.
NOTHING_TO_CONFIRM_WITH = Row(personal=True, own=403)
NOT_SET_UP = Row(personal=True, own=404)
OWN_KEY = Row(personal=True, own=404, owned=lambda world: 1)
OWN_ACCOUNT: dict[str, Row] = {
    "account": ANY,
    "invitation": NOT_SET_UP,
    "account_email": ANY,
    "account_reauthenticate": NOTHING_TO_CONFIRM_WITH,
    "account_change_password": Row(personal=True, own=302),
    "account_set_password": ANY,
    "usersessions_list": ANY,
    "socialaccount_connections": ANY,
    "mfa_index": ANY,
    "mfa_reauthenticate": NOTHING_TO_CONFIRM_WITH,
    "mfa_activate_totp": ANY,
    "mfa_deactivate_totp": NOT_SET_UP,
    "mfa_view_recovery_codes": NOT_SET_UP,
    "mfa_generate_recovery_codes": ANY,
    "mfa_download_recovery_codes": NOT_SET_UP,
    "mfa_list_webauthn": ANY,
    "mfa_add_webauthn": ANY,
    "mfa_reauthenticate_webauthn": NOTHING_TO_CONFIRM_WITH,
    "mfa_remove_webauthn": OWN_KEY,
    "mfa_edit_webauthn": OWN_KEY,
}
ROWS: dict[str, Row] = {
    "audit": Row(),
    "audit_export": Row(),
    "notifications": Row(),
    "notifications_read": Row(method="post", own=302, sales_engineer=302),
    "notification_open": Row(method="post", owned=a_notification, own=302, sales_engineer=404),
    "choose_organisation": Row(method="post", public=True),
    **PEOPLE,
    **ENTRANCE,
    **OWN_ACCOUNT,
}
