"""The pages of the evidence library."""

from __future__ import annotations

from django.urls import path

from evidence.views import library, pages

urlpatterns = [
    path("evidence/", library.library, name="evidence"),
    path("evidence/<id:pk>/", library.item, name="evidence_item"),
    path("evidence/revisions/<id:pk>/file/", library.file, name="evidence_file"),
    path("evidence/revisions/<id:pk>/pages/<id:page>/", pages.page, name="evidence_page"),
]
