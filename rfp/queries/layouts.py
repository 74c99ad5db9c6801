"""The layouts an organisation remembers, and where each is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Max, QuerySet

from accounts.models import Organisation
from rfp.models import Questionnaire, RememberedLayout
from rfp.reporting.words import count
from rfp.workbook import layout_file
from rfp.workbook.model import TableLayout, column_letters


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A sheet of a remembered layout in words; ``tables`` is empty for a sheet that is left out."""

    sheet: str
    tables: tuple[str, ...]


def layouts_of(organisation: Organisation) -> QuerySet[RememberedLayout]:
    """Return the layouts, each with ``uses`` (questionnaires read with it) and ``latest_use``."""
    rows = RememberedLayout.objects.of(organisation).select_related("confirmed_by", "origin")
    used = rows.annotate(uses=Count("questionnaires"), latest_use=Max("questionnaires__created_at"))
    return used.order_by("name", "pk")


def layout_of(organisation: Organisation, pk: int) -> RememberedLayout | None:
    return layouts_of(organisation).filter(pk=pk).first()


def shapes_of(layout: RememberedLayout) -> Sequence[Shape]:
    """Return the sheets of a layout with their tables in words."""
    return [
        Shape(sheet=sheet.sheet, tables=tuple(_words(table) for table in sheet.tables))
        for sheet in layout_file.load_freely(layout.layout).sheets
    ]


def read_with(layout: RememberedLayout) -> QuerySet[Questionnaire]:
    """Return the questionnaires of the organisation that were read with a layout, and those of its shape."""
    rows = Questionnaire.objects.of(layout.organisation)
    return rows.filter(layout_fingerprint=layout.fingerprint).order_by("-created_at", "-pk")


def _words(table: TableLayout) -> str:
    across = table.shape == "transposed"
    columns = ", ".join(
        f"{column.column if across else column_letters(column.column)} {column.option or column.role}"
        for column in table.columns
    )
    marks = f"; {count(len(table.marks), 'row')} set by hand" if table.marks else ""
    return f"{columns}{marks}"
