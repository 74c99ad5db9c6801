"""Reading the audit trail of an organisation, and its events in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import AuditEvent, Organisation

EVENTS: Mapping[str, str] = {
    "answer.added": "Library answer added",
    "answer.approved": "Library answer approved",
    "answer.changed": "Library answer changed",
    "answer.merged": "Library answers merged",
    "answer.reopened": "Library answer taken out of use for review",
    "answer.restored": "Library answer brought back",
    "answer.retired": "Library answer retired",
    "answer.reviewed": "Library answer reviewed",
    "answer.sent_back": "Library answer sent back",
    "answer.set_apart": "Library answers kept apart",
    "answer.withdrawn": "Change of a library answer withdrawn",
    "answers.approved": "Answers approved",
    "answers.unapproved": "Approval taken back",
    "audit.exported": "Audit trail downloaded",
    "correction.drafted": "Letter of correction drafted",
    "correction.settled": "Sent version put right with the buyer",
    "evidence.audience_set": "Audience of evidence changed",
    "evidence.added": "Evidence added",
    "evidence.checked": "Evidence checked outside",
    "evidence.confirmed": "Facts of evidence confirmed",
    "evidence.discarded": "Uploaded document thrown away",
    "evidence.linked": "Evidence linked",
    "evidence.opened": "Evidence file opened",
    "evidence.reminded": "People reminded of evidence that ends",
    "evidence.reminders_set": "Who is reminded was changed",
    "evidence.received": "Evidence document uploaded",
    "evidence.reinstated": "Evidence put back into use",
    "evidence.reopened": "Answers taken back that relied on evidence",
    "evidence.reopening_undone": "Answers given back",
    "evidence.revised": "Evidence revised",
    "evidence.snoozed": "Reminders of evidence put off",
    "evidence.verified": "Evidence verified by a second person",
    "evidence.viewed": "Pages of an evidence file viewed",
    "evidence.withdrawn": "Evidence withdrawn",
    "export.opened": "Export downloaded",
    "invitation.accepted": "Invitation accepted",
    "invitation.revoked": "Invitation taken back",
    "invitation.sent": "Person invited",
    "invitation.sent_again": "Invitation sent again",
    "job.cancelled": "Job cancelled",
    "job.failed": "Job failed",
    "job.queued": "Job asked for",
    "job.retried": "Job asked for again",
    "layout.confirmed": "Layout confirmed",
    "layout.forgotten": "Layout forgotten",
    "layout.remembered": "Layout remembered",
    "layout.renamed": "Layout renamed",
    "library.downloaded": "Answer library downloaded",
    "library.file_received": "File of answers brought in",
    "library.imported": "Answer library imported",
    "mapping.decided": "Mapping of a question decided",
    "mapping.taught": "Mapping taught",
    "mapping.withdrawn": "Decision on a mapping withdrawn",
    "mapping_set.draft_discarded": "Draft of the mapping thrown away",
    "mapping_set.draft_opened": "Draft of the mapping opened",
    "mapping_set.examples_added": "Examples of the mapping added",
    "mapping_set.examples_removed": "Examples of the mapping removed",
    "mapping_set.published": "Mapping published",
    "mapping_set.rolled_back": "Earlier version of the mapping published again",
    "mapping_set.rule_added": "Rule of the mapping added",
    "mapping_set.rule_changed": "Rule of the mapping changed",
    "mapping_set.rule_removed": "Rule of the mapping removed",
    "mapping_set.test_added": "Test of the mapping added",
    "mapping_set.test_removed": "Test of the mapping removed",
    "membership.added": "Person given a role",
    "membership.ended": "Role taken from a person",
    "organisation.created": "Organisation created",
    "organisation.renamed": "Organisation renamed",
    "organisation.rules_changed": "Settings of the organisation changed",
    "person.address_changed": "Address changed",
    "person.password_changed": "Password changed",
    "person.password_reset": "Password changed by a code from a mail",
    "person.recovery_codes_renewed": "New recovery codes made",
    "person.renamed": "Own name changed",
    "person.second_step_added": "Second step set up",
    "person.second_step_removed": "Second step removed",
    "person.signed_in": "Signed in",
    "questionnaire.assessed": "Questionnaire scored",
    "questionnaire.deal_changed": "Deal changed",
    "questionnaire.drafted": "Answers drafted",
    "questionnaire.exported": "Files written",
    "questionnaire.mapped": "Questions mapped",
    "questionnaire.opened": "Buyer's file downloaded",
    "questionnaire.read": "Workbook read",
    "questionnaire.received": "Questionnaire received",
    "questionnaire.sent": "Package recorded as sent",
    "response.assigned": "Question assigned",
    "response.assignment_done": "Assignment done",
    "response.machine_taken": "Answer of the machine taken back",
    "response.remarked": "Remark made",
    "response.restored": "Answer before the last one restored",
    "response.stood_by": "Own answer kept against the machine's",
    "response.written": "Answer written by a person",
    "risk.decided": "Acceptance of a risk decided",
    "risk.requested": "Acceptance of a risk asked for",
    "risk.revoked": "Acceptance of a risk revoked",
    "system.change_dropped": "Material change taken back",
    "tender.changed": "Definition of a tender changed",
    "tender.closed": "Tender closed to vendors",
    "tender.created": "Tender begun",
    "tender.evaluator_named": "Person named to score a tender",
    "tender.evaluator_removed": "Person scores a tender no more",
    "tender.form_taken": "Questions of a tender read",
    "tender.interest_declared": "Interests in a tender declared",
    "tender.opened": "Tender opened to vendors",
    "tender.price_set": "Price of a vendor recorded",
    "tender.scoring_opened": "Scoring of a tender opened",
    "tender.sealed": "Rules of a tender sealed",
    "tender.vendor_invited": "Vendor invited to a tender",
    "tender.vendor_withdrawn": "Vendor taken out of a tender",
    "release.opened": "Sent package downloaded",
    "system.registered": "AI system registered",
    "system.updated": "AI system updated",
}
KINDS: Mapping[str, str] = {
    "accounts.user": "Person",
    "evidence.aisystem": "AI system",
    "evidence.evidencerevision": "Evidence revision",
    "rfp.response": "Answer",
    "rfp.libraryanswer": "Library answer",
    "rfp.answerimport": "Import of answers",
    "rfp.riskacceptance": "Accepted risk",
    "rfp.layouttemplate": "Layout",
}
SYSTEM = "system"  # stands for events that no person caused


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which events to list; an empty field asks for all."""

    event: str = ""
    person: str = ""
    about: str = ""
    about_id: str = ""
    since: date | None = None
    until: date | None = None


def in_words(event: str) -> str:
    return EVENTS.get(event, event.replace(".", ": ").replace("_", " ").capitalize())


def trail(organisation: Organisation, wanted: Wanted) -> QuerySet[AuditEvent]:
    """Return the events, the latest first; days are those of the current time zone."""
    rows = AuditEvent.objects.filter(organisation_id=organisation.pk).order_by("-sequence")
    if wanted.event:
        rows = rows.filter(event=wanted.event)
    if wanted.person:
        rows = rows.filter(actor_id=None if wanted.person == SYSTEM else int(wanted.person))
    if wanted.about:
        rows = rows.filter(target_kind=wanted.about)
    if wanted.about_id:
        rows = rows.filter(target_id=wanted.about_id)
    if wanted.since:
        rows = rows.filter(at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(at__lt=_midnight(wanted.until + timedelta(days=1)))
    return rows


def events_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Return the kinds of event that the record holds, with their words."""
    names = AuditEvent.objects.filter(organisation_id=organisation.pk).order_by().values_list("event", flat=True)
    return sorted(((name, in_words(name)) for name in names.distinct()), key=lambda pair: pair[1])


def kind_in_words(kind: str) -> str:
    """Name what an event is about; a kind that the product has no more keeps its stored name."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return kind
    return KINDS.get(kind, str(model._meta.verbose_name).capitalize())


def kinds_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Return what the events of the record are about, with words."""
    kinds = AuditEvent.objects.filter(organisation_id=organisation.pk).order_by().values_list("target_kind", flat=True)
    return sorted(((kind, kind_in_words(kind)) for kind in kinds.distinct()), key=lambda pair: pair[1])


def people_of(organisation: Organisation) -> list[tuple[str, str]]:
    """Return who caused the events; a person who was renamed stands under the latest name."""
    rows = AuditEvent.objects.filter(organisation_id=organisation.pk).order_by().values_list("actor_id", "actor_name")
    names = {str(pk or SYSTEM): name or "The system" for pk, name in rows.distinct()}
    return sorted(names.items(), key=lambda pair: (pair[0] == SYSTEM, pair[1]))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
