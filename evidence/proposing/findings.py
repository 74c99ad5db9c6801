"""What the assessor found: opinion, criteria, conclusion, result, findings by severity, target, taxonomy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.proposing.text import Text
from evidence.proposing.types import Known, Proposal

_OPINION = re.compile(
    r"\b(?P<word>unqualified|adverse|disclaimer of|qualified) opinion\b"
    r"|\bopinion\b.*?\b(?P<other>unqualified|qualified|adverse)\b",
    re.I,
)
_ALONE = re.compile(r"^(?P<word>unqualified|qualified|adverse)\.?$", re.I)
_IN_OPINION = re.compile(r"\bin our opinion\b", re.I)
_EXCEPT = re.compile(r"\bexcept for\b|\bexcept that\b", re.I)
_CATEGORIES = re.compile(
    r"\b(?:trust services? )?(?:categories|criteria)\b[^.]{0,40}?[:\s]"
    r"(?P<list>[^.]*\b(?:security|availability|confidentiality|privacy|processing integrity)\b[^.]*)",
    re.I,
)
_CATEGORY = re.compile(r"\b(security|availability|confidentiality|processing integrity|privacy)\b", re.I)
_OTHER = re.compile(r"\b(?!and\b|categories\b|trust\b|services?\b)\w+", re.I)
_CONCLUSION = re.compile(r"\bconclusion\b\s*:?\s+(?P<text>\S[^.]{8,400})", re.I)
_PASSED = re.compile(
    r"\bcontinues to conform|\bcertificate is maintained|\bcertification (?:is|was) (?:maintained|confirmed|renewed)",
    re.I,
)
_NOT_PASSED = re.compile(r"\b(?:suspended|withdrawn|major nonconformit(?:y|ies) (?:was|were) raised)", re.I)
_SURVEILLANCE = re.compile(r"\bsurveillance|\brecertification", re.I)
_NONE = re.compile(r"\bno (?:major )?non-?conformit", re.I)
_SEVERITIES = ("critical", "high", "medium", "low")
_COUNTS = re.compile(r"(?P<number>\d{1,3}) (?P<severity>critical|high|medium|low)\b", re.I)
_TARGET = re.compile(r"\btarget\b\s*:\s+(?P<text>[^.]{8,}(?:\.\d[^.]*)*)", re.I)
_TAXONOMY = re.compile(r"\bOWASP (?:LLM |Agentic )?Top 10(?: for LLM Applications)?(?: \(?20\d\d\)?)?", re.I)
_EXCEPTIONS = re.compile(r"\b(?P<number>\d{1,2}) exceptions? (?:was|were) noted", re.I)
_SCENARIO = re.compile(r"^scenario\s*:?\s+(?P<text>[^.]{8,})", re.I)
_PARTICIPANTS = re.compile(r"\bparticipants\s*:?\s+(?P<text>[^.]{4,})", re.I)
_RISK = re.compile(r"\bresidual risk\s*:\s*(?P<text>low|medium|high|very high)\b", re.I)
_CONTROLS = re.compile(r"\bcompensating controls\s*:\s*(?P<text>[^.]{8,})", re.I)
_REASON = re.compile(r"\breason\s*:\s*(?P<text>[^.]{4,}(?:\.\d[^.]*)*)", re.I)
_REQUIREMENTS = re.compile(
    r"\brequirements?\b[^.]*?\b(?P<refs>(?:LR|RA|AT|BF|IR)-\d+(?:(?:, | and )(?:LR|RA|AT|BF|IR)-\d+)*)"
)
_ACCEPTANCE = re.compile(r"\brisk acceptance\b", re.I)


def read(text: Text, known: Known) -> Iterator[Proposal]:
    yield from _opinion(text)
    yield from _criteria(text)
    yield from _severities(text)
    yield from _result(text)
    for field, pattern in (
        ("conclusion", _CONCLUSION),
        ("target", _TARGET),
        ("scenario", _SCENARIO),
    ):
        yield from _said(field, text, pattern)
    taxonomy = text.first(_TAXONOMY)
    if taxonomy:
        yield Proposal(field="taxonomy", value=taxonomy.match[0], page=taxonomy.page, quote=taxonomy.quote)
    exceptions = text.first(_EXCEPTIONS)
    if exceptions:
        yield Proposal(
            field="exceptions_noted", value=exceptions.match["number"], page=exceptions.page, quote=exceptions.quote
        )
    people = text.first(_PARTICIPANTS)
    if people:
        names = tuple(part.strip() for part in people.match["text"].split(",") if part.strip())
        yield Proposal(field="participants", value=names, page=people.page, quote=people.quote)
    if text.has(_ACCEPTANCE):
        yield from _acceptance(text)


def _opinion(text: Text) -> Iterator[Proposal]:
    for pattern in (_OPINION, _ALONE):
        hit = text.first(pattern)
        if hit:
            word = next(value for value in hit.match.groups() if value).lower()
            yield Proposal(field="opinion", value=word.removesuffix(" of"), page=hit.page, quote=hit.quote)
            return
    hit = text.first(_IN_OPINION)
    if hit:
        # The word itself is missing: what the opinion amounts to is for a person to say.
        value = "qualified" if _EXCEPT.search(hit.quote) else "unqualified"
        yield Proposal(field="opinion", value=value, page=hit.page, quote=hit.quote, sure=False)


def _criteria(text: Text) -> Iterator[Proposal]:
    """Propose the trust services categories, from the words after that name or from a row of nothing else."""
    hit = text.first(_CATEGORIES)
    rows = (
        s
        for s in text.sentences
        if len(_CATEGORY.findall(s.text)) >= 2 and not _OTHER.search(_CATEGORY.sub("", s.text))
    )
    row = None if hit else next(rows, None)
    said = hit.match["list"] if hit else row.text if row else ""
    names = tuple(dict.fromkeys(found.lower().replace(" ", "_") for found in _CATEGORY.findall(said)))
    place = hit or row
    if place and names:
        quote = hit.quote if hit else said
        yield Proposal(field="criteria", value=names, page=place.page, quote=quote)


def _severities(text: Text) -> Iterator[Proposal]:
    for sentence in text.sentences:
        counts = {found["severity"].lower(): found["number"] for found in _COUNTS.finditer(sentence.text)}
        if len(counts) >= 2:
            for severity in _SEVERITIES:
                if severity in counts:
                    yield Proposal(
                        field=f"findings.{severity}",
                        value=counts[severity],
                        page=sentence.page,
                        quote=sentence.text[:320],
                    )
            return


def _result(text: Text) -> Iterator[Proposal]:
    if not text.has(_SURVEILLANCE):
        return
    failed, passed = text.first(_NOT_PASSED), text.first(_PASSED)
    if passed and not failed:
        yield Proposal(field="result", value="passed", page=passed.page, quote=passed.quote)
    clean = text.first(_NONE)
    if clean:
        yield Proposal(field="open_major_nonconformities", value="0", page=clean.page, quote=clean.quote)


def _acceptance(text: Text) -> Iterator[Proposal]:
    for field, pattern in (("residual_risk", _RISK), ("compensating_controls", _CONTROLS), ("reason", _REASON)):
        yield from _said(field, text, pattern)
    hit = text.first(_REQUIREMENTS)
    if hit:
        refs = tuple(re.findall(r"[A-Z]{2}-\d+", hit.match["refs"]))
        yield Proposal(field="covers_requirements", value=refs, page=hit.page, quote=hit.quote)


def _said(field: str, text: Text, pattern: re.Pattern[str]) -> Iterator[Proposal]:
    hit = text.first(pattern)
    if hit:
        yield Proposal(field=field, value=hit.match["text"].strip(), page=hit.page, quote=hit.quote)
