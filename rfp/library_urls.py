"""The pages of the answer library and of what was sent."""

from __future__ import annotations

from django.urls import path

from rfp.views import answer_files, answer_library, answer_pairs, answer_queue, sent

urlpatterns = [
    path("answers/", answer_library.answers, name="library_answers"),
    path("answers/new/", answer_library.new_answer, name="library_answer_new"),
    path("answers/pairs/", answer_pairs.pairs, name="library_pairs"),
    path("answers/pairs/judge/", answer_pairs.judge_pair, name="judge_pair"),
    path("answers/import/", answer_files.bring, name="library_import"),
    path("answers/imports/<id:pk>/", answer_files.check, name="library_import_check"),
    path("answers/review/", answer_queue.queue, name="library_queue"),
    path("answers/still-right/", answer_queue.still_right, name="library_still_right"),
    path("answers/download/", answer_files.download, name="library_download"),
    path("answers/<id:pk>/", answer_library.answer, name="library_answer"),
    path("answers/<id:pk>/edit/", answer_library.edit_answer, name="library_answer_edit"),
    path("answers/<id:pk>/step/", answer_library.step, name="library_step"),
    path("questionnaires/<id:pk>/send/", sent.send_package, name="send_package"),
    path("questionnaires/<id:pk>/changes/", sent.changes, name="changes"),
    path("questionnaires/<id:pk>/reworded/", sent.look_for_reworded, name="look_for_reworded"),
    path("sent/<id:pk>/", sent.sent_version, name="sent_version"),
    path("sent/<id:pk>/package/", sent.sent_package, name="sent_package"),
    path("exports/<id:pk>/fidelity/", sent.fidelity, name="fidelity"),
]
