"""Who gets the pages of mapping."""

from __future__ import annotations

from rfp.models import MappingSet, MappingVersion, VersionState
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def superseded(world: World) -> int:
    """Return an earlier version beside the published one."""
    owner, _ = MappingSet.objects.get_or_create(organisation=world.organisation, defaults={"created_at": NOW})
    for number, state in ((1, VersionState.SUPERSEDED), (2, VersionState.PUBLISHED)):
        MappingVersion.objects.get_or_create(
            set=owner,
            number=number,
            defaults={"state": state, "digest": "d", "note": "Secret", "opened_at": NOW, "published_at": NOW},
        )
    return MappingVersion.objects.get(set=owner, number=1).pk


ROWS: dict[str, Row] = {
    "mapping": Row(),
    "mapping_version": Row(owned=superseded),
    "mapping_back": Row(
        method="post",
        owned=superseded,
        sends=lambda _: {"seen": "2", "note": "Back."},
        own=302,
        sales_engineer=403,
    ),
}
