"""What is measured as it happens: requests by route, and jobs by kind. Nothing names an organisation or a person.

The figures of all processes come together in the folder that PROMETHEUS_MULTIPROC_DIR names; ``manage.py metrics``
hands them out. Without the folder they are counted and never shown.
"""

from __future__ import annotations

from prometheus_client import Histogram

REQUESTS = Histogram(
    "countersign_request_seconds",
    "How long requests took, by route.",
    ("route", "method", "status"),
    buckets=(0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 1.5, 3, 10),
    registry=None,
)
JOBS = Histogram(
    "countersign_job_seconds",
    "How long jobs took, by kind and how they ended.",
    ("kind", "outcome"),
    buckets=(1, 3, 6, 15, 45, 120, 300, 900),
    registry=None,
)
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})


def request_answered(*, route: str, method: str, status: int, seconds: float) -> None:
    """Count a request; a method that is none, which anybody can send, gets no line of its own."""
    known = method if method in _METHODS else "other"
    REQUESTS.labels(route=route, method=known, status=str(status)).observe(seconds)


def job_ended(*, kind: str, outcome: str, seconds: float) -> None:
    JOBS.labels(kind=kind, outcome=outcome).observe(seconds)
