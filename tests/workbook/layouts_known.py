"""The shapes of well-known questionnaires, rebuilt with words of their own, each with exactly what should be found."""

from __future__ import annotations

from tests.workbook.buyer import ENGLISH, GERMAN, STATEMENTS, Sheets, Tab
from tests.workbook.layouts_common import YES_NO, Case

KNOWN: tuple[Case, ...] = (
    (
        "two maturity scores from 1 to 5",
        (
            Tab(
                name="Summary",
                rows=[["Function", "Score"], ["Identify", ("=AVERAGE(Identify!E3:E8)", 0)], ["Protect", ("=0", 0)]],
            ),
            Tab(
                name="Identify",
                rows=[
                    ["Framework self-assessment"],
                    [
                        "Category",
                        "Subcategory",
                        "Requirement",
                        "Key measure",
                        "Documentation maturity score",
                        "Implementation maturity score",
                        "Comments",
                    ],
                    *(["Assets", f"AM-{n}", t, "Yes" if n == 1 else None] for n, t in enumerate(STATEMENTS, 1)),
                ],
                lists={"E3:F8": (1, 2, 3, 4, 5)},
            ),
        ),
        {"Identify": Sheets(questions=STATEMENTS, question="C", answers={"E": "answer", "F": "other", "G": "comment"})},
    ),
    (
        "German baseline with ticks for four answers",
        (
            Tab(
                rows=[
                    [
                        "ID",
                        "Titel",
                        "Anforderung",
                        "Entbehrlich",
                        "Ja",
                        "Teilweise",
                        "Nein",
                        "Umsetzung bis",
                        "Verantwortlich",
                        "Bemerkungen / Begründung",
                    ],
                    *([f"A{n}", "Richtlinie", t] for n, t in enumerate(GERMAN, 1)),
                ]
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=GERMAN,
                question="C",
                answers={
                    "D": "tick: Entbehrlich",
                    "E": "tick: Ja",
                    "F": "tick: Teilweise",
                    "G": "tick: Nein",
                    "H": "date",
                    "I": "other",
                    "J": "comment",
                },
            )
        },
    ),
    (
        "requirements with evidence and plan of action",
        (
            Tab(
                rows=[
                    [
                        "Family",
                        "Req. No.",
                        "Security Requirement",
                        "Basic/Derived",
                        "Implementation Status",
                        "Evidence",
                        "Remediation plan",
                    ],
                    *(["Access Control", f"3.1.{n}", t, "Basic"] for n, t in enumerate(STATEMENTS, 1)),
                ],
                lists={"E2:E7": ("Implemented", "Partially implemented", "Not implemented")},
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, question="C", answers={"E": "answer", "F": "evidence", "G": "other"})},
    ),
    (
        "question, expected testing, ticks for five responses",
        (
            Tab(
                rows=[
                    ["Requirement", None, "Expected Testing", "Response"],
                    [
                        None,
                        None,
                        None,
                        "In Place",
                        "In Place with compensating control",
                        "Not Applicable",
                        "Not Tested",
                        "Not in Place",
                    ],
                    *([f"1.{n}", t, "Examine the policy."] for n, t in enumerate(STATEMENTS, 1)),
                ],
                merges=("A1:B2", "C1:C2", "D1:H1"),
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=STATEMENTS,
                answers={
                    "D": "tick: In Place",
                    "E": "tick: In Place with compensating control",
                    "F": "tick: Not Applicable",
                    "G": "tick: Not Tested",
                    "H": "tick: Not in Place",
                },
            )
        },
    ),
    (
        "question set with guidance and answer type",
        (
            Tab(
                rows=[
                    ["No.", "Question", "Guidance", "Answer type", "Your answer"],
                    *(
                        [f"A1.{n}", t, "Include all offices.", "Yes/No" if n % 2 else "Notes"]
                        for n, t in enumerate(ENGLISH, 1)
                    ),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"E": "answer"})},
    ),
    (
        "control question beside objective and requirements",
        (
            Tab(
                rows=[
                    [
                        "Control number",
                        "Maturity level",
                        "Control question",
                        "Objective",
                        "Requirements (must)",
                        "Requirements (should)",
                        "Reference documentation",
                        "Description of implementation",
                    ],
                    *(
                        [f"1.{n}.1", None, t, "Risks are known.", "+ A policy exists.", "+ It is reviewed."]
                        for n, t in enumerate(ENGLISH, 1)
                    ),
                ],
                lists={"B2:B11": ("na", "0", "1", "2", "3")},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"B": "answer", "G": "evidence", "H": "comment"})},
    ),
    (
        "answers in the middle, mappings on the right",
        (
            Tab(
                rows=[
                    [
                        "Ques Num",
                        "Question/Request",
                        "Response",
                        "Additional Information",
                        "Category",
                        "ISO 27001",
                        "NIST CSF",
                    ],
                    *([f"A.{n}", t, None, None, "Governance", "5.1.1", "GV-1"] for n, t in enumerate(ENGLISH, 1)),
                ],
                lists={"C2:C11": YES_NO},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "export of a questionnaire tool",
        (
            Tab(
                rows=[
                    [
                        "Section",
                        "Question number",
                        "Question",
                        "Question type",
                        "Response options",
                        "Response",
                        "Justification",
                        "Comments",
                    ],
                    *(
                        ["Security", f"1.{n}", t, "Single select", "Yes, No, Not sure"]
                        for n, t in enumerate(ENGLISH, 1)
                    ),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"F": "answer", "G": "comment", "H": "comment"})},
    ),
    (
        "export of a sourcing tool",
        (
            Tab(
                rows=[
                    ["Number", "Name", "Type", "Required", "Response"],
                    ["1", "Information security"],
                    *([f"1.{n}", t, "Text", "Yes"] for n, t in enumerate(ENGLISH, 1)),
                ],
                bold=(1, 2),
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"E": "answer"})},
    ),
    (
        "conformance report",
        (
            Tab(
                rows=[
                    ["Criteria", "Conformance Level", "Remarks and Explanations"],
                    *(
                        [t]
                        for t in (
                            "1.1.1 Non-text Content (Level A)",
                            "1.2.1 Audio-only (Level A)",
                            "1.3.1 Relationships (Level A)",
                            "1.4.3 Contrast (Level AA)",
                            "2.1.1 Keyboard (Level A)",
                        )
                    ),
                ]
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=(
                    "Non-text Content (Level A)",
                    "Audio-only (Level A)",
                    "Relationships (Level A)",
                    "Contrast (Level AA)",
                    "Keyboard (Level A)",
                ),
                question="A",
                answers={"B": "answer", "C": "comment"},
            )
        },
    ),
)
