"""Pictures for the report, drawn as PNG: the same data gives the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFont

from rfp.reporting import words
from rfp.reporting.data import CategoryLine, ExpiryLine

SCALE = 3  # drawn large, shown small: sharp in print
WIDTH = 640
INK = "#1f2933"
QUIET = "#6b7785"
RULE = "#d5dae0"
TRACK = "#eef0f3"
BLUE = "#23508e"
GREEN = "#2f7d4f"
AMBER = "#b7791f"
RED = "#b03a2e"
STATUS_COLOURS = {"ok": GREEN, "start_now": AMBER, "late": RED}
LONGEST_LABEL = 46


class _Canvas:
    def __init__(self, height: int) -> None:
        self.image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), "white")
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, *, size: int = 11, colour: str = INK, anchor: str = "lm") -> None:
        font = ImageFont.load_default(size * SCALE)
        self._draw.text((x * SCALE, y * SCALE), text, fill=colour, font=font, anchor=anchor)

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        if width <= 0:
            return
        box = (x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1)
        self._draw.rounded_rectangle(box, radius=2 * SCALE, fill=colour)

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: int = 1) -> None:
        self._draw.line((x1 * SCALE, y1 * SCALE, x2 * SCALE, y2 * SCALE), fill=colour, width=width * SCALE // 2 or 1)

    def png(self) -> bytes:
        out = io.BytesIO()
        self.image.save(out, "PNG", optimize=True)
        return out.getvalue()


def readiness_chart(categories: Sequence[CategoryLine]) -> bytes:
    """Draw one bar a category, 0 to 100, with its state in words."""
    row, top = 34, 26
    canvas = _Canvas(top + row * len(categories) + 22)
    left, right = 210, WIDTH - 120
    for mark in (0, 25, 50, 75, 100):
        x = left + (right - left) * mark / 100
        canvas.line(x, top - 8, x, top + row * len(categories))
        canvas.text(x, top - 15, str(mark), size=9, colour=QUIET, anchor="mm")
    for number, category in enumerate(categories):
        y = top + row * number + row / 2
        canvas.text(left - 12, y, category.title, anchor="rm")
        canvas.bar(left, y - 8, right - left, 16, TRACK)
        share = (category.readiness or 0) / 100
        canvas.bar(left, y - 8, (right - left) * share, 16, GREEN if category.state == "passed" else BLUE)
        figure = "–" if category.readiness is None else str(category.readiness)
        canvas.text(right + 10, y - 7, figure, size=12)
        state_colour = GREEN if category.state == "passed" else RED if category.state == "failed" else AMBER
        canvas.text(right + 10, y + 8, words.STATES[category.state], size=9, colour=state_colour)
    note = "Readiness shows how much proof is there. It never decides: only a category that passed counts."
    canvas.text(left, top + row * len(categories) + 12, note[:96], size=9, colour=QUIET)
    return canvas.png()


def expiry_chart(expiries: Sequence[ExpiryLine], as_of: date, *, months: int = 18) -> bytes:
    """Draw what expires when over the coming months, with the day by which renewal must start."""
    row, top = 22, 30
    canvas = _Canvas(top + row * len(expiries) + 14)
    left, right = 250, WIDTH - 24
    last = as_of + timedelta(days=int(months * 30.44))

    def place(on: date) -> float:
        share = (on - as_of).days / (last - as_of).days
        return left + (right - left) * min(max(share, 0.0), 1.0)

    bottom = top + row * len(expiries)
    for month in _months(as_of, last):
        x = place(month)
        canvas.line(x, top - 8, x, bottom)
        if month.month in (1, 4, 7, 10):
            canvas.text(x, top - 16, f"{month:%b %Y}", size=9, colour=QUIET, anchor="mm")
    for number, expiry in enumerate(expiries):
        y = top + row * number + row / 2
        label = f"{expiry.requirement} {expiry.title}"
        canvas.text(
            left - 10,
            y,
            label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…",
            size=10,
            anchor="rm",
        )
        end = place(expiry.expires_on)
        canvas.bar(left, y - 5, max(end - left, 2), 10, STATUS_COLOURS[expiry.status])
        if expiry.start_by and as_of <= expiry.start_by <= last:
            x = place(expiry.start_by)
            canvas.line(x, y - 8, x, y + 8, INK, 3)
    canvas.line(left, top - 8, left, bottom, INK, 2)
    return canvas.png()


def _months(first: date, last: date) -> list[date]:
    found = []
    on = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while on <= last:
        found.append(on)
        on = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return found
