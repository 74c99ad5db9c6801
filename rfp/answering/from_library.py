"""Answer a question outside the checklist from the vendor's approved answers."""

from __future__ import annotations

from rfp.answering import manner, scope, words
from rfp.answering.content import BlankCode, Content
from rfp.answering.focus import systems_meant
from rfp.answering.matching import Found
from rfp.answering.types import Cited, Ground, LibraryEntry, Put, Said
from rfp.mapping.types import AnswerType
from rfp.workbook.options import meaning
from scoring.answers import Value
from scoring.dates import add_months, say

_VALUES = {
    "yes": Value.YES,
    "no": Value.NO,
    "partial": Value.PARTIAL,
    "not_applicable": Value.NOT_APPLICABLE,
}


def answer(put: Put, ground: Ground, found: Found | None) -> Said:
    """Return the approved answer to the same question, or why there is none."""
    entry = ground.library.get(found.ref) if found is not None else None
    if found is None or entry is None:
        return _none(BlankCode.NO_LIBRARY_ANSWER, "The library holds no approved answer to this question.")
    if not found.sure:
        return _none(BlankCode.NO_LIBRARY_ANSWER, f"No approved answer is sure to fit. {found.reason}")
    asked = systems_meant(put.question.text, ground.systems) or frozenset(ground.systems)
    code, problem = objection(entry, ground, asked)
    if problem:
        return _none(code, problem, ref=entry.ref)
    cites = _cites(put, entry, ground)
    reviewed = f", reviewed on {say(entry.reviewed_on)}" if entry.reviewed_on else ""
    elsewhere = bool(entry.region) and not ground.region
    said = f"It holds for {entry.region}; this questionnaire names no region." if elsewhere else ""
    return Said(
        content=_content(put, entry, ground),
        why=tuple(filter(None, (f"Approved library answer, owned by {entry.owner}{reviewed}.", found.reason, said))),
        cites=cites,
        library_ref=entry.ref,
        decided_before=found.same and not elsewhere,
    )


def objection(entry: LibraryEntry, ground: Ground, asked: frozenset[str]) -> tuple[BlankCode, str]:
    """Return why an approved answer may not be given today about the systems asked; an empty sentence when it may."""
    said = f"The library answer to “{entry.question}”"
    if entry.in_checklist:
        return BlankCode.NO_EVIDENCE, f"{said} concerns the checklist, where only evidence answers."
    if not scope.covers(entry.product, asked, ground.registered or ground.systems):
        other = scope.touches(entry.product, asked, ground.registered or ground.systems)
        about = "and the question is about others too" if other else "which this questionnaire is not about"
        return BlankCode.NO_LIBRARY_ANSWER, f"{said} holds for {entry.product}, {about}."
    if not scope.holds_in(entry.region, ground.region):
        return BlankCode.NO_LIBRARY_ANSWER, f"{said} holds for {entry.region}, and the buyer is in {ground.region}."
    if entry.internal:
        return BlankCode.UNDER_NDA, f"{said} is for the vendor's own people only."
    if entry.under_nda and not ground.nda_signed:
        return BlankCode.UNDER_NDA, f"{said} may only be given under a non-disclosure agreement."
    if not entry.owner:
        return BlankCode.STALE_LIBRARY_ANSWER, f"{said} has no owner."
    if entry.reviewed_on is None or entry.reviewed_on > ground.on:
        return BlankCode.STALE_LIBRARY_ANSWER, f"{said} was never reviewed."
    if ground.on > add_months(entry.reviewed_on, ground.review_months):
        text = f"{said} was last reviewed on {say(entry.reviewed_on)}, over {ground.review_months} months ago."
        return BlankCode.STALE_LIBRARY_ANSWER, text
    if entry.evidence and not entry.evidence_current:
        return BlankCode.STALE_LIBRARY_ANSWER, f"{said} rests on {entry.evidence}, which no longer counts."
    return BlankCode.NONE, ""


def _cites(put: Put, entry: LibraryEntry, ground: Ground) -> tuple[Cited, ...]:
    proof = ground.proofs.get(entry.evidence)
    if proof is None:
        return ()
    quote = ground.quoter.find(proof.revision_id, f"{put.question.text} {entry.comment}", put.vector)
    if quote is None:
        return (Cited(reference=entry.evidence),)
    return (Cited(reference=entry.evidence, page=quote.page, quote=quote.text, nearness=quote.nearness),)


def _content(put: Put, entry: LibraryEntry, ground: Ground) -> Content:
    value = _VALUES.get(meaning(entry.answer), Value.NEEDS_INFORMATION)
    documents = words.file_names([ground.proofs[entry.evidence]]) if entry.evidence in ground.proofs else ""
    closed = manner.answer_type(put.question, put.proposal) is AnswerType.YES_NO
    if closed or value is Value.NEEDS_INFORMATION:
        return Content(
            value=value, words=entry.answer, comment=entry.comment, documents=documents, choice=_choice(value, entry)
        )
    # "How soon ...?" is answered by the words behind the yes, never by the yes.
    return Content(value=Value.NEEDS_INFORMATION, words=entry.comment or entry.answer, documents=documents)


def _choice(value: Value, entry: LibraryEntry) -> str:
    return entry.answer if value is Value.NEEDS_INFORMATION else ""


def _none(code: BlankCode, why: str, *, ref: int | None = None) -> Said:
    return Said(content=Content(value=Value.NEEDS_INFORMATION), why=(why,), code=code, library_ref=ref)
