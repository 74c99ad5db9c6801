"""Empty the database, audit events included: the one time that they may go."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import flush
from django.db import connections

from accounts import append_only


class Command(flush.Command):
    def handle(self, **options: Any) -> None:
        connection = connections[options["database"]]
        if append_only.TABLE not in connection.introspection.table_names():
            super().handle(**options)
            return
        with append_only.lifted(connection):
            super().handle(**options)
