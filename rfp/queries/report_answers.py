"""One answer as a report shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import prefetch_related_objects

from evidence.proofs import Proof
from rfp.answering.content import BlankCode
from rfp.answering.words import dated, listed
from rfp.models import QuestionMapping, Response
from rfp.queries.standing import Standing
from rfp.reporting.data import AnswerLine, CitationLine
from rfp.reporting.steps import BLANKS
from rfp.workbook.model import address
from scoring.answers import Value


def answer_line(response: Response, standing: Standing) -> AnswerLine:
    """Return the line of a response that was fetched with what it rests on (see ``responses_of``)."""
    question = response.question
    comment = response.comment if response.shown else ""
    mapping = _mapping(response)
    return AnswerLine(
        place=f"{question.sheet}!{address(question.row, question.column)}",
        sheet=question.sheet,
        number=question.number,
        section=question.section,
        question=question.text,
        value=response.value,
        written=response.shown,
        comment=comment,
        remark=remark(comment, _documents(response, standing)),
        band=response.band,
        approved=response.approved_at is not None,
        reason=response.reason,
        why_blank=BLANKS[BlankCode(response.code)].reason if response.band == "blank" else "",
        category=mapping.category,
        requirements=tuple(item.ref for item in mapping.requirements.all() if item.decisive),
        controls=tuple(f"{framework} {ref}" for framework, ref, *_ in mapping.controls),
        confidence=mapping.confidence,
        polarity=mapping.polarity,
        citations=tuple(_citations(response, standing)),
        library_answer=response.library_answer.question if response.library_answer and response.shown else "",
        written_by=str(response.written_by or "a person who is gone") if response.written_at else "",
        unsupported=response.unsupported,
        override_reason=response.override_reason,
    )


def is_withheld(response: Response) -> bool:
    """Say whether an approved package leaves an answer out: it was given, and nobody approved it."""
    return bool(response.shown) and response.approved_at is None


def withheld(line: AnswerLine) -> AnswerLine:
    """Return the line of an answer that nobody approved as an approved package shows it: nothing of what it says."""
    reason = f"{line.band.capitalize()}; nobody approved it, so it was left out."
    return _left_out(line, reason, BlankCode.NOT_RELEASED)


def held_back(line: AnswerLine) -> AnswerLine:
    """Return the line of an answer that this buyer may not be told: nothing of what it says or rests on."""
    reason = "It rests on what is given under a non-disclosure agreement only, or not at all, so it was left out."
    return _left_out(line, reason, BlankCode.UNDER_NDA)


def unwritten(line: AnswerLine, problem: str) -> AnswerLine:
    """Return the line of an answer that the buyer's file does not take."""
    return _left_out(line, f"It was left out of the file. {problem}", BlankCode.CELL_CLOSED)


def _left_out(line: AnswerLine, reason: str, code: BlankCode) -> AnswerLine:
    return replace(
        line,
        value=Value.NEEDS_INFORMATION,
        written="",
        comment="",
        remark="",
        band="blank",
        reason=reason,
        why_blank=BLANKS[code].reason,
        citations=(),
        library_answer="",
        written_by="",
        unsupported=False,
        override_reason="",
    )


def responses_of(questionnaire_id: int) -> list[Response]:
    """Return the responses of a questionnaire in its order, with all that a report needs of each."""
    responses = list(
        Response.objects.filter(question__questionnaire_id=questionnaire_id)
        .select_related("question", "library_answer", "approved_by", "written_by")
        .prefetch_related("citations__revision__evidence", "question__mappings__requirements")
        .order_by("question__position")
    )
    # Only an answer has a cell to be written to.
    prefetch_related_objects([response.question for response in responses if response.shown], "slots")
    return responses


def _mapping(response: Response) -> QuestionMapping:
    """Return the confirmed mapping of the question, else the proposed one."""
    rows = sorted(
        response.question.mappings.all(), key=lambda row: ("confirmed", "proposed", "rejected").index(row.status)
    )
    return rows[0]


def remark(comment: str, documents: Sequence[tuple[Proof, int | None]]) -> str:
    """Return a comment without the sentence that lists the documents, which may name only the first of them."""
    for number in range(len(documents), 0, -1):
        sentence = listed(documents[:number])
        if sentence in comment:
            return " ".join(comment.replace(sentence, "").split())
    return comment


def _documents(response: Response, standing: Standing) -> list[tuple[Proof, int | None]]:
    """Return the cited documents that the library still holds, with their pages."""
    cited = [(standing.proofs.get(line.revision.evidence.reference), line.page) for line in response.citations.all()]
    return [(proof, page) for proof, page in cited if proof is not None]


def _citations(response: Response, standing: Standing) -> list[CitationLine]:
    lines = []
    for citation in response.citations.all():
        revision = citation.revision
        proof = standing.proofs.get(revision.evidence.reference)
        lines.append(
            CitationLine(
                reference=revision.evidence.reference,
                revision=revision.number,
                title=revision.title,
                issuer=revision.issuer,
                dated=dated(proof) if proof is not None else revision.issued_on,
                page=citation.page,
                quote=citation.quote,
            )
        )
    return lines
