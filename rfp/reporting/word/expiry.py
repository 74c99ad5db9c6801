"""When proof stops counting: a picture, a table by document, and the verdict on coming days."""

from __future__ import annotations

from collections.abc import Sequence

from rfp.reporting import words
from rfp.reporting.charts import expiry_chart
from rfp.reporting.data import ReportData
from rfp.reporting.merged import RunningOut, running_out
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.styles import AMBER_FILL, QUIET, RED_FILL
from rfp.reporting.word.xml import CellContent, Run, lines_of

LONGEST_PICTURE = 24  # lines of the picture; the table below it has all of them


def expiry(flow: Flow, data: ReportData) -> None:
    flow.heading("When proof expires", 1)
    if not data.expiries:
        flow.text("No requirement is met today, so nothing can expire.")
        return
    _outlook(flow, data)
    lines = running_out(data.expiries)
    flow.heading("Timeline", 2)
    flow.text(
        "Proof counts for twelve months. Each bar ends on the last good day of the documents it names; the upright "
        "mark is the day by which the renewal must start to be in time, and a striped bar "
        "says that this day has passed.",
        style="Lead",
    )
    shown = lines[:LONGEST_PICTURE]
    alt = "; ".join(
        f"{line.rests_on or line.requirements[0][0]} until {words.day(line.expires_on)}, "
        f"{words.EXPIRY_STATUS[line.status].lower()}"
        for line in shown
    )
    picture = expiry_chart(shown, data.as_of)
    flow.picture(picture.png, width=picture.width, height=picture.height, alt=f"Expiry timeline: {alt}.")
    flow.table(
        ("Documents", "Requirements that rest on them", "Last good day", "Start renewal by", "Status"),
        [_row(line, data) for line in lines],
        (24, 32, 17, 18, 11),
        title="Expiry of the documents that requirements rest on",
    )


def _row(line: RunningOut, data: ReportData) -> tuple[CellContent, ...]:
    names = [name for name, _title in line.requirements]
    # One requirement has room for its title; of many, the titles would bury the numbers.
    resting = f"{names[0]} {line.requirements[0][1]}" if len(names) == 1 else words.ranged(_in_order(names))
    start = [Run(words.day(line.start_by))]
    if line.start_by and line.start_by < data.as_of:
        start = [Run("Now", bold=True), Run(f"was due {words.day(line.start_by)}", colour=QUIET)]
    status = Run(words.EXPIRY_STATUS[line.status], bold=line.status != "ok")
    fill = {"late": RED_FILL, "start_now": AMBER_FILL}.get(line.status, "")
    return (
        line.rests_on or "–",
        resting,
        words.day(line.expires_on),
        lines_of(*start),
        lines_of(status, fill=fill),
    )


def _outlook(flow: Flow, data: ReportData) -> None:
    if not data.outlook:
        return
    flow.heading("Outlook without new evidence", 2)
    flow.table(
        ("In", "On", "Verdict", "No longer met"),
        [
            (
                f"{line.days} days",
                words.day(line.on),
                words.VERDICTS[line.verdict],
                words.ranged(_in_order(line.lost)) or "–",
            )
            for line in data.outlook
        ],
        (11, 19, 19, 51),
        title="Verdict on coming days",
    )


def _in_order(names: Sequence[str]) -> list[str]:
    """Return requirements by category in the order in which they come, and by number in each."""
    rank: dict[str, int] = {}
    for name in names:
        rank.setdefault(name.rpartition("-")[0], len(rank))
    return sorted(names, key=lambda name: (rank[name.rpartition("-")[0]], _number(name), name))


def _number(name: str) -> int:
    tail = name.rpartition("-")[2]
    return int(tail) if tail.isdecimal() else 0
