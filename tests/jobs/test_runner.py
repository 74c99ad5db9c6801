"""The runner process on SQLite: killed, stopped and left alone, with one effect a job."""

from __future__ import annotations

import os
import signal
import time

from tests.jobs.conftest import JOBS
from tests.jobs.processes import Plant, wait_for


def test_a_runner_killed_in_the_middle_is_followed_by_one_effect(plant: Plant) -> None:
    plant.make("enqueue", "2", "k")
    first = plant.runner()
    wait_for(plant.began)
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    assert plant.states() == ["running", "queued"]
    plant.let_go()
    plant.runner()
    wait_for(lambda: plant.states() == ["done", "done"])
    assert plant.effects() == [1, 2]
    assert plant.query("SELECT attempt, lapses FROM rfp_job ORDER BY id") == [(2, 1), (1, 0)]


def test_two_runners_share_the_jobs(plant: Plant) -> None:
    plant.make("enqueue", str(JOBS), "k")
    plant.runner()
    plant.runner()
    wait_for(lambda: len(plant.began()) == 2)
    assert len(set(plant.began())) == 2
    plant.let_go()
    wait_for(lambda: set(plant.states()) == {"done"})
    assert plant.effects() == [1, 2, 3, 4]


def test_a_runner_that_is_stopped_gives_its_job_back_at_once(plant: Plant) -> None:
    plant.make("enqueue", "1", "k")
    runner = plant.runner()
    wait_for(plant.began)
    runner.terminate()
    assert runner.wait(timeout=10) == 0
    assert plant.query("SELECT state, lapses FROM rfp_job") == [("queued", 0)]
    assert plant.effects() == []


def test_a_lease_is_renewed_for_as_long_as_the_job_is_at_work(plant: Plant) -> None:
    plant.make("enqueue", "1", "k")
    plant.runner()
    plant.runner()
    wait_for(plant.began)
    time.sleep(3)  # longer than the lease
    assert plant.began(attempt=2) == []
    plant.let_go()
    wait_for(lambda: plant.states() == ["done"])
    assert plant.effects() == [1]
