"""Remind people of proofs that run out, and let them say why a reminder can wait."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts import audit
from accounts.actions.notifications import notify
from accounts.models import Organisation, OrganisationKind, User
from evidence.models import Evidence
from rfp.actions.fallen import tell_fallen
from rfp.models import Reminder, ReminderSetting, Snooze
from rfp.models.reminder import Audience
from rfp.queries.reminders import recipients_of, unmailed
from rfp.queries.timeline import Ending, endings
from rfp.reporting import words
from scoring.reminding import step_of

FROM_HOUR = 6  # in the vendor's own time: nobody is written to in the night
LONGEST_SNOOZE = timedelta(days=90)
KIND = "evidence.lapsing"

log = logging.getLogger(__name__)


class SnoozeRefused(Exception):
    """A reminder cannot wait like that; the text says why."""


def remind_where_due(*, at: datetime) -> int:
    """Remind the people of every vendor whose day has begun and who were not reminded on it; return how many vendors.

    Whoever comes first takes the day: two processes remind nobody twice.
    """
    done = 0
    for organisation in Organisation.objects.filter(kind=OrganisationKind.VENDOR):
        local = timezone.localtime(at, organisation.zone)
        if local.hour >= FROM_HOUR and _take_day(organisation, local.date()):
            remind(organisation=organisation, on=local.date(), at=at)
            tell_fallen(organisation=organisation, on=local.date(), at=at)
            mail_reminders(organisation=organisation, at=at)
            done += 1
    return done


def _take_day(organisation: Organisation, on: date) -> bool:
    ReminderSetting.objects.get_or_create(organisation=organisation)
    waiting = ReminderSetting.objects.filter(organisation=organisation).filter(Q(run_on=None) | Q(run_on__lt=on))
    return bool(waiting.update(run_on=on))


@transaction.atomic
def remind(*, organisation: Organisation, on: date, at: datetime) -> int:
    """Tell the right people of every proof whose reminder is due; return how many were told something new.

    Run again on the same day it tells nobody anything twice.
    """
    told = 0
    due = [(ending, step_of(ending.ends_on, on=on)) for ending in endings(organisation, on=on) if ending.matters]
    open_ones = [(ending, step) for ending, step in due if step is not None and ending.snooze is None]
    recipients = recipients_of(organisation, [ending.pk for ending, _ in open_ones])
    for ending, step in open_ones:
        for person in recipients[ending.pk]:
            told += _tell(organisation, ending, step, person, at)
    if told:
        audit.record(
            organisation=organisation,
            event="evidence.reminded",
            target=organisation,
            by=None,
            at=at,
            details={"reminders": told, "on": on.isoformat()},
        )
    return told


def mail_reminders(*, organisation: Organisation, at: datetime) -> int:
    """Send each person one e-mail with what they were told and not sent yet; return how many were sent.

    A server that does not take it now is tried again with the next run.
    """
    sent = 0
    for person, reminders in unmailed(organisation).items():
        try:
            send_mail(_subject(reminders), _letter(organisation, person, reminders), None, [person.email])
        except (OSError, smtplib.SMTPException) as problem:
            log.warning("A reminder to user %s was not sent and is tried again: %s", person.pk, type(problem).__name__)
            continue
        Reminder.objects.filter(pk__in=[row.pk for row in reminders]).update(mailed_at=at)
        sent += 1
    return sent


@transaction.atomic
def snooze(*, evidence: Evidence, reason: str, until: date, on: date, by: User, at: datetime) -> Snooze:
    """Keep the reminders of a document quiet until a day; the same again changes nothing.

    :raises SnoozeRefused: without a reason, for a day that is past, or for longer than ninety days
    """
    if not reason.strip():
        raise SnoozeRefused("Say why the reminder can wait: the next person has to know.")
    if not on < until <= on + LONGEST_SNOOZE:
        raise SnoozeRefused(f"Choose a day after today and up to {words.day(on + LONGEST_SNOOZE)}.")
    same = Snooze.objects.filter(evidence=evidence, reason=reason.strip(), until=until).first()
    if same is not None:
        return same
    row = Snooze.objects.create(evidence=evidence, reason=reason.strip(), until=until, by=by, at=at)
    audit.record(
        organisation=evidence.organisation,
        event="evidence.snoozed",
        target=evidence,
        by=by,
        at=at,
        details={"reference": evidence.reference, "until": until.isoformat(), "reason": row.reason},
    )
    return row


@transaction.atomic
def choose_audience(*, organisation: Organisation, audience: Audience, by: User, at: datetime) -> None:
    """Set whom the organisation reminds."""
    row, _ = ReminderSetting.objects.get_or_create(organisation=organisation)
    if row.audience == audience:
        return
    row.audience = audience
    row.save(update_fields=["audience"])
    audit.record(
        organisation=organisation,
        event="evidence.reminders_set",
        target=organisation,
        by=by,
        at=at,
        details={"whom": Audience(audience).label},
    )


def _tell(organisation: Organisation, ending: Ending, step: int, person: User, at: datetime) -> bool:
    text = sentence(ending)
    _, created = Reminder.objects.get_or_create(
        evidence_id=ending.pk,
        user=person,
        ends_on=ending.ends_on,
        step=step,
        defaults={"text": text, "told_at": at},
    )
    if created:
        url = reverse("evidence_item", args=[ending.pk])
        notify(organisation=organisation, user=person, kind=KIND, text=text, url=url, at=at)
    return created


def sentence(ending: Ending) -> str:
    """Say in one sentence what ends when and what hangs on it."""
    carried = []
    if ending.carries:
        carried.append(f"it {'proved' if ending.lapsed else 'proves'} {words.ranged(ending.carries)}")
    if ending.accepts:
        carried.append(f"it accepts the risk of {words.ranged(ending.accepts)}")
    if ending.answers:
        carried.append(f"{words.count(ending.answers, 'library answer rests', 'library answers rest')} on it")
    if ending.lapsed:
        when = f"lapsed on {words.day(ending.ends_on)}, {words.count(-ending.days, 'day')} ago"
    elif ending.days == 0:
        when = f"counts for the last day today, {words.day(ending.ends_on)}"
    else:
        when = f"lapses on {words.day(ending.ends_on)}, in {words.count(ending.days, 'day')}"
    return f"“{ending.title}” ({ending.reference}) {when}; {words.listed(carried)}."


def _subject(reminders: Sequence[Reminder]) -> str:
    return f"Countersign: {words.count(len(reminders), 'proof needs', 'proofs need')} renewal"


def _letter(organisation: Organisation, person: User, reminders: Sequence[Reminder]) -> str:
    lines = [
        f"- {row.text}\n  {settings.PUBLIC_URL}{reverse('evidence_item', args=[row.evidence_id])}" for row in reminders
    ]
    return "\n\n".join(
        [
            f"{person},",
            f"these proofs of {organisation} need somebody's hand:",
            *lines,
            "Renew or withdraw them, or say on the page of expiries why it can wait. Reminders go on until then.",
            f"{settings.PUBLIC_URL}{reverse('timeline')}",
        ]
    )
