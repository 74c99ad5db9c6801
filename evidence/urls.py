"""The pages of the evidence library."""

from __future__ import annotations

from django.urls import path

from evidence.views import checks, drafts, library, pages, systems

urlpatterns = [
    path("evidence/", library.library, name="evidence"),
    path("systems/", systems.systems, name="systems"),
    path("systems/add/", systems.add, name="system_add"),
    path("systems/<id:pk>/", systems.system, name="system"),
    path("systems/changes/<id:pk>/drop/", systems.drop_change, name="system_change_drop"),
    path("evidence/upload/", drafts.upload, name="evidence_upload"),
    path("evidence/drafts/<id:pk>/", drafts.draft, name="evidence_draft"),
    path("evidence/drafts/<id:pk>/pages/<id:page>/", drafts.draft_page, name="evidence_draft_page"),
    path("evidence/drafts/<id:pk>/discard/", drafts.discard, name="evidence_draft_discard"),
    path("evidence/<id:pk>/", library.item, name="evidence_item"),
    path("evidence/<id:pk>/newer/", drafts.newer, name="evidence_newer"),
    path("evidence/<id:pk>/audience/", checks.audience, name="evidence_audience"),
    path("evidence/<id:pk>/withdraw/", checks.withdraw, name="evidence_withdraw"),
    path("evidence/<id:pk>/reinstate/", checks.reinstate, name="evidence_reinstate"),
    path("evidence/revisions/<id:pk>/check/", checks.check, name="evidence_check"),
    path("evidence/checks/<id:pk>/screenshot/", checks.screenshot, name="evidence_screenshot"),
    path("evidence/<id:pk>/correct/", drafts.correct, name="evidence_correct"),
    path("evidence/revisions/<id:pk>/file/", library.file, name="evidence_file"),
    path("evidence/revisions/<id:pk>/pages/<id:page>/", pages.page, name="evidence_page"),
]
