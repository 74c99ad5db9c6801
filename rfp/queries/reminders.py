"""Who is reminded of what, and what waits to be sent by e-mail."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.authorization import GRANTS, Permission
from accounts.models import Membership, Organisation, Role, User
from evidence.models import Evidence, EvidenceRevision
from rfp.models import Reminder, ReminderSetting
from rfp.models.reminder import Audience


def evidence_of(organisation: Organisation, pk: int) -> Evidence | None:
    return Evidence.objects.of(organisation).select_related("organisation").filter(pk=pk).first()


def audience_of(organisation: Organisation) -> Audience:
    row = ReminderSetting.objects.filter(organisation=organisation).first()
    return Audience(row.audience) if row else Audience.OWNERS


def recipients_of(organisation: Organisation, evidence: Sequence[int]) -> dict[int, list[User]]:
    """Return by evidence whom to remind: its keeper if the organisation wants that and they still may edit it.

    Else all who may edit evidence; where nobody may, those who may verify it: somebody has to know.
    """
    owners = people_who_may(organisation, Permission.EDIT_EVIDENCE) or people_who_may(
        organisation, Permission.VERIFY_EVIDENCE
    )
    if audience_of(organisation) is Audience.OWNERS:
        return dict.fromkeys(evidence, owners)
    keepers = _keepers(evidence)
    by_pk = {owner.pk: owner for owner in owners}
    return {pk: [by_pk[keepers[pk]]] if keepers.get(pk) in by_pk else owners for pk in evidence}


def people_who_may(organisation: Organisation, permission: Permission) -> list[User]:
    """Return the people of an organisation whose roles grant something, in a fixed order."""
    roles = [role for role in Role if permission in GRANTS[role]]
    held = Membership.objects.filter(
        organisation=organisation, role__in=roles, ended_at=None, user__is_active=True
    ).select_related("user")
    return sorted({row.user for row in held}, key=lambda user: user.pk)


def unmailed(organisation: Organisation) -> dict[User, list[Reminder]]:
    """Return by person what they were told and not sent yet."""
    rows = (
        Reminder.objects.filter(evidence__organisation=organisation, mailed_at=None, user__is_active=True)
        .select_related("user")
        .order_by("user_id", "ends_on", "pk")
    )
    found: dict[User, list[Reminder]] = {}
    for row in rows:
        found.setdefault(row.user, []).append(row)
    return found


def _keepers(evidence: Sequence[int]) -> dict[int, int]:
    """Return by evidence who added its latest revision."""
    rows = EvidenceRevision.objects.filter(evidence__in=evidence, created_by__isnull=False).order_by("number")
    return {pk: keeper or 0 for pk, keeper in rows.values_list("evidence_id", "created_by")}
