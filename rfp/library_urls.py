"""The pages of the answer library."""

from __future__ import annotations

from django.urls import path

from rfp.views import answer_library

urlpatterns = [
    path("answers/", answer_library.answers, name="library_answers"),
    path("answers/new/", answer_library.new_answer, name="library_answer_new"),
    path("answers/<id:pk>/", answer_library.answer, name="library_answer"),
    path("answers/<id:pk>/edit/", answer_library.edit_answer, name="library_answer_edit"),
    path("answers/<id:pk>/step/", answer_library.step, name="library_step"),
]
