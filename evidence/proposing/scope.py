"""What was assessed: the scope in the document's words, the legal entity, and the vendor's AI systems it names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.proposing.text import Sentence, Text, folded
from evidence.proposing.types import Known, Proposal

_SCOPE = re.compile(
    r"^(?:.{0,60}?\. )?(?:scope(?: of (?:certification|the (?:audit|assessment|report)))?)\b"
    r"\s*:?\s+(?P<scope>\S.{12,})$",
    re.I,
)
_SCOPE_INSIDE = re.compile(r"\bscope:\s+(?P<scope>.{12,})$", re.I)
_NO_SCOPE = re.compile(r"^scope,", re.I)
_LEFT_OUT = re.compile(r"\bexclud|\bout of scope|\bnot (?:covered|in scope|included|part)|\boutside the scope", re.I)
_ENTITY = re.compile(
    r"(?i:\bmanagement system of|\bcertify that|\bprepared for|\bto the management of|\bof the organi[sz]ation)\s*:?\s+"
    r"(?:the [\w ]+? of )?(?P<name>[A-ZÀ-Þ][\w&.'À-ÿ-]*(?: (?:&|of|[A-ZÀ-Þ][\w&.'À-ÿ-]*))*)"
)


def read(text: Text, known: Known) -> Iterator[Proposal]:
    scope = _scope(text)
    if scope:
        yield scope
    yield from _systems(text, known, scope)
    yield from _entity(text, known)


def _scope(text: Text) -> Proposal | None:
    for number, sentence in enumerate(text.sentences):
        match = _SCOPE.match(sentence.text) or _SCOPE_INSIDE.search(sentence.text)
        if match and not _NO_SCOPE.match(sentence.text):
            # What is left out stands in the sentence after it.
            after = text.sentences[number + 1 : number + 2]
            left_out = [item.text for item in after if item.page == sentence.page and _LEFT_OUT.search(item.text)]
            quote = " ".join([sentence.text, *left_out])
            value = " ".join([match["scope"], *left_out])
            return Proposal(field="scope", value=value, page=sentence.page, quote=quote)
    return None


def _systems(text: Text, known: Known, scope: Proposal | None) -> Iterator[Proposal]:
    """Propose the systems that the scope names; without any there, those of the text, for a person to decide."""
    inside = [Sentence(scope.page, part) for part in re.split(r"(?<=[.;])\s+", str(scope.value))] if scope else []
    for sentences, sure in ((inside, True), (list(text.sentences), False)):
        named = {name: place for name in known.systems if (place := _named(name, known, sentences))}
        if named:
            place = next(iter(named.values()))
            quote = scope.quote if sure and scope else place.text
            yield Proposal(field="ai_systems", value=tuple(named), page=place.page, quote=quote, sure=sure)
            return


def _named(name: str, known: Known, sentences: list[Sentence]) -> Sentence | None:
    """Return where a system is named, None if nowhere or somewhere as left out."""
    names = [folded(other) for other in (name, *known.systems[name]) if folded(other)]
    said = [s for s in sentences if any(f" {other} " in f" {folded(s.text)} " for other in names)]
    return None if any(_LEFT_OUT.search(s.text) for s in said) else next(iter(said), None)


def _entity(text: Text, known: Known) -> Iterator[Proposal]:
    """Propose who was assessed; the vendor's own name where only that stands in the text."""
    for hit in text.search(_ENTITY):
        yield Proposal(field="legal_entity", value=hit.match["name"].rstrip(".,"), page=hit.page, quote=hit.quote)
        return
    vendor = folded(known.vendor)
    for sentence in text.sentences if vendor else ():
        if f" {vendor} " in f" {folded(sentence.text)} ":
            yield Proposal(
                field="legal_entity", value=known.vendor, page=sentence.page, quote=sentence.text[:320], sure=False
            )
            return
