"""An A4 page that is written from the top down, and the drawings that documents carry."""

from __future__ import annotations

import math
from typing import Any
from xml.sax.saxutils import escape
from zlib import crc32

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, Table, TableStyle

from rfp.demo.papers import Chart

WIDTH, HEIGHT = A4
MARGIN = 62.0
INK = HexColor("#22272e")
GREY = HexColor("#6b7280")
RULE = HexColor("#d3d8de")
_HOUSE_COLOURS = ("#17415e", "#6b2737", "#1f5a46", "#45356b", "#7a4a12", "#22485c")
ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT, "justify": TA_JUSTIFY}


class PageOverflow(Exception):
    """A page of text does not fit on one page of paper."""


def house_colour(issuer: str) -> Any:
    """Return the colour an issuer uses in all its documents."""
    return HexColor(_HOUSE_COLOURS[crc32(issuer.encode()) % len(_HOUSE_COLOURS)])


def style(
    size: float, *, font: str = "Helvetica", align: str = "left", colour: Any = INK, leading: float = 1.45
) -> ParagraphStyle:
    return ParagraphStyle(
        "text", fontName=font, fontSize=size, leading=size * leading, alignment=ALIGN[align], textColor=colour
    )


class Pen:
    """Write paragraphs, tables and charts below each other."""

    def __init__(self, canvas: Any, *, top: float, left: float = MARGIN, right: float = WIDTH - MARGIN) -> None:
        self.canvas = canvas
        self.y = top
        self.left = left
        self.width = right - left

    def skip(self, height: float) -> None:
        self.y -= height

    def write(self, text: str, look: ParagraphStyle, *, after: float = 8.0) -> None:
        """:raises PageOverflow: if the page is full"""
        marked = escape(text)
        label, colon, rest = marked.partition(": ")
        if colon and len(label) < 48 and "." not in label:
            marked = f"<b>{label}:</b> {rest}"
        self._place(Paragraph(marked, look), after)

    def table(self, rows: tuple[tuple[str, str], ...], colour: Any, *, share: float = 0.32) -> None:
        """:raises PageOverflow: if the page is full"""
        small = style(9.2, leading=1.35)
        bold = style(9.2, font="Helvetica-Bold", leading=1.35)
        cells = [[Paragraph(escape(label), bold), Paragraph(escape(text), small)] for label, text in rows]
        table = Table(cells, colWidths=[self.width * share, self.width * (1 - share)])
        table.setStyle(
            TableStyle(
                [
                    ("VALIGN", (0, 0), (-1, -1), "TOP"),
                    ("LINEABOVE", (0, 0), (-1, 0), 1.2, colour),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
                    ("BACKGROUND", (0, 0), (0, -1), HexColor("#f4f6f8")),
                    ("TOPPADDING", (0, 0), (-1, -1), 5),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
                ]
            )
        )
        self._place(table, 14)

    def chart(self, chart: Chart, colour: Any) -> None:
        """Draw a bar chart with its values and, where given, a line to compare with."""
        height, canvas = 120.0, self.canvas
        self.write(chart.title, style(9.5, font="Helvetica-Bold"), after=16)
        bottom = self.y - height
        most = max([value for _, value in chart.bars] + [chart.line[1] if chart.line else 0.0]) * 1.15
        step = self.width * 0.8 / len(chart.bars)
        canvas.setStrokeColor(RULE)
        for part in range(5):
            canvas.line(self.left, bottom + height * part / 4, self.left + self.width, bottom + height * part / 4)
        for number, (label, value) in enumerate(chart.bars):
            middle = self.left + step * (number + 0.5)
            tall = height * value / most
            canvas.setFillColor(colour)
            canvas.rect(middle - step * 0.22, bottom, step * 0.44, tall, stroke=0, fill=1)
            canvas.setFillColor(INK)
            canvas.setFont("Helvetica", 8.5)
            canvas.drawCentredString(middle, bottom + tall + 4, f"{value:g}")
            canvas.drawCentredString(middle, bottom - 12, label)
        if chart.line:
            level = bottom + height * chart.line[1] / most
            canvas.setStrokeColor(HexColor("#b3261e"))
            canvas.setDash(4, 3)
            canvas.line(self.left, level, self.left + self.width, level)
            canvas.setDash()
            canvas.setFillColor(HexColor("#b3261e"))
            canvas.drawRightString(self.left + self.width, level + 4, f"{chart.line[0]} {chart.line[1]:g}")
        self.y = bottom - 34

    def _place(self, block: Any, after: float) -> None:
        _, height = block.wrapOn(self.canvas, self.width, self.y)
        if height > self.y - 60:
            raise PageOverflow(f"The page is full: {height:.0f} points are needed, {self.y - 60:.0f} are left.")
        block.drawOn(self.canvas, self.left, self.y - height)
        self.y -= height + after


def draw_seal(canvas: Any, x: float, y: float, radius: float, colour: Any, text: str) -> None:
    """Draw a notary's seal: a toothed ring with the issuer's name around a star."""
    canvas.saveState()
    canvas.translate(x, y)
    canvas.setFillColor(colour)
    path = canvas.beginPath()
    for tooth in range(72):
        reach = radius * (1.0 if tooth % 2 else 0.95)
        angle = math.tau * tooth / 72
        point = (reach * math.cos(angle), reach * math.sin(angle))
        path.lineTo(*point) if tooth else path.moveTo(*point)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)
    canvas.setStrokeColor(HexColor("#ffffff"))
    canvas.circle(0, 0, radius * 0.87)
    canvas.circle(0, 0, radius * 0.58)
    canvas.setFillColor(HexColor("#ffffff"))
    size = radius * 0.145
    ring = f"{text.upper()}  \u2022  "
    canvas.setFont("Helvetica-Bold", size)
    turn = math.tau / len(ring)
    for place, letter in enumerate(ring):
        canvas.saveState()
        canvas.rotate(math.degrees(-turn * place))
        canvas.drawCentredString(0, radius * 0.68, letter)
        canvas.restoreState()
    star = canvas.beginPath()
    for corner in range(10):
        reach = radius * (0.42 if corner % 2 == 0 else 0.18)
        angle = math.pi / 2 + math.tau * corner / 10
        point = (reach * math.cos(angle), reach * math.sin(angle))
        star.lineTo(*point) if corner else star.moveTo(*point)
    star.close()
    canvas.drawPath(star, stroke=0, fill=1)
    canvas.restoreState()


def draw_logo(canvas: Any, x: float, y: float, size: float, issuer: str) -> None:
    """Draw an issuer's mark: a pattern of tiles that follows from its name."""
    seed = crc32(issuer.encode())
    colour = house_colour(issuer)
    canvas.saveState()
    canvas.setFillColor(colour)
    tile = size / 3
    for place in range(9):
        left, low = x + tile * (place % 3), y + tile * (place // 3)
        shape = (seed >> (place * 2)) & 3
        canvas.setFillAlpha(1.0 if shape % 2 else 0.55)
        if shape == 0:
            canvas.rect(left, low, tile - 1, tile - 1, stroke=0, fill=1)
        elif shape == 1:
            canvas.circle(left + tile / 2, low + tile / 2, tile / 2 - 0.6, stroke=0, fill=1)
        else:
            path = canvas.beginPath()
            path.moveTo(left, low)
            path.lineTo(left + tile - 1, low)
            path.lineTo(left + (tile - 1 if shape == 2 else 0), low + tile - 1)
            path.close()
            canvas.drawPath(path, stroke=0, fill=1)
    canvas.restoreState()


def draw_signature(canvas: Any, x: float, y: float, name: str, role: str) -> None:
    """Draw a line of handwriting over the printed name."""
    seed = crc32(name.encode())
    canvas.saveState()
    canvas.setStrokeColor(HexColor("#1d3a7a"))
    canvas.setLineWidth(1.3)
    path = canvas.beginPath()
    path.moveTo(x + 4, y + 14)
    across = x + 4.0
    for stroke in range(9):
        swing = 6 + ((seed >> stroke * 3) & 7) * 2
        path.curveTo(across + 4, y + 14 + swing, across + 10, y + 16 - swing, across + 15, y + 16)
        across += 14
    canvas.drawPath(path)
    canvas.setStrokeColor(GREY)
    canvas.setLineWidth(0.5)
    canvas.line(x, y, x + 170, y)
    canvas.setFillColor(INK)
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawString(x, y - 12, name)
    canvas.setFillColor(GREY)
    canvas.setFont("Helvetica", 8.5)
    canvas.drawString(x, y - 23, role[:1].upper() + role[1:])
    canvas.restoreState()
