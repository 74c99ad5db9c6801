"""Draw a document as PDF in the layout its kind has: certificate, report or letter."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from rfp.demo.papers import Facts, Paper, show_date
from rfp.demo.pen import (
    GREY,
    HEIGHT,
    INK,
    MARGIN,
    RULE,
    WIDTH,
    Pen,
    draw_logo,
    draw_seal,
    draw_signature,
    house_colour,
    style,
)

FOOTNOTE = "Fictional document. Names and numbers are invented."


def draw(paper: Paper) -> bytes:
    """Return the document as PDF, the same bytes for the same text.

    :raises PageOverflow: if a page of text needs more than a page of paper
    """
    layouts: dict[str, Callable[[Any, Paper, int], None]] = {"certificate": _certificate, "letter": _letter}
    page = layouts.get(paper.layout, _report)
    stream = BytesIO()
    canvas = Canvas(stream, invariant=1, pageCompression=1, lang="en")
    canvas.setTitle(paper.title)
    canvas.setAuthor(paper.issuer)
    canvas.setSubject(f"{paper.kind.replace('_', ' ')} for {paper.recipient}")
    for number in range(len(paper.pages)):
        page(canvas, paper, number)
        _footer(canvas, paper, number)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _footer(canvas: Any, paper: Paper, number: int) -> None:
    canvas.setFont("Helvetica", 7.5)
    canvas.setFillColor(GREY)
    low = 44 if paper.layout == "certificate" else 34
    canvas.drawString(MARGIN, low, FOOTNOTE)
    canvas.drawRightString(WIDTH - MARGIN, low, f"{paper.ref}  |  page {number + 1} of {len(paper.pages)}")


def _certificate(canvas: Any, paper: Paper, number: int) -> None:
    colour = house_colour(paper.issuer)
    canvas.setStrokeColor(colour)
    for inset, width in ((24, 3.2), (30, 0.8), (33, 0.8)):
        canvas.setLineWidth(width)
        canvas.rect(inset, inset, WIDTH - 2 * inset, HEIGHT - 2 * inset)
    _weave(canvas, colour)
    draw_logo(canvas, WIDTH / 2 - 24, HEIGHT - 138, 48, paper.issuer)
    heading, blocks = paper.pages[number]
    pen = Pen(canvas, top=HEIGHT - 152, left=86, right=WIDTH - 86)
    pen.write(paper.issuer, style(13, font="Times-Bold", align="center", colour=colour), after=26)
    kind, _, mark = heading.rpartition(" ")
    pen.write(kind, style(30, font="Times-Roman", align="center", leading=1.2), after=4)
    pen.write(f"No. {mark}", style(12, align="center", colour=GREY), after=26)
    body = style(12.5, font="Times-Roman", align="center")
    for block in blocks:
        if isinstance(block, Facts):
            pen.table(block.rows, colour, share=0.22)
        else:
            pen.write(block, body, after=13)
    draw_seal(canvas, WIDTH - 150, 150, 58, colour, paper.issuer.split()[0] + " Certification")
    if paper.signed_by:
        draw_signature(canvas, 92, 150, *paper.signed_by)


def _weave(canvas: Any, colour: Any) -> None:
    """Draw the fine wave pattern certificates carry against copying."""
    canvas.saveState()
    canvas.setStrokeColor(colour)
    canvas.setStrokeAlpha(0.10)
    canvas.setLineWidth(0.4)
    for row in range(26):
        base = 60 + row * 28
        path = canvas.beginPath()
        path.moveTo(38, base)
        for step in range(8):
            left = 38 + step * (WIDTH - 76) / 8
            reach = (WIDTH - 76) / 8
            lift = 16 if (step + row) % 2 else -16
            path.curveTo(left + reach / 3, base + lift, left + 2 * reach / 3, base + lift, left + reach, base)
        canvas.drawPath(path)
    canvas.restoreState()


def _report(canvas: Any, paper: Paper, number: int) -> None:
    colour = house_colour(paper.issuer)
    heading, blocks = paper.pages[number]
    if number == 0:
        canvas.setFillColor(colour)
        canvas.rect(0, HEIGHT - 190, WIDTH, 190, stroke=0, fill=1)
        canvas.setFillColor(HexColor("#ffffff"))
        canvas.roundRect(MARGIN - 6, HEIGHT - 84, 48, 48, 5, stroke=0, fill=1)
        draw_logo(canvas, MARGIN, HEIGHT - 78, 36, paper.issuer)
        white = HexColor("#ffffff")
        canvas.setFont("Helvetica-Bold", 11)
        canvas.setFillColor(white)
        canvas.drawString(MARGIN + 54, HEIGHT - 64, paper.issuer)
        canvas.setFont("Helvetica", 9)
        canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 64, "Confidential")
        head = Pen(canvas, top=HEIGHT - 104)
        head.write(paper.title, style(23, font="Helvetica-Bold", colour=white, leading=1.15), after=6)
        head.write(f"{paper.recipient}, {show_date(paper.issued_on)}", style(10.5, colour=white))
        pen = Pen(canvas, top=HEIGHT - 214)
        pen.table(paper.summary, colour, share=0.22)
    else:
        _running_head(canvas, paper, colour)
        pen = Pen(canvas, top=HEIGHT - 92)
    pen.write(heading, style(15 if number == 0 else 18, font="Helvetica-Bold", colour=colour), after=8)
    for block in blocks:
        if isinstance(block, Facts):
            pen.table(block.rows, colour, share=0.26)
        else:
            pen.write(block, style(10.5, align="justify"), after=8)
    if number + 1 in paper.charts:
        pen.skip(8)
        pen.chart(paper.charts[number + 1], colour)
    if number == 0 and len(paper.pages) > 1:
        _contents(pen, paper, colour)
    if number == len(paper.pages) - 1 and paper.signed_by and pen.y > 190:
        draw_signature(canvas, MARGIN, min(pen.y - 70, 330), *paper.signed_by)


def _running_head(canvas: Any, paper: Paper, colour: Any) -> None:
    draw_logo(canvas, MARGIN, HEIGHT - 58, 18, paper.issuer)
    canvas.setFont("Helvetica", 8.5)
    canvas.setFillColor(GREY)
    canvas.drawString(MARGIN + 26, HEIGHT - 52, f"{paper.title}  |  {paper.recipient}")
    canvas.drawRightString(WIDTH - MARGIN, HEIGHT - 52, "Confidential")
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(1)
    canvas.line(MARGIN, HEIGHT - 66, WIDTH - MARGIN, HEIGHT - 66)


def _contents(pen: Pen, paper: Paper, colour: Any) -> None:
    pen.skip(8)
    pen.write("Contents", style(12, font="Helvetica-Bold", colour=colour), after=6)
    for number, (heading, _) in enumerate(paper.pages, start=1):
        pen.canvas.setFont("Helvetica", 9.5)
        pen.canvas.setFillColor(INK)
        pen.canvas.drawString(pen.left, pen.y - 10, heading)
        pen.canvas.drawRightString(pen.left + pen.width, pen.y - 10, str(number))
        pen.canvas.setStrokeColor(RULE)
        pen.canvas.setLineWidth(0.4)
        pen.canvas.line(pen.left, pen.y - 15, pen.left + pen.width, pen.y - 15)
        pen.skip(19)


def _letter(canvas: Any, paper: Paper, number: int) -> None:
    colour = house_colour(paper.issuer)
    draw_logo(canvas, MARGIN, HEIGHT - 88, 34, paper.issuer)
    canvas.setFillColor(colour)
    canvas.setFont("Times-Bold", 17)
    canvas.drawString(MARGIN + 46, HEIGHT - 76, paper.issuer)
    canvas.setStrokeColor(colour)
    canvas.setLineWidth(0.8)
    canvas.line(MARGIN, HEIGHT - 100, WIDTH - MARGIN, HEIGHT - 100)
    heading, blocks = paper.pages[number]
    pen = Pen(canvas, top=HEIGHT - 128)
    plain = style(11, font="Times-Roman")
    pen.write(show_date(paper.issued_on), style(11, font="Times-Roman", align="right"), after=10)
    pen.write(f"For the customers of {paper.recipient}" if paper.by_vendor else paper.recipient, plain, after=2)
    pen.write(f"Our reference {paper.ref}", style(9.5, font="Times-Roman", colour=GREY), after=26)
    pen.write(heading, style(14, font="Times-Bold"), after=14)
    for block in blocks:
        if isinstance(block, Facts):
            for label, text in block.rows:
                pen.write(f"{label}: {text}", plain, after=10)
        else:
            pen.write(block, plain, after=10)
    if paper.signed_by:
        pen.skip(12)
        pen.write("Yours faithfully", plain, after=64)
        draw_signature(canvas, MARGIN, pen.y, *paper.signed_by)
    canvas.setStrokeColor(RULE)
    canvas.line(MARGIN, 50, WIDTH - MARGIN, 50)
