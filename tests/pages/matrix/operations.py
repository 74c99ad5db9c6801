"""Who gets the pages about what runs behind the pages."""

from __future__ import annotations

from rfp.models import Job, JobKind
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def a_failed_job(world: World) -> int:
    job, _ = Job.objects.get_or_create(
        organisation=world.organisation,
        key="matrix",
        defaults={
            "kind": JobKind.EXPORT,
            "questionnaire": world.questionnaire,
            "state": "failed",
            "problem": "It took too long.",
            "created_at": NOW,
        },
    )
    return job.pk


ROWS: dict[str, Row] = {
    "livez": Row(public=True),
    "readyz": Row(public=True),
    "jobs": Row(),
    "job_again": Row(method="post", owned=a_failed_job, own=302, sales_engineer=302),
}
