"""Documents on their way into the library: uploaded, compared with what was read of them, confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence import draft_sheet
from evidence.actions import drafts
from evidence.actions.library import LinkUnknown
from evidence.actions.see_page import NoDocument, see_page
from evidence.catalogs.problems import CatalogueInvalid
from evidence.draft_forms import DraftForm, UploadForm
from evidence.forms import PageWanted
from evidence.ingest import IngestRefused
from evidence.look import small_number
from evidence.storage import FileMissing
from evidence.views.pages import no_picture, picture_response


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_EVIDENCE)
def upload(request: ActingRequest) -> HttpResponse:
    """Take in documents; one alone is opened at once."""
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    taken: list[drafts.Taken] = []
    if request.method == "POST" and form.is_valid():
        taken = _take_in(request, form, evidence_pk=None)
        if len(taken) == 1 and taken[0].draft is not None:
            return _open(request, taken[0])
    waiting = draft_sheet.drafts_of(request.acting.organisation)
    return render(request, "evidence/upload.html", {"form": form, "taken": taken, "waiting": waiting})


@require_POST
@requires(Permission.EDIT_EVIDENCE)
def newer(request: ActingRequest, pk: int) -> HttpResponse:
    """Take in a newer document of an item."""
    evidence = found(draft_sheet.evidence_of(request.acting.organisation, pk))
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid() or len(form.cleaned_data["documents"]) != 1:
        messages.error(request, "Choose the one file that is the newer document.")
        return redirect("evidence_item", pk=evidence.pk)
    (taken,) = _take_in(request, form, evidence_pk=evidence.pk)
    if taken.draft is not None:
        return _open(request, taken)
    messages.error(request, taken.problem or f"{taken.name} is held already, as {taken.held}.")
    return redirect("evidence_item", pk=evidence.pk)


def _take_in(request: ActingRequest, form: UploadForm, *, evidence_pk: int | None) -> list[drafts.Taken]:
    organisation = request.acting.organisation
    uploads = [drafts.Upload(name=file.name, content=file.read()) for file in form.cleaned_data["documents"]]
    evidence = found(draft_sheet.evidence_of(organisation, evidence_pk)) if evidence_pk else None
    try:
        return drafts.take_in(
            organisation=organisation, uploads=uploads, evidence=evidence, by=request.user, at=timezone.now()
        )
    except drafts.TooManyFiles as problem:
        form.add_error("documents", str(problem))
        return []


def _open(request: ActingRequest, taken: drafts.Taken) -> HttpResponse:
    draft = found(taken.draft)
    if taken.known:
        messages.info(request, "This is under way already. What was entered before is still here.")
    return redirect("evidence_draft", pk=draft.pk)


@require_POST
@requires(Permission.EDIT_EVIDENCE)
def correct(request: ActingRequest, pk: int) -> HttpResponse:
    evidence = found(draft_sheet.evidence_of(request.acting.organisation, pk))
    return redirect("evidence_draft", pk=drafts.correct(evidence=evidence, by=request.user, at=timezone.now()).pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_EVIDENCE)
def draft(request: ActingRequest, pk: int) -> HttpResponse:
    """Compare the facts with the document: keep them for later, or confirm them."""
    row = found(draft_sheet.draft_of(request.acting.organisation, pk))
    posted = request.POST if request.method == "POST" else None
    form = DraftForm(
        posted, values=row.values, version=row.version, reference=row.reference or draft_sheet.free_reference(row)
    )
    conflict = False
    if posted is not None:
        try:
            answer = _confirmed(request, row, form) if posted.get("do") == "confirm" else _kept(request, row, form)
        except drafts.DraftChanged as problem:
            messages.error(request, str(problem))
            row.refresh_from_db()
            form = form.on_top_of(row.version)
            conflict, answer = True, None
        if answer is not None:
            return answer
    values = form.entered if posted is not None else row.values
    return render(
        request,
        "evidence/draft.html",
        {
            "form": form,
            "sheet": draft_sheet.sheet_of_draft(row, values, conflict=conflict),
            "look": draft_sheet.look_of(
                row, values, field=request.GET.get("look", ""), page=small_number(request.GET.get("page", ""))
            ),
        },
    )


def _kept(request: ActingRequest, row: draft_sheet.Row, form: DraftForm) -> HttpResponse:
    drafts.save(
        draft=row,
        values=form.entered | draft_sheet.taken_over(row, request.POST.get("take", "")),
        reference=form.entered_reference,
        version=form.entered_version,
        by=request.user,
        at=timezone.now(),
    )
    taken = request.POST.get("take", "")
    if taken:
        return redirect(f"{reverse('evidence_draft', args=[row.pk])}#fact-{taken if taken in form.entered else ''}")
    looks = {name: request.POST[name] for name in ("look", "page") if request.POST.get(name)}
    if not looks:
        messages.success(request, "What you entered is kept. Confirm it once you have compared it with the document.")
    return redirect(f"{reverse('evidence_draft', args=[row.pk])}{'?' if looks else ''}{urlencode(looks)}")


def _confirmed(request: ActingRequest, row: draft_sheet.Row, form: DraftForm) -> HttpResponse | None:
    """Confirm the facts; None where the form has to be shown again, with what is wrong."""
    if not form.may_confirm():
        messages.error(request, "Nothing is confirmed yet: see what is marked below.")
        return None
    try:
        revision = drafts.confirm(
            draft=row,
            values=form.values,
            reference=form.cleaned_data["reference"],
            version=form.entered_version,
            by=request.user,
            at=timezone.now(),
        )
    except drafts.ReferenceTaken as problem:
        form.add_error("reference", str(problem))
    except (CatalogueInvalid, LinkUnknown) as problem:
        form.add_error(None, str(problem))
    except FileMissing as problem:
        messages.error(request, f"{problem} Upload the document again.")
    else:
        messages.success(request, f"Confirmed as revision {revision.number}. A second person can check it outside now.")
        return redirect("evidence_item", pk=revision.evidence_id)
    return None


@require_POST
@requires(Permission.EDIT_EVIDENCE)
def discard(request: ActingRequest, pk: int) -> HttpResponse:
    row = found(draft_sheet.draft_of(request.acting.organisation, pk))
    evidence_pk = row.evidence_id
    drafts.discard(draft=row, by=request.user, at=timezone.now())
    messages.success(request, "Thrown away. The library is as it was.")
    return redirect("evidence_item", pk=evidence_pk) if evidence_pk else redirect("evidence_upload")


@require_safe
@requires(Permission.EDIT_EVIDENCE)
def draft_page(request: ActingRequest, pk: int, page: int) -> HttpResponse:
    row = found(draft_sheet.draft_of(request.acting.organisation, pk))
    width, quote = PageWanted(request.GET).look()
    try:
        picture = see_page(of=row, page=page, width=width, quote=quote, by=request.user, at=timezone.now())
    except NoDocument:
        return found(None)
    except (IngestRefused, FileMissing) as problem:
        return no_picture(problem)
    return picture_response(picture)
