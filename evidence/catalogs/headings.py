"""Under which heading an item of a framework stands, where its file does not say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

BOUNDARIES = frozenset(" .-:(")


def headings(items: Sequence[tuple[str, str, str]]) -> Mapping[str, str]:
    """Return the heading of each item, given as ref, title and kind in their order.

    An item whose ref begins with that of another stands under the topmost such item, which heads its own group. Where
    nothing is nested, a framework that names its kinds one after the other is divided by them.
    """
    titles = {ref: title for ref, title, _ in items}
    tops = {ref: _top(ref, titles) for ref in titles}
    leading = {top for ref, top in tops.items() if top != ref}
    if leading:
        return {ref: _heading(top, titles[top]) if top in leading else "" for ref, top in tops.items()}
    runs = [kind for kind, _ in groupby(kind for _, _, kind in items)]
    if len(runs) > 1 and all(runs) and len(runs) == len(set(runs)):
        return {ref: f"{kind.capitalize()}s" for ref, _, kind in items}
    return dict.fromkeys(titles, "")


def _heading(ref: str, title: str) -> str:
    return title if title.casefold() == ref.casefold() else f"{ref} {title}"


def _top(ref: str, refs: Mapping[str, str]) -> str:
    """Return the shortest ref that this one begins with, ending where a part of it ends."""
    for end, sign in enumerate(ref):
        if end and sign in BOUNDARIES and ref[:end] in refs:
            return ref[:end]
    return ref
