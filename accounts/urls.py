"""The pages about people, organisations and what they did."""

from __future__ import annotations

from django.urls import path

from accounts.views import audit, session

urlpatterns = [
    path("audit/", audit.audit_trail, name="audit"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("organisation/", session.choose_organisation, name="choose_organisation"),
]
