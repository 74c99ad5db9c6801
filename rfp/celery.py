"""The Celery application: messages in Redis, no results kept, and a sweep that every worker asks for now and then."""

from __future__ import annotations

from typing import Any

from celery import Celery, bootsteps
from django.conf import settings

# A socket file has another name here than in Django's cache, which the same setting may lead to.
BROKER = settings.REDIS_URL.replace("unix://", "redis+socket://", 1)

app = Celery("countersign", broker=BROKER or None, set_as_current=True)
app.conf.update(
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    # A page waits this long at most for a broker that is away: the job is stored, and the sweep rings again.
    broker_transport_options={"socket_connect_timeout": 2, "socket_timeout": 10},
    task_publish_retry=False,
    task_ignore_result=True,
    task_serializer="json",
    accept_content=["json"],
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_send_task_events=False,
    # What the limit of a job does not stop, because it hangs where no signal reaches it, is ended with its process.
    task_time_limit=settings.JOB_LIMIT_SECONDS + 60,
)
app.autodiscover_tasks(["rfp"])


class AskForSweeps(bootsteps.StartStopStep):  # type: ignore[misc]  # Celery is not typed
    """Ask for a sweep from the worker's own clock: no other process has to run for it.

    It is a step of the consumer, which starts anew after each loss of the broker.
    """

    requires = ("celery.worker.consumer.tasks:Tasks",)

    def start(self, consumer: Any) -> None:
        pause = max(settings.JOB_LEASE_SECONDS / 3, 1)
        self.entry = consumer.timer.call_repeatedly(pause, self.ask, (pause,))
        self.ask(pause)

    def stop(self, consumer: Any) -> None:
        self.entry.cancel()

    def ask(self, pause: float) -> None:
        app.send_task("rfp.sweep", expires=2 * pause)


app.steps["consumer"].add(AskForSweeps)
