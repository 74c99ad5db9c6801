"""The long tables: every answer with what it rests on, and every blank under its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from rfp.reporting import words
from rfp.reporting.data import AnswerLine, CitationLine, ReportData
from rfp.reporting.sentences import shortened, without, without_common
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.links import Links
from rfp.reporting.word.styles import GROUP_FILL, QUIET
from rfp.reporting.word.xml import Cell, CellContent, Row, Run, lines_of

LONGEST_QUOTE = 130  # characters; the page is named, and the document is at hand
SHORT_ANSWER = 60  # characters up to which an answer is set bold
ANSWER_HEADS = ("Cell", "Question", "Answer", "Rests on", "State")
# The widths a table may have; it takes those that make it shortest.
ANSWER_WIDTHS = ((7, 25, 16, 52, 7), (7, 25, 22, 46, 7), (7, 25, 30, 38, 7), (7, 22, 37, 34, 7), (7, 30, 38, 25, 7))
BLANK_WIDTHS = ((19, 28, 53), (19, 35, 46), (19, 42, 39), (26, 32, 42))


@dataclass(frozen=True, slots=True)
class Told:
    """The sentences that other chapters tell, by requirement."""

    gaps: Mapping[str, Sequence[str]]
    warnings: Mapping[str, Sequence[str]]


def _told(data: ReportData) -> Told:
    warnings: dict[str, list[str]] = defaultdict(list)
    for line in data.warnings:
        warnings[line.requirement].append(line.sentence)
    return Told({gap.requirement: [problem.sentence for problem in gap.problems] for gap in data.gaps}, warnings)


def answers(flow: Flow, data: ReportData, links: Links) -> None:
    flow.heading("Answers and what they rest on", 1)
    answered = [line for line in data.answers if line.band != "blank"]
    if not answered:
        flow.text("No question was answered.")
        return
    flow.text(
        "In the order of the buyer's file. Ready answers stand above the line with proof or were decided before; "
        "suggested answers need a look. Documents are named by their reference and page: “Evidence judged” lists them.",
        style="Lead",
    )
    told = _told(data)
    for sheet, lines in groupby(answered, key=lambda line: line.sheet):
        flow.heading(sheet, 2)
        quoted: set[CitationLine] = set()
        rows = [_answer_row(line, told, links, quoted) for line in lines]
        flow.table(ANSWER_HEADS, rows, flow.tightest(rows, ANSWER_WIDTHS), title=f"Answers on {sheet}")


def _answer_row(line: AnswerLine, told: Told, links: Links, quoted: set[CitationLine]) -> tuple[CellContent, ...]:
    """Return the row of an answer; QUOTED holds the citations of the rows above, whose words are not told again."""
    shown = line.written or words.VALUES.get(line.value, line.value)
    remark, gaps = _without_gaps(line.remark, line, told)
    said: list[tuple[Run, ...]] = [(Run(shown, bold=len(shown) < SHORT_ANSWER),)]
    if remark and remark != line.written:
        said.append((Run(remark),))
    rests = [run for citation in line.citations for run in _citation_runs(citation, links, again=citation in quoted)]
    quoted.update(line.citations)
    reason, more = _without_gaps(line.reason, line, told)
    for name in dict.fromkeys((*gaps, *more)):
        rests += [Run("See the gap "), Run(name, link=links.gaps[name]), Run(". ")]
    if reason:
        rests.append(Run(f"{reason} ", colour=QUIET))
    if line.library_answer and line.library_answer not in line.reason:
        rests.append(Run(f"Approved answer to: {line.library_answer}", colour=QUIET))
    state = "Approved" if line.approved else words.BANDS[line.band]
    if line.unsupported:
        state = f"{state}, not supported by proof"
    return _where(line), line.question, lines_of(*said), lines_of(rests or "–"), state


def _where(line: AnswerLine) -> Cell:
    place = line.place.rsplit("!", 1)[-1]
    return lines_of((Run(place), *((Run(f" {line.number}", colour=QUIET),) if line.number else ())))


def _without_gaps(text: str, line: AnswerLine, told: Told) -> tuple[str, list[str]]:
    """Return the text without what the chapters on gaps and warnings tell, and the requirements whose gap tells it."""
    found, warned = [], False
    for name in line.requirements:
        text, was_gap = without(text, told.gaps.get(name, ()))
        found += [name] if was_gap else []
        text, was_warning = without(text, told.warnings.get(name, ()))
        warned = warned or was_warning
    return (f"{text} See the warnings.".lstrip() if warned else text), found


def _citation_runs(line: CitationLine, links: Links, *, again: bool) -> tuple[Run, ...]:
    """Return a citation as a reader finds the place: SOC2-2026 p. 4: “quote”."""
    page = f" p. {line.page}" if line.page else ""
    quote = f": “{shortened(line.quote, LONGEST_QUOTE)}” " if line.quote else ". "
    if line.quote and again:
        quote = " (quoted above). "
    named = Run(line.reference, link=links.evidence.get(line.reference, ""))
    return named, Run(f"{page}{quote}")


def blanks(flow: Flow, data: ReportData) -> None:
    left = [line for line in data.answers if line.band == "blank"]
    if not left:
        return
    flow.heading("Questions left blank", 1)
    flow.text(
        "A blank is never a no. The questions stand under the reason they share, with what to do about it.",
        style="Lead",
    )
    rows = list(_blank_rows(left, data))
    flow.table(
        ("Cell", "Question", "What stands in the way"),
        rows,
        flow.tightest(rows, BLANK_WIDTHS),
        title="Questions left blank, by reason",
    )


def _blank_rows(left: Iterable[AnswerLine], data: ReportData) -> Iterable[Row]:
    grouped: dict[str, list[AnswerLine]] = defaultdict(list)
    for line in left:
        grouped[line.why_blank].append(line)
    told = _told(data)
    for blank in data.blanks:
        lines = grouped[blank.reason]
        head = (Run(f"{blank.reason}: {words.count(len(lines), 'question')}. ", bold=True), Run(blank.advice))
        yield Row((lines_of(head, fill=GROUP_FILL),), is_kept=True)
        notes = without_common([_note(line, told) for line in lines], told_above=f"{blank.reason}. {blank.advice}")
        for line, note in zip(lines, notes, strict=True):
            sheet, _, cell = line.place.rpartition("!")
            where = (Run(f"{sheet} {cell}"), *((Run(f"  {line.number}", colour=QUIET),) if line.number else ()))
            yield Row((lines_of(where), lines_of(line.question), lines_of(note)))


def _note(line: AnswerLine, told: Told) -> str:
    note, gaps = _without_gaps(line.reason, line, told)
    return " ".join([f"Gap: see {words.listed(gaps)}.", note]).strip() if gaps else note
