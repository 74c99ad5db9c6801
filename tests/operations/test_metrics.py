"""Metrics: counted by route and kind, naming nobody."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from django.conf import settings as product
from django.db import OperationalError
from prometheus_client import generate_latest

from accounts.models import User
from rfp.management.commands import metrics
from tests.pages.conftest import World

# Two processes count a request and a job each; what they counted stands in the folder.
COUNT = """
from rfp import metrics
metrics.request_answered(route="questionnaires/<id:pk>/", method="GET", status=200, seconds=0.12)
metrics.request_answered(route="none", method="EVIL-{name}", status=405, seconds=0.01)
metrics.job_ended(kind="answer", outcome="failed", seconds=3.5)
"""


def counted(folder: Path) -> None:
    environment = {"PROMETHEUS_MULTIPROC_DIR": str(folder)}
    subprocess.run([sys.executable, "-c", COUNT], cwd=product.BASE_DIR, env=environment, check=True)


def test_figures_of_all_processes_and_of_the_database_come_together(
    world: World, vera: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        counted(tmp_path)
    monkeypatch.setattr(product, "METRICS_DIR", str(tmp_path))
    text = generate_latest(metrics.registry()).decode()
    assert 'countersign_request_seconds_count{method="GET",route="questionnaires/<id:pk>/",status="200"} 2.0' in text
    assert 'countersign_request_seconds_count{method="other",route="none",status="405"} 2.0' in text
    assert 'countersign_job_seconds_count{kind="answer",outcome="failed"} 2.0' in text
    assert 'countersign_jobs{kind="answer",state="queued"} 0.0' in text
    assert "countersign_job_lag_seconds 0.0" in text
    for secret in (world.organisation.name, world.organisation.slug, vera.email, world.questionnaire.title):
        assert secret not in text


@pytest.mark.django_db
def test_while_the_database_is_away_the_metrics_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(**_: object) -> NoReturn:
        raise OperationalError

    monkeypatch.setattr(metrics, "figures", away)
    text = generate_latest(metrics.registry()).decode()
    assert "countersign_database_up 0.0" in text
    assert "countersign_jobs" not in text
