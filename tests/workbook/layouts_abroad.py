"""Layouts in German, French and Spanish, and forms of other shapes, each with exactly what should be found."""

from __future__ import annotations

from tests.workbook.buyer import ENGLISH, FRENCH, GERMAN, SPANISH, STATEMENTS, Sheets, Tab, numbered
from tests.workbook.layouts_common import Case

ABROAD: tuple[Case, ...] = (
    (
        "German",
        (
            Tab(
                name="Fragebogen",
                rows=[
                    ["Lieferantenfragebogen Informationssicherheit"],
                    [],
                    ["Lfd. Nr.", "Themenbereich", "Frage", "Antwort (Ja/Nein)", "Bemerkung", "Nachweis"],
                    *([n, "Sicherheit", text] for n, text in enumerate(GERMAN, 1)),
                ],
                lists={"D4:D9": ("Ja", "Nein", "Entfällt")},
            ),
        ),
        {
            "Fragebogen": Sheets(
                questions=GERMAN, question="C", answers={"D": "answer", "E": "comment", "F": "evidence"}
            )
        },
    ),
    (
        "German requirements with degree of fulfilment",
        (Tab(rows=[["Nr.", "Anforderung", "Erfüllungsgrad", "Erläuterung des Bieters"], *numbered(GERMAN)]),),
        {"Sheet1": Sheets(questions=GERMAN, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "French",
        (
            Tab(
                name="Questionnaire",
                rows=[
                    ["N°", "Domaine", "Exigence", "Conformité (Oui/Non)", "Commentaires", "Justificatifs"],
                    *([n, "Sécurité", text] for n, text in enumerate(FRENCH, 1)),
                ],
                lists={"D2:D7": ("Oui", "Non", "Sans objet")},
            ),
        ),
        {
            "Questionnaire": Sheets(
                questions=FRENCH, question="C", answers={"D": "answer", "E": "comment", "F": "evidence"}
            )
        },
    ),
    (
        "French, section rows",
        (
            Tab(
                rows=[
                    ["Réf.", "Question", "Votre réponse", "Précisions"],
                    ["1", "Gouvernance"],
                    *numbered(FRENCH[:3], "1.{}"),
                    ["2", "Exploitation"],
                    *numbered(FRENCH[3:], "2.{}"),
                ],
                bold=(2, 6),
            ),
        ),
        {"Sheet1": Sheets(questions=FRENCH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "Spanish",
        (
            Tab(
                rows=[
                    ["Cuestionario de seguridad para proveedores"],
                    ["Código", "Pregunta", "Respuesta", "Observaciones", "Evidencias"],
                    *numbered(SPANISH, "SEG-{}"),
                ],
                lists={"C3:C8": ("Sí", "No", "No aplica")},
            ),
        ),
        {"Sheet1": Sheets(questions=SPANISH, answers={"C": "answer", "D": "comment", "E": "evidence"})},
    ),
    (
        "Spanish ticks",
        (
            Tab(
                rows=[
                    ["Nº", "Requisito", "Cumple", None, "Comentarios"],
                    [None, None, "Sí", "No", None],
                    *numbered(SPANISH),
                ],
                merges=("C1:D1",),
            ),
        ),
        {"Sheet1": Sheets(questions=SPANISH, answers={"C": "tick: Sí", "D": "tick: No", "E": "comment"})},
    ),
    (
        "two languages side by side",
        (
            Tab(
                rows=[
                    ["Ref", "Frage (DE)", "Question (EN)", "Answer", "Comment"],
                    *([f"R{n}", GERMAN[n], ENGLISH[n]] for n in range(6)),
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=GERMAN, answers={"D": "answer", "E": "comment"})},
    ),
    (
        "form of labels and values",
        (
            Tab(
                rows=[
                    ["Supplier information form"],
                    [],
                    ["Legal name of the company:", None],
                    ["Registered address:", None],
                    ["Name of the security contact:", None],
                    ["Do you hold an ISO 27001 certificate?", None],
                    ["Number of employees:", None],
                    ["Date of the last penetration test:", None],
                ],
                bordered=("B3:B8",),
            ),
        ),
        {
            "Sheet1": Sheets(
                questions=(
                    "Legal name of the company:",
                    "Registered address:",
                    "Name of the security contact:",
                    "Do you hold an ISO 27001 certificate?",
                    "Number of employees:",
                    "Date of the last penetration test:",
                ),
                question="A",
                answers={"B": "answer"},
            )
        },
    ),
    (
        "label above value",
        (
            Tab(
                rows=[
                    ["Security statement"],
                    [],
                    [ENGLISH[0]],
                    ["Enter your answer here"],
                    [],
                    [ENGLISH[1]],
                    ["Enter your answer here"],
                    [],
                    [ENGLISH[3]],
                    ["Enter your answer here"],
                    [],
                    [ENGLISH[4]],
                    ["Enter your answer here"],
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=(ENGLISH[0], ENGLISH[1], ENGLISH[3], ENGLISH[4]), question="A", answers={})},
    ),
    (
        "questions across the top",
        (
            Tab(
                rows=[
                    ["Question", *ENGLISH[:5]],
                    ["Answer"],
                    ["Comments"],
                ],
            ),
        ),
        {"Sheet1": Sheets(questions=ENGLISH[:5], question="B C D E F")},
    ),
    (
        "no header, dropdown beside the questions",
        (Tab(rows=[["Security questions"], [], *([None, text] for text in ENGLISH)], lists={"C3:C12": ("Yes", "No")}),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer"})},
    ),
    (
        "no header, bordered cells beside the questions",
        (Tab(rows=[[None, f"{n}) {text}"] for n, text in enumerate(ENGLISH, 1)], bordered=("C1:D10",)),),
        {"Sheet1": Sheets(questions=ENGLISH, answers={"C": "answer", "D": "comment"})},
    ),
    (
        "one column per vendor",
        (Tab(rows=[["Ref", "Requirement", "Vendor A", "Vendor B", "Vendor C"], *numbered(STATEMENTS, "R{}")]),),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"C": "answer", "D": "other", "E": "other"})},
    ),
    (
        "maturity scored 1 to 5 with its levels spread over columns",
        (
            Tab(
                rows=[
                    ["ID", "Practice", "1", "2", "3", "Self-assessment score", "Rationale for score"],
                    *([f"P{n}", t, "None", "Some teams", "All teams"] for n, t in enumerate(STATEMENTS, 1)),
                ],
                lists={"F2:F7": (1, 2, 3)},
            ),
        ),
        {"Sheet1": Sheets(questions=STATEMENTS, answers={"F": "answer", "G": "comment"})},
    ),
)
