"""Celery workers on a real Redis: killed, rung five times for one job, and left with an empty broker."""

from __future__ import annotations

import os
import signal
import subprocess

import pytest

from tests.jobs.conftest import JOBS
from tests.jobs.processes import BIN, Plant, wait_for

pytestmark = pytest.mark.skipif(not (BIN / "redis-server").exists(), reason="there is no redis-server")


def all_done(plant: Plant) -> bool:
    return set(plant.states()) == {"done"}


def test_each_job_is_done_once_though_its_message_comes_five_times(plant: Plant) -> None:
    plant.redis()
    plant.worker(processes=2)
    plant.make("enqueue", str(JOBS), "k")
    plant.make("ring", "5")
    wait_for(lambda: len(plant.began()) == 2)
    plant.let_go()
    wait_for(lambda: all_done(plant))
    plant.make("ring", "1")
    assert plant.effects() == [1, 2, 3, 4]
    assert plant.query("SELECT DISTINCT attempt FROM rfp_job") == [(1,)]


def test_a_killed_worker_loses_nothing(plant: Plant) -> None:
    plant.redis()
    first = plant.worker()
    plant.make("enqueue", "2", "k")
    wait_for(plant.began)
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert plant.states() == ["running", "queued"]
    plant.let_go()
    plant.worker()
    wait_for(lambda: all_done(plant))
    assert plant.effects() == [1, 2]
    assert plant.query("SELECT attempt, lapses FROM rfp_job ORDER BY id") == [(2, 1), (1, 0)]


def test_a_broker_that_lost_everything_is_told_again(plant: Plant) -> None:
    broker = plant.redis()
    plant.worker()
    plant.let_go()
    plant.make("enqueue", "1", "warm")
    wait_for(lambda: all_done(plant))
    # Killed with all it held; what is asked for meanwhile is stored though nobody can be rung.
    broker.kill()
    broker.wait()
    plant.make("enqueue", str(JOBS), "k")
    assert plant.states().count("queued") == JOBS
    plant.redis()
    wait_for(lambda: all_done(plant))
    assert len(plant.effects()) == len(set(plant.effects())) == JOBS + 1


def test_the_runner_leaves_jobs_to_the_workers(plant: Plant) -> None:
    plant.redis()
    plant.make("enqueue", "1", "k")
    refused = plant.runner("--once")
    assert refused.wait(timeout=20) == 1
    assert b"REDIS_URL is set" in (plant.folder / "log-1").read_bytes()
    assert plant.states() == ["queued"]
    assert (
        subprocess.run(
            [str(BIN / "redis-cli"), "-s", str(plant.folder / "redis.sock"), "llen", "celery"],
            capture_output=True,
            check=True,
        ).stdout.strip()
        == b"1"
    )
