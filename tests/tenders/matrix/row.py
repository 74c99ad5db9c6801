"""A row of the buyer's access matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from tests.tenders.world import TenderWorld


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerRow:
    """A route: how it is asked for, and what each of the buyer's people is answered.

    ``owned`` routes name a row of the world's buyer by id; ``path`` holds what else stands in the address.
    """

    method: str = "get"
    owned: Callable[[TenderWorld], int] | None = None
    path: Mapping[str, int] = field(default_factory=dict)
    sends: Callable[[TenderWorld], Mapping[str, str | list[str]]] = lambda world: {}
    procurement: int = 200
    evaluator: int = 403
    executive: int = 403


def changes(owned: Callable[[TenderWorld], int], *, answer: int = 302, **sent: str) -> BuyerRow:
    """A POST by procurement alone."""
    return BuyerRow(method="post", owned=owned, procurement=answer, sends=lambda world: sent)


def the_tender(world: TenderWorld) -> int:
    return world.tender.pk


def the_draft(world: TenderWorld) -> int:
    return world.draft.pk
