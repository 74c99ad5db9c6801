"""What questions take for granted, and what they ask one after the other."""

from __future__ import annotations

import pytest

from rfp.mapping.parts import split_parts
from rfp.mapping.premises import asks_edition, false_premise, loose_words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Are you NIST AI RMF certified?", "Nobody is certified to the NIST AI RMF"),
        ("Share your certificate of the Risk Management Framework.", "Nobody is certified to the NIST AI RMF"),
        ("Do you hold a SOC 2 Type III report?", "There is no SOC 2 Type III report"),
        ("Name the date the EU Commission approved your AI.", "The European Commission certifies no company"),
        ("Send the MITRE ATLAS badge.", "OWASP and MITRE lists name threats"),
        ("Is your ISO 42001 self-certified?", "Conformity to ISO/IEC 42001"),
        ("Show proof that the model is 100% free of bias.", "No AI system can be certified or guaranteed free of bias"),
        ("Since the model is immune to prompt injection, what else protects it?", "No language model is immune"),
        ("As an agent can never be stopped, who watches it?", "can be switched off"),
        ("Are you HIPAA certified?", "recognises no HIPAA certification"),
        ("To which harmonised standard of the AI Act are you certified?", "No harmonised standard"),
        ("Did the CPA firm hand you a certificate for ISO 42001?", "SOC 2 and ISO certification are two things"),
        ("Send the ISO 42001 certification from NIST.", "none of them certifies"),
        ("Which ministry approved your chatbot under the AI Act?", "No authority licenses"),
        ("Which months does your Type I report cover as a period?", "on one day"),
        ("Is the ISO 27001:2013 certificate still valid?", "ended on 31 October 2025"),
        ("ISO/IEC 42001:2024 certificate", "was published in 2023"),
        ("Since the model is certified, is a kill switch unnecessary?", "replaces the independent proof"),
        ("As the model never fails, is no monitoring needed?", "No model is free of mistakes"),
        ("Was the bias audit under the Colorado AI Act done?", "was repealed"),
        ("High-risk duties bind you since 2 August 2026, so where is the file?", "were deferred"),
    ],
)
def test_false_premises_are_named(text: str, says: str) -> None:
    assert says in false_premise(text)


@pytest.mark.parametrize(
    "text",
    [
        "Is your AI management system certified to ISO/IEC 42001?",
        "Was the NIST AI RMF assessment completed?",
        "Do you hold a SOC 2 Type II report?",
        "How do you test for bias?",
        "Can the model be switched off?",
        "Was the assistant tested against the OWASP Top 10?",
        "Was the NIST AI RMF assessment validated by an accredited assessor?",
        "Does the SOC 2 report mention the ISO 42001 certificate?",
        "Is a notified body's certificate under the AI Act available?",
        "Did you move from ISO 27001:2013 to the 2022 edition?",
        "Since go-live, has the model been tested?",
    ],
)
def test_true_premises_pass(text: str) -> None:
    assert false_premise(text) == ""


def test_loose_words_are_a_remark_only() -> None:
    assert "not a certification" in loose_words("Are you SOC 2 certified?")
    assert false_premise("Are you SOC 2 certified?") == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Was LLM06 tested?", "LLM06 means different things"),
        ("LLM-10 covered?", "LLM10 means different things"),
        ("LLM06:2025 tested?", ""),
        ("Show how LLM06 (2023 list) was tested", ""),
        ("OWASP Top 10 for LLM covered?", "which edition is meant"),
        ("OWASP Top 10 for LLM 2025 covered?", ""),
        ("OWASP Top 10 web flaws?", ""),
        ("Which OWASP GenAI risks were tested?", "which edition is meant"),
    ],
)
def test_names_without_a_year_ask_for_it(text: str, says: str) -> None:
    assert says in asks_edition(text)
    assert bool(says) == bool(asks_edition(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Is there a plan?", ()),
        ("Do you test models, prompts and agents?", ()),
        ("Who signed it, and when?", ()),  # a word alone is no question
        ("Who signed it, which version, and when is it due?", ("Who signed it", "which version", "when is it due?")),
        (
            "Describe (1) how a model is rolled back, (2) who may stop it and (3) who is told.",
            ("Describe: how a model is rolled back", "Describe: who may stop it", "Describe: who is told."),
        ),
        ("Is it certified? Attach the certificate.", ("Is it certified?", "Attach the certificate.")),
        ("Describe the indicators and what they cost", ("Describe the indicators", "what they cost")),
        ("", ()),
    ],
)
def test_compound_rows_are_split(text: str, parts: tuple[str, ...]) -> None:
    assert split_parts(text) == parts
