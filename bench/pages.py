"""Server time and queries of the pages of a vendor with a questionnaire of 5,000 questions, on SQLite."""

from __future__ import annotations

import json
import os
import resource
import statistics
import sys
import tempfile
from dataclasses import asdict, dataclass

from bench.job import run_python
from bench.table import markdown

QUESTIONS, PASSAGES = 5_000, 200
ROUNDS = 9
BAR = "150 ms, 15 queries"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRow:
    page: str
    median_ms: float  # processor time of the server, which other work on the machine does not stretch
    worst_ms: float
    queries: int
    kilobytes: float


def measure() -> list[PageRow]:
    """Have a questionnaire answered and time its pages, in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "COUNTERSIGN_VAR": folder, "DATABASE_URL": ""}
        run_python("prepare", folder, str(PASSAGES), environment=environment)
        run_python("run", folder, str(QUESTIONS), environment=environment)
        return [
            PageRow(**row) for row in json.loads(run_python("serve", environment=environment, module="bench.pages"))
        ]


def report(rows: list[PageRow]) -> str:
    return markdown(
        ("page", "median ms", "worst ms", "queries", "kB", "bar"),
        [
            (row.page, f"{row.median_ms:.0f}", f"{row.worst_ms:.0f}", f"{row.queries}", f"{row.kilobytes:.0f}", BAR)
            for row in rows
        ],
    )


def serve() -> list[PageRow]:
    """Ask for each page as the vendor's approver and return what it took."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse

    from accounts.models import User
    from rfp.actions.demo import APPROVER
    from rfp.models import Questionnaire

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(email=APPROVER))
    pk = Questionnaire.objects.get(questions__position=QUESTIONS).pk
    answers = reverse("questionnaire_answers", args=[pk])
    rows = []
    for name, address in (
        ("home", reverse("home")),
        ("questionnaires", reverse("inbox")),
        ("questionnaire", reverse("questionnaire", args=[pk])),
        ("its answers, first page", answers),
        ("its answers, last page", f"{answers}?page=100"),
        ("its answers, searched", f"{answers}?text=certificate"),
        ("its files", reverse("questionnaire_files", args=[pk])),
        ("review desk", reverse("desk", args=[pk])),
        ("answer library", reverse("library_answers")),
        ("gap board", reverse("board")),
        ("expiries", reverse("timeline")),
        ("evidence", reverse("evidence")),
    ):
        client.get(address)  # loads templates and the checklist
        took = []
        for _ in range(ROUNDS):
            began = _processor()
            response = client.get(address)
            took.append(1000 * (_processor() - began))
            if response.status_code != 200:
                raise RuntimeError(f"{address} answered {response.status_code}")
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        rows.append(
            PageRow(
                page=name,
                median_ms=statistics.median(took),
                worst_ms=max(took),
                queries=len(asked),
                kilobytes=len(response.content) / 1024,
            )
        )
    return rows


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    if sys.argv[1:] == ["serve"]:
        print(json.dumps([asdict(row) for row in serve()]))
    else:
        print(report(measure()))
