"""The inbox: the questionnaires of a vendor, and how far each is."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, requires
from rfp.deal_forms import UploadForm
from rfp.forms import InboxFilter
from rfp.queries import inbox as questionnaires
from rfp.queries.deal_choices import owners_of

PAGE = 25


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def inbox(request: ActingRequest) -> HttpResponse:
    today = timezone.localdate()
    organisation = request.acting.organisation
    form = InboxFilter(request.GET, people=owners_of(organisation), me=request.user.pk)
    form.is_valid()  # a field with a bad value does not filter; the form says why
    wanted = questionnaires.Sought(**form.cleaned_data)
    page = page_of(request, questionnaires.sought(organisation, wanted, on=today), size=PAGE)
    lines = questionnaires.lines(page, on=today, at=timezone.now())
    return render(
        request,
        "rfp/inbox.html",
        {
            "form": form,
            "page": page,
            "lines": lines,
            "at_work": any(line.progress and line.progress.live for line in lines),
            "upload": _upload_form(request),
            "cites": wanted.cites,
            "filtered": any(value for name, value in form.cleaned_data.items() if name != "order"),
        },
    )


def _upload_form(request: ActingRequest) -> UploadForm | None:
    if not request.acting.may_edit_questionnaires:
        return None
    return UploadForm(organisation=request.acting.organisation, initial={"owner": request.user.pk})
