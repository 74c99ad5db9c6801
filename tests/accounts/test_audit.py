"""The audit chain notices every edit, deletion, insertion and reordering of a stored event."""

from __future__ import annotations

import pytest
from django.db import connection

from accounts import audit
from accounts.models import AuditEvent, Organisation, User
from accounts.models.audit import AuditChanged
from tests.conftest import NOW


@pytest.fixture
def chain(vendor: Organisation, vera: User) -> list[AuditEvent]:
    for number in range(6):
        audit.record(
            organisation=vendor, event="test.event", target=vendor, by=vera, at=NOW, details={"number": number}
        )
    return list(AuditEvent.objects.filter(organisation_id=vendor.pk))


def test_a_chain_as_written_holds(vendor: Organisation, chain: list[AuditEvent]) -> None:
    assert [event.sequence for event in chain] == list(range(1, len(chain) + 1))
    assert audit.broken_links(vendor) == []


@pytest.mark.parametrize(
    "column,value",
    [("event", "other"), ("actor_name", "Mallory"), ("target_id", "99"), ("details", '{"number": 7}')],
)
def test_an_edited_row_shows(vendor: Organisation, chain: list[AuditEvent], column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE accounts_auditevent SET {column} = %s WHERE id = %s",  # names from the table above
            [value, chain[3].pk],
        )
    assert audit.broken_links(vendor) == [chain[3].sequence]


def test_a_deleted_row_shows(vendor: Organisation, chain: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk=chain[3].pk).delete()
    assert audit.broken_links(vendor) == [chain[4].sequence]


def test_two_swapped_rows_show(vendor: Organisation, chain: list[AuditEvent]) -> None:
    first, second = chain[2], chain[3]
    AuditEvent.objects.filter(pk=first.pk).update(sequence=999)
    AuditEvent.objects.filter(pk=second.pk).update(sequence=first.sequence)
    AuditEvent.objects.filter(pk=first.pk).update(sequence=second.sequence)
    assert audit.broken_links(vendor)


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
    assert audit.broken_links(vendor) == []
    assert audit.broken_links(other_vendor) == []
