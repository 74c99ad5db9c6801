"""What is not met: the rule that failed, the fact it failed on, what closes the gap and by when; then the warnings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rfp.reporting import words
from rfp.reporting.data import GapLine, Problem, ReportData
from rfp.reporting.merged import Cause, places_in_words, shared_causes, shared_warnings
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.links import Links
from rfp.reporting.word.styles import GROUP_FILL, QUIET
from rfp.reporting.word.xml import Cell, Row, Run, lines_of


def gaps(flow: Flow, data: ReportData, links: Links) -> None:
    flow.heading("Gaps and what closes them", 1)
    if not data.gaps:
        flow.text("There is no gap: every applicable requirement is met.")
        return
    flow.text(
        f"{words.count(len(data.gaps), 'requirement is', 'requirements are')} not met. Each row names the rule that "
        "failed and the fact it failed on, what would close the gap, how long that usually takes, and when it would be "
        "ready if it began today. A cause that several requirements share is told once, above them.",
        style="Lead",
    )
    titles = {line.id: line.title for line in (*data.categories, *data.addons)}
    for category, found in groupby(data.gaps, key=lambda gap: gap.category):
        title = titles.get(category, "Mandate")
        flow.heading(title, 2)
        flow.table(
            ("Requirement", "Why it is not met", "What closes it", "Time"),
            _rows(list(found), data, links),
            (21, 38, 22, 19),
            title=f"Gaps: {title}",
        )


def _rows(lines: Sequence[GapLine], data: ReportData, links: Links) -> list[Row]:
    causes = shared_causes(lines)
    rows = [Row((_cause_cell(causes),), is_kept=True)] if causes else []
    for line in lines:
        cells = _cells(line, causes, data)
        head = lines_of(
            (Run(f"{line.requirement} ", bold=True), Run(line.title)),
            Run(f"{words.MARKS[line.state]} {words.STATES[line.state]}{_systems(line)}", colour=QUIET),
            mark=links.gaps[line.requirement],
        )
        rows.append(Row((head, *cells)))
    return rows


def _systems(gap: GapLine) -> str:
    return f" for {words.listed(gap.systems)}" if gap.systems else ""


def _cause_cell(causes: Sequence[Cause]) -> Cell:
    return lines_of(
        *(
            (
                Run(f"Cause {cause.number}: ", bold=True),
                *_problem_runs(cause.problem),
                Run(f" Keeps open {words.listed(cause.requirements)}."),
            )
            for cause in causes
        ),
        fill=GROUP_FILL,
    )


def _cells(gap: GapLine, causes: Sequence[Cause], data: ReportData) -> tuple[Cell, ...]:
    shared = [cause for cause in causes if cause.problem in gap.problems]
    own = [problem for problem in gap.problems if all(problem != cause.problem for cause in shared)]
    why: list[tuple[Run, ...]] = []
    if shared:
        numbers = words.listed([str(cause.number) for cause in shared])
        why.append((Run(f"{'Cause' if len(shared) == 1 else 'Causes'} {numbers} above."),))
    why += [_problem_runs(problem) for problem in own]
    if not gap.problems:
        why.append((Run("No document in the library speaks to this requirement."),))
    if gap.covered_by_exception:
        why.append((Run(f"Covered by risk acceptance {gap.covered_by_exception}.", bold=True),))
    if gap.questions:
        why.append((Run(f"Asked in {places_in_words(gap.questions)}.", colour=QUIET),))
    time = [Run(_capital(words.weeks(gap.weeks_least, gap.weeks_typical, gap.weeks_most)))]
    if gap.weeks_typical:
        time.append(Run(words.start_now(data.as_of, gap.weeks_typical), bold=True))
    return lines_of(*why), lines_of(gap.closes), lines_of(*time)


def _problem_runs(problem: Problem) -> tuple[Run, ...]:
    return Run(f"{problem.sentence} "), Run(f"({problem.rule_title}, {problem.rule})", colour=QUIET)


def warnings(flow: Flow, data: ReportData) -> None:
    if not data.warnings:
        return
    flow.heading("Warnings", 1)
    flow.text("Warnings never change a verdict. They name what a buyer will ask about.", style="Lead")
    flow.table(
        ("Requirements", "Warning"),
        [
            (
                words.ranged(line.requirements),
                lines_of((Run(f"{line.sentence} "), Run(f"({line.rule})", colour=QUIET))),
            )
            for line in shared_warnings(data.warnings)
        ],
        (28, 72),
        title="Warnings",
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
