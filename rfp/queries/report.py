"""Everything a report says of a questionnaire, gathered from the answers and from the judged library."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from rfp.answering.content import BlankCode
from rfp.answering.words import dated
from rfp.models import Questionnaire, Response
from rfp.queries.report_answers import answer_line, held_back, is_withheld, unwritten, withheld
from rfp.queries.standing import Standing
from rfp.reporting import words
from rfp.reporting.closing import closing
from rfp.reporting.data import (
    AnswerLine,
    BlankReason,
    CategoryLine,
    EvidenceLine,
    ExceptionLine,
    ExpiryLine,
    GapLine,
    OutlookLine,
    Problem,
    ReportData,
    SystemLine,
    Versions,
    WarningLine,
)
from rfp.reporting.steps import BLANKS, first_steps
from rfp.version import VERSION
from scoring import exceptions
from scoring.catalogue import Catalogue
from scoring.readiness import COUNTED_IN, Readiness
from scoring.types import RuleResult, State
from scoring.verdict import CategoryState, Gate

STATES_TOLD = (
    (State.FAILED, "rests on proof that was rejected", "rest on proof that was rejected"),
    (State.EXPIRED, "rests on proof that has expired", "rest on proof that has expired"),
    (State.MISSING, "has no proof in the library", "have no proof in the library"),
    (State.UNDER_REVIEW, "waits for a person's decision", "wait for a person's decision"),
)


def report_data(
    questionnaire: Questionnaire,
    standing: Standing,
    responses: Sequence[Response],
    *,
    draft: bool,
    approved_only: bool,
    fidelity: str,
    file_notes: Sequence[str],
    held: Collection[int] = (),
    refused: Mapping[int, str] | None = None,
) -> ReportData:
    """Return the report over RESPONSES, which come with question, mapping, citations and library answer.

    With ``approved_only`` an answer that nobody approved is a blank that says so; so is one that is HELD back from this
    buyer, and one that the file does not take: ``refused`` holds by response why.
    """
    gate = standing.gate()
    readiness = standing.readiness(gate)
    left_out = {row.pk: BlankCode.NOT_RELEASED for row in responses if approved_only and is_withheld(row)}
    refused = refused or {}
    left_out |= dict.fromkeys(refused, BlankCode.CELL_CLOSED)
    left_out |= dict.fromkeys(held, BlankCode.UNDER_NDA)
    answers = tuple(_line(response, standing, left_out, refused) for response in responses)
    gaps = _gaps(standing, gate, answers)
    blanks = _blanks(responses, left_out)
    expiries = _expiries(standing)
    approvers = {str(response.approved_by) for response in responses if response.approved_by}
    return ReportData(
        vendor=questionnaire.organisation.name,
        legal_entity=standing.deal.contracting_entity,
        buyer=questionnaire.buyer,
        title=questionnaire.title,
        file_name=questionnaire.file_name,
        file_sha256=questionnaire.file.sha256,
        stage=questionnaire.stage,
        as_of=standing.on,
        draft=draft,
        approved_by=", ".join(sorted(approvers)),
        systems=tuple(
            SystemLine(name=row.name, kind=row.kind, in_production_since=row.in_production_since)
            for row in questionnaire.systems.all()
        ),
        sectors=tuple(questionnaire.sectors),
        verdict=gate.verdict,
        verdict_reasons=verdict_reasons(standing.catalogue, gate, gaps),
        readiness=readiness.shown,
        categories=_categories(standing, gate, readiness, answers),
        addons=_addons(standing, readiness),
        gaps=gaps,
        warnings=_warnings(standing),
        exceptions=_exceptions(standing),
        expiries=expiries,
        outlook=tuple(
            OutlookLine(days=line.days, on=line.on, verdict=line.verdict, lost=line.lost) for line in standing.outlook()
        ),
        answers=answers,
        evidence=_evidence(standing),
        blanks=blanks,
        first_steps=first_steps(
            gaps,
            expiries,
            blanks,
            suggested=sum(1 for answer in answers if answer.band == "suggested" and not answer.approved),
        ),
        file_notes=tuple(file_notes),
        fidelity=fidelity,
        versions=Versions(
            product=VERSION,
            catalogue=f"{standing.catalogue.id} {standing.catalogue.version}",
            catalogue_digest=standing.catalogue.digest,
            mapping=questionnaire.mapping_version,
            calibration=questionnaire.calibration,
        ),
    )


def _line(
    response: Response, standing: Standing, left_out: Mapping[int, BlankCode], refused: Mapping[int, str]
) -> AnswerLine:
    line = answer_line(response, standing)
    if left_out.get(response.pk) is BlankCode.UNDER_NDA:
        return held_back(line)
    if response.pk in refused:
        return unwritten(line, refused[response.pk])
    return withheld(line) if response.pk in left_out else line


def verdict_reasons(catalogue: Catalogue, gate: Gate, gaps: Sequence[GapLine]) -> tuple[str, ...]:
    """Say in sentences what the verdict of a gate rests on."""
    if not gaps:
        return ("Every applicable requirement is met by independent proof.",)
    titles = {category.id: category.title for category in catalogue.categories}
    failing = [titles[name] for name, state in gate.categories.items() if state is not CategoryState.PASSED]
    count = words.count(len(gaps), "requirement is not met", "requirements are not met")
    reasons = [f"{count}, {_in_categories(failing, of=len(titles))}."]
    by_state = Counter(gap.state for gap in gaps)
    split = [words.count(by_state[state], one, many) for state, one, many in STATES_TOLD if by_state[state]]
    reasons.append(f"Of these, {words.listed(split)}.")
    covered = sum(1 for gap in gaps if gap.covered_by_exception)
    if covered == len(gaps):
        reasons.append("A risk acceptance of the buyer covers all of it.")
    elif covered:
        rest = words.count(len(gaps) - covered, "is", "are")
        reasons.append(f"Risk acceptances of the buyer cover {covered} of them; {rest} open without one.")
    return tuple(reasons)


def _in_categories(failing: Sequence[str], *, of: int) -> str:
    if not failing:
        return f"none of them in the {of} categories"
    return f"in all {of} categories" if len(failing) == of else f"in: {'; '.join(failing)}"


def _categories(
    standing: Standing, gate: Gate, readiness: Readiness, answers: Sequence[AnswerLine]
) -> tuple[CategoryLine, ...]:
    expiries = standing.first_expiry().by_category
    lines = []
    for category in standing.catalogue.categories:
        counted = [
            result
            for name, result in standing.results.items()
            if COUNTED_IN.get(name, standing.catalogue.requirements[name].category) == category.id
        ]
        shown = readiness.by_category[category.id]
        asked = [answer for answer in answers if answer.category == category.id]
        lines.append(
            CategoryLine(
                id=category.id,
                title=category.title,
                state=gate.categories[category.id],
                readiness=None if shown is None else int(shown + 1e-9),
                requirements_met=sum(1 for result in counted if result.state.is_met),
                requirements_applicable=sum(1 for result in counted if result.state is not State.NOT_APPLICABLE),
                # Of a category that fails, nothing is proven until a day.
                expires_on=expiries[category.id] if gate.categories[category.id] is CategoryState.PASSED else None,
                questions=len(asked),
                questions_answered=sum(1 for answer in asked if answer.band != "blank"),
            )
        )
    return tuple(lines)


def _addons(standing: Standing, readiness: Readiness) -> tuple[CategoryLine, ...]:
    results = [result for name, result in standing.results.items() if standing.catalogue.requirements[name].sector]
    if not results:
        return ()
    applicable = [result for result in results if result.state is not State.NOT_APPLICABLE]
    met = [result for result in applicable if result.state.is_met]
    days = [result.expires_on for result in met if result.expires_on]
    return (
        CategoryLine(
            id="addons",
            title="Regulatory add-ons",
            state="passed" if len(met) == len(applicable) else "failed",
            readiness=None if readiness.addons is None else int(readiness.addons + 1e-9),
            requirements_met=len(met),
            requirements_applicable=len(applicable),
            expires_on=min(days) if days and len(met) == len(applicable) else None,
            questions=0,
            questions_answered=0,
        ),
    )


def _gaps(standing: Standing, gate: Gate, answers: Sequence[AnswerLine]) -> tuple[GapLine, ...]:
    lines = []
    systems = tuple(system.name for system in standing.deal.systems)
    for name in gate.open_requirements:
        requirement, result = standing.catalogue.requirements[name], standing.results[name]
        lines.append(
            GapLine(
                requirement=name,
                title=requirement.title,
                category=requirement.category,
                severity=requirement.severity,
                state=result.state,
                systems=result.systems_open,
                problems=problems(result.problems, standing.catalogue),
                closes=closing(requirement, result.problems, systems=systems),
                weeks_least=requirement.lead_time.least,
                weeks_typical=requirement.lead_time.typical,
                weeks_most=requirement.lead_time.most,
                covered_by_exception=gate.accepted.get(name, ""),
                questions=tuple(answer.place for answer in answers if name in answer.requirements),
            )
        )
    return tuple(lines)


def problems(results: Iterable[RuleResult], catalogue: Catalogue) -> tuple[Problem, ...]:
    """Return rule results in the words of the checklist."""
    return tuple(
        Problem(
            rule=result.rule,
            rule_title=catalogue.rules[result.rule].title if result.rule in catalogue.rules else "Prerequisite",
            sentence=result.sentence,
        )
        for result in results
    )


def _warnings(standing: Standing) -> tuple[WarningLine, ...]:
    return tuple(
        WarningLine(requirement=name, rule=warning.rule, sentence=warning.sentence)
        for name, result in standing.results.items()
        if not standing.catalogue.requirements[name].derived_from
        for warning in result.warnings
    )


def _exceptions(standing: Standing) -> tuple[ExceptionLine, ...]:
    lines = []
    for risk in standing.accepted_risks:
        problem = exceptions.problem_of(
            risk, on=standing.on, parameters=standing.catalogue.parameters, deal=standing.deal
        )
        approver = f"{risk.approver.name}, {risk.approver.title}".strip(", ") if risk.approver else "nobody named"
        lines.append(
            ExceptionLine(
                reference=risk.id,
                requirements=risk.requirements,
                approver=approver,
                expires_on=risk.expires_on,
                residual_risk=risk.residual_risk,
                active=not problem,
                problem=problem,
            )
        )
    return tuple(lines)


def _expiries(standing: Standing) -> tuple[ExpiryLine, ...]:
    return tuple(
        ExpiryLine(
            requirement=line.requirement,
            title=standing.catalogue.requirements[line.requirement].title,
            category=standing.catalogue.requirements[line.requirement].category,
            rests_on=", ".join(standing.results[line.requirement].evidence),
            expires_on=line.expires_on,
            start_by=line.start_by,
            status=line.status,
        )
        for line in standing.expiries()
    )


def _evidence(standing: Standing) -> tuple[EvidenceLine, ...]:
    judged = standing.artefacts()
    lines = []
    for reference, proof in standing.proofs.items():
        worth = judged[reference]
        lines.append(
            EvidenceLine(
                reference=reference,
                revision=proof.revision,
                kind=standing.catalogue.kinds[proof.fact.kind].title
                if proof.fact.kind in standing.catalogue.kinds
                else proof.fact.kind.replace("_", " "),
                title=proof.fact.title,
                issuer=proof.fact.issuer.name,
                dated=dated(proof),
                counts_until=standing.counts_until(proof.fact),
                verdict=worth.verdict,
                satisfies=worth.satisfies,
                problems=problems(worth.problems, standing.catalogue),
                sha256=proof.sha256,
            )
        )
    return tuple(lines)


def _blanks(responses: Sequence[Response], left_out: Mapping[int, BlankCode]) -> tuple[BlankReason, ...]:
    counted = Counter(
        left_out.get(response.pk, response.code)
        for response in responses
        if response.band == "blank" or response.pk in left_out
    )
    return tuple(
        BlankReason(reason=BLANKS[BlankCode(code)].reason, count=count, advice=BLANKS[BlankCode(code)].advice)
        for code, count in counted.most_common()
    )
