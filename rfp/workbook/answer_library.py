"""An answer library in a spreadsheet: every row is checked before any is used.

Columns ``question`` and ``answer`` are required; comment, owner, reviewed on, product, region, audience and
evidence are optional. The header may stand on any of the first ten rows of a visible sheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from rfp.workbook.errors import WorkbookRefused
from rfp.workbook.model import Book, Sheet, address

HEADERS = {
    "question": ("question", "question text", "requirement"),
    "answer": ("answer", "response", "short answer"),
    "comment": ("comment", "comments", "details", "explanation", "long answer"),
    "owner": ("owner", "answer owner", "responsible"),
    "reviewed_on": ("reviewed on", "review date", "reviewed", "last reviewed"),
    "product": ("product", "product or service", "scope", "ai system", "ai systems"),
    "region": ("region", "regions", "market", "country"),
    "audience": ("audience", "sharing", "visibility"),
    "evidence": ("evidence", "evidence reference", "evidence ref", "proof"),
}
AUDIENCES = {
    "": "public",
    "public": "public",
    "nda": "nda",
    "under nda": "nda",
    "confidential": "nda",
    "internal": "internal",
}
HEADER_SEARCHED_ROWS = 10
LONGEST = {"answer": 2000, "owner": 200, "product": 600, "region": 200}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    sheet: str
    row: int
    question: str
    answer: str
    comment: str = ""
    owner: str = ""
    reviewed_on: date | None = None
    product: str = ""
    region: str = ""
    audience: str = "public"
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowProblem:
    sheet: str
    cell: str
    column: str
    value: str
    problem: str

    def __str__(self) -> str:
        shown = f" {self.value!r}" if self.value else ""
        return f"{self.sheet}!{self.cell}, {self.column}:{shown} {self.problem}"


class LibraryInvalid(WorkbookRefused):
    """The spreadsheet cannot be imported; ``problems`` names each row, column and value."""

    code = "library_invalid"

    def __init__(self, problem: str, problems: tuple[RowProblem, ...] = ()) -> None:
        super().__init__(problem, "Nothing was imported.")
        self.problems = problems


def read_rows(book: Book, *, today: date, known_evidence: frozenset[str] = frozenset()) -> tuple[AnswerRow, ...]:
    """Return the answers of every sheet that has the columns; none may have been reviewed after TODAY.

    :raises LibraryInvalid: if no sheet has a question and an answer column, or any row has a problem
    """
    rows: list[AnswerRow] = []
    problems: list[RowProblem] = []
    found = False
    seen: dict[tuple[str, str, str], AnswerRow] = {}
    for sheet in book.sheets:
        header = _find_header(sheet) if sheet.visible else None
        if header is None:
            continue
        found = True
        top, columns = header
        for row in (number for number in sheet.rows if number > top):
            fields = {name: sheet.text(row, column) for name, column in columns.items()}
            if not any(fields.values()):
                continue
            checked = list(_check(book, sheet, row, columns, fields, known_evidence, today))
            problems.extend(item for item in checked if isinstance(item, RowProblem))
            for answer in (item for item in checked if isinstance(item, AnswerRow)):
                key = (
                    " ".join(answer.question.casefold().split()),
                    answer.product.casefold(),
                    answer.region.casefold(),
                )
                if key in seen:
                    earlier = seen[key]
                    cell = address(row, columns["question"])
                    text = f"is the same question as in row {earlier.row} of {earlier.sheet}"
                    problems.append(
                        RowProblem(sheet=sheet.name, cell=cell, column="question", value=answer.question, problem=text)
                    )
                seen[key] = answer
                rows.append(answer)
    if not found:
        raise LibraryInvalid("No sheet has a column 'question' and a column 'answer' in its first ten rows.")
    if problems:
        count = f"{len(problems)} problem{'s' if len(problems) > 1 else ''}"
        raise LibraryInvalid(f"The answer library has {count}; the first: {problems[0]}.", tuple(problems))
    if not rows:
        raise LibraryInvalid("The answer library has its columns but no answers below them.")
    return tuple(rows)


def _find_header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    for row in sorted(sheet.rows)[:HEADER_SEARCHED_ROWS]:
        columns: dict[str, int] = {}
        for column in sheet.rows[row]:
            text = re.sub(r"[^a-z]+", " ", sheet.text(row, column).casefold()).strip()
            for name, words in HEADERS.items():
                if text in words and name not in columns:
                    columns[name] = column
        if "question" in columns and "answer" in columns:
            return row, columns
    return None


def _check(
    book: Book,
    sheet: Sheet,
    row: int,
    columns: dict[str, int],
    fields: dict[str, str],
    known_evidence: frozenset[str],
    today: date,
) -> Iterator[AnswerRow | RowProblem]:
    def problem(column: str, text: str) -> RowProblem:
        cell = address(row, columns[column])
        return RowProblem(sheet=sheet.name, cell=cell, column=column, value=fields[column][:80], problem=text)

    bad: list[RowProblem] = [problem(name, "is empty") for name in ("question", "answer") if not fields[name]]
    for name, longest in LONGEST.items():
        if len(fields.get(name, "")) > longest:
            cure = "; move the words to the comment" if name == "answer" else ""
            bad.append(problem(name, f"is longer than {longest} characters{cure}"))
    reviewed_on = None
    if fields.get("reviewed_on"):
        reviewed_on = _read_date(book, sheet, row, columns["reviewed_on"])
        if reviewed_on is None:
            bad.append(problem("reviewed_on", "is not a date; write it as 2026-11-23"))
        elif reviewed_on > today:
            bad.append(problem("reviewed_on", "lies in the future; a review has taken place"))
    audience = AUDIENCES.get(fields.get("audience", "").casefold())
    if audience is None:
        bad.append(problem("audience", "is neither public, NDA nor internal"))
    evidence = fields.get("evidence", "")
    if evidence and evidence not in known_evidence:
        bad.append(problem("evidence", "is not a reference in the evidence library"))
    yield from bad
    if not bad:
        yield AnswerRow(
            sheet=sheet.name,
            row=row,
            question=fields["question"],
            answer=fields["answer"],
            comment=fields.get("comment", ""),
            owner=fields.get("owner", ""),
            reviewed_on=reviewed_on,
            product=fields.get("product", ""),
            region=fields.get("region", ""),
            audience=audience or "public",
            evidence=evidence,
        )


def _read_date(book: Book, sheet: Sheet, row: int, column: int) -> date | None:
    value = sheet.value(row, column)
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        # A spreadsheet counts days; its 1900 calendar begins two days early because of an old leap-year error.
        first = date(1904, 1, 1) if book.date_1904 else date(1899, 12, 30)
        return first + timedelta(days=int(value)) if 20_000 < value < 80_000 else None
    text = str(value or "").strip()
    for form in ("%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y"):
        try:
            return datetime.strptime(text, form).date()  # a date has no zone
        except ValueError:
            continue
    return None
