"""An item of a list as one line of text: a name, a subservice organisation, the retest of a finding."""

from __future__ import annotations

import re
from collections.abc import Mapping

from evidence.catalogs.problems import CatalogueInvalid

_RETEST = re.compile(r"^(?P<finding>[^:]{1,60}):\s*(?P<result>[a-z][a-z _-]*)(?P<rest>(?:,.*)?)$", re.I)
_PARTS = {
    "fixed_on": re.compile(r"\bfixed (?:on )?(\d{4}-\d{2}-\d{2})", re.I),
    "retested_on": re.compile(r"\bretested (?:on )?(\d{4}-\d{2}-\d{2})", re.I),
    "severity": re.compile(r"\b(critical|high|medium|low)\b", re.I),
}


def say(item: object) -> str:
    """Return an item as a line; empty for one that has no such form."""
    if isinstance(item, Mapping):
        if "finding" in item:
            return _say_retest(item)
        name, method = item.get("name"), item.get("method")
        return f"{name} ({method})" if name and method else str(name or "")
    return "" if isinstance(item, list) else str(item)


def _say_retest(item: Mapping[str, object]) -> str:
    days = [
        f"{word} {item[key]}" for word, key in (("fixed", "fixed_on"), ("retested", "retested_on")) if item.get(key)
    ]
    said = [str(item.get("result") or "open"), *days, str(item.get("severity") or "")]
    return f"{item['finding']}: {', '.join(part for part in said if part)}"


def read_retest(line: str) -> dict[str, str]:
    """Return the retest that a line describes.

    :raises CatalogueInvalid: if it does not name finding and result
    """
    found = _RETEST.match(line)
    if found is None:
        raise CatalogueInvalid(f"Findings retested: “{line}” is not of the form “H-1: closed, fixed 2026-09-18”.")
    read = {"finding": found["finding"].strip(), "result": found["result"].strip()}
    for key, pattern in _PARTS.items():
        part = pattern.search(found["rest"])
        if part:
            read[key] = part[1]
    return read
