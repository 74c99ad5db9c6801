"""The audit chain notices every edit, deletion, insertion and reordering of a stored event."""

from __future__ import annotations

from copy import copy
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from accounts import append_only, audit
from accounts.models import AuditEvent, Organisation, User
from accounts.models.audit import AuditChanged
from tests.conftest import NOW

LENGTH = 300


@pytest.fixture
def chain(vendor: Organisation, vera: User) -> list[AuditEvent]:
    for number in range(6):
        audit.record(
            organisation=vendor, event="test.event", target=vendor, by=vera, at=NOW, details={"number": number}
        )
    return list(audit.events_of(vendor))


@pytest.fixture
def long_chain(vendor: Organisation, vera: User) -> list[AuditEvent]:
    """A chain of that many events, and no triggers to keep anybody from rewriting it."""
    for number in range(LENGTH - AuditEvent.objects.filter(organisation_id=vendor.pk).count()):
        audit.record(
            organisation=vendor, event="test.event", target=vendor, by=vera, at=NOW, details={"number": number}
        )
    append_only.remove(connection)
    return list(audit.events_of(vendor))


def broken(vendor: Organisation) -> list[int]:
    return [row.sequence for row in audit.breaks(vendor)]


def write(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_chain_as_written_holds(vendor: Organisation, chain: list[AuditEvent]) -> None:
    assert [event.sequence for event in chain] == list(range(1, len(chain) + 1))
    assert broken(vendor) == []


def test_details_are_hashed_as_they_are_read_back(vendor: Organisation, vera: User) -> None:
    details = {"by_number": {10: "ten", 9: "nine"}, "several": (1, 2), "role": "expert", "share": 0.1}
    audit.record(organisation=vendor, event="test.event", target=vendor, by=vera, at=NOW, details=details)
    assert broken(vendor) == []


@pytest.mark.parametrize(
    "column,value",
    [
        ("organisation_id", 4711),
        ("sequence", 999_999),
        ("event", "other"),
        ("target_kind", "other"),
        ("target_id", "99"),
        ("actor_id", 4711),
        ("actor_name", "Mallory"),
        ("at", NOW + timedelta(microseconds=1)),
        ("details", '{"number": 7000}'),
        ("previous_hash", "0" * 64),
        ("hash", "0" * 64),
    ],
)
def test_every_column_of_a_row_is_bound(
    vendor: Organisation, long_chain: list[AuditEvent], column: str, value: object
) -> None:
    write(f"UPDATE accounts_auditevent SET {column} = %s WHERE id = %s", value, long_chain[150].pk)
    assert broken(vendor)


def found(events: list[AuditEvent]) -> list[int]:
    return [row.sequence for row in audit.broken_links(events)]


def test_an_edit_of_any_row_is_found(long_chain: list[AuditEvent]) -> None:
    for place, event in enumerate(long_chain):
        edited = copy(event)
        edited.actor_name = "Mallory"
        assert found([*long_chain[:place], edited, *long_chain[place + 1 :]]) == [event.sequence]


def test_an_edit_with_a_hash_made_anew_is_found_in_the_row_after(long_chain: list[AuditEvent]) -> None:
    for place, event in enumerate(long_chain[:-1]):
        edited = copy(event)
        edited.actor_name = "Mallory"
        edited.hash = audit.digest(edited)
        assert found([*long_chain[:place], edited, *long_chain[place + 1 :]]) == [event.sequence + 1]


def test_a_deletion_of_any_row_but_the_last_is_found(long_chain: list[AuditEvent]) -> None:
    for place, event in enumerate(long_chain[:-1]):
        assert found([*long_chain[:place], *long_chain[place + 1 :]]) == [event.sequence + 1]


def test_any_two_neighbours_in_each_others_place_are_found(long_chain: list[AuditEvent]) -> None:
    for place in range(LENGTH - 1):
        first, second = copy(long_chain[place + 1]), copy(long_chain[place])
        first.sequence, second.sequence = second.sequence, first.sequence
        assert found([*long_chain[:place], first, second, *long_chain[place + 2 :]])


def test_a_row_that_was_deleted_from_the_table_is_found(vendor: Organisation, long_chain: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=long_chain[150].pk).delete()
    assert broken(vendor) == [long_chain[151].sequence]


def test_a_row_put_in_between_is_found(vendor: Organisation, long_chain: list[AuditEvent]) -> None:
    """Nothing can stand between two numbers; a row that takes the place of another pushes those after it."""
    write("UPDATE accounts_auditevent SET sequence = sequence + 100000 WHERE sequence > 150")
    write("UPDATE accounts_auditevent SET sequence = sequence - 99999 WHERE sequence > 100000")
    added = long_chain[150]
    added.pk, added.actor_name = None, "Mallory"
    added.hash = audit.digest(added)
    AuditEvent.objects.bulk_create([added])
    assert 152 in broken(vendor)


def test_a_cut_tail_needs_a_checkpoint(vendor: Organisation, long_chain: list[AuditEvent], tmp_path: Path) -> None:
    append_only.install(connection)
    printed = StringIO()
    call_command("audit", "checkpoint", stdout=printed)
    checkpoint = tmp_path / "checkpoint"
    checkpoint.write_text(printed.getvalue())
    said = StringIO()
    call_command("audit", "verify", checkpoint=checkpoint, stdout=said)
    assert "Every link holds." in said.getvalue()
    append_only.remove(connection)
    AuditEvent.objects.filter(pk=long_chain[-1].pk).delete()
    append_only.install(connection)
    call_command("audit", "verify", stdout=said)
    assert "Events cut off at the end" in said.getvalue()
    with pytest.raises(CommandError, match=f"event {LENGTH} of the checkpoint"):
        call_command("audit", "verify", checkpoint=checkpoint, stdout=said)
    head = f"{LENGTH}:{long_chain[-1].hash}"
    with pytest.raises(CommandError, match=f"event {LENGTH} of the checkpoint"):
        call_command("audit", "verify", organisation=vendor.slug, expect_head=head, stdout=said)


def test_a_break_fails_the_command(vendor: Organisation, chain: list[AuditEvent]) -> None:
    append_only.remove(connection)
    write("UPDATE accounts_auditevent SET actor_name = 'Mallory' WHERE id = %s", chain[2].pk)
    with pytest.raises(CommandError) as failed:
        call_command("audit", "verify", stdout=StringIO())
    assert f"event {chain[2].sequence}: was changed" in str(failed.value)
    assert "trigger audit_event_is_not_changed is missing" in str(failed.value)


def test_a_trail_that_was_emptied_is_found(vendor: Organisation, chain: list[AuditEvent]) -> None:
    append_only.remove(connection)
    AuditEvent.objects.all().delete()
    assert broken(vendor) == [1]


def test_the_database_refuses_change_and_deletion(vendor: Organisation, chain: list[AuditEvent]) -> None:
    assert append_only.missing(connection) == []
    for change in (
        lambda: AuditEvent.objects.filter(pk=chain[0].pk).update(event="other"),
        lambda: AuditEvent.objects.filter(pk=chain[0].pk).delete(),
    ):
        with pytest.raises(IntegrityError, match="never changed or deleted"), transaction.atomic():
            change()
    assert broken(vendor) == []


@pytest.mark.django_db(transaction=True)
def test_the_whole_database_can_be_emptied_and_refuses_again(vendor: Organisation) -> None:
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEvent.objects.exists()
    assert append_only.missing(connection) == []


def test_the_model_refuses_change_and_deletion(chain: list[AuditEvent]) -> None:
    chain[0].event = "other"
    with pytest.raises(AuditChanged):
        chain[0].save()
    with pytest.raises(AuditChanged):
        chain[0].delete()


def test_organisations_have_chains_of_their_own(
    vendor: Organisation, other_vendor: Organisation, chain: list[AuditEvent]
) -> None:
    audit.record(organisation=other_vendor, event="test.event", target=other_vendor, by=None, at=NOW)
    assert broken(vendor) == []
    assert broken(other_vendor) == []
