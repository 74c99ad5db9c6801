"""Mapping as the product ships it: one question in, requirements, controls, manner and reasons out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from evidence.catalogs import mandate
from rfp.mapping.engine import BLOCK, Mapper
from rfp.mapping.examples import shipped_examples
from rfp.mapping.fit import CATALOGUE
from rfp.mapping.rules import read_rules
from rfp.mapping.types import AnswerType, Asked, Polarity, Proposal, TaughtDecision


@pytest.fixture(scope="module")
def mapper() -> Mapper:
    return Mapper.load()


def one(
    mapper: Mapper,
    text: str,
    *,
    taught: Sequence[TaughtDecision] = (),
    section: str = "",
    sheet: str = "",
    options: tuple[str, ...] = (),
) -> Proposal:
    asked = Asked(text=text, section=section, sheet=sheet, options=options)
    return mapper.propose([asked], taught=taught)[0]


@pytest.mark.parametrize(
    ("text", "category", "requirement"),
    [
        ("Has an outside firm tried prompt injection on your chatbot?", "adversarial_testing", "AT-1"),
        ("Do you hold a valid ISO/IEC 42001 certificate?", "legal_regulatory", "LR-1"),
        ("Which fairness metrics do you compute?", "bias_fairness", "BF-3"),
        ("Is there a kill switch for the agent?", "incident_response", "IR-6"),
        ("Has the NIST AI RMF assessment been signed by an executive?", "risk_assessment", "RA-8"),
        ("Do you encrypt laptops?", "none", None),
        ("Explain your pricing model.", "none", None),
    ],
)
def test_plain_questions_find_their_requirement(
    mapper: Mapper, text: str, category: str, requirement: str | None
) -> None:
    proposal = one(mapper, text)
    assert proposal.category == category
    assert (proposal.requirements[0].ref if proposal.requirements else None) == requirement
    assert proposal.reasons
    assert len(proposal.requirements) >= 3 or category == "none"


def test_slips_of_the_keyboard_change_nothing_that_matters(mapper: Mapper) -> None:
    assert one(mapper, "Is the modell tested for promt injecton?").requirements[0].ref == "AT-1"


@pytest.mark.parametrize(
    ("text", "section", "category"),
    [
        ("Is it tested yearly?", "AI red teaming", "adversarial_testing"),
        ("Is it tested yearly?", "Backup and recovery", "none"),
        ("Are backups encrypted?", "AI red teaming", "none"),  # a clear text is not overruled
        ("Do you hold a valid ISO/IEC 42001 certificate?", "Backup and recovery", "legal_regulatory"),
    ],
)
def test_headings_help_only_where_the_text_is_silent(mapper: Mapper, text: str, section: str, category: str) -> None:
    assert one(mapper, text, section=section).category == category


def test_headings_that_say_nothing_are_passed_over(mapper: Mapper) -> None:
    assert (
        one(mapper, "Is it tested yearly?", section="General", sheet="AI red teaming").category == "adversarial_testing"
    )


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        ("MFA enforced", ("Yes", "No", "N/A"), AnswerType.YES_NO),
        ("MFA enforced", ("Yes - all users", "Yes - admins", "No"), AnswerType.YES_NO),
        ("Deployment", ("Cloud", "On premises"), AnswerType.CHOICE),
        ("When did the certificate expire?", (), AnswerType.DATE),
        ("Attach the red-team report.", (), AnswerType.ATTACHMENT),
        ("Describe how models are rolled back.", (), AnswerType.FREE_TEXT),
        ("Is the model tested?", (), AnswerType.YES_NO),
    ],
)
def test_answer_types(mapper: Mapper, text: str, options: tuple[str, ...], expected: AnswerType) -> None:
    proposal = one(mapper, text, options=options)
    assert proposal.answer_type is expected
    assert (proposal.polarity is not None) == (expected is AnswerType.YES_NO)


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("Is the model tested for jailbreaks?", Polarity.DIRECT),
        ("Is it correct that you have not tested the model for jailbreaks?", Polarity.INVERTED),
        ("Were any AI systems left out of the risk assessment?", Polarity.INVERTED),
        ("The vendor shall keep a model incident response plan.", Polarity.DIRECT),
    ],
)
def test_polarity(mapper: Mapper, text: str, polarity: Polarity) -> None:
    assert one(mapper, text).yes_would_say is polarity


def test_a_rule_that_forces_decides_alone(mapper: Mapper, tmp_path: Path) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(
        "rules: [{name: own word, any_of: [gizmo], effect: force, category: bias_fairness, requirements: [BF-6]}]"
    )
    ruled = replace(mapper, rules=read_rules(path, mapper.trained.model.catalogue.refs))
    proposal = one(ruled, "Is there a kill switch and a rollback for the gizmo?")
    assert (proposal.category, proposal.decisive, proposal.decisive_confidence) == ("bias_fairness", ("BF-6",), 1.0)


def test_false_premises_never_stand_above_the_line(mapper: Mapper) -> None:
    proposal = one(mapper, "Are you NIST AI RMF certified?")
    assert proposal.false_premise.startswith("Nobody is certified to the NIST AI RMF")
    assert proposal.false_premise in proposal.reasons
    assert not proposal.above_line


def test_compound_rows_come_in_parts_with_their_own_requirements(mapper: Mapper) -> None:
    proposal = one(mapper, "Describe (1) how a model is rolled back and (2) how the AI kill switch is activated.")
    assert [part.requirements for part in proposal.parts] == [("IR-5",), ("IR-6",)]


def test_controls_follow_the_crosswalk(mapper: Mapper) -> None:
    controls = one(mapper, "Has an outside firm tried prompt injection on your chatbot?").controls
    assert 1 <= len(controls) <= 5
    assert ("owasp-llm-2026", "LLM01:2026") in {(control.framework, control.ref) for control in controls}
    assert [control.score for control in controls] == sorted((control.score for control in controls), reverse=True)


def test_general_questions_get_general_controls(mapper: Mapper) -> None:
    found = {(control.framework, control.ref) for control in one(mapper, "Are backups tested?").controls}
    assert ("iso-27001-2022", "A.8.13") in found


ODD = "Does the gizmo of the third kind hum at dusk?"


def test_a_decided_question_is_answered_as_decided(mapper: Mapper) -> None:
    decision = TaughtDecision(text=ODD, category="bias_fairness", requirements=("BF-6",), polarity=Polarity.INVERTED)
    proposal = one(mapper, "1.4. does the gizmo of the third kind hum at dusk", taught=[decision])
    assert proposal.decided_before
    assert proposal.above_line
    assert (proposal.category, proposal.decisive, proposal.polarity) == ("bias_fairness", ("BF-6",), Polarity.INVERTED)
    assert proposal.requirements[0].ref == "BF-6"


def test_the_latest_decision_counts(mapper: Mapper) -> None:
    decisions = [
        TaughtDecision(text=ODD, category="bias_fairness", requirements=("BF-6",)),
        TaughtDecision(text=ODD, category="none", requirements=()),
    ]
    assert one(mapper, ODD, taught=decisions).category == "none"


def test_a_decision_moves_near_questions_and_no_others(mapper: Mapper) -> None:
    decision = TaughtDecision(text=ODD, category="bias_fairness", requirements=("BF-6",))
    near = "Does a gizmo of the third kind hum at dusk each day?"
    assert one(mapper, near).category != "bias_fairness"
    moved = one(mapper, near, taught=[decision])
    assert (moved.category, moved.requirements[0].ref) == ("bias_fairness", "BF-6")
    assert not moved.decided_before
    far = "Do you encrypt laptops?"
    assert one(mapper, far, taught=[decision]).confidence == pytest.approx(one(mapper, far).confidence, abs=0.02)


def test_a_rejected_mapping_is_not_proposed_again(mapper: Mapper) -> None:
    text = "Is there a kill switch for the agent?"
    before = one(mapper, text)
    rejected = TaughtDecision(
        text=text, category=before.category, requirements=(before.requirements[0].ref,), confirmed=False
    )
    after = one(mapper, text, taught=[rejected])
    assert after.decisive != before.decisive
    assert before.requirements[0].ref not in after.decisive
    assert not after.decided_before


def test_a_turned_wording_is_not_the_same_question(mapper: Mapper) -> None:
    decision = TaughtDecision(text="The model is tested for jailbreaks.", category="none", requirements=())
    assert not one(mapper, "The model is not tested for jailbreaks.", taught=[decision]).decided_before


def test_proposals_repeat_whatever_stands_beside(mapper: Mapper) -> None:
    questions = [Asked(text=example.text) for example in shipped_examples()[: BLOCK + 40]]
    whole = mapper.propose(questions)
    again = Mapper.load().propose(questions)
    assert whole == again
    alone = mapper.propose(questions[BLOCK : BLOCK + 3])
    assert [p.category for p in alone] == [p.category for p in whole[BLOCK : BLOCK + 3]]
    assert [p.decisive for p in alone] == [p.decisive for p in whole[BLOCK : BLOCK + 3]]


def test_nothing_asked_nothing_proposed(mapper: Mapper) -> None:
    assert mapper.propose([]) == []


@pytest.mark.parametrize("text", ["", "?", "\u200b", "a" * 5000, "是否加密?", "\n\n"])
def test_any_text_is_mapped(mapper: Mapper, text: str) -> None:
    assert 0 <= one(mapper, text).confidence <= 1


def test_shipped_model_is_of_the_shipped_examples_and_catalogue(mapper: Mapper) -> None:
    trained = mapper.trained
    examples = shipped_examples()
    assert trained.labels[: len(examples)] == tuple((e.category, e.requirements) for e in examples)
    assert trained.model.catalogue.refs == tuple(mandate.load().requirements)
    entries = yaml.safe_load((CATALOGUE / "requirements.yaml").read_text())["requirements"]
    assert trained.titles == {entry["id"]: entry["title"] for entry in entries}


def test_version_names_the_state(mapper: Mapper) -> None:
    assert len(mapper.version) == 12
    assert mapper.version == Mapper.load().version
