"""The pages about people, organisations and what they did."""

from __future__ import annotations

from django.urls import path

from accounts.entrance import ENTRANCE, OWN_ACCOUNT
from accounts.views import account, audit, invitation, notifications, organisation, people, session

urlpatterns = [
    path("audit/", audit.audit_trail, name="audit"),
    path("audit/download/", audit.audit_export, name="audit_export"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications_read"),
    path("notifications/<id:pk>/open/", notifications.notification_open, name="notification_open"),
    path("people/", people.people, name="people"),
    path("people/invite/", people.invite, name="people_invite"),
    path("people/invitations/<id:pk>/resend/", people.invitation_resend, name="invitation_resend"),
    path("people/invitations/<id:pk>/revoke/", people.invitation_revoke, name="invitation_revoke"),
    path("people/<id:pk>/", people.member, name="member"),
    path("people/<id:pk>/end/", people.member_end, name="member_end"),
    path("organisation/", session.choose_organisation, name="choose_organisation"),
    path("organisation/settings/", organisation.organisation_settings, name="organisation_settings"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("invitations/<str:token>/", invitation.invitation_open, name="invitation_open"),
    path("account/", account.account, name="account"),
    *ENTRANCE,
    *OWN_ACCOUNT,
]
