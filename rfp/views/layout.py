"""The layout of a questionnaire: looked at, corrected step by step, confirmed."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from evidence.storage import FileMissing
from rfp.actions import intake, layout_draft
from rfp.actions.storing import ChangedMeanwhile
from rfp.forms_layout import ENDS, ROLES, ROWS, SHAPES, ConfirmForm, EditForm, LookForm, StepForm, TextForm
from rfp.queries.answers import questionnaire_of
from rfp.queries.layout_change import difference
from rfp.queries.layout_notice import notice_of
from rfp.queries.workbench import remembered_of, state_of, workbench
from rfp.reporting.words import count
from rfp.workbook import layout_file
from rfp.workbook.edit import EditRefused
from rfp.workbook.errors import WorkbookRefused
from rfp.workbook.extract import questions as extract

LOOKS = ("sheet", "table", "row", "column", "pick_row", "pick_column")
REFUSED = (EditRefused, layout_draft.DraftChanged, layout_draft.TooManySteps, WorkbookRefused)


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def show(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    try:
        bench = workbench(questionnaire, LookForm(request.GET).view())
    except (WorkbookRefused, FileMissing) as problem:
        return _unreadable(request, problem, pk)
    return render(
        request,
        "rfp/layout.html",
        {
            "questionnaire": questionnaire,
            "bench": bench,
            "notice": notice_of(questionnaire),
            "roles": ROLES,
            "kinds": ROWS,
            "ends": ENDS,
            "shapes": SHAPES,
            "may_edit": request.acting.may_edit_questionnaires,
        },
    )


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def edit(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    form = EditForm(request.POST)
    if not form.is_valid():
        messages.error(request, _first_error(form))
        return _back(request, pk)
    try:
        layout_draft.edit(
            questionnaire=questionnaire,
            sheet=form.cleaned_data["sheet"],
            edit=form.edit(),
            version=form.cleaned_data["version"],
            by=request.user,
            at=timezone.now(),
        )
    except (*REFUSED, FileMissing) as problem:
        messages.error(request, str(problem))
    return _back(request, pk)


@require_POST
@requires(Permission.EDIT_QUESTIONNAIRES)
def step(request: ActingRequest, pk: int) -> HttpResponse:
    """Undo, redo, start again, or throw the draft away."""
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    form = StepForm(request.POST)
    if not form.is_valid():
        messages.error(request, "The page was changed on the way. Load it again.")
        return _back(request, pk)
    version = form.cleaned_data["version"]
    try:
        match request.POST.get("do"):
            case "undo":
                layout_draft.undo(questionnaire=questionnaire, version=version)
            case "redo":
                layout_draft.redo(questionnaire=questionnaire, version=version)
            case "discard":
                layout_draft.discard(questionnaire=questionnaire, version=version)
            case "restart":
                layout_draft.restart(questionnaire=questionnaire, version=version, by=request.user, at=timezone.now())
    except (*REFUSED, FileMissing) as problem:
        messages.error(request, str(problem))
    return _back(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def text(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    try:
        state = state_of(questionnaire)
    except (WorkbookRefused, FileMissing) as problem:
        return _unreadable(request, problem, pk)
    form = TextForm(request.POST or None, initial={"text": layout_file.dump(state.layout), "version": state.version})
    if request.method == "POST" and form.is_valid():
        try:
            layout_draft.write(
                questionnaire=questionnaire,
                text=form.cleaned_data["text"],
                version=form.cleaned_data["version"],
                by=request.user,
                at=timezone.now(),
            )
        except REFUSED as problem:
            form.add_error("text", str(problem))
        else:
            return redirect("layout", pk=pk)
    return render(
        request, "rfp/layout_text.html", {"questionnaire": questionnaire, "form": form, "version": state.version}
    )


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def file(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    try:
        state = state_of(questionnaire)
    except (WorkbookRefused, FileMissing) as problem:
        return _unreadable(request, problem, pk)
    return attachment(layout_file.dump(state.layout).encode(), f"{questionnaire.title} - layout.yaml")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.EDIT_QUESTIONNAIRES)
def confirm(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(questionnaire_of(request.acting.organisation, pk))
    try:
        state = state_of(questionnaire)
    except (WorkbookRefused, FileMissing) as problem:
        return _unreadable(request, problem, pk)
    change = difference(questionnaire, extract(state.read.book, state.layout))
    known = remembered_of(request.acting.organisation, state.layout.fingerprint)
    form = ConfirmForm(
        request.POST or None,
        initial={
            "remember": True,
            "name": known.name if known else questionnaire.title,
            "version": state.version,
            "losing": len(change.approved_gone),
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if said["version"] != state.version:
                raise layout_draft.DraftChanged
            change = intake.confirm_layout(
                questionnaire=questionnaire,
                layout_text=layout_file.dump(state.layout),
                remember=said["remember"],
                name=said["name"],
                accept_losing=said["losing"],
                on=timezone.localdate(),
                by=request.user,
                at=timezone.now(),
            )
        except (layout_draft.DraftChanged, intake.WouldLoseApproved, ChangedMeanwhile, WorkbookRefused) as problem:
            messages.error(request, str(problem))
            return redirect("layout_confirm", pk=pk)
        asked = count(change.kept + change.new, "question")
        messages.success(request, f"The layout is confirmed: {asked}. Their answers are being drafted.")
        return redirect("questionnaire", pk=pk)
    return render(
        request,
        "rfp/layout_confirm.html",
        {
            "questionnaire": questionnaire,
            "change": change,
            "known": known,
            "form": form,
            "version": state.version,
        },
    )


def _back(request: ActingRequest, pk: int) -> HttpResponse:
    """Return to where the person looked."""
    view = LookForm(request.POST)
    view.is_valid()
    where = urlencode({name: value for name in LOOKS if (value := view.cleaned_data.get(name))})
    return redirect(
        f"{reverse('layout', kwargs={'pk': pk})}?{where}" if where else reverse("layout", kwargs={"pk": pk})
    )


def _first_error(form: EditForm) -> str:
    own = form.non_field_errors()
    return str(own[0]) if own else "The page was changed on the way. Load it again."


def _unreadable(request: ActingRequest, problem: Exception, pk: int) -> HttpResponse:
    messages.error(request, f"The file can not be drawn. {problem}")
    return redirect("questionnaire", pk=pk)
