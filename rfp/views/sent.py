"""What was sent: recording it, reading it again, and what changed since."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.attachment import attachment
from accounts.authorization import Permission
from accounts.paging import page_of
from accounts.views.gate import ActingRequest, found, requires
from evidence.storage import FileMissing
from rfp.actions.download import open_package
from rfp.actions.release import NotSent, mark_sent
from rfp.actions.review import MayNotApprove
from rfp.actions.rounds import find_reworded
from rfp.library_forms import SendForm, numbers
from rfp.queries import releases, rounds
from rfp.queries.answers import questionnaire_of
from rfp.queries.exports import export_of
from rfp.queries.fidelity import statement_of

PAGE = 100
RESTORE = "Ask whoever runs this installation to restore it from a backup."


@require_http_methods(["GET", "POST"])
@requires(Permission.APPROVE_ANSWERS)
def send_package(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(questionnaire_of(request.acting.organisation, pk))
    today = timezone.localdate()
    form = SendForm(request.POST if request.method == "POST" else None, initial={"sent_on": today, "way": "email"})
    if request.method == "POST" and form.is_valid():
        try:
            release = mark_sent(
                questionnaire=shown,
                files=numbers(request.POST.getlist("files")),
                sending=form.sending(),
                on=today,
                by=request.user,
                at=timezone.now(),
            )
        except (FileMissing, MayNotApprove, NotSent) as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, "Recorded and frozen: this version can be read as it was sent from now on.")
            return redirect("sent_version", pk=release.pk)
    files = releases.final_package(shown)
    return render(request, "rfp/send.html", {"form": form, "questionnaire": shown, "files": files})


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def sent_version(request: ActingRequest, pk: int) -> HttpResponse:
    release = found(releases.release_of(request.acting.organisation, pk))
    text = request.GET.get("text", "")[:200]
    page = page_of(request, releases.answers_sent(release, text), size=PAGE)
    return render(
        request,
        "rfp/sent.html",
        {
            "release": release,
            "files": list(release.files.all()),
            "page": page,
            "text": text,
            "versions": list(release.questionnaire.releases.order_by("-number")),
        },
    )


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def sent_package(request: ActingRequest, pk: int) -> HttpResponse:
    release = found(releases.release_of(request.acting.organisation, pk))
    try:
        content = open_package(release=release, by=request.user, at=timezone.now())
    except FileMissing as problem:
        messages.error(request, f"{problem} {RESTORE}")
        return redirect("sent_version", pk=pk)
    return attachment(content, f"{release.title} - version {release.number}.zip")


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def fidelity(request: ActingRequest, pk: int) -> HttpResponse:
    export = found(export_of(request.acting.organisation, pk))
    if export.fidelity is None:
        return found(None)
    try:
        statement = statement_of(export)
    except FileMissing as problem:
        messages.error(request, f"{problem} {RESTORE}")
        return redirect("questionnaire", pk=export.questionnaire_id)
    return render(request, "rfp/fidelity.html", {"statement": statement, "export": export})


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def changes(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(questionnaire_of(request.acting.organisation, pk))
    earlier = rounds.earlier_releases(shown)
    chosen = numbers([request.GET.get("sent", "")])
    release = next((row for row in earlier if row.pk in chosen), earlier[0] if earlier else None)
    context = {
        "questionnaire": shown,
        "earlier": earlier,
        "changes": rounds.changes_since(shown, release) if release else None,
    }
    return render(request, "rfp/changes.html", context)


@require_POST
@requires(Permission.EDIT_ANSWERS)
def look_for_reworded(request: ActingRequest, pk: int) -> HttpResponse:
    shown = found(questionnaire_of(request.acting.organisation, pk))
    count = find_reworded(questionnaire=shown, at=timezone.now())
    messages.success(request, f"Compared in meaning: {count} question{'' if count == 1 else 's'} in other words.")
    return redirect("changes", pk=pk)
