"""Who gets the pages that watch over the proof: the gap board and what ends when."""

from __future__ import annotations

from accounts.models import User
from rfp.models import Release, Reopening
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.matrix.row import Row
from tests.pages.sent import send


def a_reopening(world: World) -> int:
    """Answers that were taken back."""
    evidence = world.revision.evidence
    return Reopening.objects.create(evidence=evidence, reason="It was withdrawn.", library_answers=0, at=NOW).pk


def a_release(world: World) -> dict[str, str | list[str]]:
    """Name a version that was sent."""
    sent = Release.objects.filter(questionnaire=world.questionnaire).first()
    vera = User.objects.get(email="vera@vendor.example")
    return {"release": str((sent or send(world, by=vera)).pk), "note": "A letter was sent."}


EVIDENCE = Row(owned=lambda world: world.revision.evidence_id)
ROWS: dict[str, Row] = {
    "home": Row(),
    "board": Row(),
    "timeline": Row(),
    "impact": Row(),
    "evidence_impact": EVIDENCE,
    "reopen_answers": Row(
        method="post",
        owned=lambda world: world.revision.evidence_id,
        own=302,
        sales_engineer=302,
        sends=lambda _: {"reason": "It was withdrawn."},
    ),
    "undo_reopening": Row(method="post", owned=a_reopening, own=302, sales_engineer=403),
    "correction_letter": Row(
        method="post",
        owned=lambda world: world.revision.evidence_id,
        own=302,
        sales_engineer=302,
        sends=a_release,
    ),
    "settle_correction": Row(
        method="post",
        owned=lambda world: world.revision.evidence_id,
        own=302,
        sales_engineer=302,
        sends=a_release,
    ),
    "reminder_audience": Row(method="post", own=302, sales_engineer=403, sends=lambda _: {"audience": "keeper"}),
    "snooze_reminder": Row(
        method="post",
        owned=lambda world: world.revision.evidence_id,
        own=302,
        sales_engineer=403,
        sends=lambda _: {"reason": "The audit is under way.", "until": "2026-12-24"},
    ),
}
