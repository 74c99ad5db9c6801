"""Find where a question begins: buyers tell a story first, or put a label before it."""

from __future__ import annotations

import re

from evidence.retrieval.text import normalise

_SENTENCE = re.compile(r"(?<=[.?!;])\s+")
_AUXILIARY = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must|shall"
_INTERROGATIVE = r"what|which|who|whom|whose|how|when|where|why"
_LABEL = re.compile(rf"^[^:?]{{1,40}}: (?=(?:{_AUXILIARY}|{_INTERROGATIVE})\b)")
_TAG = re.compile(
    r"^(?:and )?(?:(?:is|are) (?:that|this|it|we) )?(?:right|correct|true|so|the case|not so)\?$|^isn't it\?$"
)
_DEMAND = re.compile(
    r"\b(?:please|kindly|describe|explain|state|list|name|give|attach|provide|send|submit|upload|specify|confirm)\b"
)


def asking(text: str) -> str:
    """Return TEXT in normal form from its first question on; all of it where nothing but the question stands there.

    What demands something ("Attach the report. Is it current?") is no introduction.
    """
    plain = normalise(text)
    sentences = _SENTENCE.split(plain)
    first = next((at for at, part in enumerate(sentences) if part.endswith("?") and not _TAG.match(part)), 0)
    if first and not any(_DEMAND.search(part) for part in sentences[:first]):
        plain = " ".join(sentences[first:])
    return _LABEL.sub("", plain)
