"""Odd layouts that real buyers send, each with exactly what should be found."""

from __future__ import annotations

from tests.workbook.buyer import ENGLISH, GERMAN, STATEMENTS, Sheets, Tab, numbered
from tests.workbook.layouts_common import YES_NO, Case

TOPICS = ("Encryption at rest", "Multi-factor authentication", "Penetration testing", "Secure development", "Logging")
ITALIAN = (
    "Il fornitore dispone di una certificazione ISO 27001?",
    "I dati dei clienti sono cifrati a riposo?",
    "Descrivere la procedura di gestione degli incidenti.",
    "Come vengono gestiti gli accessi amministrativi?",
)
PORTUGUESE = (
    "A empresa possui política de segurança da informação aprovada?",
    "Os dados dos clientes são criptografados em repouso?",
    "Descreva o processo de resposta a incidentes.",
    "Quais subcontratados têm acesso a dados pessoais?",
)
DUTCH = (
    "Heeft u een gecertificeerd managementsysteem voor informatiebeveiliging?",
    "Worden klantgegevens versleuteld opgeslagen?",
    "Beschrijf hoe u beveiligingsincidenten meldt.",
    "Hoe worden beheerdersrechten beoordeeld?",
)
CHINESE = ("贵公司是否通过ISO27001认证?", "客户数据是否加密存储?", "请描述安全事件响应流程。", "是否每年进行渗透测试?")

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
        {
            "Sheet1": Sheets(
                questions=[f"a) {ENGLISH[n]}\nb) {ENGLISH[n + 1]}" for n in range(5)], answers={"C": "answer"}
            )
        },
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
        "section title as the head of the question column",
        (
            Tab(
                rows=[
                    ["1. Governance", "Response", "Comments"],
                    *([t] for t in ENGLISH[:4]),
                    ["2. Operations", "Response", "Comments"],
                    *([t] for t in ENGLISH[4:]),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, question="A", answers={"B": "answer", "C": "comment"})},
    ),
    (
        "vendor and buyer halves under merged heads",
        (
            Tab(
                rows=[
                    [
                        "Ref",
                        "Requirement",
                        "To be completed by the supplier",
                        None,
                        "To be completed by the buyer",
                        None,
                    ],
                    [None, None, "Response", "Evidence", "Score", "Comments"],
                    *numbered(STATEMENTS),
                ],
                merges=("A1:A2", "B1:B2", "C1:D1", "E1:F1"),
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "answer", "D": "evidence"})},
    ),
    (
        "only the answer column has a head",
        (Tab(rows=[[None, "Response"], *([t] for t in ENGLISH)], lists={"B2:B11": YES_NO}),),
        {"Sheet1": Sheets(questions=ENGLISH, question="A", answers={"B": "answer"})},
    ),
    (
        "current and target maturity",
        (
            Tab(
                rows=[
                    ["ID", "Practice", "Current maturity (0-5)", "Target maturity (0-5)", "Comments"],
                    *numbered(STATEMENTS),
                ],
                lists={"C2:D7": (0, 1, 2, 3, 4, 5)},
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "answer", "D": "other", "E": "comment"})},
    ),
    (
        "heads that are whole sentences",
        (
            Tab(
                rows=[
                    [
                        "Req. #",
                        "Requirement",
                        "Please indicate whether your solution complies (Y/N/P)",
                        "Please provide a supporting narrative for your answer",
                    ],
                    *numbered(STATEMENTS),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "options in a column of their own",
        (Tab(rows=[["ID", "Question", "Answer choices", "Answer"], *numbered(ENGLISH, "Q{}", "Yes; No; Partially")]),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"D": "answer"})},
    ),
    (
        "an empty row after every question, totals at the end",
        (
            Tab(
                rows=[
                    ["No", "Question", "Yes/No", "Comment"],
                    *(row for n, t in enumerate(ENGLISH, 1) for row in ([n, t], [])),
                    ["Total score", None, ("=SUM(C2:C20)", 0)],
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "system security plan",
        (
            Tab(
                rows=[
                    [
                        "Control ID",
                        "Control Name",
                        "Control Description",
                        "Implementation Status",
                        "Implementation Narrative",
                        "Responsible Party",
                    ],
                    *([f"AC-{n}", TOPICS[n % 5], t] for n, t in enumerate(STATEMENTS, 1)),
                ],
                lists={"D2:D7": ("Implemented", "Planned", "Not Applicable")},
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, question="C", answers={"D": "answer", "E": "comment", "F": "other"})},
    ),
    (
        "German audit points",
        (
            Tab(
                rows=[["Nr", "Prüfpunkt", "Erfüllt?", "Maßnahme / Begründung"], *numbered(GERMAN)],
                lists={"C2:C7": ("ja", "nein", "teilweise")},
            ),
        ),
        {"Sheet1": Sheets(questions=GERMAN, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "Italian",
        (Tab(rows=[["N.", "Requisito", "Risposta del fornitore", "Note"], *numbered(ITALIAN)]),),
        {"Sheet1": Sheets(questions=ITALIAN, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "Portuguese",
        (Tab(rows=[["Item", "Requisito", "Atende? (Sim/Não)", "Comentários"], *numbered(PORTUGUESE)]),),
        {"Sheet1": Sheets(questions=PORTUGUESE, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "Dutch",
        (Tab(rows=[["Nr.", "Vraag", "Antwoord leverancier", "Toelichting"], *numbered(DUTCH)]),),
        {"Sheet1": Sheets(questions=DUTCH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "Chinese",
        (Tab(rows=[["序号", "评估项", "是否符合", "备注"], *numbered(CHINESE)]),),
        {"Sheet1": Sheets(questions=CHINESE, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "questionnaire among its glossary, change log and scoring",
        (
            Tab(
                name="Cover",
                rows=[
                    ["Supplier security questionnaire"],
                    ["Version", "2.1"],
                    ["Date", "2026-01-05"],
                    ["Supplier", None],
                ],
            ),
            Tab(
                name="Questions",
                rows=[["ID", "Question", "Answer", "Comment"], *numbered(ENGLISH, "Q{}")],
                lists={"C2:C11": YES_NO},
            ),
            Tab(
                name="Glossary", rows=[["Term", "Meaning"], *([t, "What the term means in this form."] for t in TOPICS)]
            ),
            Tab(
                name="Changes",
                rows=[
                    ["Version", "Date", "Change", "Author"],
                    ["2.0", "2025", "Added a section on AI", "AB"],
                    ["2.1", "2026", "Typos", "CD"],
                ],
            ),
            Tab(
                name="Scoring",
                rows=[
                    ["Question", "Answer", "Score"],
                    *([(f"=Questions!B{n}", ENGLISH[n - 2]), (f"=Questions!C{n}", 0), ("=0", 0)] for n in range(2, 12)),
                ],
            ),
        ),
        {"Questions": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "list of documents to hand in",
        (
            Tab(
                rows=[
                    ["Document requested", "Provided (Y/N)", "File name", "Comments"],
                    ["ISO 27001 certificate and statement of applicability"],
                    ["SOC 2 Type II report of the last twelve months"],
                    ["Summary of the last penetration test"],
                    ["Business continuity plan"],
                    ["Insurance certificate"],
                ]
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=(
                    "ISO 27001 certificate and statement of applicability",
                    "SOC 2 Type II report of the last twelve months",
                    "Summary of the last penetration test",
                    "Business continuity plan",
                    "Insurance certificate",
                ),
                question="A",
                answers={"B": "answer", "C": "evidence", "D": "comment"},
            )
        },
    ),
    (
        "bare topics with a dropdown",
        (Tab(rows=[["Topic", "In place?", "Remarks"], *([t] for t in TOPICS)], lists={"B2:B6": ("Yes", "No")}),),
        {"Sheet1": Sheets(questions=TOPICS, question="A", answers={"B": "answer", "C": "comment"})},
    ),
    (
        "columns that the buyer marked with X",
        (
            Tab(
                rows=[
                    ["ID", "Requirement", "SaaS", "On-premises", "Response", "Comment"],
                    *([n, t, "X" if n % 2 else None, "X"] for n, t in enumerate(STATEMENTS, 1)),
                ]
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"E": "answer", "F": "comment"})},
    ),
    (
        "question and answer cells merged across",
        (
            Tab(
                rows=[
                    ["No", "Question", None, None, "Answer", None],
                    *([n, t, None, None, None, None] for n, t in enumerate(ENGLISH, 1)),
                ],
                merges=tuple(f"{area}" for n in range(1, 12) for area in (f"B{n}:D{n}", f"E{n}:F{n}")),
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"E": "answer"})},
    ),
)

MORE_DECOYS = (
    (
        "attendance list",
        (Tab(rows=[["Name", "Signature"], *([f"Person {n}"] for n in range(12))], bordered=("A1:B13",)),),
    ),
    (
        "issue log",
        (
            Tab(
                rows=[
                    ["ID", "Issue", "Priority", "Status", "Assigned to", "Due date"],
                    *([n, "The export of the report takes too long", "High", "Open", "AB", None] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "supplier list",
        (
            Tab(
                rows=[
                    ["Supplier name", "Service", "Contact", "E-mail", "Criticality", "Last review"],
                    *([f"Supplier {n}", "Hosting", "Jo", "jo@s.example", "High", "2026"] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "crosswalk",
        (
            Tab(
                rows=[["NIST CSF", "ISO 27001", "CIS"], *([f"PR.AC-{n}", f"A.9.{n}", f"CSC {n}"] for n in range(1, 20))]
            ),
        ),
    ),
    (
        "budget",
        (
            Tab(
                rows=[
                    ["Cost centre", "January", "February", "March", "Total"],
                    *([f"Team {n}", n, n, n, ("=1", 3 * n)] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "minutes",
        (
            Tab(
                rows=[
                    ["Minutes of the security committee"],
                    ["Date:", "2026-03-01"],
                    ["Attendees:", "A, B, C"],
                    [],
                    ["Topic", "Decision", "Owner", "Due date"],
                    ["Backup test", "Repeat the test in May", "Ops", "2026-05-01"],
                    ["Audit", "Prepare the evidence", "CISO", "2026-06-01"],
                ]
            ),
        ),
    ),
    (
        "timesheet",
        (
            Tab(
                rows=[
                    ["Employee name:", None],
                    ["Week:", None],
                    [],
                    ["Day", "Start", "End", "Hours"],
                    *([d, None, None, None] for d in ("Mon", "Tue", "Wed", "Thu", "Fri")),
                ]
            ),
        ),
    ),
    (
        "data extract",
        (
            Tab(
                rows=[
                    ["id", "name", "status", "created_at"],
                    *([n, f"record {n}", "active", "2026-01-01"] for n in range(30)),
                ]
            ),
        ),
    ),
)
