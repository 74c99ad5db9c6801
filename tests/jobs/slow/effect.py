"""What a job does in the processes under test."""

from __future__ import annotations

import os
import time
from pathlib import Path

from accounts import audit
from rfp.actions.work import Run

FOLDER = Path(os.environ["SLOW_FOLDER"])


def leave_effect(run: Run) -> None:
    """Say in a file that the attempt began and by which process, wait until the test lets it go, record one event."""
    job = run.job
    run.stage("Answering")
    (FOLDER / f"began-{job.pk}-{job.attempt}").write_text(str(os.getpid()))
    while not (FOLDER / "go").exists():
        time.sleep(0.02)
        run.progress(1, 2)
    with run.end():
        audit.record(
            organisation=job.organisation, event="test.effect", target=job, by=None, at=job.created_at, details={}
        )
