"""Pictures for the report, drawn as PNG: the same data gives the same bytes.

One unit is one point on paper. What a colour says, a stripe or a word says too, for readers in black and white. The
letters are those of the drawing library's own font, which has plain Latin ones only: see ``plain``.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFont

from rfp.reporting import words
from rfp.reporting.data import CategoryLine
from rfp.reporting.merged import RunningOut

SCALE = 3  # drawn three times as large as shown: sharp in print
WIDTH = 480
TEXT = 9
INK, QUIET, RULE, TRACK = "#1f2933", "#56616e", "#d5dae0", "#e9ecf0"
STRIPE = "#d4dcea"
BLUE, GREEN, AMBER, RED = "#23508e", "#2a6f46", "#8a5a00", "#a93226"
STATUS_COLOURS = {"ok": BLUE, "start_now": AMBER, "late": RED}
STATE_COLOURS = {"passed": GREEN, "failed": RED}
LEAST_MONTHS, MOST_MONTHS = 9, 18
LONGEST_LABEL = 34
_TYPOGRAPHY = str.maketrans({"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...", "ß": "ss"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    png: bytes
    width: float  # in points
    height: float


def plain(text: str) -> str:
    """Return the text in the letters the font has: accents are dropped, what has no likeness too."""
    spread = unicodedata.normalize("NFKD", text.translate(_TYPOGRAPHY))
    return " ".join(spread.encode("ascii", "ignore").decode().split())


class _Canvas:
    def __init__(self, height: int) -> None:
        self.height = height
        self.image = Image.new("RGB", (WIDTH * SCALE, height * SCALE), "white")
        self._draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, *, size: float = TEXT, colour: str = INK, anchor: str = "lm") -> None:
        font = ImageFont.load_default(size * SCALE)
        self._draw.text((x * SCALE, y * SCALE), plain(text), fill=colour, font=font, anchor=anchor)

    def bar(self, x: float, y: float, width: float, height: float, colour: str, *, striped: bool = False) -> None:
        if width <= 0:
            return
        left, top = round(x * SCALE), round(y * SCALE)
        right, bottom = max(round((x + width) * SCALE), left + 2), round((y + height) * SCALE)
        self._draw.rectangle((left, top, right - 1, bottom - 1), fill=colour)
        if striped:
            self._stripe((left, top, right, bottom))

    def _stripe(self, box: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = box
        bar = self.image.crop(box)
        brush = ImageDraw.Draw(bar)
        tall = bottom - top
        for x in range(-tall, right - left, 4 * SCALE):
            brush.line((x, tall, x + tall, 0), fill=STRIPE, width=SCALE)
        self.image.paste(bar, (left, top))

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = RULE, width: float = 0.5) -> None:
        ends = (x1 * SCALE, y1 * SCALE, x2 * SCALE, y2 * SCALE)
        self._draw.line(ends, fill=colour, width=max(round(width * SCALE), 1))

    def finished(self) -> Chart:
        out = io.BytesIO()
        self.image.quantize(64).save(out, "PNG", optimize=True)
        return Chart(png=out.getvalue(), width=WIDTH, height=self.height)


def readiness_chart(categories: Sequence[CategoryLine]) -> Chart:
    """Draw one bar a category, 0 to 100, with its state in words; the bar of one that has not passed is striped."""
    row, top = 25, 20
    canvas = _Canvas(top + row * len(categories) + 20)
    left, right = 152, WIDTH - 132
    bottom = top + row * len(categories)
    for mark in (0, 25, 50, 75, 100):
        x = left + (right - left) * mark / 100
        canvas.line(x, top - 4, x, bottom)
        canvas.text(x, top - 11, str(mark), size=8.5, colour=QUIET, anchor="mm")
    for number, category in enumerate(categories):
        y = top + row * number + row / 2
        passed = category.state == "passed"
        canvas.text(left - 8, y, category.title, size=9.5, anchor="rm")
        canvas.bar(left, y - 7, right - left, 14, TRACK)
        share = (category.readiness or 0) / 100
        canvas.bar(left, y - 7, (right - left) * share, 14, GREEN if passed else BLUE, striped=not passed)
        canvas.text(right + 8, y, "-" if category.readiness is None else str(category.readiness), size=11)
        state = f"{words.STATES[category.state]}, {category.requirements_met} of {category.requirements_applicable} met"
        canvas.text(right + 30, y, state, colour=STATE_COLOURS.get(category.state, AMBER))
    note = "Readiness shows how much proof is there. It never decides: only a category that passed counts."
    canvas.text(left - 144, bottom + 11, note, size=8.5, colour=QUIET)
    return canvas.finished()


def expiry_chart(lines: Sequence[RunningOut], as_of: date) -> Chart:
    """Draw until when documents count over the coming months, with the day by which renewal must start."""
    row, top = 19, 22
    canvas = _Canvas(top + row * len(lines) + 6)
    left, right = 158, WIDTH - 84
    last = _horizon(lines, as_of)
    bottom = top + row * len(lines)

    def place(on: date) -> float:
        share = (on - as_of).days / (last - as_of).days
        return left + (right - left) * min(max(share, 0.0), 1.0)

    for month in _months(as_of, last):
        x = place(month)
        if month.month in (1, 4, 7, 10):
            canvas.line(x, top - 5, x, bottom)
            canvas.text(x, top - 12, f"{month:%b %Y}", size=8.5, colour=QUIET, anchor="mm")
    for number, line in enumerate(lines):
        y = top + row * number + row / 2
        canvas.text(left - 8, y, _label(line), anchor="rm")
        end = place(line.expires_on)
        canvas.bar(left, y - 5, max(end - left, 2), 10, STATUS_COLOURS[line.status], striped=line.status != "ok")
        if line.start_by and as_of <= line.start_by <= last:
            x = place(line.start_by)
            canvas.line(x, y - 8, x, y + 8, "white", 3.5)
            canvas.line(x, y - 8, x, y + 8, INK, 1.5)
        urgent = "" if line.status == "ok" else f" - {words.EXPIRY_STATUS[line.status].lower()}"
        said = f"{line.expires_on.day} {line.expires_on:%b %Y}{urgent}"
        canvas.text(end + 5, y, said, size=8.5, colour=STATUS_COLOURS[line.status] if urgent else INK)
    canvas.line(left, top - 5, left, bottom, INK, 1)
    return canvas.finished()


def _horizon(lines: Sequence[RunningOut], as_of: date) -> date:
    latest = max((line.expires_on for line in lines), default=as_of)
    least, most = (as_of + timedelta(days=int(months * 30.44)) for months in (LEAST_MONTHS, MOST_MONTHS))
    return min(max(latest, least), most)


def _label(line: RunningOut) -> str:
    """Return the documents as far as there is room, else the requirement, and how many rest on them."""
    count = f" ({len(line.requirements)})" if len(line.requirements) > 1 else ""
    name = plain(line.rests_on) or line.requirements[0][0]
    room = LONGEST_LABEL - len(count)
    return (name if len(name) <= room else f"{name[: room - 3]}...") + count


def _months(first: date, last: date) -> list[date]:
    found = []
    on = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while on <= last:
        found.append(on)
        on = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    return found
