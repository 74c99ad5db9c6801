"""Installations of the product for the tests of this folder, each with a database file of its own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.jobs.processes import Plant

JOBS = 4


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database with a few questionnaires, made once and copied for each test."""
    plant = Plant(tmp_path_factory.mktemp("template"))
    migrate = [sys.executable, "manage.py", "migrate", "-v0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=plant.environment, check=True, capture_output=True)
    plant.make("world", str(JOBS))
    return plant.folder


@pytest.fixture
def plant(template: Path, tmp_path: Path) -> Iterator[Plant]:
    folder = tmp_path / "plant"
    shutil.copytree(template, folder)
    made = Plant(folder)
    yield made
    made.stop()
