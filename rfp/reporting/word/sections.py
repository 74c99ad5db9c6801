"""The chapters of the report, each from the plain data to the flow of the document."""

from __future__ import annotations

from itertools import groupby

from rfp.reporting import words
from rfp.reporting.charts import expiry_chart, readiness_chart
from rfp.reporting.data import CategoryLine, GapLine, ReportData
from rfp.reporting.word.parts import Cell, CellContent, Flow, Run

GREEN_FILL, RED_FILL, AMBER_FILL, QUIET = "E4F1E8", "F9E6E3", "FBF0DA", "5B6775"
VERDICT_FILLS = {
    "QUALIFIED": GREEN_FILL,
    "ACCEPTED_WITH_RISK": AMBER_FILL,
    "UNDER_REVIEW": AMBER_FILL,
    "NOT_QUALIFIED": RED_FILL,
}
STAGES = {"contract": "contract execution", "pilot": "pilot", "production": "production deployment"}
LONGEST_PICTURE = 24  # lines of the expiry picture; the table below it has all of them


def front(flow: Flow, data: ReportData) -> None:
    flow.text("AI assurance report", style="Title")
    flow.text(Run(data.vendor, bold=True, size=28))
    asked = f"Answers to “{data.title}”" + (f" of {data.buyer}" if data.buyer else "")
    flow.text(asked)
    flow.text(
        f"As of {words.day(data.as_of)}, before {STAGES.get(data.stage, data.stage)}. "
        f"Contracting entity: {data.legal_entity}.",
        style="Note",
    )
    if data.draft:
        flow.box("DRAFT", "No person has approved these answers. They must not be sent to the buyer.", AMBER_FILL)
    elif data.approved_by:
        flow.text(f"Released by {data.approved_by}.", style="Note")
    flow.box(words.VERDICTS[data.verdict], words.VERDICT_MEANINGS[data.verdict], VERDICT_FILLS[data.verdict])


def summary(flow: Flow, data: ReportData) -> None:
    flow.heading("Summary", 1)
    for reason in data.verdict_reasons:
        flow.text(reason)
    readiness = "–" if data.readiness is None else f"{data.readiness} of 100"
    first = min(data.expiries, key=lambda line: line.expires_on, default=None)
    expiry = f"{words.day(first.expires_on)} ({first.requirement})" if first else "–"
    flow.table(
        ("Questions", "Ready", "Suggested", "Blank", "Readiness", "First proof to expire"),
        [
            (
                f"{len(data.answers):,}",
                f"{data.count('ready'):,}",
                f"{data.count('suggested'):,}",
                f"{data.count('blank'):,}",
                readiness,
                expiry,
            )
        ],
        (14, 12, 14, 12, 18, 30),
        title="Key figures",
    )
    figures = "; ".join(
        f"{line.title} {'not assessed' if line.readiness is None else line.readiness}, "
        f"{words.STATES[line.state].lower()}"
        for line in data.categories
    )
    flow.picture(readiness_chart(data.categories), width_cm=16.5, alt=f"Readiness by category: {figures}.")
    if data.first_steps:
        flow.heading("What to do first", 2)
        flow.items(data.first_steps, numbered=True)


def categories(flow: Flow, data: ReportData) -> None:
    flow.heading("Verdict by category", 1)
    flow.text(
        "A category passes only when every applicable requirement in it is met; the vendor is qualified only when all "
        "five pass. Readiness is shown beside the verdict and never replaces it."
    )
    rows = [_category_row(line) for line in (*data.categories, *data.addons)]
    flow.table(
        ("Category", "State", "Readiness", "Requirements met", "Proven until", "Questions answered"),
        rows,
        (30, 16, 12, 16, 18, 16),
        title="State of each category",
    )
    if data.exceptions:
        flow.heading("Risk acceptances", 2)
        flow.table(
            ("Reference", "Requirements", "Accepted by", "Residual risk", "Until", "State"),
            [
                (
                    line.reference,
                    ", ".join(line.requirements),
                    line.approver,
                    line.residual_risk,
                    words.day(line.expires_on),
                    "In force" if line.active else line.problem or "Not in force",
                )
                for line in data.exceptions
            ],
            (14, 18, 22, 14, 16, 24),
            title="Risk acceptances by the buyer",
        )


def _category_row(line: CategoryLine) -> tuple[CellContent, ...]:
    fill = {"passed": GREEN_FILL, "failed": RED_FILL}.get(line.state, AMBER_FILL)
    state = Cell(((Run(f"{words.MARKS[line.state]} {words.STATES[line.state]}", bold=True),),), fill=fill)
    return (
        line.title,
        state,
        "–" if line.readiness is None else str(line.readiness),
        f"{line.requirements_met} of {line.requirements_applicable}",
        words.day(line.expires_on),
        f"{line.questions_answered} of {line.questions}",
    )


def gaps(flow: Flow, data: ReportData) -> None:
    flow.heading("Gaps and what closes them", 1)
    if not data.gaps:
        flow.text("There is no gap: every applicable requirement is met.")
        return
    flow.text(
        f"{words.count(len(data.gaps), 'requirement is', 'requirements are')} not met. Each row names the rule that "
        "failed and the fact it failed on, what would close the gap, and how long that usually takes."
    )
    titles = {line.id: line.title for line in (*data.categories, *data.addons)}
    for category, lines in groupby(data.gaps, key=lambda gap: gap.category):
        flow.heading(titles.get(category, "Mandate"), 2)
        flow.table(
            ("Requirement", "Why it is not met", "What closes it", "Lead time"),
            [_gap_row(gap) for gap in lines],
            (22, 38, 28, 16),
            title=f"Gaps: {titles.get(category, 'Mandate')}",
        )


def _gap_row(gap: GapLine) -> tuple[CellContent, ...]:
    state = Run(f"{words.MARKS[gap.state]} {words.STATES[gap.state]}", colour=QUIET)
    head: list[tuple[Run, ...]] = [(Run(f"{gap.requirement} ", bold=True), Run(gap.title)), (state,)]
    if gap.systems:
        head.append((Run("For " + ", ".join(gap.systems), colour=QUIET),))
    why: list[tuple[Run, ...]] = [
        (Run(f"{problem.sentence} "), Run(f"({problem.rule_title}, {problem.rule})", colour=QUIET))
        for problem in gap.problems
    ] or [(Run("No document in the library speaks to this requirement."),)]
    if gap.covered_by_exception:
        why.append((Run(f"Covered by risk acceptance {gap.covered_by_exception}.", bold=True),))
    if gap.questions:
        shown = ", ".join(gap.questions[:6]) + (f" and {len(gap.questions) - 6} more" if len(gap.questions) > 6 else "")
        why.append((Run(f"Asked in {shown}.", colour=QUIET),))
    lead = words.weeks(gap.weeks_least, gap.weeks_typical, gap.weeks_most)
    return Cell(tuple(head)), Cell(tuple(why)), gap.closes, lead


def warnings(flow: Flow, data: ReportData) -> None:
    if not data.warnings:
        return
    flow.heading("Warnings", 1)
    flow.text("Warnings never change a verdict. They name what a buyer will ask about.")
    flow.table(
        ("Requirement", "Warning"),
        [
            (line.requirement, Cell(((Run(f"{line.sentence} "), Run(f"({line.rule})", colour=QUIET)),)))
            for line in data.warnings
        ],
        (14, 86),
        title="Warnings",
    )


def expiry(flow: Flow, data: ReportData) -> None:
    flow.heading("When proof expires", 1)
    if not data.expiries:
        flow.text("No requirement is met today, so nothing can expire.")
        return
    lines = sorted(data.expiries, key=lambda line: (line.expires_on, line.requirement))
    flow.text(
        "Proof counts for twelve months. The bar ends on the last good day; the upright mark is the day by which the "
        "renewal must start to be in time."
    )
    alt = "; ".join(f"{line.requirement} until {line.expires_on.isoformat()}" for line in lines[:LONGEST_PICTURE])
    flow.picture(expiry_chart(lines[:LONGEST_PICTURE], data.as_of), width_cm=16.5, alt=f"Expiry timeline: {alt}.")
    flow.table(
        ("Requirement", "Rests on", "Last good day", "Start renewal by", "Status"),
        [
            (
                f"{line.requirement} {line.title}",
                line.rests_on,
                words.day(line.expires_on),
                words.day(line.start_by),
                Cell(
                    ((Run(words.EXPIRY_STATUS[line.status], bold=line.status != "ok"),),),
                    fill={"late": RED_FILL, "start_now": AMBER_FILL}.get(line.status, ""),
                ),
            )
            for line in lines
        ],
        (30, 26, 18, 18, 12),
        title="Expiry of each requirement that is met",
    )
    if data.outlook:
        flow.heading("Outlook without new evidence", 2)
        flow.table(
            ("In", "On", "Verdict", "No longer met"),
            [
                (f"{line.days} days", words.day(line.on), words.VERDICTS[line.verdict], ", ".join(line.lost) or "–")
                for line in data.outlook
            ],
            (12, 20, 20, 48),
            title="Verdict on coming days",
        )


def blanks(flow: Flow, data: ReportData) -> None:
    if not data.blanks:
        return
    flow.heading("Why questions were left blank", 1)
    flow.table(
        ("Reason", "Questions", "What to do"),
        [(line.reason, f"{line.count:,}", line.advice) for line in data.blanks],
        (44, 12, 44),
        title="Reasons for blanks",
    )


def method(flow: Flow, data: ReportData) -> None:
    flow.heading("Method and versions", 1)
    flow.items(
        (
            "Independent proof or no yes: an answer is yes only when every requirement the question asks about is met "
            "by evidence that an independent third party issued or validated, that counts on this day, and whose scope "
            "names the AI systems.",
            "A document of the vendor counts only together with an independent validation of the same version.",
            "Questions outside the checklist are answered from approved answers of the vendor's library, never from a "
            "similar question with another meaning.",
            "The verdict rests on requirements and evidence, not on which questions were asked.",
        )
    )
    systems = "; ".join(
        f"{line.name}{f' ({line.kind})' if line.kind else ''}"
        + (f", in production since {words.day(line.in_production_since)}" if line.in_production_since else "")
        for line in data.systems
    )
    versions = data.versions
    flow.table(
        ("What", "Value"),
        [
            ("Buyer's file", f"{data.file_name}, SHA-256 {data.file_sha256}"),
            ("Filled file", data.fidelity),
            *((("Notes on the file", "\n".join(data.file_notes)),) if data.file_notes else ()),
            ("AI systems of the deal", systems or "–"),
            ("Sector add-ons", ", ".join(data.sectors) or "none"),
            ("Catalogue", f"{versions.catalogue}, SHA-256 {versions.catalogue_digest[:16]}…"),
            ("Mapping", versions.mapping),
            ("Calibration", versions.calibration),
            ("Software", f"Countersign {versions.product}"),
        ],
        (22, 78),
        title="Versions used",
    )
