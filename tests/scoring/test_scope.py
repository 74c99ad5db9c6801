"""Scope statements as certification bodies, auditors and testers write them."""

from __future__ import annotations

import pytest

from scoring.phrases import read
from scoring.scope import Coverage, coverage, covers_ai, find
from scoring.types import Deal, EvidenceFact, SystemFact

NAMES = ("Quillmark Assist", "Quillmark Rank")
NAMED, GENERAL, VAGUE = Coverage.NAMED, Coverage.GENERAL, Coverage.VAGUE
OUT, SILENT, AGAINST = Coverage.LEFT_OUT, Coverage.SILENT, Coverage.CONTRADICTED


def certificate(scope: str, *systems: str, text: str = "", kind: str = "iso_certificate") -> EvidenceFact:
    return EvidenceFact(id="C", title="C", kind=kind, scope=scope, ai_systems=systems, document_text=text)


@pytest.mark.parametrize(
    ("scope", "ai", "assist", "rank"),
    [
        ("The AI systems Quillmark Assist and Quillmark Rank as AI provider, SoA 1.4.", True, NAMED, NAMED),
        ("Quillmark platform with the Assist retrieval service and the Rank scoring service.", True, NAMED, NAMED),
        ("Quillmark Assist & Quillmark Rank; data centres are not in scope.", True, NAMED, NAMED),
        ("Assist and Rank. Exclusions: none.", True, NAMED, NAMED),
        ("No part of Assist or Rank is excluded.", True, NAMED, NAMED),
        ("Assist and Rank without the mobile client.", True, NAMED, NAMED),
        ("Assist is included and Rank is not.", True, NAMED, OUT),
        ("Assist; Rank is out of scope until 2027.", True, NAMED, OUT),
        ("Except for Rank, all AI systems are covered.", True, GENERAL, OUT),
        ("Assist. Rank will be added at the next surveillance audit.", True, NAMED, OUT),
        ("Storage, payroll and Rank are not covered by this certificate.", False, SILENT, OUT),
        ("All Quillmark services (excluding Rank) and Assist.", True, NAMED, OUT),
        ("The report does not extend to Quillmark Rank.", False, SILENT, OUT),
        ("Quillmark editor and storage. AI services are excluded.", False, OUT, OUT),
        ("The machine-learning features were not part of this examination.", False, OUT, OUT),
        ("Out of scope: AI components.", False, OUT, OUT),
        ("Provision of the platform, but not the AI assistant.", False, OUT, OUT),
        ("AI functionality has been carved out.", False, OUT, OUT),
        ("AI services fall\noutside the system boundary.", False, OUT, OUT),
        ("Non-AI services of the Quillmark platform.", False, OUT, OUT),
        ("Quillmark platform and AI services.", True, GENERAL, GENERAL),
        ("All AI systems that the company offers.", True, GENERAL, GENERAL),
        ("Quillmark platform with generative features; the LLM provider is carved out.", True, GENERAL, GENERAL),
        ("Quillmark platform and AI services, excluding third-party AI tools.", True, GENERAL, GENERAL),
        ("AI software.", True, VAGUE, VAGUE),
        ("AI systems used by customers.", True, VAGUE, VAGUE),
        ("Quillmark platform.", False, SILENT, SILENT),
        ("Software development to assist users and rank results.", False, SILENT, SILENT),
        ("AI management system for the document editor.", False, SILENT, SILENT),
        ("Internal demand forecasting tool used by Brindle & Vale.", False, SILENT, SILENT),
        ("Use of AI tools by own staff.", False, SILENT, SILENT),
        ("Platform for customers. AI coding assistants for internal use.", False, SILENT, SILENT),
        ("", False, SILENT, SILENT),
    ],
)
def test_a_scope_statement(scope: str, ai: bool, assist: Coverage, rank: Coverage) -> None:
    fact = certificate(scope)
    assert covers_ai(fact, NAMES) is ai
    assert [coverage(fact, name, NAMES) for name in NAMES] == [assist, rank]


@pytest.mark.parametrize(
    ("fact", "assist", "rank"),
    [
        (certificate("", "Quillmark Assist"), NAMED, SILENT),
        (certificate("", "Quillmark Assist v3 (EU)"), NAMED, SILENT),
        (certificate("AI services.", "Quillmark Assist"), NAMED, SILENT),
        (certificate("Rank is excluded.", "Quillmark Assist", "Quillmark Rank"), NAMED, AGAINST),
        (certificate("", "Quillmark Rank", text="A finding in Rank was missing input checks."), SILENT, NAMED),
        (certificate("AI of the Quillmark platform.", kind="red_team_report"), SILENT, SILENT),
    ],
)
def test_what_a_person_recorded_beside_the_text(fact: EvidenceFact, assist: Coverage, rank: Coverage) -> None:
    assert [coverage(fact, name, NAMES) for name in NAMES] == [assist, rank]


def test_a_product_is_told_from_its_siblings_by_a_word_of_its_own() -> None:
    assert find("Quillmark Assist", NAMES, "the Assist service")
    assert not find("Quillmark Assist", NAMES, "we assist you")
    assert not find("Grove AI", ("Grove AI", "Moss AI"), "an AI service")


@pytest.mark.parametrize(
    ("text", "kept", "left_out"),
    [
        ("No injection succeeded.", "No injection succeeded.", ()),
        ("Jailbreaks did not succeed.", "Jailbreaks did not succeed.", ()),
        ("No drift was found.", "No drift was found.", ()),
        ("Jailbreak (tested), agents (not tested)", "Jailbreak (tested),", (" agents (",)),
        ("No tests of agents were performed.", "", (" tests of agents ",)),
        ("Thresholds: to be defined.", "", ("Thresholds: ",)),
        ("The plan has no rollback.", "The plan ", (" rollback.",)),
        ("No acceptance criteria were agreed.", "", (" acceptance criteria ",)),
        ("It carries no version identifier.", "It ", (" version identifier.",)),
        ("Govern is complete; Measure is in progress.", "Govern is complete", ("Measure is ",)),
    ],
)
def test_what_a_text_leaves_out(text: str, kept: str, left_out: tuple[str, ...]) -> None:
    reading = read(text)
    assert kept.strip() in reading.kept
    assert [phrase.strip(" (") for phrase in reading.left_out] == [phrase.strip(" (") for phrase in left_out]


@pytest.mark.parametrize("part", ["x not tested, ", "excluding a, including b, ", "no tests were made ", "word", " "])
def test_a_text_without_a_full_stop_is_read_to_its_end(part: str) -> None:
    said = read(f"{part * 1500} kept.")
    assert "kept" in said.kept or any("kept" in phrase for phrase in said.left_out)


@pytest.mark.parametrize(
    ("siblings", "ai", "assist"),
    [((), False, OUT), (("Quillmark Rank",), True, NAMED), (("Quillmark Sort",), False, OUT)],
)
def test_leaving_out_a_sibling_leaves_the_system_of_the_deal_in(
    siblings: tuple[str, ...], ai: bool, assist: Coverage
) -> None:
    fact = certificate("Platform with Quillmark Assist. The AI service Quillmark Rank is excluded from this report.")
    assert covers_ai(fact, ("Quillmark Assist",), siblings) is ai
    assert coverage(fact, "Quillmark Assist", ("Quillmark Assist",), siblings) is assist


def test_a_narrowed_deal_keeps_the_others_as_siblings() -> None:
    deal = Deal(systems=(SystemFact(name="Assist"), SystemFact(name="Rank")), siblings=("Sort",))
    part = deal.narrowed_to({"Assist"})
    assert ([system.name for system in part.systems], part.siblings) == (["Assist"], ("Sort", "Rank"))
