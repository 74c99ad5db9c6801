"""The standard with its edition, the number of the certificate, and who accredited its issuer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.proposing.text import Text
from evidence.proposing.types import Known, Proposal

_STANDARD = re.compile(
    r"\bISO(?:/IEC)?\s?(?P<number>42001|27001|27701|27017|27018|9001)(?:\s?:\s?(?P<edition>20\d\d))?", re.I
)
_CONFORMS = re.compile(r"\bconform\w*|\brequirements of|\bin accordance with|\bcertif", re.I)
_NUMBER = re.compile(
    r"\bcertificate(?: of \w+)?(?: registration)?,?\s*(?:no\.?|number|nr\.?|id)?\s*:?\s*"
    r"(?P<number>[A-Z]{0,6}[-/ ]?\d[\w./-]*\d)\b"
    r"|^(?:no|nr|number)\.?\s*:?\s*(?P<alone>[A-Z]{1,6}[-/ ]?\d[\w./-]*\d)$",
    re.I,
)
_ACCREDITED = re.compile(
    r"\baccredited by (?P<body>(?:the )?[A-ZÀ-Þ][\w&.'À-ÿ-]*(?: (?:of|for the|und|and|[A-ZÀ-Þ][\w&.'À-ÿ-]*))*?)"
    r"(?= for\b| under\b| as\b|[,.;)(]|$)"
)
_ACCREDITATION = re.compile(
    r"\baccreditation\s*(?:no\.?|number|nr\.?|id)?\s*:?\s*(?P<number>(?:[A-Z]{2,6} ?)?[A-Z-]*\d[\w-]*)\b", re.I
)
_FOR = re.compile(r"\baccredited by .*? for (?P<standards>ISO[^.;]*?)(?:, accreditation|[.;]|$)", re.I)


def read(text: Text, known: Known) -> Iterator[Proposal]:
    yield from _scheme(text)
    for hit in text.search(_NUMBER):
        number = hit.match["number"] or hit.match["alone"]
        if not _STANDARD.search(hit.match[0]):
            yield Proposal(field="number", value=number.strip(), page=hit.page, quote=hit.quote)
            break
    yield from _accreditation(text)


def _scheme(text: Text) -> Iterator[Proposal]:
    """Propose the standard with an edition, first where the text says that something conforms to it."""
    hits = [hit for hit in text.search(_STANDARD) if hit.match["edition"]]
    best = next((hit for hit in hits if _CONFORMS.search(hit.quote)), next(iter(hits), None))
    if best:
        value = f"ISO/IEC {best.match['number']}:{best.match['edition']}"
        yield Proposal(field="scheme", value=value, page=best.page, quote=best.quote)


def _accreditation(text: Text) -> Iterator[Proposal]:
    body = text.first(_ACCREDITED)
    if body is None:
        return
    yield Proposal(field="issuer.accreditation.body", value=body.match["body"], page=body.page, quote=body.quote)
    number = text.first(_ACCREDITATION)
    if number:
        yield Proposal(
            field="issuer.accreditation.number", value=number.match["number"], page=number.page, quote=number.quote
        )
    covered = text.first(_FOR)
    if covered:
        standards = tuple(f"ISO/IEC {found['number']}" for found in _STANDARD.finditer(covered.match["standards"]))
        if standards:
            yield Proposal(
                field="issuer.accreditation.standards",
                value=tuple(dict.fromkeys(standards)),
                page=covered.page,
                quote=covered.quote,
            )
