"""The sheets of the buyer's workbook that ask in tables: each has another layout."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rfp.demo.buyer_looks import Looks, tall

Sections = Sequence[dict[str, Any]]
ANSWERS = "=Lists!$A$2:$A$5"
ASSURANCE_ANSWERS = "=Lists!$B$2:$B$6"
PRIOR_ANSWERS = {
    "Do you use subprocessors for customer data?": "Yes",
    "Is software development outsourced?": "No",
    "Are visitors escorted in your offices?": "Yes",
}
PRIOR_COMMENT = "As stated in last year's review."
HIDDEN_QUESTION = "Do you use drones for site surveillance?"


def add_company(book: Any, looks: Looks, sections: Sections) -> None:
    """Add a plain table: number, question, response and comments, with the section in a merged column."""
    sheet = _start(book, "Company & legal", (16, 7, 58, 22, 46), looks, "Company and legal information")
    _write_row(sheet, 2, ("Area", "No.", "Question", "Response", "Comments"), looks.head)
    row = 3
    for section in sections:
        size = len(section["questions"])
        sheet.merge_range(row, 0, row + size - 1, 0, section["title"], looks.section)
        for question in section["questions"]:
            sheet.set_row(row, tall(question["text"], 58))
            sheet.write_number(row, 1, row - 2, looks.number)
            sheet.write_string(row, 2, question["text"], looks.text)
            sheet.write_blank(row, 3, None, looks.answer)
            sheet.write_blank(row, 4, None, looks.answer)
            if not question["text"].startswith(("What", "Which", "Where", "In what", "How")):
                sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": ANSWERS})
            row += 1
    sheet.freeze_panes(3, 0)


def add_assurance(book: Any, looks: Looks, sections: Sections) -> tuple[tuple[str, int, int], ...]:
    """Add sections with merged title rows and repeated headers; return title, first and last row of each."""
    sheet = _start(book, "AI assurance", (9, 56, 30, 24, 44, 30), looks, "AI assurance")
    heads = ("Ref", "Question", "Guidance", "Answer", "Comment", "Evidence")
    row, places = 2, []
    for letter, section in zip("ABC", sections, strict=True):
        sheet.merge_range(row, 0, row, 5, f"{letter}. {section['title']}", looks.section)
        _write_row(sheet, row + 1, heads, looks.head)
        row += 2
        first = row
        for number, question in enumerate(section["questions"], start=1):
            sheet.set_row(row, tall(question["text"], 56))
            sheet.write_string(row, 0, f"{letter}.{number:02}", looks.number)
            sheet.write_string(row, 1, question["text"], looks.text)
            sheet.write_string(row, 2, question.get("guidance", ""), looks.quiet)
            for column in (3, 4, 5):
                sheet.write_blank(row, column, None, looks.answer)
            row += 1
        sheet.data_validation(first, 3, row - 1, 3, {"validate": "list", "source": ASSURANCE_ANSWERS})
        places.append((section["title"], first + 1, row))
        row += 1
    _colour_answers(book, sheet, f"D3:D{row}")
    sheet.write_comment("C4", "Guidance tells what the reviewers look for.", {"author": "Kestrel Mutual"})
    return tuple(places)


def add_matrix(book: Any, looks: Looks, sections: Sections) -> None:
    """Add a matrix where one of four columns is ticked."""
    sheet = _start(book, "Model testing & bias", (8, 60, 8, 8, 8, 8, 44), looks, "Model testing and bias")
    sheet.merge_range(1, 0, 1, 6, "Put an x in one column of each row.", looks.plain)
    _write_row(sheet, 2, ("Ref", "Statement", "Yes", "Partly", "No", "N/A", "Remarks"), looks.head)
    row, count = 3, 0
    for section in sections:
        sheet.merge_range(row, 0, row, 6, section["title"], looks.section)
        row += 1
        for question in section["questions"]:
            count += 1
            sheet.set_row(row, tall(question["text"], 60))
            sheet.write_string(row, 0, f"MB-{count}", looks.number)
            sheet.write_string(row, 1, question["text"], looks.text)
            for column in range(2, 7):
                sheet.write_blank(row, column, None, looks.answer)
            row += 1
    sheet.freeze_panes(3, 0)


def add_incidents(book: Any, looks: Looks, sections: Sections) -> None:
    """Add a protected sheet with unlocked answer cells, an inline list and conditional questions."""
    sheet = _start(book, "Incident response", (8, 62, 18, 50), looks, "Model incident response")
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _write_row(sheet, 2, ("No.", "Question", "Your answer", "Explanation"), looks.head)
    row, main, sub = 3, 0, 0
    for section in sections:
        sheet.merge_range(row, 0, row, 3, section["title"], looks.section)
        row += 1
        for question in section["questions"]:
            main, sub = (main, sub + 1) if question.get("depends") else (main + 1, 0)
            sheet.set_row(row, tall(question["text"], 62))
            sheet.write_string(row, 0, f"{main}.{sub}" if sub else str(main), looks.number)
            sheet.write_string(row, 1, question["text"], looks.text)
            sheet.write_blank(row, 2, None, looks.answer)
            sheet.write_blank(row, 3, None, looks.answer)
            if not question.get("depends") and not question["text"].startswith("How many"):
                sheet.data_validation(row, 2, row, 2, {"validate": "list", "source": ["Yes", "No", "Planned"]})
            row += 1


def add_security(book: Any, looks: Looks, sections: Sections) -> None:
    """Add a table whose answers come from a named range, with placeholders, earlier answers and a hidden row."""
    sheet = _start(book, "General security", (24, 10, 58, 18, 50), looks, "General security")
    _write_row(sheet, 3, ("Domain", "ID", "Question", "Vendor response", "Additional information"), looks.head)
    for row, (number, title, text) in enumerate(_numbered(sections), start=4):
        sheet.write_string(row, 0, title, looks.quiet)
        sheet.write_string(row, 1, f"GS-{number:03}", looks.number)
        sheet.write_string(row, 2, text, looks.text)
        prior = PRIOR_ANSWERS.get(text)
        closed = text.startswith(("Do ", "Is ", "Are ", "Has ", "Have ", "Can ", "May ", "Will ", "Were ", "Does "))
        if prior or closed:
            sheet.write_string(row, 3, prior or "Please select", looks.answer)
            sheet.data_validation(row, 3, row, 3, {"validate": "list", "source": "=SecurityAnswers"})
        else:
            sheet.write_blank(row, 3, None, looks.answer)
        if prior:
            sheet.write_string(row, 4, PRIOR_COMMENT, looks.answer)
        else:
            sheet.write_blank(row, 4, None, looks.answer)
        hidden = {"hidden": True} if text == HIDDEN_QUESTION else {}
        sheet.set_row(row, max(tall(text, 58), tall(title, 24)), None, hidden)
    sheet.autofilter(3, 0, 3 + sum(len(section["questions"]) for section in sections), 4)
    sheet.freeze_panes(4, 0)


def _numbered(sections: Sections) -> Iterator[tuple[int, str, str]]:
    number = 0
    for section in sections:
        for question in section["questions"]:
            number += 1
            yield number, section["title"], question["text"]


def _start(book: Any, name: str, widths: tuple[int, ...], looks: Looks, title: str) -> Any:
    sheet = book.add_worksheet(name)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(0, 30)
    sheet.merge_range(0, 0, 0, len(widths) - 1, title, looks.title)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    return sheet


def _write_row(sheet: Any, row: int, texts: tuple[str, ...], look: Any) -> None:
    sheet.set_row(row, 22)
    for column, text in enumerate(texts):
        sheet.write_string(row, column, text, look)


def _colour_answers(book: Any, sheet: Any, cells: str) -> None:
    for text, colour in (("Yes", "#D9F2E3"), ("Partially", "#FFF0CC"), ("No", "#FADBD8")):
        rule = {"type": "text", "criteria": "begins with", "value": text}
        sheet.conditional_format(cells, {**rule, "format": book.add_format({"bg_color": colour})})
