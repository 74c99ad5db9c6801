"""The answers of a vendor held against the proof: what each is worth, why, and where in which document it shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from evidence.models import EvidenceRevision
from evidence.placed import Fact, pages_of, placed
from rfp.models import (
    ApprovedNotApplicable,
    MappingStatus,
    Participant,
    QuestionMapping,
    Submission,
    SubmittedAnswer,
    TenderQuestion,
)
from rfp.queries.standing import Standing
from scoring.answers import Polarity
from scoring.claims import Claim, Judged, judge_claim

# Where in the facts of a document a rule looks, best first; what it says else is told by its first day.
LOOKS_AT: Mapping[str, tuple[str, ...]] = {
    "R-SCOPE-AI": ("scope", "ai_systems"),
    "R-SCOPE-SYSTEM": ("ai_systems", "scope"),
    "R-ENTITY": ("legal_entity",),
    "R-OPINION": ("opinion", "conclusion"),
    "R-ACCRED": ("issuer.accreditation.number", "issuer.accreditation.body"),
    "R-ASSESSOR": ("assessor.name",),
    "R-INDEP": ("issuer.name",),
    "R-VALID": ("dates.valid_until",),
    "R-PERIOD": ("dates.period_end",),
}
ELSE_AT = ("scope", "conclusion", "dates.issued_on", "number")
MOST_CITED = 4

Cite = tuple[str, int, int, str]  # reference, revision id, page or 0, quote


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldClaim:
    question: TenderQuestion
    answer: SubmittedAnswer | None
    judged: Judged
    cites: tuple[Cite, ...]


def current_submission(participant: Participant) -> Submission | None:
    """Return the vendor's word: the latest that came in time, or that came late and was let in."""
    rows = participant.submissions.select_related("late_decision").order_by("-number")
    for row in rows:
        decision = getattr(row, "late_decision", None)
        if not row.late or (decision is not None and decision.admitted):
            return row
    return None


def held_claims(participant: Participant, standing: Standing, submission: Submission | None) -> list[HeldClaim]:
    """Return what the proof says of the answer to each question of the tender; a blank is judged, too."""
    questions = list(participant.tender.questions.select_related("question").order_by("position"))
    answers = {row.question_id: row for row in submission.answers.all()} if submission else {}
    mappings = _mappings(questions)
    waived = set(
        ApprovedNotApplicable.objects.filter(
            participant=participant, ended_at=None, question__isnull=False
        ).values_list("question_id", flat=True)
    )
    where = _Places(standing)
    held = []
    for question in questions:
        answer = answers.get(question.pk)
        claim = _claim(question, answer, mappings.get(question.question_id))
        judged = judge_claim(claim, standing.results, does_not_apply=question.pk in waived)
        cites = tuple(
            where.of(reference, judged) for reference in judged.cites[:MOST_CITED] if reference in standing.proofs
        )
        held.append(HeldClaim(question=question, answer=answer, judged=judged, cites=cites))
    return held


def _claim(question: TenderQuestion, answer: SubmittedAnswer | None, mapping: QuestionMapping | None) -> Claim:
    polarity = (mapping.polarity or mapping.yes_would_say) if mapping else Polarity.DIRECT
    return Claim(
        value=answer.value if answer else "",
        text=answer.text if answer else "",
        requirements=tuple(question.requirements),
        polarity=Polarity(polarity),
        false_premise=mapping.false_premise if mapping else "",
    )


def _mappings(questions: Sequence[TenderQuestion]) -> dict[int, QuestionMapping]:
    """Return what each question was found to ask; what a person confirmed goes before what was proposed."""
    rows = QuestionMapping.objects.filter(question_id__in=[row.question_id for row in questions])
    rows = rows.exclude(status=MappingStatus.REJECTED)
    found: dict[int, QuestionMapping] = {}
    for row in rows.order_by("pk"):
        if row.question_id not in found or row.status == MappingStatus.CONFIRMED:
            found[row.question_id] = row
    return found


class _Places:
    """Where the facts of the documents stand, each document looked at once."""

    def __init__(self, standing: Standing) -> None:
        self._proofs = standing.proofs
        self._facts: dict[int, Mapping[str, Fact]] = {}
        self._revisions: Mapping[int, EvidenceRevision] | None = None

    def of(self, reference: str, judged: Judged) -> Cite:
        """Return the page and words of a document that a judgement of it rests on; page 0 where none are known."""
        revision = self._proofs[reference].revision_id
        rules = [reason.rule for reason in judged.because if reason.rule]
        paths = [path for rule in rules for path in LOOKS_AT.get(rule, ())]
        facts = self._facts_of(revision)
        fact = next((facts[path] for path in (*paths, *ELSE_AT) if path in facts and facts[path].page), None)
        return (reference, revision, (fact.page or 0) if fact else 0, fact.quote if fact else "")

    def _facts_of(self, pk: int) -> Mapping[str, Fact]:
        if pk not in self._facts:
            revision = self._all()[pk]
            self._facts[pk] = _by_path(placed(revision, pages_of(revision)))
        return self._facts[pk]

    def _all(self) -> Mapping[int, EvidenceRevision]:
        if self._revisions is None:
            self._revisions = EvidenceRevision.objects.in_bulk([proof.revision_id for proof in self._proofs.values()])
        return self._revisions


def _by_path(facts: Iterable[Fact]) -> Mapping[str, Fact]:
    return {fact.path: fact for fact in facts}
