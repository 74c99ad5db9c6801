"""Who gets the pages of frameworks."""

from __future__ import annotations

from evidence.catalogs.checklist import CHECKLIST
from evidence.models import Control, Framework
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def lay_checklist() -> None:
    """Put one requirement of the shipped checklist in place."""
    checklist, _ = Framework.objects.get_or_create(
        owner=None, slug=CHECKLIST, defaults={"name": "Checklist", "edition": "1.0", "status": "current"}
    )
    Control.objects.get_or_create(framework=checklist, ref="AT-4", defaults={"title": "Indirect prompt attack"})


def house_rules(world: World) -> int:
    """Return a framework that the world's organisation brought in for itself."""
    row, _ = Framework.objects.get_or_create(
        owner=world.organisation,
        slug="house-rules",
        defaults={"name": "House rules", "edition": "2026", "status": "current"},
    )
    return int(row.pk)


def house_rule(world: World) -> int:
    """Return an item of it."""
    row, _ = Control.objects.get_or_create(framework_id=house_rules(world), ref="H-1", defaults={"title": "Be kind"})
    return int(row.pk)


ROWS: dict[str, Row] = {
    "frameworks": Row(),
    "framework": Row(owned=house_rules),
    "framework_item": Row(owned=house_rule),
    "requirement": Row(path={"ref": "AT-4"}),
}
