"""All benchmarks in one run, written as docs/benchmarks.md: ``python -m bench [--write FILE] [--workbooks FOLDER]``."""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

from bench import job, mapping, pages, workbooks
from bench.table import markdown

BARS = {
    (300, 200): "6 s, 512 MiB",
    (5_000, 10_000): "45 s",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", type=Path, help="Write the results to this file as well.")
    parser.add_argument("--workbooks", type=Path, help="A folder of real questionnaires; without it, built ones.")
    options = parser.parse_args()
    text = "\n\n".join(
        [
            "# Benchmarks",
            "Written by `make bench`. Machines are noisy: ratios are taken against a peer in the same run, and seconds "
            f"are of this one ({platform.machine()}, Python {platform.python_version()}).",
            "## The main job\n\n"
            "The demo's vendor with filler passages (already encoded) answers a generated workbook, in a process of "
            "its own. The last row of each size is the whole command from a cold start; processor seconds are of both "
            "cores together, peak memory is of the process so far.",
            _jobs(),
            "## Reading and filling workbooks",
            workbooks.report(workbooks.measure(options.workbooks)),
            "## Pages\n\nOf a vendor with a questionnaire of 5,000 questions, on SQLite: processor time of the server.",
            pages.report(pages.measure()),
            "## Mapping beside its nearest neighbours\n\n"
            "All know the same examples; the questions are the hold-out that none was trained on.",
            _mapping(),
        ]
    )
    if options.write:
        options.write.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


def _jobs() -> str:
    rows = []
    for row in job.measure():
        whole = row.stage == job.WHOLE
        bar = BARS.get((row.questions, row.passages), "") if whole else ""
        figures = (f"{row.seconds:.2f}", f"{row.processor:.2f}", f"{row.peak_mib:.0f}")
        rows.append((f"{row.questions:,}", f"{row.passages:,}", row.stage, *figures, bar))
    return markdown(("questions", "passages", "stage", "seconds", "processor", "peak MiB", "bar"), rows)


def _mapping() -> str:
    rows = [
        (
            row.method,
            f"{row.questions}",
            f"{row.category_accuracy:.3f}",
            f"{row.none_recall:.3f}",
            f"{row.hit_at_3:.3f}",
            f"{row.seconds:.2f}",
        )
        for row in mapping.measure()
    ]
    return markdown(("method", "questions", "category", "none recall", "hit@3", "seconds"), rows)


if __name__ == "__main__":
    main()
