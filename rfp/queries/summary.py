"""The verdict on a questionnaire as its page shows it, from the assessment as it was frozen: nothing is judged anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rfp.answering.content import BlankCode
from rfp.models import Assessment, Finding, MappedRequirement, MappingStatus, Questionnaire
from rfp.queries.answers import Facets
from rfp.queries.frozen import frozen
from rfp.queries.report import verdict_reasons
from rfp.queries.standing import Standing
from rfp.reporting.closing import closing
from rfp.reporting.data import BlankReason, ExpiryLine, GapLine, Problem
from rfp.reporting.steps import BLANKS, first_steps
from rfp.workbook.model import address
from scoring import exceptions
from scoring.catalogue import Catalogue
from scoring.readiness import COUNTED_IN
from scoring.types import ExceptionFact, Outcome, RuleResult, State, Verdict
from scoring.verdict import Gate


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryBar:
    id: str
    title: str
    state: str  # passed, failed, under_review, not_assessed
    readiness: int | None
    met: int
    applicable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskLine:
    """A risk acceptance as it counted on the day; ``problem`` says why it did not, empty when it did."""

    reference: str
    requirements: tuple[str, ...]
    systems: tuple[str, ...]
    approver: str
    expires_on: date | None
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """``checklist_changed``: the names and the grouping come from another edition than the verdict."""

    verdict: str
    reasons: Sequence[str]
    readiness: int | None
    as_of: date
    made_at: datetime
    expires_on: date | None
    catalogue: str
    checklist_changed: bool
    categories: Sequence[CategoryBar]
    gaps: Sequence[GapLine]
    risks: Sequence[RiskLine]
    steps: Sequence[str]


def judged_for(questionnaire: Questionnaire) -> date | None:
    """Return the day of the latest assessment; None before the first."""
    return questionnaire.assessments.values_list("as_of", flat=True).first()


def summary_of(questionnaire: Questionnaire, facets: Facets) -> Summary | None:
    """Return the latest assessment in words; None before the first."""
    assessment = questionnaire.assessments.first()
    if assessment is None:
        return None
    findings = {row.requirement: row for row in assessment.findings.all()}
    standing = frozen(questionnaire, assessment, findings.values())
    gate = standing.gate()
    places = _places(questionnaire, gate.open_requirements)
    covered = _covered(assessment, gate)
    gaps = [
        _gap(standing.catalogue, findings[name], places.get(name, ()), covered.get(name, ""))
        for name in gate.open_requirements
    ]
    return Summary(
        verdict=assessment.verdict,
        reasons=verdict_reasons(standing.catalogue, gate, gaps),
        readiness=assessment.readiness,
        as_of=assessment.as_of,
        made_at=assessment.made_at,
        expires_on=assessment.expires_on,
        catalogue=assessment.catalogue_version,
        checklist_changed=assessment.catalogue_digest != standing.catalogue.digest,
        categories=_categories(standing, assessment, gate),
        gaps=gaps,
        risks=[_risk(risk, standing) for risk in standing.accepted_risks],
        steps=first_steps(gaps, _expiries(standing, findings), _blanks(facets), suggested=facets.bands["suggested"]),
    )


def _covered(assessment: Assessment, gate: Gate) -> dict[str, str]:
    """Return by requirement the acceptance that covers it; the verdict that was stored has the last word.

    A finding does not keep the AI systems that it is open for, so an acceptance for some of them may not show here.
    """
    if assessment.verdict != Verdict.ACCEPTED_WITH_RISK:
        return dict(gate.accepted)
    return {name: gate.accepted.get(name, "accepted by the buyer") for name in gate.open_requirements}


def _risk(risk: ExceptionFact, standing: Standing) -> RiskLine:
    problem = exceptions.problem_of(risk, on=standing.on, parameters=standing.catalogue.parameters, deal=standing.deal)
    return RiskLine(
        reference=risk.id,
        requirements=risk.requirements,
        systems=risk.systems,
        approver=f"{risk.approver.name}, {risk.approver.title}".strip(", ") if risk.approver else "nobody named",
        expires_on=risk.expires_on,
        problem=problem or exceptions.doubt_of(risk),
    )


def _places(questionnaire: Questionnaire, requirements: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return by requirement where the workbook asks for it."""
    rows = (
        MappedRequirement.objects.filter(
            mapping__question__questionnaire=questionnaire, decisive=True, ref__in=list(requirements)
        )
        .exclude(mapping__status=MappingStatus.REJECTED)
        .order_by("mapping__question__position")
        .values_list("ref", "mapping__question__sheet", "mapping__question__row", "mapping__question__column")
    )
    found: dict[str, list[str]] = {}
    for ref, sheet, row, column in rows:
        found.setdefault(ref, []).append(f"{sheet}!{address(row, column)}")
    return {ref: tuple(dict.fromkeys(places)) for ref, places in found.items()}


def _gap(catalogue: Catalogue, row: Finding, places: Sequence[str], covered: str) -> GapLine:
    requirement = catalogue.requirements[row.requirement]
    # Where proof is missing, the stored rules failed on papers that were made for something else.
    told = [] if row.state == State.MISSING else row.problems
    failed = [RuleResult(rule=rule, outcome=Outcome.FAILED, sentence=sentence) for rule, sentence in told]
    return GapLine(
        requirement=requirement.id,
        title=requirement.title,
        category=requirement.category,
        severity=requirement.severity,
        state=row.state,
        systems=(),
        problems=tuple(
            Problem(
                rule=rule,
                rule_title=catalogue.rules[rule].title if rule in catalogue.rules else "Prerequisite",
                sentence=sentence,
            )
            for rule, sentence in row.problems
        ),
        closes=closing(requirement, failed),
        weeks_least=requirement.lead_time.least,
        weeks_typical=requirement.lead_time.typical,
        weeks_most=requirement.lead_time.most,
        covered_by_exception=covered,
        questions=tuple(places),
    )


def _categories(standing: Standing, assessment: Assessment, gate: Gate) -> list[CategoryBar]:
    requirements = standing.catalogue.requirements
    bars = []
    for category in standing.catalogue.categories:
        counted = [
            result.state
            for name, result in standing.results.items()
            if COUNTED_IN.get(name, requirements[name].category) == category.id
        ]
        share = assessment.readiness_by_category.get(category.id)
        bars.append(
            CategoryBar(
                id=category.id,
                title=category.title,
                state=gate.categories[category.id],
                readiness=None if share is None else int(share + 1e-9),
                met=sum(1 for state in counted if state.is_met),
                applicable=sum(1 for state in counted if state is not State.NOT_APPLICABLE),
            )
        )
    return bars


def _expiries(standing: Standing, findings: Mapping[str, Finding]) -> list[ExpiryLine]:
    requirements = standing.catalogue.requirements
    return [
        ExpiryLine(
            requirement=line.requirement,
            title=requirements[line.requirement].title,
            category=requirements[line.requirement].category,
            rests_on=", ".join(standing.results[line.requirement].evidence),
            expires_on=line.expires_on,
            start_by=findings[line.requirement].start_by,
            status=line.status,
        )
        for line in standing.expiries()
    ]


def _blanks(facets: Facets) -> list[BlankReason]:
    return [
        BlankReason(reason=BLANKS[BlankCode(code)].reason, count=count, advice=BLANKS[BlankCode(code)].advice)
        for code, count in facets.codes
    ]
