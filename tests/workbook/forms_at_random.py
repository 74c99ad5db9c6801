"""Forms put together at random from what buyers do, in four languages, with what should be found in each."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from rfp.workbook.model import column_letters
from tests.workbook.buyer import ENGLISH, FRENCH, GERMAN, SPANISH, STATEMENTS, Tab

SLOTS = ("answer", "comment", "evidence")  # the columns that the vendor fills


@dataclass(frozen=True)
class Tongue:
    texts: tuple[str, ...]
    options: tuple[str, ...]
    sections: tuple[str, ...]
    heads: dict[str, tuple[str, ...]]


TONGUES = (
    Tongue(
        (*ENGLISH, *STATEMENTS),
        ("Yes", "No", "Partial"),
        ("Access Control", "Data Protection", "Personnel"),
        {
            "id": ("ID", "No.", "Ref", "#", "Question ID"),
            "question": ("Question", "Requirement", "Control question", "Description", "Security requirement"),
            "answer": ("Answer", "Vendor response", "Compliant (Y/N)", "In place?", "Supplier answer"),
            "comment": ("Comments", "Remarks", "Explanation", "Additional information", "If yes, please describe"),
            "evidence": ("Evidence", "Reference documents", "Attachment"),
            "section": ("Domain", "Category", "Area"),
            "guidance": ("Guidance", "Help text", "Why we ask"),
            "buyer": ("Buyer score", "Weight", "Internal notes", "For internal use"),
        },
    ),
    Tongue(
        GERMAN,
        ("Ja", "Nein", "Teilweise"),
        ("Zugriffsschutz", "Datenschutz", "Personal"),
        {
            "id": ("Nr.", "Lfd. Nr.", "Pos."),
            "question": ("Frage", "Anforderung", "Prüffrage"),
            "answer": ("Antwort", "Antwort des Bieters", "Erfüllt (ja/nein)", "Umsetzungsstatus"),
            "comment": ("Bemerkung", "Kommentar", "Begründung", "Erläuterung"),
            "evidence": ("Nachweis", "Dokumente"),
            "section": ("Bereich", "Thema", "Kapitel"),
            "guidance": ("Hinweis", "Ausfüllhinweise"),
            "buyer": ("Gewichtung", "Bewertung durch Auftraggeber"),
        },
    ),
    Tongue(
        FRENCH,
        ("Oui", "Non", "Partiellement"),
        ("Contrôle d'accès", "Protection des données", "Personnel"),
        {
            "id": ("N°", "Réf.", "Numéro"),
            "question": ("Question", "Exigence", "Description de l'exigence"),
            "answer": ("Réponse", "Réponse du fournisseur", "Conformité", "Oui/Non"),
            "comment": ("Commentaires", "Précisions", "Justification"),
            "evidence": ("Preuves", "Pièces jointes"),
            "section": ("Domaine", "Thème", "Rubrique"),
            "guidance": ("Aide", "Consignes"),
            "buyer": ("Pondération", "Note maximale"),
        },
    ),
    Tongue(
        SPANISH,
        ("Sí", "No", "Parcial"),
        ("Control de acceso", "Protección de datos", "Personal"),
        {
            "id": ("Nº", "Código", "Ref."),
            "question": ("Pregunta", "Requisito", "Descripción del requisito"),
            "answer": ("Respuesta", "Respuesta del proveedor", "Cumple (Sí/No)"),
            "comment": ("Comentarios", "Observaciones", "Explicación"),
            "evidence": ("Evidencia", "Documentos adjuntos"),
            "section": ("Dominio", "Categoría", "Sección"),
            "guidance": ("Guía", "Instrucciones"),
            "buyer": ("Ponderación", "Puntuación máxima"),
        },
    ),
)


@dataclass
class Form:
    """A form and the truth about it."""

    tab: Tab
    texts: list[str]
    question: str
    slots: set[str] = field(default_factory=set)


def form(seed: int) -> Form:
    """Return the form of a seed, the same each time."""
    chance = random.Random(seed)
    tongue = chance.choice(TONGUES)
    columns = _columns(chance)
    texts = chance.sample(tongue.texts, chance.randint(5, len(tongue.texts)))
    rows: list[list[Any]] = [[None] for _ in range(chance.choice((0, 0, 1, 3)))]
    rows.append([chance.choice(tongue.heads[column]) for column in columns])
    bold, lists = [len(rows)], {}
    titled = "section" not in columns and chance.random() < 0.4
    answered = chance.random() < 0.15
    style = chance.choice(("{}", "Q{}", "SEC-{:02}", "4.1.{}"))
    for number, text in enumerate(texts):
        if titled and number % 4 == 0:
            row: list[Any] = [None] * len(columns)
            row[columns.index("question")] = tongue.sections[number // 4 % 3]
            rows.append(row)
            bold.append(len(rows))
        cells = {
            "id": style.format(number + 1),
            "question": text,
            "section": tongue.sections[number * 3 // len(texts)],
            "guidance": "ISO 27001 A.5" if number % 3 else None,
            "buyer": 5 if number % 2 else None,
            "answer": chance.choice(tongue.options) if answered else None,
        }
        rows.append([cells.get(column) for column in columns])
        if "answer" in columns and seed % 2:
            lists[f"{_letters(columns, 'answer')}{len(rows)}"] = tongue.options
    return Form(
        Tab(rows=rows, lists=lists, bold=tuple(bold)),
        texts,
        _letters(columns, "question"),
        {_letters(columns, column) for column in SLOTS if column in columns},
    )


def _columns(chance: random.Random) -> list[str]:
    columns = [column for column, share in (("section", 0.3), ("id", 0.7)) if chance.random() < share]
    columns.append("question")
    more = (("guidance", 0.2), ("answer", 0.95), ("comment", 0.7), ("evidence", 0.3), ("buyer", 0.25))
    columns += [column for column, share in more if chance.random() < share]
    return columns if "answer" in columns else [column for column in columns if column not in SLOTS]


def _letters(columns: list[str], column: str) -> str:
    return column_letters(columns.index(column) + 1)
