"""Versions, and the other documents that a document names: what it validates, attests, or belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.proposing.text import LONGEST_QUOTE, Text, folded
from evidence.proposing.types import Known, KnownDocument, Proposal

SHORT = 5  # characters of a reference that is too common to be found in a text
ENOUGH = 0.6  # of a title's words
SMALL = frozenset({"of", "the", "a", "for", "and", "with", "in"})
_VERSION = r"(?P<version>\d{1,4}(?:[.-]\d+)*)"
_OWN = re.compile(rf"\bversion:?\s+{_VERSION}", re.I)
_COVERS = re.compile(
    rf"\bdocument (?:validated|reviewed|examined)\s*:?\s+(?P<document>[^,.]{{4,120}}), version {_VERSION}"
    rf"|\b(?:validated|reviewed) the (?P<other>[^,.]{{4,120}}),? version (?P<second>\d[\d.-]*\d|\d)",
    re.I,
)
_SAMPLED = re.compile(rf"\b(?P<document>statement of applicability) version {_VERSION}\b.*\bsampled", re.I)
_RECONCILED = re.compile(rf"\b(?P<document>remediation record) {_VERSION} (?:was|were) reconciled", re.I)
_ATTESTS = re.compile(rf"\bI (?:hereby )?attest\b.*?\bversion {_VERSION}", re.I)
_HISTORY = re.compile(r"^(?:revisions|revision history|versions)\s*:\s*(?P<list>.+)$", re.I)
_LETTER = re.compile(
    r"\bdocument (?:validated|reviewed)|\bretest letter|\bI (?:hereby )?attest|\bsurveillance audit", re.I
)
_TITLE_SKIPS = re.compile(
    r"^(?:our reference|prepared for|for the customers|owner|version|issued|approved|scope|no\.?|date|page|\d)\b"
    r"|\bconfidential\b",
    re.I,
)
_COMPANY = re.compile(r"\b(?:AS|AB|Ltd|LLP|BV|Inc|GmbH|e\.V\.)$")
_NAMES_ITSELF = re.compile(r"\d|certificate|report|letter|plan|register|memo|policy|record|assessment", re.I)


def read(text: Text, known: Known) -> Iterator[Proposal]:
    yield from _title(text, known)
    yield from _covered(text)
    if not text.has(_LETTER):
        hit = next((h for h in text.search(_OWN) if h.page == 1), None)
        if hit:
            yield Proposal(field="version", value=hit.match["version"], page=hit.page, quote=hit.quote)
    for line in text.top:
        history = _HISTORY.match(line.text)
        if history:
            parts = tuple(part.strip() for part in history["list"].split(";") if part.strip())
            yield Proposal(field="revision_history", value=parts, page=line.page, quote=line.text)
            break
    yield from _links(text, known)


def _title(text: Text, known: Known) -> Iterator[Proposal]:
    """Propose the first line that is not a letterhead, an address, a day or a row of a table."""
    for number, line in enumerate(text.top):
        if _TITLE_SKIPS.search(line.text) or folded(line.text) in ("", folded(known.vendor)):
            continue
        if _COMPANY.search(line.text) or (number == 0 and not _NAMES_ITSELF.search(line.text)):
            continue
        if line.text[0].isupper() and len(line.text) > SHORT:
            yield Proposal(field="title", value=line.text[:200], page=line.page, quote=line.text)
            return


def _covered(text: Text) -> Iterator[Proposal]:
    for pattern in (_COVERS, _SAMPLED, _RECONCILED):
        hit = text.first(pattern)
        if hit:
            groups = hit.match.groupdict()
            document = groups["document"] or groups.get("other") or ""
            version = groups["version"] or groups.get("second") or ""
            yield Proposal(field="covers.document", value=document.strip(), page=hit.page, quote=hit.quote)
            yield Proposal(field="covers.version", value=version, page=hit.page, quote=hit.quote)
            break
    attested = text.first(_ATTESTS)
    if attested:
        yield Proposal(
            field="attests_version", value=attested.match["version"], page=attested.page, quote=attested.quote
        )


def _links(text: Text, known: Known) -> Iterator[Proposal]:
    """Propose the documents of the library that the text names, by number, reference, title, or name and version."""
    found: dict[str, tuple[int, str]] = {}
    for sentence in text.sentences:
        words = f" {folded(sentence.text)} "
        for document in known.documents:
            if _names(document, words):
                found.setdefault(document.reference, (sentence.page, sentence.text[:LONGEST_QUOTE]))
    if found:
        page, quote = next(iter(found.values()))
        yield Proposal(field="links", value=tuple(found), page=page, quote=quote, sure=False)


def _names(document: KnownDocument, words: str) -> bool:
    exact = (document.number, document.reference if len(document.reference) > SHORT else "", document.title)
    if any(f" {folded(name)} " in words for name in exact if folded(name)):
        return True
    # "AI risk assessment, version 3.0" is the document titled "NIST AI RMF risk assessment 3.0".
    version = folded(document.version)
    title = set(folded(document.title).split()) - set(version.split()) - SMALL
    return bool(version) and f" version {version} " in words and len(title) > 1 and _share(title, words) >= ENOUGH


def _share(title: set[str], words: str) -> float:
    return sum(1 for word in title if f" {word} " in words) / len(title)
