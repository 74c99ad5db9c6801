"""A small ground for the answer policy: two AI systems, a few documents, states given by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from evidence.proofs import Proof, Shelf
from rfp.answering.quotes import Quoter
from rfp.answering.types import Ground, LibraryEntry, Put
from rfp.mapping.footing import SURE_LINE
from rfp.mapping.types import AnswerType, Candidate, Polarity, Proposal
from rfp.workbook.model import ColumnRole, Option, Question, Slot, SlotKind
from scoring.results import RequirementResult
from scoring.types import EvidenceFact, Independence, Issuer, Outcome, RuleResult, State

ON = date(2026, 11, 18)
VECTOR = np.array([1.0, 0.0], np.float32)
SYSTEMS = ("Fold Assist", "Fold Rank")


def proof(reference: str, *, independent: bool = True, kind: str = "red_team_report", **dates: date) -> Proof:
    issuer = Issuer(
        name="Ravelin BV" if independent else "Fold AB",
        independence=Independence.THIRD_PARTY_ISSUED if independent else Independence.VENDOR_ISSUED,
    )
    fact = EvidenceFact(id=reference, title=f"Report {reference}", kind=kind, issuer=issuer, dates=dates)
    return Proof(
        revision_id=hash(reference) % 1000,
        reference=reference,
        revision=1,
        file_name=f"{reference}.pdf",
        sha256="ab" * 32,
        verified=True,
        fact=fact,
    )


RED_TEAM = proof("RT", issued_on=date(2026, 8, 21), testing_ended_on=date(2026, 8, 7))


def result(
    ref: str,
    state: State,
    *,
    rule: str = "R-AGE",
    evidence: tuple[str, ...] = ("RT",),
    by_system: Mapping[str, State] | None = None,
) -> RequirementResult:
    problem = RuleResult(rule=rule, outcome=Outcome.FAILED, sentence=f"{ref} fails on a fact.")
    systems = by_system or {"": state}
    return RequirementResult(
        requirement=ref,
        title=f"Title of {ref}",
        state=state,
        problems=(problem,) if state in (State.FAILED, State.EXPIRED) else (),
        evidence=evidence if state is not State.MISSING else (),
        by_system=systems,
        systems_open=tuple(name for name, value in systems.items() if name and not value.is_met),
    )


def ground(
    results: Mapping[str, RequirementResult],
    *,
    by_system: Mapping[str, Mapping[str, RequirementResult]] | None = None,
    own_line: bool = True,
    library: tuple[LibraryEntry, ...] = (),
    nda_signed: bool = False,
    systems: tuple[str, ...] = SYSTEMS,
    registered: tuple[str, ...] = (),
    region: str = "",
) -> Ground:
    singles = by_system or {}

    def judged(systems: frozenset[str]) -> Mapping[str, RequirementResult]:
        return singles.get(next(iter(systems)), results) if len(systems) == 1 else results

    shelf = Shelf(
        pages=(1, 4),
        texts=("Cover page.", "Prompt injection was tried in 412 scenarios. Success rate 1.2 percent."),
        vectors=np.array([[0.0, 1.0], [1.0, 0.0]], np.float16),
    )
    return Ground(
        on=ON,
        proofs={"RT": RED_TEAM},
        judged=judged,
        systems=systems,
        subjects={ref: frozenset({"red_team_report"}) for ref in results},
        quoter=Quoter({RED_TEAM.revision_id: shelf}),
        line=SURE_LINE,
        own_line=own_line,
        library={entry.ref: entry for entry in library},
        nda_signed=nda_signed,
        registered=registered,
        region=region,
    )


YES_NO = (Option("Yes", "Yes"), Option("No", "No"))
WITH_PARTIAL = (*YES_NO, Option("Partially", "Partially"))


def question(text: str = "Was the model tested?", *, options: tuple[Option, ...] = YES_NO) -> Question:
    kind = SlotKind.CHOICE if options else SlotKind.TEXT
    return Question(
        sheet="S",
        row=5,
        column=2,
        text=text,
        slots=(
            Slot(sheet="S", row=5, column=3, role=ColumnRole.ANSWER, kind=kind, options=options),
            Slot(sheet="S", row=5, column=4, role=ColumnRole.COMMENT),
            Slot(sheet="S", row=5, column=5, role=ColumnRole.EVIDENCE),
        ),
    )


def proposal(*refs: str, category: str = "adversarial_testing", sure: float = 0.95, **changes: object) -> Proposal:
    found = Proposal(
        category=category,
        confidence=sure,
        requirements=tuple(Candidate(ref, sure, "") for ref in refs),
        decisive=refs,
        decisive_confidence=sure,
        controls=(),
        polarity=Polarity.DIRECT,
        polarity_confidence=sure,
        answer_type=AnswerType.YES_NO,
        parts=(),
        false_premise="",
        asks_edition="",
        above_line=True,
        reasons=(),
    )
    return replace(found, **changes)  # type: ignore[arg-type]  # the fields a test changes


def put(asked: Question, mapped: Proposal) -> Put:
    return Put(question=asked, proposal=mapped, vector=VECTOR)
