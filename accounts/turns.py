"""One after the other: what looks first and writes then, within one organisation."""

from __future__ import annotations

from accounts.models import Organisation


def take_turn(organisation: Organisation) -> None:
    """Wait until no other transaction has its turn in the organisation; the turn ends with this transaction.

    SQLite has one writer at a time anyway. On PostgreSQL two who look whether a thing is there would both find nothing
    and both make it. Take the turn before locking other rows: an audit event takes it too, and two transactions that
    lock the same things in another order wait for each other. Rows that only refer to the organisation can still be
    written meanwhile.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
