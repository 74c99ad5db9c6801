"""The evidence library: what is in it, what each document is worth on a day, and its file."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from evidence import shelf
from evidence.actions.open_file import NoFile, open_file
from evidence.draft_forms import UploadForm
from evidence.forms import AudienceForm, CheckForm, EvidenceFilter, OnDay, WithdrawForm
from evidence.look import small_number
from evidence.sheet import sheet_of
from evidence.storage import FileMissing
from evidence.words import VERDICTS

PAGE = 50


@require_safe
@requires(Permission.READ_EVIDENCE)
def library(request: ActingRequest) -> HttpResponse:
    day = _day(request)
    items = shelf.items(request.acting.organisation, on=day)
    counts = shelf.verdict_counts(items)
    form = EvidenceFilter(
        request.GET, kinds=shelf.kinds_of(items), verdicts=[(name, VERDICTS[name]) for name, _ in counts]
    )
    form.is_valid()  # a field with a bad value does not filter; the form says why
    wanted = {name: value for name, value in form.cleaned_data.items() if name != "on"}
    fitting = shelf.sought(items, shelf.Sought(**wanted))
    return render(
        request,
        "evidence/library.html",
        {
            "form": form,
            "day": day,
            "today": timezone.localdate(),
            "page": page_of(request, fitting, size=PAGE),
            "total": len(items),
            "counts": counts,
            "soon": sum(1 for item in items if item.lapses_soon),
            "filtered": any(value for name, value in wanted.items() if name != "order"),
        },
    )


@require_safe
@requires(Permission.READ_EVIDENCE)
def item(request: ActingRequest, pk: int) -> HttpResponse:
    return show_item(request, pk)


def show_item(
    request: ActingRequest, pk: int, *, check: CheckForm | None = None, withdrawal: WithdrawForm | None = None
) -> HttpResponse:
    """Show a document, with the forms about it empty or as they were sent."""
    today = timezone.localdate()
    sheet = found(sheet_of(request.acting.organisation, pk, on=_day(request)))
    audience = sheet.evidence.audience
    return render(
        request,
        "evidence/item.html",
        {
            "sheet": sheet,
            "look": sheet.look(field=request.GET.get("look", ""), page=small_number(request.GET.get("page", ""))),
            "form": OnDay(request.GET),
            "check": check or CheckForm(today=today, initial={"checked_on": today}),
            "withdrawal": withdrawal or WithdrawForm(today=today, initial={"effective_on": today}),
            "audience": AudienceForm(initial={"audience": audience, "seen": audience}),
            "newer": UploadForm(),
            "today": today,
            "may_check": request.acting.may_verify_evidence and sheet.latest.confirmed_by != request.user,
        },
    )


@require_safe
@requires(Permission.READ_EVIDENCE)
def file(request: ActingRequest, pk: int) -> HttpResponse:
    revision = found(shelf.revision_of(request.acting.organisation, pk))
    try:
        stored, content = open_file(revision=revision, by=request.user, at=timezone.now())
    except NoFile:
        return found(None)
    except FileMissing as problem:
        messages.error(request, f"{problem} Ask whoever runs this installation to restore it from a backup.")
        return redirect("evidence_item", pk=revision.evidence_id)
    return attachment(content, stored.name)


def _day(request: ActingRequest) -> date:
    form = OnDay(request.GET)
    chosen: date | None = form.cleaned_data["on"] if form.is_valid() else None
    return chosen or timezone.localdate()
