"""Every page and the view that answers it. A new one needs a row in the access matrix of ``tests/pages``."""

from __future__ import annotations

from django.urls import path

from accounts import urls as accounts_urls
from evidence import urls as evidence_urls
from rfp.views import board, inbox, questionnaire, review, timeline

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("questionnaires/<id:pk>/", questionnaire.questionnaire, name="questionnaire"),
    path("questionnaires/<id:pk>/original/", questionnaire.original, name="questionnaire_original"),
    path("questionnaires/<id:pk>/approve-ready/", review.approve_all_ready, name="approve_ready"),
    path("questionnaires/<id:pk>/approve/", review.approve_ticked, name="approve_ticked"),
    path("board/", board.board, name="board"),
    path("evidence/timeline/", timeline.timeline, name="timeline"),
    path("evidence/reminders/", timeline.reminder_audience, name="reminder_audience"),
    path("evidence/<id:pk>/snooze/", timeline.snooze_reminder, name="snooze_reminder"),
    path("exports/<id:pk>/", questionnaire.export, name="export"),
    *evidence_urls.urlpatterns,
    *accounts_urls.urlpatterns,
]
