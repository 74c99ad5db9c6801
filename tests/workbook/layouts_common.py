"""Layouts that many buyers use, each with exactly what should be found."""

from __future__ import annotations

from tests.workbook.buyer import ENGLISH, STATEMENTS, Sheets, Tab, numbered

YES_NO = ("Yes", "No", "N/A")
HEAD = ["ID", "Question", "Answer", "Comments"]
Case = tuple[str, tuple[Tab, ...], dict[str, Sheets]]

COMMON: tuple[Case, ...] = (
    (
        "header in row 1",
        (Tab(rows=[HEAD, *numbered(ENGLISH, "Q{}")]),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "title, instructions and vendor block above the header",
        (
            Tab(
                rows=[
                    ["Vendor Security Assessment 2026"],
                    ["Please complete every row. Leave nothing blank."],
                    [],
                    ["Vendor name:", ""],
                    ["Completed by:", ""],
                    [],
                    ["#", "Control question", "Response", "Supporting comments", "Evidence reference"],
                    *numbered(ENGLISH),
                ],
                lists={"C8:C17": YES_NO},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment", "E": "evidence"})},
    ),
    (
        "no id column, question in A",
        (Tab(rows=[["Question", "Vendor response"], *([text] for text in ENGLISH)]),),
        {"Sheet1": Sheets(questions=ENGLISH, question="A", answers={"B": "answer"})},
    ),
    (
        "id typed into the text",
        (
            Tab(
                rows=[
                    ["Requirement", "Comply (Y/N)", "Remarks"],
                    *([f"A.{n}  {t}"] for n, t in enumerate(STATEMENTS, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, question="A", answers={"B": "answer", "C": "comment"})},
    ),
    (
        "section rows between the questions",
        (
            Tab(
                rows=[
                    HEAD,
                    ["1", "Encryption"],
                    *numbered(ENGLISH[:3], "1.{}"),
                    ["2", "Operations"],
                    *numbered(ENGLISH[3:6], "2.{}"),
                    ["3", "Access"],
                    *numbered(ENGLISH[6:], "3.{}"),
                ],
                lists={"C3:C5": YES_NO, "C7:C9": YES_NO, "C11:C14": YES_NO},
                bold=(1, 2, 6, 10),
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "section rows merged over the table",
        (
            Tab(
                rows=[
                    HEAD,
                    ["ACCESS CONTROL"],
                    *numbered(ENGLISH[:4], "AC-{}"),
                    ["BUSINESS CONTINUITY"],
                    *numbered(ENGLISH[4:], "BC-{}"),
                ],
                merges=("A2:D2", "A7:D7"),
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "section in a column merged down",
        (
            Tab(
                rows=[
                    ["Domain", "Ref", "Question", "Answer", "Explanation"],
                    *(
                        ["Encryption" if n == 0 else "Operations" if n == 5 else None, f"R{n}", t]
                        for n, t in enumerate(ENGLISH)
                    ),
                ],
                merges=("A2:A6", "A7:A11"),
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"D": "answer", "E": "comment"})},
    ),
    (
        "header repeated for every section",
        (
            Tab(
                rows=[
                    ["Encryption", None, "Answer", "Additional information", "Guidance"],
                    *numbered(ENGLISH[:3], "ENC-{}", None, None, "Name the algorithm."),
                    [],
                    ["Operations", None, "Answer", "Additional information", "Guidance"],
                    *numbered(ENGLISH[3:6], "OPS-{}", None, None, "Name the process."),
                    [],
                    ["Access", None, "Answer", "Additional information", "Guidance"],
                    *numbered(ENGLISH[6:], "ACC-{}", None, None, "Name the owner."),
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "two header rows, ticks under one answer head",
        (
            Tab(
                rows=[
                    ["No.", "Requirement", "Compliance", None, None, "Notes"],
                    [None, None, "Yes", "Partial", "No", None],
                    *numbered(STATEMENTS),
                ],
                merges=("A1:A2", "B1:B2", "C1:E1", "F1:F2"),
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=STATEMENTS,
                answers={"C": "tick: Yes", "D": "tick: Partial", "E": "tick: No", "F": "comment"},
            )
        },
    ),
    (
        "ticks in one header row",
        (Tab(rows=[["Ref", "Requirement", "Yes", "No", "N/A", "Remarks"], *numbered(STATEMENTS, "R-{}")]),),
        {
            "Sheet1": Sheets(
                questions=STATEMENTS, answers={"C": "tick: Yes", "D": "tick: No", "E": "tick: N/A", "F": "comment"}
            )
        },
    ),
    (
        "no answer column",
        (Tab(rows=[["Ref", "Domain", "Question"], *([f"Q{n}", "Security", t] for n, t in enumerate(ENGLISH, 1))]),),
        {"Sheet1": Sheets(questions=ENGLISH, question="C")},
    ),
    (
        "one sheet per domain beside instructions and lists",
        (
            Tab(
                name="Instructions",
                rows=[["How to complete this workbook"], ["1. Answer every question."], ["2. Attach evidence."]],
            ),
            Tab(name="Security", rows=[HEAD, *numbered(ENGLISH[:5], "S{}")], lists={"C2:C6": "=Lists!$A$2:$A$4"}),
            Tab(name="Privacy", rows=[HEAD, *numbered(ENGLISH[5:], "P{}")], lists={"C2:C6": "=Lists!$A$2:$A$4"}),
            Tab(name="Lists", rows=[["Answers"], ["Yes"], ["No"], ["Partly"]], state="hidden"),
        ),
        {
            "Security": Sheets(questions=ENGLISH[:5], answers={"C": "answer", "D": "comment"}),
            "Privacy": Sheets(questions=ENGLISH[5:], answers={"C": "answer", "D": "comment"}),
        },
    ),
    (
        "two tables with different columns",
        (
            Tab(
                rows=[
                    ["Part A - Functional"],
                    ["Requirement", "Compliance", "Notes"],
                    *([text] for text in STATEMENTS[:3]),
                    [],
                    ["Part B - Security"],
                    ["Category", "Criticality", "Requirement", "Response", "Notes"],
                    *(["Network", "High", text] for text in STATEMENTS[3:]),
                ],
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=STATEMENTS,
                question="A C",
                answers={"B": "answer", "C": "comment", "D": "answer", "E": "comment"},
            )
        },
    ),
    (
        "tables side by side",
        (
            Tab(
                rows=[
                    ["No", "Question", "Answer", None, "No", "Question", "Answer"],
                    *([n, ENGLISH[n], None, None, n + 5, ENGLISH[n + 5]] for n in range(5)),
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="B F", answers={"C": "answer", "G": "answer"})},
    ),
    (
        "buyer's scoring columns on the right",
        (
            Tab(
                rows=[
                    [
                        "ID",
                        "Requirement",
                        "Weight",
                        "Supplier response",
                        "Comments",
                        "Evaluator score",
                        "Evaluator notes",
                    ],
                    *([f"R{n}", text, 5] for n, text in enumerate(STATEMENTS, 1)),
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"D": "answer", "E": "comment"})},
    ),
    (
        "guidance rows under the questions",
        (
            Tab(
                rows=[
                    ["No", "Question", "Answer", "Comment"],
                    *(
                        row
                        for n, t in enumerate(ENGLISH, 1)
                        for row in ([n, t], [None, "Guidance: name the document and its date."])
                    ),
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "sample row and footer",
        (
            Tab(
                rows=[
                    HEAD,
                    ["Example", "Do you hold ISO 27001?", "Yes", "Certificate attached, see folder 3."],
                    *numbered(ENGLISH),
                    [],
                    ["End of questionnaire"],
                    ["Signature:", None],
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=("Do you hold ISO 27001?", *ENGLISH), answers={"C": "answer", "D": "comment"})},
    ),
    (
        "every row pre-answered",
        (
            Tab(
                rows=[["ID", "Checklist item", "Status", "Comment"], *numbered(STATEMENTS, "C{}", "Not verified")],
                lists={"C2:C7": ("Not verified", "Met", "Not met")},
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "already answered last year",
        (Tab(rows=[HEAD, *([n, t, "Yes", f"See policy {n} of our handbook."] for n, t in enumerate(ENGLISH, 1))]),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "protected form",
        (Tab(rows=[HEAD, *numbered(ENGLISH)], protected=True, unlocked=("C2:D11",)),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "questions are formulas",
        (
            Tab(
                rows=[HEAD, *([f"Q{n}", (f"=Source!A{n}", t)] for n, t in enumerate(ENGLISH, 1))],
                lists={"C2:C11": YES_NO},
            ),
            Tab(name="Source", rows=[[text] for text in ENGLISH], state="hidden"),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
)
