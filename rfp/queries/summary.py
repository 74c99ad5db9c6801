"""The verdict on a questionnaire as its page shows it, from the assessment as it was frozen: nothing is judged anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evidence.catalogs import mandate
from rfp.answering.content import BlankCode
from rfp.models import Assessment, Finding, MappedRequirement, MappingStatus, Questionnaire
from rfp.queries.answers import Facets
from rfp.queries.report import verdict_reasons
from rfp.reporting.closing import closing
from rfp.reporting.data import BlankReason, ExpiryLine, GapLine, Problem
from rfp.reporting.steps import BLANKS, first_steps
from rfp.workbook.model import address
from scoring import forecast, verdict
from scoring.catalogue import Catalogue
from scoring.readiness import COUNTED_IN
from scoring.results import RequirementResult
from scoring.types import Deal, Outcome, RuleResult, State, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryBar:
    id: str
    title: str
    state: str  # passed, failed, under_review, not_assessed
    readiness: int | None
    met: int
    applicable: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    verdict: str
    reasons: Sequence[str]
    readiness: int | None
    as_of: date
    made_at: datetime
    expires_on: date | None
    catalogue: str
    categories: Sequence[CategoryBar]
    gaps: Sequence[GapLine]
    steps: Sequence[str]


def summary_of(questionnaire: Questionnaire, facets: Facets) -> Summary | None:
    """Return the latest assessment in words; None before the first."""
    assessment = questionnaire.assessments.first()
    if assessment is None:
        return None
    catalogue = mandate.load()
    findings = {row.requirement: row for row in assessment.findings.all() if row.requirement in catalogue.requirements}
    results = {name: _result(row) for name, row in findings.items()}
    gate = verdict.decide(catalogue, results, on=assessment.as_of, deal=_deal(questionnaire))
    places = _places(questionnaire, gate.open_requirements)
    covered = "accepted by the buyer" if assessment.verdict == Verdict.ACCEPTED_WITH_RISK else ""
    gaps = [_gap(catalogue, findings[name], places.get(name, ()), covered) for name in gate.open_requirements]
    return Summary(
        verdict=assessment.verdict,
        reasons=verdict_reasons(catalogue, gate, gaps),
        readiness=assessment.readiness,
        as_of=assessment.as_of,
        made_at=assessment.made_at,
        expires_on=assessment.expires_on,
        catalogue=assessment.catalogue_version,
        categories=_categories(catalogue, assessment, gate, results),
        gaps=gaps,
        steps=first_steps(
            gaps, _expiries(catalogue, assessment, results), _blanks(facets), suggested=facets.bands["suggested"]
        ),
    )


def _result(row: Finding) -> RequirementResult:
    return RequirementResult(
        requirement=row.requirement,
        state=State(row.state),
        evidence=tuple(row.evidence),
        by_system={},
        expires_on=row.expires_on,
    )


def _deal(questionnaire: Questionnaire) -> Deal:
    organisation = questionnaire.organisation
    entity = organisation.legal_entity or organisation.name
    return Deal(vendor=entity, contracting_entity=entity, sectors=frozenset(questionnaire.sectors), systems=())


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


def _categories(
    catalogue: Catalogue, assessment: Assessment, gate: verdict.Gate, results: Mapping[str, RequirementResult]
) -> list[CategoryBar]:
    bars = []
    for category in catalogue.categories:
        counted = [
            result.state
            for name, result in results.items()
            if COUNTED_IN.get(name, catalogue.requirements[name].category) == category.id
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


def _expiries(
    catalogue: Catalogue, assessment: Assessment, results: Mapping[str, RequirementResult]
) -> list[ExpiryLine]:
    return [
        ExpiryLine(
            requirement=line.requirement,
            title=catalogue.requirements[line.requirement].title,
            category=catalogue.requirements[line.requirement].category,
            rests_on=", ".join(results[line.requirement].evidence),
            expires_on=line.expires_on,
            start_by=line.start_by,
            status=line.status,
        )
        for line in forecast.expiries(catalogue, results, on=assessment.as_of)
    ]


def _blanks(facets: Facets) -> list[BlankReason]:
    return [
        BlankReason(reason=BLANKS[BlankCode(code)].reason, count=count, advice=BLANKS[BlankCode(code)].advice)
        for code, count in facets.codes
    ]
