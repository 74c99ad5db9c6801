"""The pages of the evidence library."""

from __future__ import annotations

from django.urls import path

from evidence.views import library

urlpatterns = [
    path("evidence/", library.library, name="evidence"),
    path("evidence/<id:pk>/", library.item, name="evidence_item"),
    path("evidence/revisions/<id:pk>/file/", library.file, name="evidence_file"),
]
