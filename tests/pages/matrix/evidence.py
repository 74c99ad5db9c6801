"""Who gets the pages of the evidence library."""

from __future__ import annotations

from accounts.models import Role
from evidence.actions.files import keep
from evidence.models import AISystem, Draft, MaterialChange, OutsideCheck
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def draft(world: World) -> int:
    """Return a correction of the world's certificate that is under way."""
    row, _ = Draft.objects.get_or_create(
        organisation=world.organisation,
        evidence=world.revision.evidence,
        defaults={"file": world.revision.file, "created_at": NOW, "saved_at": NOW},
    )
    return int(row.pk)


def screenshot(world: World) -> int:
    """Return a check of the world's certificate, with a picture."""
    check = OutsideCheck.objects.filter(revision=world.revision).first() or OutsideCheck.objects.create(
        revision=world.revision,
        place="IAF CertSearch",
        checked_on=NOW.date(),
        result="confirmed",
        screenshot=keep(organisation=world.organisation, content=b"picture", name="seen.png", at=NOW),
        recorded_at=NOW,
    )
    return int(check.pk)


def system(world: World) -> int:
    return int(AISystem.objects.get(organisation=world.organisation).pk)


def change(world: World) -> int:
    """Return a material change of the world's AI system."""
    held = AISystem.objects.get(organisation=world.organisation)
    row, _ = MaterialChange.objects.get_or_create(system=held, happened_on=NOW.date(), description="New model")
    return int(row.pk)


def item(world: World) -> int:
    return int(world.revision.evidence_id)


OWNER = Role.EVIDENCE_OWNER
ROWS: dict[str, Row] = {
    "evidence": Row(),
    "evidence_item": Row(owned=item),
    "evidence_file": Row(owned=lambda world: world.revision.pk),
    # The world's certificate is no real PDF: a picture that says so is the answer.
    "evidence_page": Row(owned=lambda world: world.revision.pk, path={"page": 1}, own=422, sales_engineer=422),
    "evidence_audience": Row(
        role=OWNER,
        method="post",
        owned=item,
        sends=lambda _: {"audience": "nda", "seen": "public"},
        own=302,
        sales_engineer=403,
    ),
    "evidence_upload": Row(role=OWNER, sales_engineer=403),
    "evidence_draft": Row(role=OWNER, owned=draft, sales_engineer=403),
    "evidence_draft_page": Row(role=OWNER, owned=draft, path={"page": 1}, own=422, sales_engineer=403),
    "evidence_draft_discard": Row(role=OWNER, method="post", owned=draft, own=302, sales_engineer=403),
    "evidence_withdraw": Row(
        role=OWNER,
        method="post",
        owned=item,
        own=302,
        sales_engineer=403,
        sends=lambda _: {"reason": "Replaced.", "effective_on": "2026-11-20"},
    ),
    "evidence_reinstate": Row(role=OWNER, method="post", owned=item, own=302, sales_engineer=403),
    "evidence_check": Row(
        method="post",
        owned=lambda world: world.revision.pk,
        own=302,
        sales_engineer=403,
        sends=lambda _: {"place": "IAF CertSearch", "checked_on": "2026-11-20", "result": "confirmed"},
    ),
    "evidence_screenshot": Row(owned=screenshot),
    "systems": Row(),
    "system_add": Row(role=OWNER, sales_engineer=403),
    "system": Row(owned=system),
    "system_change_drop": Row(role=OWNER, method="post", owned=change, own=302, sales_engineer=403),
    "evidence_newer": Row(role=OWNER, method="post", owned=item, own=302, sales_engineer=403),
    "evidence_correct": Row(role=OWNER, method="post", owned=item, own=302, sales_engineer=403),
}
