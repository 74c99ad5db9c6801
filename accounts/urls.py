"""The pages about people, organisations and what they did."""

from __future__ import annotations

from django.urls import path

from accounts.views import audit, notifications, session

urlpatterns = [
    path("audit/", audit.audit_trail, name="audit"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("notifications/read/", notifications.notifications_read, name="notifications_read"),
    path("notifications/<id:pk>/open/", notifications.notification_open, name="notification_open"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("organisation/", session.choose_organisation, name="choose_organisation"),
]
