"""Buyers' workbooks for tests, described as rows and written by XlsxWriter, which shares no code with the product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import xlsxwriter

from rfp.workbook.detect import detect
from rfp.workbook.extract import questions
from rfp.workbook.model import ANSWER_ROLES, Book, ColumnRole, Layout, Question, column_letters
from rfp.workbook.reader import read

Value = str | int | float | bool | None | tuple[str, object]  # a tuple is a formula and its stored result

ENGLISH = (
    "Do you encrypt customer data at rest?",
    "Do you have an incident response plan that is tested every year?",
    "Is access to production systems limited to named administrators?",
    "Describe how you separate the data of your customers.",
    "Have you had a penetration test in the last twelve months?",
    "Which subprocessors have access to personal data?",
    "Are backups stored in a second region and restored on a schedule?",
    "How do you train staff on security and privacy?",
    "Is every change to the model reviewed before it goes live?",
    "Will you notify us within 72 hours of a breach?",
)
STATEMENTS = (
    "The supplier shall encrypt data in transit with TLS 1.2 or better.",
    "The supplier shall keep audit logs for at least one year.",
    "Access rights must be reviewed every quarter by the owner of the system.",
    "The solution must support single sign-on through SAML or OpenID Connect.",
    "Backups are required to be tested at least once a year.",
    "Personal data must be deleted within thirty days of the end of the contract.",
)
GERMAN = (
    "Verfügen Sie über ein zertifiziertes Informationssicherheits-Managementsystem?",
    "Werden Kundendaten im Ruhezustand verschlüsselt?",
    "Wie stellen Sie die Trennung der Mandanten sicher?",
    "Gibt es einen getesteten Notfallplan für den Ausfall des Rechenzentrums?",
    "Beschreiben Sie das Verfahren zur Meldung von Sicherheitsvorfällen.",
    "Welche Unterauftragnehmer haben Zugriff auf personenbezogene Daten?",
)
FRENCH = (
    "Disposez-vous d'une politique de sécurité approuvée par la direction ?",
    "Les données des clients sont-elles chiffrées au repos ?",
    "Comment gérez-vous les droits d'accès des administrateurs ?",
    "Avez-vous réalisé un test d'intrusion au cours des douze derniers mois ?",
    "Décrivez votre processus de gestion des incidents.",
    "Quels sous-traitants ont accès aux données personnelles ?",
)
SPANISH = (
    "¿Dispone de una política de seguridad aprobada por la dirección?",
    "¿Se cifran los datos de los clientes en reposo?",
    "Describa el procedimiento de gestión de incidentes.",
    "¿Cuenta con un plan de continuidad probado en el último año?",
    "¿Qué subcontratistas tienen acceso a datos personales?",
    "¿Cómo se revisan los permisos de los administradores?",
)


@dataclass(frozen=True, kw_only=True)
class Tab:
    """One sheet. Rows count from 1; ``lists`` maps ranges to options, or to the reference a dropdown reads."""

    name: str = "Sheet1"
    rows: Sequence[Sequence[Any]] = ()  # of Value
    start: int = 1
    lists: Mapping[str, Sequence[str | int] | str] = field(default_factory=dict)
    merges: Sequence[str] = ()
    bold: Sequence[int] = ()
    bordered: Sequence[str] = ()
    unlocked: Sequence[str] = ()
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[str] = ()
    state: str = "visible"
    protected: bool = False


@dataclass(frozen=True, kw_only=True)
class Sheets:
    """What one sheet should come out as. ``answers`` names every column the vendor may fill, with its role."""

    questions: Sequence[str]
    question: str = "B"
    answers: Mapping[str, str] = field(default_factory=dict)


def make(*tabs: Tab, names: Mapping[str, str] | None = None) -> bytes:
    """Return an xlsx file with these sheets and defined names."""
    out = BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True})
    for tab in tabs:
        _write(workbook, tab)
    for name, target in (names or {}).items():
        workbook.define_name(name, target)
    workbook.close()
    return out.getvalue()


def _write(workbook: xlsxwriter.Workbook, tab: Tab) -> None:
    sheet = workbook.add_worksheet(tab.name)
    styles = _styles(workbook, tab)
    for (row, column), style in styles.items():
        sheet.write_blank(row, column, None, style)
    for area in tab.merges:
        (top, left), (bottom, right) = _corners(area)
        sheet.merge_range(top, left, bottom, right, "")
    bold = workbook.add_format({"bold": True, "bg_color": "#DDDDDD"})
    for offset, values in enumerate(tab.rows):
        row = tab.start - 1 + offset
        for column, value in enumerate(values):
            _put(sheet, row, column, value, bold if row + 1 in tab.bold else styles.get((row, column)))
    for area, source in tab.lists.items():
        sheet.data_validation(area, {"validate": "list", "source": source if isinstance(source, str) else list(source)})
    for row in tab.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for letters in tab.hidden_columns:
        sheet.set_column(f"{letters}:{letters}", None, None, {"hidden": True})
    if tab.protected:
        sheet.protect()
    if tab.state == "hidden":
        sheet.hide()
    elif tab.state == "veryHidden":
        sheet.very_hidden()


def _styles(workbook: xlsxwriter.Workbook, tab: Tab) -> dict[tuple[int, int], object]:
    border, free = workbook.add_format({"border": 1}), workbook.add_format({"locked": False})
    styles: dict[tuple[int, int], object] = {}
    for style, ranges in ((border, tab.bordered), (free, tab.unlocked)):
        for area in ranges:
            (top, left), (bottom, right) = _corners(area)
            cells = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
            styles |= dict.fromkeys(cells, style)
    return styles


def _put(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, style: object) -> None:
    if value is None:
        return
    if isinstance(value, tuple):
        sheet.write_formula(row, column, value[0], style, value[1])
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    else:
        sheet.write(row, column, value, style)


def _corners(area: str) -> tuple[tuple[int, int], tuple[int, int]]:
    first, _, last = area.partition(":")
    return xlsxwriter.utility.xl_cell_to_rowcol(first), xlsxwriter.utility.xl_cell_to_rowcol(last or first)


def look(content: bytes) -> tuple[Book, Layout, tuple[Question, ...]]:
    """Return a file as read, its layout, and its questions."""
    book = read(content, "buyer.xlsx")
    layout = detect(book)
    return book, layout, questions(book, layout)


def answers_of(layout: Layout, sheet: str) -> dict[str, str]:
    """Return the columns the vendor may fill on a sheet with their roles; a tick column as "tick: OPTION"."""
    return {
        column_letters(c.column): f"tick: {c.option}" if c.option else c.role.value
        for described in layout.sheets
        if described.sheet == sheet
        for table in described.tables
        for c in table.columns
        if c.role in ANSWER_ROLES
    }


def column_of(layout: Layout, sheet: str, role: ColumnRole) -> set[str]:
    return {
        column_letters(c.column)
        for described in layout.sheets
        if described.sheet == sheet
        for table in described.tables
        for c in table.columns
        if c.role is role
    }


def numbered(texts: Sequence[str], form: str = "{}", *more: Value) -> list[list[Any]]:
    """Return rows of id, text, and whatever stands behind them."""
    return [[form.format(position), text, *more] for position, text in enumerate(texts, start=1)]
