"""A row of the access matrix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from accounts.models import Role
from tests.pages.conftest import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A route: how it is asked for, and what a member without the role is told.

    ``owned`` routes name a row by id; ``path`` holds what else stands in the address. ``personal`` routes are about the
    person who is signed in, whatever they belong to.
    """

    method: str = "get"
    owned: Callable[[World], int] | None = None
    path: Mapping[str, int | str] = field(default_factory=dict)
    sends: Callable[[World], Mapping[str, str | list[str]]] = lambda world: {}
    own: int = 200
    sales_engineer: int = 200
    personal: bool = False
    public: bool = False
    role: Role | None = None  # what the page asks for beside the role of an approver
