"""Who issued the document, and whether that is a third party: never told by who uploads it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.proposing.text import Sentence, Text, folded
from evidence.proposing.types import Known, Proposal
from scoring.types import Independence

_FORM = (
    r"(?:AS|AB|A/S|ASA|Oy|GmbH|AG|e\.\s?V\.|KG|SE|BV|B\.V\.|NV|SA|S\.A\.|SAS|SARL|S\.r\.l\.|SpA"
    r"|Ltd\.?|Limited|LLP|LLC|PLC|plc|Inc\.?|Corp\.?|PBC|Pty|Pte|K\.K\.|Advokatbyr[aå])"
)
_NAME = rf"[A-ZÀ-Þ][\w&.'À-ÿ-]*(?: (?:&|and|of|und|et|[A-ZÀ-Þ][\w&.'À-ÿ-]*)){{0,6}}? {_FORM}"
_ORGANISATION = re.compile(rf"^(?P<name>{_NAME})(?=$|[\s,(])")
_INDEPENDENT = re.compile(rf"(?P<name>{_NAME}) (?:is|was|has been) independent of\b")
_ACCREDITED = re.compile(rf"(?P<name>{_NAME}),? (?:is )?accredited by\b")
_CLOSING = re.compile(rf"(?:^|[,.] )(?P<name>{_NAME}), (?:engagement partner|\d{{1,2}} \w+ \d{{4}})")
_OWNER = re.compile(
    r"^(?:owner|document owner|issued by|published by|prepared by)\s*:?\s+(?P<name>[A-ZÀ-Þ].{2,80})$", re.I
)
_BUSINESS = re.compile(r"^(?P<name>[A-ZÀ-Þ][\w&.'À-ÿ-]*(?: (?:&|and|[A-ZÀ-Þ][\w&.'À-ÿ-]*)){1,5})(?: Confidential)?$")
_MARKS = re.compile(r"\s+(?:strictly )?confidential\b.*$", re.I)
_OWN_TEAM = re.compile(r"\bperformed by the [\w ]*team of\b|\bvendor's own team\b|\binternal (?:audit|team)\b", re.I)
_LETTERHEAD = 2  # lines


def read(text: Text, known: Known) -> Iterator[Proposal]:
    found = _issuer(text)
    if found is None:
        return
    name, sure = found
    yield Proposal(field="issuer.name", value=name.value, page=name.page, quote=name.quote, sure=sure)
    yield from _independence(text, known, name)


def _issuer(text: Text) -> tuple[Proposal, bool] | None:
    """Return the issuer, said by a word or by its place on the page, and whether a word says it."""
    for pattern in (_INDEPENDENT, _ACCREDITED):
        hit = text.first(pattern)
        if hit:
            return _named(hit.match["name"], hit.page, hit.quote), True
    for line in text.top:
        owner = _OWNER.match(line.text)
        if owner:
            return _named(owner["name"], line.page, line.text), True
    for line in text.top[:_LETTERHEAD]:
        head = _ORGANISATION.match(_MARKS.sub("", line.text))
        if head:
            return _named(head["name"], line.page, line.text), True
    closing = text.first(_CLOSING)
    if closing:
        return _named(closing.match["name"], closing.page, closing.quote), True
    return _by_place(text.top[:1])


def _by_place(lines: tuple[Sentence, ...]) -> tuple[Proposal, bool] | None:
    for line in lines:
        match = _BUSINESS.match(_MARKS.sub("", line.text))
        if match:
            return _named(match["name"], line.page, line.text), False
    return None


def _independence(text: Text, known: Known, name: Proposal) -> Iterator[Proposal]:
    vendor, issuer = folded(known.vendor), folded(str(name.value))
    own = text.first(_OWN_TEAM)
    if vendor and (vendor in issuer or issuer in vendor):
        yield _class(Independence.VENDOR_ISSUED, name.page, name.quote)
        return
    if own:
        yield _class(Independence.VENDOR_ISSUED, own.page, own.quote, sure=False)
        return
    for pattern in (_INDEPENDENT, _ACCREDITED):
        hit = text.first(pattern)
        if hit and folded(hit.match["name"]) == issuer:
            yield _class(Independence.THIRD_PARTY_ISSUED, hit.page, hit.quote)
            return
    # Another name is not yet another party: affiliates count as the vendor until a person decides.
    yield _class(Independence.THIRD_PARTY_ISSUED, name.page, name.quote, sure=False)


def _class(independence: Independence, page: int, quote: str, *, sure: bool = True) -> Proposal:
    return Proposal(field="issuer.independence", value=independence.value, page=page, quote=quote, sure=sure)


def _named(name: str, page: int, quote: str) -> Proposal:
    return Proposal(field="issuer.name", value=name.strip().rstrip(","), page=page, quote=quote)
