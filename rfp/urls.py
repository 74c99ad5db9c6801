"""Every page and the view that answers it. A new one needs a row in the access matrix of ``tests/pages``."""

from __future__ import annotations

from django.urls import path

from accounts.views import audit, session
from evidence.views import library
from rfp.views import inbox, questionnaire, review

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("questionnaires/<int:pk>/", questionnaire.questionnaire, name="questionnaire"),
    path("questionnaires/<int:pk>/original/", questionnaire.original, name="questionnaire_original"),
    path("questionnaires/<int:pk>/approve-ready/", review.approve_all_ready, name="approve_ready"),
    path("questionnaires/<int:pk>/approve/", review.approve_ticked, name="approve_ticked"),
    path("exports/<int:pk>/", questionnaire.export, name="export"),
    path("evidence/", library.library, name="evidence"),
    path("evidence/<int:pk>/", library.item, name="evidence_item"),
    path("evidence/revisions/<int:pk>/file/", library.file, name="evidence_file"),
    path("audit/", audit.audit_trail, name="audit"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("organisation/", session.choose_organisation, name="choose_organisation"),
]
