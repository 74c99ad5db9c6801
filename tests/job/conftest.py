"""The demo's world and its finished job, made once for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from evidence.queries import systems_named
from rfp.actions import demo
from rfp.actions.job import Done, Order, run
from rfp.mapping.engine import Mapper
from tests.conftest import NOW


@dataclass(frozen=True, slots=True)
class Job:
    world: demo.World
    order: Order
    done: Done
    mapper: Mapper

    def again(self, **changes: object) -> Done:
        """Run the job once more, with some of the order changed."""
        order = replace(self.order, **changes)  # type: ignore[arg-type]  # the fields a test changes
        return run(order, at=NOW, mapper=lambda: self.mapper)


@pytest.fixture(scope="package")
def job(
    tmp_path_factory: pytest.TempPathFactory, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Job]:
    folder: Path = tmp_path_factory.mktemp("demo")
    before, settings.STORE_DIR = settings.STORE_DIR, folder / "store"
    # Rolled back in the end: the tests of other folders find an empty database.
    with django_db_blocker.unblock(), transaction.atomic():
        world = demo.prepare(folder / "input", at=NOW)
        order = Order(
            vendor=world.vendor,
            content=world.workbook.read_bytes(),
            name=world.workbook.name,
            on=demo.DEMO_DAY,
            buyer=demo.BUYER,
            systems=systems_named(world.vendor, ()),
            by=world.sales_engineer,
        )
        mapper = Mapper.load()
        yield Job(world, order, run(order, at=NOW, mapper=lambda: mapper), mapper)
        transaction.set_rollback(True)
    settings.STORE_DIR = before
