"""The record of an accepted risk as a Word file: what was accepted, by whom, until when, and what it does not do."""

from __future__ import annotations

from rfp.reporting import words
from rfp.reporting.risk import STATES, RiskRecord
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.front import STAGES
from rfp.reporting.word.package import Properties, pack
from rfp.reporting.word.styles import AMBER_FILL, GREEN_FILL, RED_FILL
from rfp.reporting.word.xml import Run, lines_of

FILLS = {"risk_in_force": GREEN_FILL, "risk_lapses_soon": AMBER_FILL, "risk_waits": AMBER_FILL}


def build(data: RiskRecord) -> bytes:
    """Return the record as the bytes of a docx file; the same data gives the same bytes."""
    flow = Flow()
    _head(flow, data)
    _what(flow, data)
    _why(flow, data)
    _who(flow, data)
    return pack(flow, _properties(data))


def _head(flow: Flow, data: RiskRecord) -> None:
    flow.text("Risk acceptance", style="Title")
    flow.text(f"{data.reference}: {data.vendor}", style="Subtitle")
    flow.text(
        f"{data.legal_entity or data.buyer}. Tender “{data.tender}”. As of {words.day(data.made_on)}.", style="Note"
    )
    lines = [data.problem] if data.problem else []
    lines.append(f"It ends after {words.day(data.expires_on)}, by itself and without grace.")
    flow.box(STATES[data.state], lines, FILLS.get(data.state, RED_FILL))


def _what(flow: Flow, data: RiskRecord) -> None:
    flow.heading("What is accepted", 1)
    flow.text(
        f"That {data.vendor} has no accepted proof of the requirements below, before "
        f"{STAGES.get(data.stage, data.stage)}, for {words.listed(data.systems) or 'all AI systems of the tender'}."
    )
    flow.table(
        ("Requirement", "Title"), list(data.requirements), (18, 82), title="Requirements that are accepted as open"
    )
    if data.not_covered:
        names = words.ranged([name for name, _ in data.not_covered])
        flow.text(f"Not covered: {names} rest on these requirements and need an acceptance of their own.", style="Note")
    flow.text(
        "An acceptance changes the verdict to “accepted with risk”. It changes no fact, no state of a requirement "
        "and no score.",
        style="Note",
    )


def _why(flow: Flow, data: RiskRecord) -> None:
    for heading, text in (
        ("Why it is accepted", data.reason),
        ("What can happen", data.residual_risk),
        ("What protects us meanwhile", data.compensating_controls),
    ):
        flow.heading(heading, 1)
        for line in text.splitlines():
            if line.strip():
                flow.text(line.strip())


def _who(flow: Flow, data: RiskRecord) -> None:
    flow.heading("Who decided, and until when", 1)
    flow.table(
        ("Step", "Who", "On", "How"),
        [(lines_of(Run(step.what, bold=True)), step.who, words.day(step.on), step.how or "–") for step in data.steps],
        (16, 36, 20, 28),
        title="Steps of the acceptance",
    )
    flow.text(f"To be looked at again by {words.day(data.review_on)}. Ends after {words.day(data.expires_on)}.")
    if data.renews:
        flow.text(f"It follows on {data.renews}, as a record and an approval of its own.")
    flow.text(
        f"SHA-256 of what was asked for, under which the signature stands: {data.digest}. The same value is in the "
        "audit trail.",
        style="Note",
    )


def _properties(data: RiskRecord) -> Properties:
    return Properties(
        title=f"Risk acceptance {data.reference}: {data.vendor}",
        subject=data.tender,
        author=data.buyer,
        keywords="AI assurance, risk acceptance",
        made_on=data.made_on,
        application=f"Countersign {data.product}",
        head=f"{data.buyer} · Risk acceptance {data.reference} · {words.day(data.made_on)}",
        mark="" if data.state in FILLS and data.state != "risk_waits" else STATES[data.state],
        foot=data.vendor,
    )
