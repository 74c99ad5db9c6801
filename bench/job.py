"""The main job by stage: seconds, processor seconds and peak memory, in a process of its own for each size."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[1]
WHOLE = "Whole job from cold"
SIZES = ((300, 200), (300, 10_000), (300, 100_000), (5_000, 200), (5_000, 10_000), (5_000, 100_000))


@dataclass(frozen=True, slots=True, kw_only=True)
class StageRow:
    questions: int
    passages: int
    stage: str
    seconds: float
    processor: float  # seconds of both cores: what other work on the machine changes least
    peak_mib: float  # of the process so far


def measure(sizes: tuple[tuple[int, int], ...] = SIZES) -> list[StageRow]:
    """Return the stages of each size; the last row of a size is the whole command, the interpreter's start included."""
    rows: list[StageRow] = []
    for passages in sorted({passages for _, passages in sizes}):
        with tempfile.TemporaryDirectory() as folder:
            environment = {**os.environ, "COUNTERSIGN_VAR": folder, "DATABASE_URL": ""}
            run_python("prepare", folder, str(passages), environment=environment)
            for questions in sorted({asked for asked, size in sizes if size == passages}):
                started, spent = time.perf_counter(), _processor()
                told = json.loads(run_python("run", folder, str(questions), environment=environment))
                whole = time.perf_counter() - started
                rows += [StageRow(questions=questions, passages=passages, **stage) for stage in told]
                peak = max(row.peak_mib for row in rows if (row.questions, row.passages) == (questions, passages))
                rows.append(
                    StageRow(
                        questions=questions,
                        passages=passages,
                        stage=WHOLE,
                        seconds=whole,
                        processor=_processor() - spent,
                        peak_mib=peak,
                    )
                )
    return rows


def _processor() -> float:
    """Return the processor time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def run_python(*arguments: str, environment: dict[str, str], module: str = "bench.stages") -> str:
    """Run a module of the benchmarks in a process of its own and return what it printed."""
    begin = f"import django, runpy; django.setup(); runpy.run_module({module!r}, run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", begin, *arguments],
        cwd=PROJECT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "rfp.settings"},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return done.stdout
