"""Every edge case of the domain's table, by the name of its row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evidence.catalogs.mandate import load
from scoring.answers import Polarity, Value
from scoring.answers import decide as answer
from scoring.exceptions import problem_of
from scoring.judge import judge_artefact
from scoring.readiness import assess
from scoring.types import (
    ArtefactVerdict,
    Deal,
    EvidenceFact,
    ExceptionFact,
    Issuer,
    NotApplicable,
    Person,
    Retest,
    State,
    SystemFact,
    Verdict,
)
from scoring.verdict import CategoryState, Gate, decide
from tests.scoring.world import (
    ASSIST,
    BIAS_AUDIT,
    CERT_42001,
    CERTIFIER,
    CONFORMITY,
    DEAL,
    LIBRARY,
    ON,
    RANK,
    RED_TEAM,
    RISK,
    SOC2,
    changed,
    fact,
    judged,
    outsider,
    without,
)


def gate(
    library: tuple[EvidenceFact, ...] = LIBRARY,
    *risks: ExceptionFact,
    on: date = ON,
    deal: Deal = DEAL,
) -> Gate:
    return decide(load(), judged(library, on=on, deal=deal), on=on, deal=deal, accepted_risks=risks)


def state(requirement: str, *library: EvidenceFact, on: date = ON, deal: Deal = DEAL) -> State:
    return judged(library or LIBRARY, on=on, deal=deal)[requirement].state


def test_the_world_qualifies() -> None:
    assert gate().verdict is Verdict.QUALIFIED
    assert assess(load(), judged(), gate_passed=True).shown == 100


def test_no_questions_in_a_category() -> None:
    # The verdict takes no questions at all: it rests on evidence (G-15).
    assert set(gate().categories) == {category.id for category in load().categories}


def test_category_with_everything_not_applicable() -> None:
    made = {
        name: replace(result, state=State.NOT_APPLICABLE) if name.startswith("BF-") else result
        for name, result in judged().items()
    }
    judgement = decide(load(), made, on=ON, deal=DEAL)
    assert judgement.categories["bias_fairness"] is CategoryState.NOT_ASSESSED
    assert judgement.verdict is Verdict.NOT_QUALIFIED
    assert assess(load(), made, gate_passed=False).by_category["bias_fairness"] is None
    everything = replace(RISK, requirements=tuple(name for name in made if name.startswith("BF-")))
    accepted = decide(load(), made, on=ON, deal=DEAL, accepted_risks=(everything,))
    assert accepted.verdict is Verdict.ACCEPTED_WITH_RISK


def test_not_applicable_claimed_by_the_vendor() -> None:
    # A vendor's statement is evidence of no accepted kind; only the buyer's approval counts, where the mandate allows.
    library = without(LIBRARY, "RT")
    claim = fact("NA", "AT-6 does not apply to us", "self_questionnaire", DEAL_VENDOR, dates={"issued_on": ON})
    assert state("AT-6", *library, claim) is State.MISSING
    approved = replace(DEAL, not_applicable=(NotApplicable(requirement="AT-6", reason="Tools are off."),))
    assert state("AT-6", *library, deal=approved) is State.NOT_APPLICABLE
    forbidden = replace(DEAL, not_applicable=(NotApplicable(requirement="AT-5", reason="Too dear."),))
    assert state("AT-5", *library, deal=forbidden) is State.MISSING


DEAL_VENDOR = Issuer(name="Example AB")


def test_predictive_model_without_prompts() -> None:
    results = judged(without(LIBRARY, "RT"), deal=replace(DEAL, systems=(RANK,)))
    assert {name: results[name].state for name in ("AT-1", "AT-2", "AT-4", "AT-9")} == {
        "AT-1": State.NOT_APPLICABLE,
        "AT-2": State.NOT_APPLICABLE,
        "AT-4": State.NOT_APPLICABLE,
        "AT-9": State.MISSING,
    }


def test_no_effect_on_people() -> None:
    determination = replace(
        BIAS_AUDIT,
        title="Determination",
        document_text="Reasoned determination: Example Assist has no effect on people, so no characteristic applies.",
    )
    assert state("BF-1", determination) is State.MET
    deal = replace(DEAL, not_applicable=(NotApplicable(requirement="BF-1"), NotApplicable(requirement="BF-2")))
    assert state("BF-1", *without(LIBRARY, "BA"), deal=deal) is State.MISSING
    assert state("BF-2", *without(LIBRARY, "BA"), deal=deal) is State.NOT_APPLICABLE


def test_several_ai_systems() -> None:
    result = judged(deal=replace(DEAL, systems=(ASSIST, RANK)))["AT-5"]
    assert result.by_system == {"Example Assist": State.MET, "Example Rank": State.MISSING}
    assert (result.state, result.systems_open) == (State.MISSING, ("Example Rank",))


def test_ai_system_added_after_the_evidence() -> None:
    added = replace(RANK, in_production_since=date(2026, 11, 1))
    deal = replace(DEAL, systems=(ASSIST, added))
    results = judged(deal=deal)
    assert {results[name].state for name in ("AT-3", "BF-1", "RA-1")} == {State.MISSING}
    assert results["LR-2"].state is State.FAILED
    # A certificate that speaks of all AI systems, and was issued before this one came, is for a person to read.
    general = changed(LIBRARY, "C42", ai_systems=(), scope="All AI systems that Example AB offers.")
    assert judged(general, deal=deal)["LR-2"].by_system["Example Rank"] is State.UNDER_REVIEW
    assert judged(general, deal=deal)["LR-2"].by_system["Example Assist"] is State.MET


COPY = replace(CERT_42001, id="C42-COPY", legal_entity="Example Holding AB")
ADVERSE = fact(
    "ADV",
    "Second SOC 2 report",
    "soc2_type2_report",
    outsider("Other CPA LLC", "SOC 2"),
    dates={"period_start": date(2025, 11, 1), "period_end": date(2026, 9, 30), "issued_on": date(2026, 11, 1)},
    ai_systems=("Example Assist",),
    opinion="adverse",
)


def test_two_artefacts_conflict() -> None:
    twice = (*LIBRARY, COPY)
    assert judged(twice)["LR-1"].state is State.UNDER_REVIEW
    assert gate(twice).verdict is Verdict.UNDER_REVIEW
    assert not gate(twice).opens_a_stage


@pytest.mark.parametrize(
    ("issued_on", "expected"),
    [
        (date(2026, 11, 1), State.FAILED),  # newer than the favourable report of 1 October
        (date(2026, 10, 1), State.UNDER_REVIEW),  # of the same day
        (date(2026, 3, 1), State.UNDER_REVIEW),  # older, by another firm, still in its window
        (date(2025, 3, 1), State.MET),  # older and out of its window
    ],
)
def test_newer_adverse_finding_outweighs_the_older_favourable_one(issued_on: date, expected: State) -> None:
    adverse = replace(ADVERSE, dates={**ADVERSE.dates, "issued_on": issued_on})
    assert state("LR-3", *LIBRARY, adverse) is expected


NEWER = replace(
    SOC2,
    id="SOC-NEW",
    title="SOC 2 Type II report",
    dates={"period_start": date(2025, 11, 1), "period_end": date(2026, 10, 31), "issued_on": date(2026, 11, 15)},
)


@pytest.mark.parametrize(
    ("newer", "expected", "proof"),
    [
        (NEWER, State.MET, "SOC-NEW"),
        # rejected for form: the older may count again in its own window
        (replace(NEWER, complete=False), State.MET, "SOC"),
        (replace(NEWER, assessor=None), State.MET, "SOC"),
        # failed on substance: the older stays replaced
        (replace(NEWER, opinion="qualified"), State.FAILED, "SOC-NEW"),
        (replace(NEWER, ai_systems=(), scope="Platform. AI services are excluded."), State.FAILED, "SOC-NEW"),
        # not in effect yet, or only a draft
        (replace(NEWER, status="draft"), State.MET, "SOC"),
        (replace(NEWER, dates={**NEWER.dates, "issued_on": date(2026, 12, 1)}), State.MET, "SOC"),
    ],
)
def test_superseded_artefact(newer: EvidenceFact, expected: State, proof: str) -> None:
    result = judged((*LIBRARY, newer))["LR-4"]
    assert (result.state, result.evidence) == (expected, (proof,))


def test_superseded_artefact_says_by_what() -> None:
    judgement = judge_artefact(SOC2, ("LR-3",), with_facts=(NEWER,), on=ON, catalogue=load(), deal=DEAL)
    assert judgement.failed_rules == ("R-VALID",)
    assert "replaced by “SOC 2 Type II report” of 15 November 2026" in judgement.failed["LR-3"][0].sentence


def test_superseded_artefact_counts_again_only_in_its_own_window() -> None:
    older = {**SOC2.dates, "issued_on": date(2025, 11, 1)}
    library = (*changed(LIBRARY, "SOC", dates=older), replace(NEWER, complete=False))
    assert state("LR-3", *library) is not State.MET


@pytest.mark.parametrize(
    ("fields", "on", "expected"),
    [
        ({"status": "suspended"}, ON, State.EXPIRED),
        ({"status": "suspended", "reinstated_on": date(2026, 11, 23)}, ON, State.MET),
        ({"status": "suspended", "reinstated_on": date(2026, 11, 24)}, ON, State.EXPIRED),
        ({"suspended_on": date(2026, 9, 1)}, ON, State.EXPIRED),
        ({"suspended_on": date(2026, 9, 1), "reinstated_on": date(2026, 10, 1)}, ON, State.MET),
        # the age anchor stays: twelve months from the issue, not from the reinstatement
        ({"status": "suspended", "reinstated_on": date(2026, 11, 1)}, date(2027, 6, 1), State.MET_WITH_WARNING),
        ({"status": "suspended", "reinstated_on": date(2026, 11, 1)}, date(2027, 6, 2), State.EXPIRED),
    ],
)
def test_certificate_suspended_then_reinstated(fields: dict[str, object], on: date, expected: State) -> None:
    status = str(fields.pop("status", "active"))
    certificate = replace(CERT_42001, status=status, dates={**CERT_42001.dates, **fields})  # type: ignore[dict-item]
    assert state("LR-1", certificate, on=on) is expected


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        (("availability",), State.MET_WITH_WARNING),
        (("change control of the model registry",), State.FAILED),
        (("processing integrity",), State.FAILED),
        ((), State.FAILED),
        (("CC6.1",), State.UNDER_REVIEW),
    ],
)
def test_qualified_soc_2_opinion(criteria: tuple[str, ...], expected: State) -> None:
    report = replace(SOC2, opinion="qualified", qualified_criteria=criteria)
    assert state("LR-3", report) is expected


@pytest.mark.parametrize(
    ("findings", "expected"),
    [
        ({"critical": 0, "high": 0, "medium": 2}, State.MET),
        ({"critical": 0, "high": 0, "medium": 0, "low": 0}, State.UNDER_REVIEW),
        ({"critical": 0, "high": 1}, State.FAILED),
        (None, State.FAILED),
    ],
)
def test_red_team_with_zero_findings(findings: dict[str, int] | None, expected: State) -> None:
    report = replace(RED_TEAM, findings=findings)
    assert state("AT-8", report) is expected


def test_red_team_with_zero_findings_leaves_nothing_to_remediate() -> None:
    clean = replace(RED_TEAM, findings={"critical": 0, "high": 0, "medium": 0, "low": 0})
    assert state("AT-7", clean) is State.UNDER_REVIEW
    assert state("AT-7", RED_TEAM) is State.MISSING


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ({"H-1": "closed"}, State.MET),
        ({"H-1": "closed", "M-1": "open"}, State.MET),
        ({"H-1": "open"}, State.FAILED),
        ({"H-1": "partially fixed"}, State.FAILED),
        ({"M-1": "closed"}, State.FAILED),
    ],
)
def test_retest_partial(results: dict[str, str], expected: State) -> None:
    retests = tuple(Retest(finding=name, result=said) for name, said in results.items())
    assert judged(changed(LIBRARY, "RL", retests=retests))["AT-8"].state is expected


WITHOUT_PLAN = without(LIBRARY, "MP", "VM")
BOTH = replace(RISK, requirements=("BF-6", "BF-7"))


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        (date(2027, 3, 29), Verdict.ACCEPTED_WITH_RISK),  # the last day
        (date(2027, 3, 30), Verdict.NOT_QUALIFIED),  # without grace
    ],
)
def test_exception_expiring(on: date, verdict: Verdict) -> None:
    assert gate(WITHOUT_PLAN, BOTH, on=on).verdict is verdict


@pytest.mark.parametrize(("on", "lapsing"), [(date(2027, 2, 26), ()), (date(2027, 2, 27), ("X",))])
def test_exception_expiring_is_told_thirty_days_before(on: date, lapsing: tuple[str, ...]) -> None:
    assert gate(WITHOUT_PLAN, BOTH, on=on).lapsing == lapsing


def test_exception_changes_the_verdict_and_nothing_else() -> None:
    results = judged(WITHOUT_PLAN)
    accepted = gate(WITHOUT_PLAN, BOTH)
    assert accepted.accepted == {"BF-6": "X", "BF-7": "X"}
    assert results["BF-6"].state is State.MISSING
    assert accepted.categories["bias_fairness"] is CategoryState.FAILED


@pytest.mark.parametrize(("expires_on", "in_force"), [(date(2027, 9, 30), True), (date(2027, 10, 1), False)])
def test_exception_outlives_the_evidence_it_compensates_for(expires_on: date, in_force: bool) -> None:
    item = replace(RISK, expires_on=expires_on)
    assert (problem_of(item, on=ON, parameters=load().parameters, deal=DEAL) == "") is in_force


def test_material_change_ends_an_exception() -> None:
    deal = replace(DEAL, systems=(replace(ASSIST, material_changes=(date(2026, 10, 5),)),))
    problem = problem_of(RISK, on=ON, parameters=load().parameters, deal=deal)
    assert problem == "It ended when Example Assist changed materially on 5 October 2026."
    assert problem_of(RISK, on=date(2026, 10, 4), parameters=load().parameters, deal=deal) == ""


def test_exception_on_a_parent_requirement() -> None:
    library = without(LIBRARY, "BA")
    parent = replace(RISK, requirements=("BF-1",))
    judgement = gate(library, parent)
    assert judgement.verdict is Verdict.NOT_QUALIFIED
    assert set(judgement.open_requirements) - set(judgement.accepted) == {"BF-2", "BF-3", "BF-4", "BF-5"}
    children = replace(RISK, requirements=judgement.open_requirements)
    assert gate(library, children).verdict is Verdict.ACCEPTED_WITH_RISK


def test_missing_date() -> None:
    undated = replace(CONFORMITY, dates={})
    result = judged((undated,))["LR-9"]
    assert result.state is State.EXPIRED
    assert "R-AGE" in {problem.rule for problem in result.problems}


def test_future_dated_artefact() -> None:
    later = replace(CERT_42001, dates={"issued_on": date(2026, 12, 1), "valid_until": date(2029, 11, 30)})
    result = judged((later,))["LR-1"]
    assert "R-VALID" in {problem.rule for problem in result.problems}
    assert state("LR-1", later, on=date(2026, 12, 1)) is State.MET


def test_rule_version_changes() -> None:
    # A verdict is stored with the digest of the catalogue that it was made with.
    assert len(load().digest) == 64


def test_article_5_practice_is_acceptable_to_nobody() -> None:
    said = replace(RISK, reason="Social scoring of applicants, for the pilot.")
    assert "Article 5" in problem_of(said, on=ON, parameters=load().parameters, deal=DEAL)
    other = replace(RISK, reason="Article 5 GDPR principles hold. It does not concern social scoring.")
    assert problem_of(other, on=ON, parameters=load().parameters, deal=DEAL) == ""
    deal = replace(DEAL, systems=(replace(ASSIST, prohibited_practice=True),))
    assert gate(WITHOUT_PLAN, BOTH, deal=deal).verdict is Verdict.NOT_QUALIFIED


@pytest.mark.parametrize(
    "requester", [None, Person(), Person(name="Klara Ott"), Person(name="Ott, Dr. Klara"), Person(name="KLARA OTT")]
)
def test_requester_and_approver_are_two_people(requester: Person | None) -> None:
    assert problem_of(replace(RISK, requester=requester), on=ON, parameters=load().parameters) != ""


def test_per_system_requirement_shows_the_worst_system() -> None:
    older = fact(
        "RT-RANK",
        "Red-team report on Rank",
        "red_team_report",
        outsider("Redline BV"),
        dates={"testing_ended_on": date(2025, 8, 1)},
        ai_systems=("Example Rank",),
        target="production",
        findings={"critical": 0, "high": 0, "low": 1},
        document_text="Exfiltration of training data; poisoned data and provenance.",
    )
    result = judged((*LIBRARY, older), deal=replace(DEAL, systems=(ASSIST, RANK)))["AT-3"]
    assert result.state is State.EXPIRED
    assert result.by_system == {"Example Assist": State.MET, "Example Rank": State.EXPIRED}


def test_the_same_artefact_or_one_linked_to_it_proves_the_child() -> None:
    # LR-1 is met by one certificate; LR-2 cannot be met by the scope of another entity's.
    other = replace(
        CERT_42001,
        id="C42-OTHER",
        number="42-9",
        legal_entity="Other AB",
        issuer=replace(CERTIFIER, name="Second Cert AS"),
    )
    library = (*changed(LIBRARY, "C42", scope="Software development.", ai_systems=()), other)
    assert judged(library)["LR-1"].state is State.MET
    assert judged(library)["LR-2"].state is State.FAILED


class TestWorkedExamples:
    """Section 5.3, by artefacts rather than by numbers put in."""

    def test_a_all_met_but_the_retest(self) -> None:
        results = judged(without(LIBRARY, "RL", "TR"))
        assert results["AT-8"].credit == pytest.approx(0.5 * 5 / 6)
        made = {**judged(), "AT-8": results["AT-8"]}
        share = assess(load(), made, gate_passed=False).by_category["adversarial_testing"]
        assert share == pytest.approx(92.9, abs=0.05)
        assert decide(load(), made, on=ON, deal=DEAL).categories["adversarial_testing"] is CategoryState.FAILED

    def test_b_plan_that_nobody_validated(self) -> None:
        result = judged(without(LIBRARY, "VP"))["IR-1"]
        assert {problem.rule for problem in result.problems} == {"R-INDEP", "R-LINK"}
        assert result.credit == pytest.approx(0.5 * 4 / 6 * 0.5)

    def test_c_soc_2_report_without_the_ai(self) -> None:
        library = changed(LIBRARY, "SOC", ai_systems=(), scope="Editor and storage. AI services are excluded.")
        results = judged(library)
        assert results["LR-3"].state is State.MET
        assert results["LR-4"].state is State.FAILED
        assert 0 < results["LR-4"].credit < 0.5
        assert gate(library).categories["legal_regulatory"] is CategoryState.FAILED
        decision = answer(("LR-3", "LR-4"), results, Polarity.DIRECT, partial_offered=False)
        assert decision.value is Value.NO


def test_an_artefact_for_a_system_outside_the_deal_proves_nothing() -> None:
    other = SystemFact(name="Example Draw")
    assert judged(deal=replace(DEAL, systems=(other,)))["AT-5"].state is State.MISSING


def test_a_claim_that_rests_on_a_failed_one_says_so() -> None:
    old = replace(CERT_42001, assessor=None)
    judgement = judge_artefact(old, ("LR-1", "LR-2"), with_facts=(), on=ON, catalogue=load(), deal=DEAL)
    assert judgement.verdict is ArtefactVerdict.REJECTED
    assert [result.rule for result in judgement.failed["LR-2"]] == ["depends_on"]
