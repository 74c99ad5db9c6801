"""Odd layouts that real buyers send, each with exactly what should be found."""

from __future__ import annotations

from tests.workbook.buyer import ENGLISH, STATEMENTS, Sheets, Tab, numbered
from tests.workbook.layouts_common import YES_NO, Case

ODD: tuple[Case, ...] = (
    (
        "banner of eleven rows, section right under the head",
        (
            Tab(
                rows=[
                    ["ACME Holding"],
                    ["Third-Party Risk Management"],
                    *[[]] * 7,
                    ["Note: answers must be in English."],
                    [],
                    ["Ref.", "Control Question", "Supplier Answer", "Supplier Comment"],
                    ["Section A: Data protection"],
                    *numbered(ENGLISH[:5], "A{}"),
                    ["Section B: Operations"],
                    *numbered(ENGLISH[5:], "B{}"),
                ],
                merges=("A13:D13", "A19:D19"),
                lists={"C14:C18": YES_NO, "C20:C24": YES_NO},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "control catalogue with the reviewer's columns",
        (
            Tab(
                rows=[
                    [
                        "Category",
                        "Sub-Category",
                        "Control ID",
                        "Control Description",
                        "Vendor Self-Assessment",
                        "Vendor Comments",
                        "Reviewer Comments",
                        "Reviewer Rating",
                    ],
                    *(["Security", "Access", f"SEC-AC-{n:03}", t] for n, t in enumerate(STATEMENTS, 1)),
                ],
                lists={"E2:E7": ("Fully Met", "Partially Met", "Not Met", "N/A"), "H2:H7": ("Low", "High")},
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, question="D", answers={"E": "answer", "F": "comment"})},
    ),
    (
        "answers left of the questions",
        (
            Tab(
                rows=[["Answer", "#", "Question", "Remarks"], *([None, n, t] for n, t in enumerate(ENGLISH, 1))],
                lists={"A2:A11": YES_NO},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"A": "answer", "D": "comment"})},
    ),
    (
        "bidder's response in lower case",
        (Tab(rows=[["s.no", "queries", "bidder's response"], *numbered(ENGLISH)]),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer"})},
    ),
    (
        "tender clauses",
        (
            Tab(
                rows=[
                    ["Sr. No.", "Clause No.", "Clause", "Compliance (Yes/No)", "Deviation, if any"],
                    *([n, f"4.{n}", t] for n, t in enumerate(STATEMENTS, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, question="C", answers={"D": "answer", "E": "comment"})},
    ),
    (
        "yes and no columns, then details if yes",
        (Tab(rows=[["No", "Question", "Yes", "No", "If yes, provide details"], *numbered(ENGLISH)]),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "tick: Yes", "D": "tick: No", "E": "comment"})},
    ),
    (
        "mandatory or optional, offered, where in the proposal",
        (
            Tab(
                rows=[
                    ["Item", "Description", "Mandatory/Optional", "Offered?", "Reference in proposal", "Comments"],
                    *([f"{n}.", t, "M"] for n, t in enumerate(STATEMENTS, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"D": "answer", "E": "evidence", "F": "comment"})},
    ),
    (
        "follow-up questions without ids",
        (
            Tab(
                rows=[
                    ["No.", "Question", "Response", "Notes"],
                    *(
                        row
                        for n, t in enumerate(ENGLISH[:5], 1)
                        for row in ([n, t], [None, "If yes, please describe the process and name its owner."])
                    ),
                ],
                lists={"C2:C2": YES_NO, "C4:C4": YES_NO, "C6:C6": YES_NO, "C8:C8": YES_NO, "C10:C10": YES_NO},
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=(*ENGLISH[:5], *["If yes, please describe the process and name its owner."] * 5),
                answers={"C": "answer", "D": "comment"},
            )
        },
    ),
    (
        "several questions in one cell",
        (
            Tab(
                rows=[
                    ["ID", "Questions", "Response"],
                    *([f"G{n}", f"a) {ENGLISH[n]}\nb) {ENGLISH[n + 1]}"] for n in range(5)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=[text for n in range(5) for text in ENGLISH[n : n + 2]], answers={"C": "answer"})},
    ),
    (
        "a row for the response under each question",
        (
            Tab(
                rows=[
                    ["Part 1: Security"],
                    *(row for n, t in enumerate(ENGLISH[:5], 1) for row in ([f"1.{n}", t], [None, "Response:", None])),
                ],
                bordered=("C3:C3", "C5:C5", "C7:C7", "C9:C9", "C11:C11"),
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH[:5], answers={})},
    ),
    (
        "table far from the corner",
        (
            Tab(
                start=20,
                rows=[
                    [None, None, None, "ID", "Requirement", "Supplier response", "Evidence"],
                    *([None, None, None, f"R{n}", t] for n, t in enumerate(STATEMENTS, 1)),
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, question="E", answers={"F": "answer", "G": "evidence"})},
    ),
    (
        "hidden helper columns between question and answer",
        (
            Tab(
                rows=[
                    ["ID", "Question", "Weight", "Key", "Response", "Comments"],
                    *numbered(ENGLISH, "Q{}", 5, ("=B2", "x")),
                ],
                hidden_columns=("C", "D"),
                lists={"E2:E11": YES_NO},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"E": "answer", "F": "comment"})},
    ),
    (
        "boxes typed into the answer cells",
        (Tab(rows=[["No", "Question", "Answer", "Comment"], *numbered(ENGLISH, "{}", "☐ Yes  ☐ No")]),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "cards: question, answer and criteria under it",
        (
            Tab(
                rows=[
                    ["Stream", "Level", "Question", "Answer", "Interview notes"],
                    *(
                        row
                        for n, t in enumerate(ENGLISH, 1)
                        for row in (
                            ["A", n % 3 + 1, t],
                            [None, None, "• You have a list of all systems"],
                            [None, None, "• The list is reviewed"],
                        )
                    ),
                ],
                lists={f"D{2 + 3 * n}": ("No", "Yes, for some", "Yes, for all") for n in range(10)},
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="C", answers={"D": "answer", "E": "comment"})},
    ),
    (
        "questions and answers in two columns without a head",
        (
            Tab(
                rows=[
                    ["Vendor security survey"],
                    ["Company information"],
                    ["What is the name of your company?", None],
                    ["Where is your head office?", None],
                    ["Security"],
                    *([t, None] for t in ENGLISH[:6]),
                ],
                lists={"B6:B11": ("Yes", "No")},
                bold=(2, 5),
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=("What is the name of your company?", "Where is your head office?", *ENGLISH[:6]),
                question="A",
                answers={"B": "answer"},
            )
        },
    ),
    (
        "same questions for two products on two sheets",
        (
            Tab(name="Product A", rows=[["ID", "Question", "Answer", "Comment"], *numbered(ENGLISH)]),
            Tab(name="Product B", rows=[["ID", "Question", "Answer", "Comment"], *numbered(ENGLISH)]),
        ),
        {
            "Product A": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"}),
            "Product B": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"}),
        },
    ),
    (
        "cover form before the questionnaire",
        (
            Tab(
                name="Company profile",
                rows=[["Company name:", None], ["Address:", None], ["Contact person:", None], ["E-mail:", None]],
                bordered=("B1:B4",),
            ),
            Tab(name="Assessment", rows=[["#", "Question", "Y/N", "Explanation"], *numbered(ENGLISH)]),
        ),
        {"Assessment": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "titles with a head of their own above prepared cells",
        (
            Tab(
                rows=[
                    ["Dates and documents"],
                    [],
                    ["Dates", "Date"],
                    ["Date your certificate was issued"],
                    ["End of the period of your last audit report"],
                    ["Total number of days the test took"],
                    [],
                    ["Documents", "File name"],
                    ["Attach your certificate and its annex"],
                    ["Attach the last audit report"],
                    ["Attach the retest letter"],
                ],
                bordered=("B4:B6", "B9:B11"),
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=(
                    "Date your certificate was issued",
                    "End of the period of your last audit report",
                    "Total number of days the test took",
                    "Attach your certificate and its annex",
                    "Attach the last audit report",
                    "Attach the retest letter",
                ),
                question="A",
                answers={"B": "evidence"},
            )
        },
    ),
)
