"""When two questions count as the same: equal after case, punctuation, numbering and spacing are set aside."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_NUMBERING = re.compile(r"^\s*(?:[A-Za-z]{0,6}[-. ]?\d+(?:[.\-]\d+)*[a-z]?|[a-zA-Z]|[ivxIVX]+)[.):]\s+")
_NOT_WORDS = re.compile(r"[^\w%]+", re.UNICODE)


def normalise(question: str) -> str:
    """Return the question's words in lower case, without numbering, punctuation and accents of width."""
    text = unicodedata.normalize("NFKC", question)
    text = _NUMBERING.sub("", text)
    return _NOT_WORDS.sub(" ", text).strip().casefold()


def question_key(question: str) -> str:
    """Return the SHA-256 by which the same question is found again."""
    return hashlib.sha256(normalise(question).encode()).hexdigest()
