"""Progress of the main job on a terminal; plain lines where there is none."""

from __future__ import annotations

import time

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class LiveReporter:
    """Shows each stage with its time, and a bar where a stage counts."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            SpinnerColumn(finished_text="[green]✓"),
            TextColumn("{task.description}"),
            BarColumn(bar_width=24),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
        )
        self._task: TaskID | None = None
        self.seconds: dict[str, float] = {}
        self._stage = ""
        self._began = 0.0

    def __enter__(self) -> LiveReporter:
        self._progress.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._finish(done=problem[0] is None)
        self._progress.stop()

    def stage(self, name: str) -> None:
        self._finish(done=True)
        self._stage, self._began = name, time.perf_counter()
        self._task = self._progress.add_task(name, total=1)

    def progress(self, done: int, total: int) -> None:
        if self._task is not None:
            self._progress.update(self._task, completed=done, total=max(total, 1))

    def _finish(self, *, done: bool) -> None:
        if self._task is None:
            return
        self.seconds[self._stage] = time.perf_counter() - self._began
        if done:
            task = self._progress.tasks[self._task]
            self._progress.update(self._task, completed=task.total)
        self._progress.stop_task(self._task)
        self._task = None
