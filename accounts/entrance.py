"""The routes of signing in and of the own account: those of django-allauth that are used here, and no others.

allauth asks for its own route names; the pages are wrapped so that they show the organisation of who is signed in.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as two_factor
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as keys
from allauth.socialaccount import views as sign_on
from allauth.socialaccount.providers.openid_connect import views as openid
from allauth.usersessions import views as sessions
from django.urls import path

from accounts.views.gate import known, own

ENTRANCE = [
    path("sign-in/", account.login, name="sign_in"),
    path("sign-in/", account.login, name="account_login"),
    path("sign-in/second-step/", two_factor.authenticate, name="mfa_authenticate"),
    path("sign-in/closed/", account.account_inactive, name="account_inactive"),
    path("sign-out/", account.logout, name="sign_out"),
    path("sign-out/", account.logout, name="account_logout"),
    path("sign-up/", account.signup, name="account_signup"),
    path("password/", account.password_reset, name="account_reset_password"),
    path("password/code/", account.confirm_password_reset_code, name="account_confirm_password_reset_code"),
    path("password/new/", account.complete_password_reset, name="account_complete_password_reset"),
    path("password/done/", account.password_reset_from_key_done, name="account_password_reset_completed"),
    path("sign-on/cancelled/", sign_on.login_cancelled, name="socialaccount_login_cancelled"),
    path("sign-on/failed/", sign_on.login_error, name="socialaccount_login_error"),
    path("sign-on/<slug:provider_id>/", openid.login, name="openid_connect_login"),
    path("sign-on/<slug:provider_id>/back/", openid.callback, name="openid_connect_callback"),
]
OWN_ACCOUNT = [
    path("account/confirm/", own(account.reauthenticate), name="account_reauthenticate"),
    path("account/address/", own(account.email), name="account_email"),
    path("account/address/code/", known(account.email_verification_sent), name="account_email_verification_sent"),
    path("account/password/", own(account.password_change), name="account_change_password"),
    path("account/password/first/", own(account.password_set), name="account_set_password"),
    path("account/sessions/", own(sessions.list_usersessions), name="usersessions_list"),
    path("account/sign-on/", own(sign_on.connections), name="socialaccount_connections"),
    path("account/second-step/", own(two_factor.index), name="mfa_index"),
    path("account/second-step/confirm/", own(two_factor.reauthenticate), name="mfa_reauthenticate"),
    path("account/second-step/app/", own(app.activate_totp), name="mfa_activate_totp"),
    path("account/second-step/app/remove/", own(app.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/second-step/codes/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path("account/second-step/codes/new/", own(codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("account/second-step/codes/file/", own(codes.download_recovery_codes), name="mfa_download_recovery_codes"),
    path("account/second-step/keys/", own(keys.list_webauthn), name="mfa_list_webauthn"),
    path("account/second-step/keys/add/", own(keys.add_webauthn), name="mfa_add_webauthn"),
    path("account/second-step/keys/confirm/", own(keys.reauthenticate_webauthn), name="mfa_reauthenticate_webauthn"),
    path("account/second-step/keys/<id:pk>/remove/", own(keys.remove_webauthn), name="mfa_remove_webauthn"),
    path("account/second-step/keys/<id:pk>/name/", own(keys.edit_webauthn), name="mfa_edit_webauthn"),
]
