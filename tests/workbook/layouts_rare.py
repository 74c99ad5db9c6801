"""Rarer layouts and more languages, each with exactly what should be found."""

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

RARE: tuple[Case, ...] = (
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
    (
        "questions in a form above the table",
        (
            Tab(
                rows=[
                    ["Part 1: About you"],
                    ["Completed by:", None],
                    ["Where is your head office?", None],
                    ["How many people do you employ?", None],
                    ["Which of your products is this about?", None],
                    [],
                    ["Part 2: Security"],
                    ["No", "Question", "Answer", "Comment"],
                    *numbered(ENGLISH),
                ],
                bordered=("B2:B5",),
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=(
                    "Completed by:",
                    "Where is your head office?",
                    "How many people do you employ?",
                    "Which of your products is this about?",
                    *ENGLISH,
                ),
                question="A B",
                answers={"B": "answer", "C": "answer", "D": "comment"},
            )
        },
    ),
)
