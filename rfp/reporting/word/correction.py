"""The letter that corrects what was sent to a buyer: a draft for a person to finish, sign and send."""

from __future__ import annotations

from rfp.reporting import words
from rfp.reporting.correction import CorrectedAnswer, Correction
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.package import Properties, pack
from rfp.reporting.word.styles import AMBER_FILL
from rfp.reporting.word.xml import CellContent, Run, lines_of

TO_COMPLETE = "[to be completed]"


def build(data: Correction) -> bytes:
    """Return the letter as the bytes of a docx file; the same data gives the same bytes."""
    flow = Flow()
    _head(flow, data)
    _what_changed(flow, data)
    _answers(flow, data)
    _proposal(flow, data)
    return pack(flow, _properties(data))


def _head(flow: Flow, data: Correction) -> None:
    flow.text(data.legal_entity, style="Subtitle")
    flow.text(f"To {data.sent_to}" + (f", {data.buyer}" if data.buyer else ""))
    flow.text(words.day(data.made_on), style="Note")
    flow.box(
        "DRAFT",
        ["No person has approved this letter. Read it, complete what stands in brackets, and have it signed."],
        AMBER_FILL,
    )
    flow.text(f"Correction of our answers to “{data.title}”", style="Title")
    count = words.count(len(data.answers), "answer")
    flow.text(
        f"On {words.day(data.sent_on)} we sent you version {data.version} of our answers. {count} in it "
        f"{'rests' if len(data.answers) == 1 else 'rest'} on {data.cited}. That document no longer supports "
        f"{'it' if len(data.answers) == 1 else 'them'} as we wrote. We would rather you heard it from us."
    )


def _what_changed(flow: Flow, data: Correction) -> None:
    flow.heading("What changed, and from when", 1)
    flow.text(data.changed)
    flow.text(f"From {words.day(data.since)} on, please do not rely on the answers below.")


def _answers(flow: Flow, data: Correction) -> None:
    flow.heading("The answers concerned", 1)
    flow.table(
        ("Question", "What we said", "What we say now"),
        [_row(answer) for answer in data.answers],
        (42, 30, 28),
        title="Answers that are corrected",
    )


def _row(answer: CorrectedAnswer) -> tuple[CellContent, ...]:
    said = [Run(answer.said or "–", bold=True)]
    if answer.comment:
        said.append(Run(answer.comment))
    now = answer.proposed or "We withdraw this answer until we can prove it again."
    return (lines_of(Run(answer.place, bold=True), Run(answer.question)), lines_of(*said), now)


def _proposal(flow: Flow, data: Correction) -> None:
    flow.heading("What we propose", 1)
    flow.items(
        (
            "Take the answers of the right-hand column in place of those we sent, from the day named above.",
            f"We will show new proof by {TO_COMPLETE}, and send you a new version of the file with it.",
            f"Until then: {TO_COMPLETE} (what protects you meanwhile, and whether you wish to accept the risk).",
            f"Questions go to {TO_COMPLETE}.",
        ),
        numbered=True,
    )
    flow.text(f"For {data.legal_entity}: {TO_COMPLETE} (name, role, signature)")


def _properties(data: Correction) -> Properties:
    return Properties(
        title=f"Correction of answers: {data.title} (DRAFT)",
        subject=data.title,
        author=data.vendor,
        keywords="AI assurance, correction",
        made_on=data.made_on,
        application=f"Countersign {data.product}",
        head=f"{data.vendor} · Correction of answers · {words.day(data.made_on)}",
        mark="DRAFT – not approved",
        foot=data.title,
    )
