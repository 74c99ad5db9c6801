"""Every page and the view that answers it. A new one needs a row in the access matrix of ``tests/pages``."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from accounts.views import audit, session
from evidence.views import library
from rfp.views import inbox, questionnaire, review


class IdConverter(IntConverter):
    """The id of a row; longer numbers are no ids, and databases refuse them in different ways."""

    regex = "[0-9]{1,18}"


register_converter(IdConverter, "id")

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("questionnaires/<id:pk>/", questionnaire.questionnaire, name="questionnaire"),
    path("questionnaires/<id:pk>/original/", questionnaire.original, name="questionnaire_original"),
    path("questionnaires/<id:pk>/approve-ready/", review.approve_all_ready, name="approve_ready"),
    path("questionnaires/<id:pk>/approve/", review.approve_ticked, name="approve_ticked"),
    path("exports/<id:pk>/", questionnaire.export, name="export"),
    path("evidence/", library.library, name="evidence"),
    path("evidence/<id:pk>/", library.item, name="evidence_item"),
    path("evidence/revisions/<id:pk>/file/", library.file, name="evidence_file"),
    path("audit/", audit.audit_trail, name="audit"),
    path("sign-in/", session.sign_in, name="sign_in"),
    path("sign-out/", session.sign_out, name="sign_out"),
    path("organisation/", session.choose_organisation, name="choose_organisation"),
]
