"""The first pages: the verdict and why, how far each category is, what to do first, and the contents."""

from __future__ import annotations

from rfp.reporting import words
from rfp.reporting.charts import readiness_chart
from rfp.reporting.data import CategoryLine, ReportData
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.styles import AMBER_FILL, GREEN_FILL, RED_FILL
from rfp.reporting.word.xml import CellContent, Run, lines_of

VERDICT_FILLS = {
    "QUALIFIED": GREEN_FILL,
    "ACCEPTED_WITH_RISK": AMBER_FILL,
    "UNDER_REVIEW": AMBER_FILL,
    "NOT_QUALIFIED": RED_FILL,
}
STAGES = {"contract": "contract execution", "pilot": "pilot", "production": "production deployment"}


def verdict(flow: Flow, data: ReportData) -> None:
    flow.text("AI assurance report", style="Title")
    flow.text(data.vendor, style="Subtitle")
    asked = f"Answers to “{data.title}”" + (f" of {data.buyer}" if data.buyer else "")
    flow.text(asked)
    said = f"As of {words.day(data.as_of)}, before {STAGES.get(data.stage, data.stage)}."
    if data.legal_entity and data.legal_entity != data.vendor:
        said += f" Contracting entity: {data.legal_entity}."
    if not data.draft and data.approved_by:
        said += f" Released by {data.approved_by}."
    flow.text(said, style="Note")
    if data.draft:
        flow.box("DRAFT", ["No person has approved these answers. They must not be sent to the buyer."], AMBER_FILL)
    flow.heading("Verdict", 1)
    flow.box(
        words.VERDICTS[data.verdict],
        [words.VERDICT_MEANINGS[data.verdict], *data.verdict_reasons],
        VERDICT_FILLS[data.verdict],
    )
    figures = "; ".join(
        f"{line.title} {'not assessed' if line.readiness is None else line.readiness}, "
        f"{words.STATES[line.state].lower()}"
        for line in data.categories
    )
    picture = readiness_chart(data.categories)
    flow.picture(picture.png, width=picture.width, height=picture.height, alt=f"Readiness by category: {figures}.")
    _key_figures(flow, data)


def _key_figures(flow: Flow, data: ReportData) -> None:
    first = min(data.expiries, key=lambda line: line.expires_on, default=None)
    flow.table(
        ("Questions", "Ready", "Suggested", "Blank", "Readiness", "First proof to expire"),
        [
            (
                f"{len(data.answers):,}",
                f"{data.count('ready'):,}",
                f"{data.count('suggested'):,}",
                f"{data.count('blank'):,}",
                "not assessed" if data.readiness is None else f"{data.readiness} of 100",
                f"{words.day(first.expires_on)} ({first.requirement})" if first else "–",
            )
        ],
        (14, 12, 14, 12, 18, 30),
        title="Key figures",
    )


def first_steps(flow: Flow, data: ReportData) -> None:
    if data.first_steps:
        flow.heading("What to do first", 1)
        flow.items(data.first_steps, numbered=True)


def categories(flow: Flow, data: ReportData) -> None:
    flow.heading("Verdict by category", 1)
    flow.text(
        "A category passes only when every applicable requirement in it is met; the vendor is qualified only when all "
        "five pass. Readiness is shown beside the verdict and never replaces it.",
        style="Lead",
    )
    flow.table(
        ("Category", "State", "Readiness", "Requirements met", "Proven until", "Questions answered"),
        [_category_row(line) for line in (*data.categories, *data.addons)],
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
    return (
        line.title,
        lines_of(Run(f"{words.MARKS[line.state]} {words.STATES[line.state]}", bold=True), fill=fill),
        "–" if line.readiness is None else str(line.readiness),
        f"{line.requirements_met} of {line.requirements_applicable}",
        words.day(line.expires_on),
        f"{line.questions_answered} of {line.questions}" if line.questions else "none asked",
    )
