"""Layouts with one thing out of the ordinary, each with exactly what should be found."""

from __future__ import annotations

from tests.workbook.buyer import ENGLISH, FRENCH, GERMAN, SPANISH, STATEMENTS, Sheets, Tab, numbered
from tests.workbook.layouts_common import YES_NO, Case

HARD: tuple[Case, ...] = (
    (
        "an answer row without a cell beside it",
        (Tab(rows=[r for n, t in enumerate(ENGLISH[:6], 1) for r in ([f"{n}. {t}"], ["Answer:"], [])]),),
        {"Sheet1": Sheets(questions=ENGLISH[:6], question="A")},
    ),
    (
        "id right of the question",
        (
            Tab(
                rows=[
                    ["Question", "Ref", "Priority", "Vendor Response", "Vendor Comments"],
                    *([t, f"Q{n}", "Must"] for n, t in enumerate(ENGLISH, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="A", answers={"D": "answer", "E": "comment"})},
    ),
    (
        "user stories with fit and effort",
        (
            Tab(
                rows=[
                    [
                        "Req ID",
                        "Module",
                        "User story / requirement",
                        "MoSCoW",
                        "Fit (F/P/N)",
                        "Explanation of fit",
                        "Effort",
                    ],
                    *([f"R{n}", "Core", t, "M"] for n, t in enumerate(STATEMENTS, 1)),
                ],
                lists={"E2:E7": ("F", "P", "N")},
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, question="C", answers={"E": "answer", "F": "comment", "G": "other"})},
    ),
    (
        "codes with their legend above",
        (
            Tab(
                rows=[
                    ["Legend: C = compliant, P = partially, N = not compliant"],
                    [],
                    ["Item", "Specification", "C / P / N", "Vendor remarks"],
                    *numbered(STATEMENTS),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "three levels of numbers",
        (
            Tab(
                rows=[
                    ["No.", "Requirement", "Compliance", "Remarks"],
                    ["1", "General"],
                    ["1.1", "Security"],
                    *numbered(STATEMENTS[:3], "1.1.{}"),
                    ["1.2", "Operations"],
                    *numbered(STATEMENTS[3:], "1.2.{}"),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "a question over two rows",
        (
            Tab(
                rows=[
                    ["No", "Question", "Field", "Response"],
                    *[
                        r
                        for n, t in enumerate(ENGLISH[:4], 1)
                        for r in ([n, t, "Answer", None], [None, None, "Evidence", None])
                    ],
                ],
                merges=tuple(f"{c}{2 * n}:{c}{2 * n + 1}" for n in range(1, 5) for c in "AB"),
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH[:4], answers={"D": "answer"})},
    ),
    (
        "a title over the question head",
        (
            Tab(
                rows=[
                    [None, "Sicherheitsfragen", None],
                    ["Nr.", "Frage", "Ihre Antwort"],
                    *([n, t] for n, t in enumerate(GERMAN, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=GERMAN, answers={"C": "answer"})},
    ),
    (
        "grouped heads in French",
        (
            Tab(
                rows=[
                    ["Exigences", None, "Réponse du candidat", None],
                    ["N°", "Description", "Conforme (O/N)", "Commentaire"],
                    *([n, t] for n, t in enumerate(FRENCH, 1)),
                ],
                merges=("A1:B1", "C1:D1"),
            ),
        ),
        {"Sheet1": Sheets(questions=FRENCH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "a dropdown and no head in Spanish",
        (Tab(rows=[["Cuestionario"], *([t] for t in SPANISH)], lists={"B2:B7": ("Sí", "No")}),),
        {"Sheet1": Sheets(questions=SPANISH, question="A", answers={"B": "answer"})},
    ),
    (
        "long reasons before the question",
        (
            Tab(
                rows=[
                    ["Topic", "Why it matters to us as your customer", "Question for you", "Your answer"],
                    *(
                        [
                            f"T{n}",
                            "Customers trust us with data that we must keep safe at all times, wherever it is.",
                            t,
                        ]
                        for n, t in enumerate(ENGLISH)
                    ),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"D": "answer"})},
    ),
    (
        "columns of empty boxes",
        (
            Tab(
                rows=[
                    ["#", "Statement", "Agree", "Disagree", "Comments"],
                    *([n, t, "☐", "☐"] for n, t in enumerate(STATEMENTS, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "tick: Agree", "D": "tick: Disagree", "E": "comment"})},
    ),
    (
        "applicable and implemented",
        (
            Tab(
                rows=[
                    ["Control", "Applicable (Y/N)", "Implemented (Y/N)", "Justification for exclusion", "Evidence"],
                    *([t] for t in STATEMENTS),
                ]
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=STATEMENTS,
                question="A",
                answers={"B": "answer", "C": "other", "D": "comment", "E": "evidence"},
            )
        },
    ),
    (
        "heads with the vendor's name",
        (Tab(rows=[["Security questionnaire", "Acme Ltd answers", "Acme Ltd comments"], *([t] for t in ENGLISH)]),),
        {"Sheet1": Sheets(questions=ENGLISH, question="A", answers={"B": "answer", "C": "comment"})},
    ),
    (
        "empty columns between",
        (
            Tab(
                rows=[
                    ["ID", None, "Question", None, None, "Answer", None, "Notes"],
                    *([f"Q{n}", None, t] for n, t in enumerate(ENGLISH)),
                ],
                lists={"F2:F11": YES_NO},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"F": "answer", "H": "comment"})},
    ),
    (
        "a row of answer types under the head",
        (
            Tab(
                rows=[
                    ["No.", "Question", "Answer", "Comments"],
                    [None, None, "Yes/No/NA", "Free text"],
                    *numbered(ENGLISH),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "a column that says what the row is",
        (
            Tab(
                rows=[
                    ["Type", "No", "Text", "Response"],
                    ["Section", "1", "Data"],
                    *(["Question", f"1.{n}", t] for n, t in enumerate(ENGLISH[:5], 1)),
                    ["Section", "2", "People"],
                    *(["Question", f"2.{n}", t] for n, t in enumerate(ENGLISH[5:], 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"D": "answer"})},
    ),
    (
        "one column per vendor, by name",
        (Tab(rows=[["Requirement", "Acme", "Globex", "Initech"], *([t] for t in STATEMENTS)]),),
        {"Sheet1": Sheets(questions=STATEMENTS, question="A", answers={"B": "answer", "C": "other", "D": "other"})},
    ),
    (
        "points that the buyer awards",
        (
            Tab(
                rows=[
                    ["No", "Criteria", "Max points", "Bidder response", "Points awarded"],
                    *([n, t, 10] for n, t in enumerate(STATEMENTS, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"D": "answer"})},
    ),
    (
        "a row of instructions under the head",
        (
            Tab(
                rows=[
                    ["ID", "Question", "Answer", "Evidence"],
                    ["(do not edit)", "(do not edit)", "Select from the list", "Paste a link"],
                    *numbered(ENGLISH),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "evidence"})},
    ),
)
