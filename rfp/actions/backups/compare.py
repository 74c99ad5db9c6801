"""An installation beside the backup that was brought back into it."""

from __future__ import annotations

from django.db import connection

from accounts import audit
from accounts.models import Organisation
from rfp.actions.backups.manifest import Manifest
from rfp.queries.sanity import Looked

# What bringing the tables up to a later version writes by itself.
OWN = ("django_migrations", "django_content_type", "auth_permission")


def differences(manifest: Manifest) -> Looked:
    """Compare the rows of every table and the end of every audit trail with what the backup says."""
    found = Looked(things=len(manifest.tables) + len(manifest.trails))
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for name, table in manifest.tables.items():
            if name in OWN or name not in there:
                continue
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608  # a table's name
            (rows,) = cursor.fetchone()
            if rows != table.rows:
                found.problems.append(f"{name} holds {rows} rows; the backup holds {table.rows}.")
    for slug, end in manifest.trails.items():
        organisation = Organisation.objects.filter(slug=slug).first()
        latest = audit.events_of(organisation).last() if organisation else None
        if latest is None or (latest.sequence, latest.hash) != end:
            found.problems.append(f"The audit trail of {slug} ends otherwise than in the backup.")
    return found
