"""Whether two people speak of the same document and the same version of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

# Words that do not tell one document from another.
GENERAL = frozenset({"a", "an", "and", "of", "for", "the", "in", "on", "to", "its", "our", "by", "at"}) | frozenset(
    {
        "document",
        "report",
        "final",
        "version",
        "v",
        "rev",
        "revision",
        "issue",
        "edition",
        "copy",
        "full",
        "doc",
        "file",
    }
    | {"draft", "approved", "signed", "dated", "nist", "annual"}
)
# Words that many documents of a vendor share.
WEAK = frozenset(["ai", "model", "plan", "policy", "procedure", "assessment", "system", "systems", "record"])
# Words that a name may carry or leave out.
NEUTRAL = frozenset({"ai", "model", "models", "system", "systems"})
_CALLED_VERSION = re.compile(
    r"\b(?:version|ver\.?|revision|rev\.?|v|soa|applicability|plan|policy|register|issue)\s*(\d+(?:[.-]\d+)*)\b", re.I
)


class Match(StrEnum):
    SAME = "same"
    UNSURE = "unsure"
    OTHER = "other"


def same_version(left: str, right: str) -> bool:
    return _number(left) == _number(right)


def _number(version: str) -> str:
    text = re.sub(r"^(?:version|ver\.?|v\.?|rev\.?|revision|issue)\s*", "", version.strip().casefold())
    return re.sub(r"(?<=\d)(?:\.0)+$", "", text)


def names_version(text: str, version: str) -> bool:
    """Return whether a text names a version: called so, or by a number with a dot that stands for itself."""
    if any(same_version(found[1], version) for found in _CALLED_VERSION.finditer(text)):
        return True
    return (
        re.search(r"\d[.-]\d", version) is not None
        and re.search(rf"(?<![\d.]){re.escape(version)}(?!\d|\.\d)", text) is not None
    )


@lru_cache(maxsize=4096)
def same_document(said: str, names: tuple[str, ...]) -> Match:
    """Compare how a letter calls a document with the document's own names; initials (MIRP) count as the words."""
    known: set[str] = set()
    for name in names:
        words = _words(name)
        known |= {*words, _initials(words)}
    wanted = _words(said)
    spelled_out = {word for run in _runs(wanted) if _initials(run) in known for word in run}
    unknown = [word for word in wanted if word not in known and word not in spelled_out and word not in NEUTRAL]
    if not unknown:
        return Match.SAME
    telling = [word for word in wanted if word not in WEAK] or wanted
    return Match.UNSURE if any(word in known for word in telling) else Match.OTHER


def _runs(words: list[str]) -> Iterator[list[str]]:
    """Yield the runs of three and more words, which initials may stand for."""
    for start in range(len(words)):
        for end in range(start + 3, len(words) + 1):
            yield words[start:end]


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)


def _words(name: str) -> list[str]:
    parts = re.findall(r"[^\W\d_]+", name.casefold())
    return [part for part in parts if part not in GENERAL]
