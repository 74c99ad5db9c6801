"""Check that nobody rewrote the audit trail, and print where it ends, to compare with later."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from accounts import append_only, audit
from accounts.models import Organisation

NO_ANCHOR = (
    "Events cut off at the end leave a chain that holds. Keep what `audit checkpoint` prints outside of this\n"
    "database, and give it back with --checkpoint FILE, to find that too."
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="what", required=True)
        verify = what.add_parser("verify", help="Check every link of the chains; fails on the first thing wrong.")
        verify.add_argument("--organisation", metavar="SLUG")
        verify.add_argument(
            "--expect-head", metavar="SEQUENCE:HASH", help="An event that has to be there, of one organisation."
        )
        verify.add_argument("--checkpoint", type=Path, metavar="FILE", help="What `audit checkpoint` printed before.")
        head = what.add_parser("checkpoint", help="Print the last event of each organisation.")
        head.add_argument("--organisation", metavar="SLUG")

    def handle(self, *args: object, what: str, organisation: str | None, **options: object) -> None:
        known = _organisations(organisation)
        if what == "checkpoint":
            self._checkpoint(known)
            return
        expected = _expected(known, options)
        found = [f"{row.slug}: {row_problem}" for row in known for row_problem in _problems(row, expected)]
        if not organisation:
            found += [f"organisation {pk}: events of an organisation that does not exist" for pk in audit.strays()]
        found += [f"the trigger {name} is missing; run `manage.py migrate accounts`" for name in self._missing()]
        for row in known:
            self.stdout.write(f"{row.slug}: {audit.events_of(row).count()} events read")
        if found:
            raise CommandError("The audit trail does not hold.\n" + "\n".join(found))
        self.stdout.write("Every link holds.")
        if not expected:
            self.stdout.write(NO_ANCHOR)

    def _checkpoint(self, known: list[Organisation]) -> None:
        at = timezone.now().isoformat(timespec="seconds")
        for row in known:
            if (latest := audit.events_of(row).last()) is not None:
                self.stdout.write(f"{row.slug} {latest.sequence} {latest.hash} {at}")

    def _missing(self) -> list[str]:
        return append_only.missing(connection)


def _organisations(slug: str | None) -> list[Organisation]:
    rows = list(Organisation.objects.filter(**({"slug": slug} if slug else {})).order_by("slug"))
    if slug and not rows:
        raise CommandError(f"There is no organisation with the slug {slug!r}.")
    return rows


def _expected(known: list[Organisation], options: dict[str, object]) -> dict[str, list[tuple[int, str]]]:
    """Return which events have to be there, by organisation.

    :raises CommandError: if a checkpoint is not of the form that is printed
    """
    heads: dict[str, list[tuple[int, str]]] = {}
    if given := options.get("expect_head"):
        if len(known) != 1:
            raise CommandError("--expect-head is about one organisation: name it with --organisation.")
        sequence, _, digest = str(given).partition(":")
        heads.setdefault(known[0].slug, []).append(_head(sequence, digest))
    if isinstance(path := options.get("checkpoint"), Path):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except OSError as problem:
            raise CommandError(f"{path} cannot be read: {problem.strerror}.") from problem
        for line in filter(None, (line.split() for line in lines)):
            if len(line) < 3:
                raise CommandError(f"{path} is not what `audit checkpoint` prints: {' '.join(line)!r}.")
            heads.setdefault(line[0], []).append(_head(line[1], line[2]))
    return heads


def _head(sequence: str, digest: str) -> tuple[int, str]:
    if not sequence.isdecimal() or len(digest) != 64:
        raise CommandError(
            "A checkpoint is a sequence number and a hash of 64 digits, as `audit checkpoint` prints them."
        )
    return int(sequence), digest


def _problems(organisation: Organisation, expected: dict[str, list[tuple[int, str]]]) -> list[str]:
    broken = [f"event {row.sequence}: {row.what}" for row in audit.breaks(organisation)]
    lost = [
        f"event {sequence} of the checkpoint is not there as it was"
        for sequence, digest in expected.get(organisation.slug, [])
        if not audit.events_of(organisation).filter(sequence=sequence, hash=digest).exists()
    ]
    return broken + lost
