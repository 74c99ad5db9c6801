"""Reading and filling workbooks beside openpyxl, in one run: time, memory, and what the other loses.

Run as ``python -m bench.workbooks [FOLDER]``; FOLDER holds real questionnaires, and without one only the workbooks
built here are measured. Times are processor time, the best of several for the product and one for openpyxl, which
takes seconds. Memory is the most a fresh process held, above a bare interpreter.
"""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
import time
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import openpyxl
import xlsxwriter
from lxml import etree

from rfp.workbook.errors import WorkbookRefused
from rfp.workbook.model import Book, Scalar, Sheet, Write
from rfp.workbook.reader import read
from rfp.workbook.writer import fill
from rfp.workbook.xlsx.rules import admit

RUNS = 5
FEW, MANY = 20, 300  # answers written to one workbook
LARGE_ROWS = 5_000
# The most memory of the process itself: the figure of getrusage would begin with that of the parent.
_CHILD = """
import sys
if len(sys.argv) > 1:
    from bench.workbooks import some_writes
    from rfp.workbook.reader import read
    from rfp.workbook.writer import fill
    with open(sys.argv[1], "rb") as file:
        content = file.read()
    book = read(content, sys.argv[1])
    fill(content, book, some_writes(book))
with open("/proc/self/status") as status:
    print(next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM")))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """What a save by openpyxl removed."""

    extension_dropdowns: int
    stored_results: int
    rich_texts: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One workbook. Times in milliseconds of processor time, memory in MiB."""

    name: str
    cells: int
    answers: int  # of the larger of two rounds
    read: float
    openpyxl_read: float
    openpyxl_read_both: float  # formulas and stored results, which openpyxl gives one per load only
    fill: float
    openpyxl_fill: float
    fill_many: float
    openpyxl_fill_many: float
    memory: float
    lost: Lost

    @property
    def read_ratio(self) -> float:
        return self.openpyxl_read / self.read

    @property
    def read_both_ratio(self) -> float:
        return self.openpyxl_read_both / self.read

    @property
    def fill_ratio(self) -> float:
        return self.openpyxl_fill / self.fill

    @property
    def fill_many_ratio(self) -> float:
        return self.openpyxl_fill_many / self.fill_many


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Medians over the workbooks, and the large one on its own (seconds for 10,000 answers in 5,000 rows)."""

    workbooks: tuple[Measured, ...]
    read_ratio: float
    read_both_ratio: float
    fill_ratio: float
    fill_many_ratio: float
    most_memory: float
    large_fill: float


def measure(folder: Path | None) -> Summary:
    """Measure the workbooks of FOLDER and those built here."""
    contents = {"built: 300 questions": built(300), f"built: {LARGE_ROWS:,} questions": built(LARGE_ROWS)}
    if folder is not None:
        contents |= {path.name: path.read_bytes() for path in sorted(folder.glob("*.xls[xm]"))}
    bare = _peak(None)
    found = tuple(_measure(name, content, bare) for name, content in contents.items())
    large = contents[f"built: {LARGE_ROWS:,} questions"]
    book = read(large, "large.xlsx")
    writes = [
        Write(sheet="Questions", row=row, column=column, value=f"Answer {row} is in the policy, section {column}.")
        for row in range(2, LARGE_ROWS + 2)
        for column in (4, 5)
    ]
    return Summary(
        workbooks=found,
        read_ratio=median(one.read_ratio for one in found),
        read_both_ratio=median(one.read_both_ratio for one in found),
        fill_ratio=median(one.fill_ratio for one in found if one.answers),
        fill_many_ratio=median(one.fill_many_ratio for one in found if one.answers),
        most_memory=max(one.memory for one in found),
        large_fill=_best(lambda: fill(large, book, writes)) / 1000,
    )


def built(rows: int) -> bytes:
    """Return a questionnaire with a dropdown, a comment and an evidence column, and a score by formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Questions")
    box = book.add_format({"border": 1, "text_wrap": True})
    sheet.write_row(0, 0, ["Id", "Question", "Answer", "Comment", "Evidence", "Score"], box)
    for row in range(1, rows + 1):
        sheet.write(row, 0, f"Q-{row}", box)
        sheet.write(row, 1, f"Does the vendor meet requirement {row}, and where is that documented?", box)
        for column in range(2, 12):
            sheet.write_blank(row, column, None, box)
        sheet.write_formula(row, 12, f'=IF(C{row + 1}="Yes",1,0)', box, 0)
    sheet.data_validation(1, 2, rows, 2, {"validate": "list", "source": ["Yes", "No", "N/A"]})
    book.close()
    return out.getvalue()


def some_writes(book: Book) -> list[Write]:
    """Return answers for the first empty cells that may be written, an option where the cell has a list."""
    writes: list[Write] = []
    for sheet in sorted(book.sheets, key=lambda sheet: -len(sheet.rows)):
        lists = [validation for validation in sheet.validations if validation.kind == "list"]
        for row, column, cell in sheet.cells():
            if len(writes) == MANY:
                return writes
            if cell.value is not None or cell.formula is not None:
                continue
            value: Scalar = next(
                (
                    options[0].value
                    for validation in lists
                    if any(a.top <= row <= a.bottom and a.left <= column <= a.right for a in validation.areas)
                    and (options := validation.options_by_cell.get((row, column)) or validation.options)
                ),
                "Yes, see the policy.",
            )
            write = Write(sheet=sheet.name, row=row, column=column, value=value)
            if _admitted(book, sheet, write):
                writes.append(write)
    return writes


def _admitted(book: Book, sheet: Sheet, write: Write) -> bool:
    try:
        admit(book, sheet, [write])
    except WorkbookRefused:
        return False
    return True


def _measure(name: str, content: bytes, bare: int) -> Measured:
    book = read(content, name)
    writes = some_writes(book)
    few = writes[:FEW]
    saved: list[bytes] = []
    # Neither pays for walking through what the imports and earlier workbooks left behind.
    gc.collect()
    gc.freeze()
    read_ms = _best(lambda: read(content, name))
    fill_ms = [_best(partial(fill, content, book, some)) for some in (few, writes)]
    formulas, results = (_once(partial(_load, content, data_only=only)) for only in (False, True))
    theirs = [_once(partial(_load_and_save, content, some, saved)) for some in (few, writes)]
    return Measured(
        name=name,
        cells=sum(len(row) for sheet in book.sheets for row in sheet.rows.values()),
        answers=len(writes),
        read=read_ms,
        openpyxl_read=formulas,
        openpyxl_read_both=formulas + results,
        fill=fill_ms[0],
        openpyxl_fill=theirs[0],
        fill_many=fill_ms[1],
        openpyxl_fill_many=theirs[1],
        memory=(_peak(content) - bare) / (1 << 20),
        lost=_lost(content, saved[0]),
    )


def _load(content: bytes, *, data_only: bool) -> openpyxl.Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of what it is about to lose
        return openpyxl.load_workbook(io.BytesIO(content), data_only=data_only)


def _load_and_save(content: bytes, writes: list[Write], saved: list[bytes]) -> None:
    book = _load(content, data_only=False)
    for write in writes:
        book[write.sheet].cell(write.row, write.column).value = write.value
    out = io.BytesIO()
    book.save(out)
    saved.append(out.getvalue())


def _once(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return (time.process_time() - started) * 1000


def _best(work: Callable[[], object]) -> float:
    return min(_once(work) for _ in range(RUNS))


def _peak(content: bytes | None) -> int:
    """Return the most memory a fresh process holds that reads and fills CONTENT, or does nothing."""
    path = Path("bench-workbook.tmp")
    if content is not None:
        path.write_bytes(content)
    try:
        arguments = [str(path)] if content is not None else []
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
        done = subprocess.run(
            [sys.executable, "-c", _CHILD, *arguments], capture_output=True, text=True, check=True, env=environment
        )
    finally:
        path.unlink(missing_ok=True)
    return int(done.stdout)


def _lost(before: bytes, after: bytes) -> Lost:
    old, new = _counts(before), _counts(after)
    return Lost(
        extension_dropdowns=max(old["dropdowns"] - new["dropdowns"], 0),
        stored_results=max(old["results"] - new["results"], 0),
        rich_texts=max(old["rich"] - new["rich"], 0),
        parts=max(old["parts"] - new["parts"], 0),
    )


def _counts(content: bytes) -> Counter[str]:
    found: Counter[str] = Counter()
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        found["parts"] = len(package.namelist())
        for name in package.namelist():
            if not name.endswith(".xml") or not name.startswith(("xl/worksheets/", "xl/sharedStrings")):
                continue
            for _, element in etree.iterparse(io.BytesIO(package.read(name))):
                tag = etree.QName(element)
                if tag.localname == "dataValidation" and tag.namespace and "2009/9" in tag.namespace:
                    found["dropdowns"] += 1
                elif tag.localname == "c" and element.find("{*}f") is not None:
                    found["results"] += bool(element.findtext("{*}v"))
                elif tag.localname in ("si", "is"):
                    found["rich"] += element.find("{*}r") is not None
    return found


def report(summary: Summary) -> str:
    """Return the figures as a table in Markdown."""
    heads = ["workbook", "cells", "read", "openpyxl", "ratio", "both loads", f"fill {FEW}", "openpyxl", "ratio"]
    heads += ["answers", "fill", "openpyxl", "ratio", "MiB"]
    lines = [_row(heads), _row(["---"] * len(heads))]
    for m in summary.workbooks:
        reading = [f"{m.read:.1f}", f"{m.openpyxl_read:.0f}", f"{m.read_ratio:.1f}", f"{m.read_both_ratio:.1f}"]
        filling = [f"{m.fill:.1f}", f"{m.openpyxl_fill:.0f}", f"{m.fill_ratio:.1f}", f"{m.answers}"]
        filling += [f"{m.fill_many:.1f}", f"{m.openpyxl_fill_many:.0f}", f"{m.fill_many_ratio:.1f}"]
        lines.append(_row([m.name, f"{m.cells:,}", *reading, *filling, f"{m.memory:.0f}"]))
    lost = [m.lost for m in summary.workbooks]
    lines += [
        "",
        f"Reading: median {summary.read_ratio:.1f} times as fast as one load of openpyxl, "
        f"{summary.read_both_ratio:.1f} times as fast as the two loads that give formulas and stored results.",
        f"Filling, comparison included: median {summary.fill_ratio:.1f} times as fast as openpyxl's load and save with "
        f"{FEW} answers, {summary.fill_many_ratio:.1f} times with up to {MANY}.",
        f"Memory: at most {summary.most_memory:.0f} MiB above a bare interpreter.",
        f"10,000 answers in {LARGE_ROWS:,} rows, comparison included: {summary.large_fill:.2f} s.",
        f"openpyxl's save lost {sum(one.extension_dropdowns for one in lost)} dropdowns of the extension list, "
        f"{sum(one.stored_results for one in lost):,} stored results, {sum(one.rich_texts for one in lost):,} rich "
        f"texts and {sum(one.parts for one in lost)} parts; the product lost none.",
    ]
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    print(report(measure(Path(sys.argv[1]) if len(sys.argv) > 1 else None)))
