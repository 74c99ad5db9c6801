"""The long tables of the report: every answer with what it rests on, every piece of evidence with its judgement."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from rfp.reporting import words
from rfp.reporting.data import AnswerLine, CitationLine, ReportData
from rfp.reporting.word.parts import Cell, CellContent, Flow, Run
from rfp.reporting.word.sections import AMBER_FILL, GREEN_FILL, QUIET, RED_FILL


def answers(flow: Flow, data: ReportData) -> None:
    flow.heading("Answers and what they rest on", 1)
    flow.text(
        "In the order of the buyer's file. Ready answers were decided before or stand above the line with proof; "
        "suggested answers need a look; blank ones say why."
    )
    for sheet, lines in groupby(data.answers, key=lambda line: line.sheet):
        flow.heading(sheet, 2)
        flow.table(
            ("Cell", "Question", "Answer", "Rests on"),
            [_answer_row(line) for line in lines],
            (9, 33, 29, 29),
            title=f"Answers on {sheet}",
        )


def _answer_row(line: AnswerLine) -> tuple[CellContent, ...]:
    place = line.place.rsplit("!", 1)[-1]
    where = Cell(((Run(place),), *(((Run(line.number, colour=QUIET),),) if line.number else ())))
    if line.band == "blank":
        answer: CellContent = Cell(((Run("Left blank", colour=QUIET),),))
        return where, line.question, answer, line.reason
    shown = line.written or words.VALUES.get(line.value, line.value)
    said: list[tuple[Run, ...]] = [(Run(shown, bold=len(shown) < 40),)]
    if line.comment and line.comment != line.written:
        said.append((Run(line.comment),))
    said.append((Run(words.BANDS[line.band] + (", approved" if line.approved else ""), colour=QUIET),))
    rests: list[tuple[Run, ...]] = [(Run(citation_words(citation)),) for citation in line.citations]
    if line.library_answer:
        rests.append((Run(f"Approved answer to: {line.library_answer}"),))
    refs = ", ".join(line.requirements)
    rests.append((Run(f"{line.reason}{f' [{refs}]' if refs else ''}", colour=QUIET),))
    return where, line.question, Cell(tuple(said)), Cell(tuple(rests))


def citation_words(line: CitationLine) -> str:
    """Return a citation as a reader finds the place: artefact, issuer, date, page, quote."""
    dated = f", {words.day(line.dated)}" if line.dated else ""
    issuer = f", {line.issuer}" if line.issuer else ""
    page = f", page {line.page}" if line.page else ""
    quote = f": “{line.quote}”" if line.quote else ""
    return f"{line.title} ({line.reference} r{line.revision}){issuer}{dated}{page}{quote}"


def evidence(flow: Flow, data: ReportData) -> None:
    flow.heading("Evidence judged", 1)
    flow.table(
        ("Evidence", "Issuer and date", "Judgement", "Counts for"),
        _evidence_rows(data),
        (32, 22, 34, 18),
        title="Evidence in the library on this day",
    )


def _evidence_rows(data: ReportData) -> Iterable[tuple[CellContent, ...]]:
    fills = {"accepted": GREEN_FILL, "rejected": RED_FILL}
    for line in data.evidence:
        verdict = words.EVIDENCE_VERDICTS[line.verdict]
        judged: list[tuple[Run, ...]] = [(Run(verdict, bold=True),)]
        judged += [(Run(f"{problem.sentence} "), Run(f"({problem.rule})", colour=QUIET)) for problem in line.problems]
        until = f"Counts until {words.day(line.counts_until)}" if line.counts_until else ""
        dated: list[tuple[Run, ...]] = [
            (Run(line.issuer or "No issuer named"),),
            (Run(words.day(line.dated), colour=QUIET),),
        ]
        if until:
            dated.append((Run(until, colour=QUIET),))
        named: list[tuple[Run, ...]] = [
            (Run(line.title, bold=True),),
            (Run(f"{line.reference} r{line.revision}", colour=QUIET),),
        ]
        if line.sha256:
            named.append((Run(f"SHA-256 {line.sha256[:16]}…", colour=QUIET, size=15),))
        yield (
            Cell(tuple(named)),
            Cell(tuple(dated)),
            Cell(tuple(judged), fill=fills.get(line.verdict, AMBER_FILL)),
            ", ".join(line.satisfies) or "–",
        )
