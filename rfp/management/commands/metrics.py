"""Metrics for Prometheus, on a port of their own that nobody outside should reach."""

from __future__ import annotations

import signal
from argparse import ArgumentParser
from collections.abc import Iterator

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from rfp.queries.operations.figures import figures


class Command(BaseCommand):
    help = "Hand out metrics for Prometheus; requests and job times need PROMETHEUS_MULTIPROC_DIR in every process."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--address", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=9464)

    def handle(self, *args: object, address: str, port: int, **options: object) -> None:
        server, thread = start_http_server(port, addr=address, registry=registry())
        self.stdout.write(f"Metrics at http://{address}:{port}/metrics")
        signal.signal(signal.SIGTERM, lambda number, frame: server.shutdown())
        try:
            thread.join()
        except KeyboardInterrupt:
            server.shutdown()


def registry() -> CollectorRegistry:
    """Return what is handed out: figures of the database, and those of the processes where they are put together."""
    collected = CollectorRegistry()
    collected.register(FromDatabase())
    if settings.METRICS_DIR:
        MultiProcessCollector(collected, path=settings.METRICS_DIR)  # type: ignore[no-untyped-call]
    return collected


class FromDatabase(Collector):
    """Counts at the moment somebody asks. While the database is away it says that and nothing else."""

    def describe(self) -> list[Metric]:
        """Name nothing beforehand: registering must not ask the database."""
        return []

    def collect(self) -> Iterator[Metric]:
        close_old_connections()
        reachable = GaugeMetricFamily("countersign_database_up", "Whether the database answers.")
        try:
            found = figures(at=timezone.now())
        except (OperationalError, InterfaceError):
            reachable.add_metric((), 0)
            yield reachable
            return
        finally:
            close_old_connections()
        reachable.add_metric((), 1)
        yield reachable
        jobs = GaugeMetricFamily("countersign_jobs", "Jobs by kind and state.", labels=("kind", "state"))
        for kind, state, number in found.jobs:
            jobs.add_metric((kind, state), number)
        yield jobs
        lag = "How long the first waiting job has waited."
        yield GaugeMetricFamily("countersign_job_lag_seconds", lag, value=found.lag_seconds)
        workers = "Processes that do jobs and were heard of in the last minute."
        yield GaugeMetricFamily("countersign_workers", workers, value=found.workers)
