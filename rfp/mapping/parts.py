"""Split a row that asks several things into its questions."""

from __future__ import annotations

import re

_MARK = re.compile(r"(?<!\w)\(?(?:[1-9]|[a-h]|i{1,3}|iv|v)\)\s+", re.IGNORECASE)
_ASKING = (
    r"(?:(?:and|or|if so,?|if yes,?|then)\s+)*"
    r"(?:(?:on|by|to|under|with|against|in|for|at|since)\s+)?"
    r"(?:what|which|who|whom|whose|how|when|where|why|whether)\b"
)
_DEMAND = (
    r"(?:and\s+)?(?:please\s+)?(?:attach|describe|explain|list|name|state|provide|give|identify|specify|say|outline)\b"
)
_AUXILIARY = (
    r"and\s+(?:is|are|was|were|do|does|did|has|have|can|could|will|would)\s+"
    r"(?:it|they|you|the|this|that|your|there|any)\b"
)
_TURN = re.compile(rf"[,;:]\s+(?={_ASKING}|{_DEMAND}|{_AUXILIARY})|\s+(?=and\s+{_ASKING})", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[?.;])\s+(?=[A-Z(])")
_LEADING = re.compile(r"^(?:and|then|or)\s+", re.IGNORECASE)


def split_parts(text: str) -> tuple[str, ...]:
    """Return the questions of TEXT in order; nothing when it asks one thing only.

    Items of a numbered list are given with what introduces the list, so that each can be read alone.
    """
    marks = list(_MARK.finditer(text))
    if len(marks) >= 2:
        lead = text[: marks[0].start()].strip(" ,:;-")
        ends = [mark.start() for mark in marks[1:]] + [len(text)]
        items = [_clean(text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
        return tuple(f"{lead}: {item}" if lead else item for item in items if item)
    pieces = [piece for sentence in _SENTENCE.split(text) for piece in _TURN.split(sentence)]
    parts = [part for piece in pieces if len((part := _clean(piece)).split()) >= 2]
    return tuple(parts) if len(parts) > 1 else ()


def _clean(piece: str) -> str:
    piece = re.sub(r"[\s,;]+(?:and|or)?$", "", piece.strip(" ,;:\n\t"))
    return _LEADING.sub("", piece).strip()
