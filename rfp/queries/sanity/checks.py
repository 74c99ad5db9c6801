"""What is looked at. A problem is a sentence that names the thing and says what to do; a note is worth knowing only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.db.models import F, Max

from accounts import append_only, audit
from accounts.models import AuditEvent, Organisation
from evidence import storage
from evidence.models import LibraryAnswer, Passage, StoredFile
from evidence.vectors import BYTES
from rfp.models import Job, JobState, ReleasedFile

Told = Callable[[int, int], None]
WAITS_LONG = timedelta(hours=1)


@dataclass(slots=True, kw_only=True)
class Looked:
    """How many things were looked at, and what is wrong with them."""

    things: int = 0
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


Check = Callable[[datetime, Told], Looked]


def files(at: datetime, told: Told) -> Looked:
    """Every stored file is there and is what it was."""
    rows = StoredFile.objects.order_by("sha256").values_list("sha256").annotate(size=Max("size"))
    named = dict(rows.values_list("sha256", "size"))
    found = Looked(things=len(named))
    for done, (sha256, size) in enumerate(named.items(), start=1):
        try:
            if len(storage.get(sha256)) != size:
                found.problems.append(f"The file {sha256} has another size than its row says.")
        except storage.FileMissing as problem:
            found.problems.append(f"{problem} Bring it back from a backup.")
        told(done, len(named))
    return found


def orphans(at: datetime, told: Told) -> Looked:
    """What lies in the store without a row that names it: harmless, and of no use."""
    named = set(StoredFile.objects.values_list("sha256", flat=True))
    there = list(storage.names())
    strange = sorted(name for name in there if name not in named)
    found = Looked(things=len(there))
    if strange:
        found.notes.append(f"{len(strange)} files of the store are named by no row, the first is {strange[0]}.")
    return found


def trails(at: datetime, told: Told) -> Looked:
    """The chain of every audit trail holds, and the database refuses to change it."""
    found = Looked(things=AuditEvent.objects.count())
    organisations = list(Organisation.objects.order_by("slug"))
    for done, row in enumerate(organisations, start=1):
        found.problems += [f"{row.slug}: event {gap.sequence} {gap.what}." for gap in audit.breaks(row)]
        told(done, len(organisations))
    found.problems += [f"There are events of the organisation {pk}, which does not exist." for pk in audit.strays()]
    found.problems += [
        f"The trigger {name} is missing: run `manage.py migrate accounts`." for name in append_only.missing(connection)
    ]
    return found


def jobs(at: datetime, told: Told) -> Looked:
    """No job is held by a worker that is gone, and none waits for a worker that does not come."""
    found = Looked(things=Job.objects.count())
    # A sweep takes up what lapsed within a third of a lease; several leases later nobody sweeps.
    gone = at - 3 * timedelta(seconds=settings.JOB_LEASE_SECONDS)
    for pk in Job.objects.filter(state=JobState.RUNNING, lease_until__lt=gone).values_list("pk", flat=True):
        found.problems.append(f"Job {pk} is held by a worker that is gone, and no worker took it up: start one.")
    waiting = Job.objects.filter(state=JobState.QUEUED, created_at__lt=at - WAITS_LONG).count()
    if waiting:
        found.problems.append(f"{waiting} jobs wait for more than an hour: start a worker, or another one.")
    failed = Job.objects.filter(state=JobState.FAILED).count()
    if failed:
        found.notes.append(f"{failed} jobs failed; each says why on its page.")
    return found


def database(at: datetime, told: Told) -> Looked:
    """The database is intact as its own engine sees it, and every row that is referred to is there."""
    connection.check_constraints()
    found = Looked(things=len(connection.introspection.table_names()))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            said = [row for (row,) in cursor.execute("PRAGMA integrity_check").fetchall()]
        found.problems += [f"SQLite finds: {line}." for line in said if line != "ok"]
    return found


def counts(at: datetime, told: Told) -> Looked:
    """What is stored twice says the same twice."""
    checked: dict[str, int] = {
        "passages belong to another organisation than their document": Passage.objects.exclude(
            organisation=F("revision__evidence__organisation")
        ).count(),
        "files that were sent have another hash than the file stored": ReleasedFile.objects.exclude(
            sha256=F("file__sha256")
        ).count(),
        "vectors are not whole": sum(
            1
            for model in (Passage, LibraryAnswer)
            for vector in model.objects.exclude(embedding=None).values_list("embedding", flat=True).iterator()
            if len(bytes(vector or b"")) != BYTES
        ),
    }
    return Looked(
        things=Passage.objects.count() + ReleasedFile.objects.count(),
        problems=[f"{count} {what}." for what, count in checked.items() if count],
    )


CHECKS: Mapping[str, Check] = {
    "Database": database,
    "Stored files": files,
    "Files nobody names": orphans,
    "Audit trails": trails,
    "Jobs": jobs,
    "Rows stored twice": counts,
}
