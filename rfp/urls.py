"""Every page and the view that answers it. A new one needs a row in the access matrix of ``tests/pages``."""

from __future__ import annotations

from django.urls import path

from accounts import urls as accounts_urls
from evidence import urls as evidence_urls
from rfp import framework_urls, judging_urls, library_urls, tender_urls
from rfp.views import (
    answers,
    board,
    deal,
    desk,
    desk_answers,
    desk_talk,
    desk_teaching,
    home,
    impact,
    inbox,
    jobs,
    layout,
    layouts,
    questionnaire,
    review,
    timeline,
)
from rfp.views.mapping_sets import versions as mapping_versions
from rfp.views.operations import health
from rfp.views.operations import jobs as all_jobs

urlpatterns = [
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
    path("", home.home, name="home"),
    path("jobs/", all_jobs.jobs, name="jobs"),
    path("jobs/<id:pk>/again/", all_jobs.job_again, name="job_again"),
    path("questionnaires/", inbox.inbox, name="inbox"),
    path("questionnaires/upload/", deal.upload, name="upload"),
    path("questionnaires/<id:pk>/", questionnaire.questionnaire, name="questionnaire"),
    path("questionnaires/<id:pk>/deal/", deal.deal, name="deal"),
    path("questionnaires/<id:pk>/progress/", jobs.progress, name="questionnaire_progress"),
    path("questionnaires/<id:pk>/draft-again/", jobs.redraft, name="redraft"),
    path("questionnaires/<id:pk>/make-files/", jobs.make_files, name="make_files"),
    path("questionnaires/<id:pk>/retry/", jobs.retry, name="job_retry"),
    path("questionnaires/<id:pk>/cancel/", jobs.cancel, name="job_cancel"),
    path("questionnaires/<id:pk>/answers/", answers.answers_list, name="questionnaire_answers"),
    path("questionnaires/<id:pk>/files/", questionnaire.files, name="questionnaire_files"),
    path("questionnaires/<id:pk>/original/", questionnaire.original, name="questionnaire_original"),
    path("questionnaires/<id:pk>/layout/", layout.show, name="layout"),
    path("questionnaires/<id:pk>/layout/edit/", layout.edit, name="layout_edit"),
    path("questionnaires/<id:pk>/layout/step/", layout.step, name="layout_step"),
    path("questionnaires/<id:pk>/layout/text/", layout.text, name="layout_text"),
    path("questionnaires/<id:pk>/layout/file/", layout.file, name="layout_file"),
    path("questionnaires/<id:pk>/layout/confirm/", layout.confirm, name="layout_confirm"),
    path("layouts/", layouts.layouts, name="remembered_layouts"),
    path("layouts/<id:pk>/", layouts.layout, name="remembered_layout"),
    path("layouts/<id:pk>/rename/", layouts.rename, name="remembered_layout_rename"),
    path("layouts/<id:pk>/forget/", layouts.forget, name="remembered_layout_forget"),
    path("questionnaires/<id:pk>/approve-ready/", review.approve_all_ready, name="approve_ready"),
    path("questionnaires/<id:pk>/approve/", review.approve_ticked, name="approve_ticked"),
    path("questionnaires/<id:pk>/desk/", desk.review_desk, name="desk"),
    path("questionnaires/<id:pk>/desk/undo/", desk_answers.undo_step, name="desk_undo"),
    path("questions/<id:pk>/write/", desk_answers.write_answer, name="question_write"),
    path("questions/<id:pk>/choose/", desk_answers.choose_answer, name="question_choose"),
    path("questions/<id:pk>/approve/", desk_answers.approve_answer, name="question_approve"),
    path("questions/<id:pk>/skip/", desk_answers.skip_question, name="question_skip"),
    path("questions/<id:pk>/assign/", desk_talk.assign_question, name="question_assign"),
    path("questions/<id:pk>/finish/", desk_talk.finish_assignment, name="question_finish"),
    path("questions/<id:pk>/remark/", desk_talk.say_remark, name="question_remark"),
    path("questions/<id:pk>/map/", desk_teaching.map_question, name="question_map"),
    path("questions/<id:pk>/keep-mapping/", desk_teaching.keep_mapping, name="question_keep_mapping"),
    path("questions/<id:pk>/keep-answer/", desk_teaching.keep_answer, name="question_keep_answer"),
    path("mapping/", mapping_versions.overview, name="mapping"),
    path("mapping/versions/<id:pk>/", mapping_versions.version, name="mapping_version"),
    path("mapping/versions/<id:pk>/back/", mapping_versions.roll_back, name="mapping_back"),
    path("board/", board.board, name="board"),
    path("evidence/timeline/", timeline.timeline, name="timeline"),
    path("evidence/reminders/", timeline.reminder_audience, name="reminder_audience"),
    path("evidence/impact/", impact.impact, name="impact"),
    path("evidence/<id:pk>/impact/", impact.evidence_impact, name="evidence_impact"),
    path("evidence/<id:pk>/reopen/", impact.reopen_answers, name="reopen_answers"),
    path("evidence/<id:pk>/correction/", impact.correction_letter, name="correction_letter"),
    path("evidence/<id:pk>/settle/", impact.settle_correction, name="settle_correction"),
    path("reopenings/<id:pk>/undo/", impact.undo, name="undo_reopening"),
    path("evidence/<id:pk>/snooze/", timeline.snooze_reminder, name="snooze_reminder"),
    path("exports/<id:pk>/", questionnaire.export, name="export"),
    *library_urls.urlpatterns,
    *tender_urls.urlpatterns,
    *framework_urls.urlpatterns,
    *judging_urls.urlpatterns,
    *evidence_urls.urlpatterns,
    *accounts_urls.urlpatterns,
]

handler500 = "rfp.views.errors.failed"
