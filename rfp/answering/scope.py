"""For which AI systems and regions an approved answer holds: an answer for one is never given for another."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

_BETWEEN = re.compile(r"\s*[;,]\s*")


def systems_of(product: str, registered: Collection[str]) -> frozenset[str]:
    """Return the registered AI systems that a product names: in full, or by a last word that only one of them has.

    Several are separated by commas or semicolons. A name that is no system, or that could be two, stands for none.
    """
    whole = _named(product, registered)
    if whole:
        return whole
    return frozenset().union(*(_named(part, registered) for part in parts(product)))


def covers(product: str, asked: Collection[str], registered: Collection[str]) -> bool:
    """Say whether an answer for PRODUCT holds for every AI system that is asked about; one without product for all."""
    return not product.strip() or (bool(asked) and frozenset(asked) <= systems_of(product, registered))


def touches(product: str, deal: Collection[str], registered: Collection[str]) -> bool:
    """Say whether an answer for PRODUCT could hold for a question about some systems of the deal."""
    return not product.strip() or not systems_of(product, registered).isdisjoint(deal)


def holds_in(regions: str, region: str) -> bool:
    """Say whether an answer holds where the buyer is; without a region on either side nothing speaks against it."""
    return not regions.strip() or not region.strip() or region.strip().casefold() in _folded(parts(regions))


def parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in _BETWEEN.split(text.strip()) if part)


def _named(name: str, registered: Collection[str]) -> frozenset[str]:
    wanted = name.strip().casefold()
    exact = frozenset(system for system in registered if system.casefold() == wanted)
    if exact:
        return exact
    short = frozenset(system for system in registered if wanted and system.split()[-1].casefold() == wanted)
    return short if len(short) == 1 else frozenset()


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(text.casefold() for text in texts)
