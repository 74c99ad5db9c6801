"""The review desk: the list, one question, its proof. Each part is a page of its own and a piece that is swapped in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.authorization import Permission
from accounts.views.gate import ActingRequest, found, requires
from rfp.forms_desk import AnswerEntry, AssignTo, DeskFilter, KeepAnswer, MapQuestion, Say
from rfp.queries import desk, desk_people
from rfp.queries.desk_question import DeskQuestion, desk_question, same_open, system_names

# What can be opened below a question, each with the permission it takes.
FORMS: Mapping[str, Permission] = {
    "edit": Permission.EDIT_ANSWERS,
    "assign": Permission.EDIT_ANSWERS,
    "remark": Permission.EDIT_ANSWERS,
    "map": Permission.TEACH_MAPPING,
    "keep": Permission.EDIT_LIBRARY,
    "keep-map": Permission.TEACH_MAPPING,
}


@require_safe
@requires(Permission.READ_QUESTIONNAIRES)
def review_desk(request: ActingRequest, pk: int) -> HttpResponse:
    questionnaire = found(desk.questionnaire_at_desk(request.acting.organisation, pk))
    wanted = request.GET.get("question", "")
    question = None
    if wanted:
        question = found(desk_question(questionnaire, int(wanted) if wanted.isdecimal() and len(wanted) < 19 else 0))
    return show(request, desk.Desk(questionnaire=questionnaire, user=request.user), question)


def show(
    request: ActingRequest, here: desk.Desk, shown: DeskQuestion | None, *, opened: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Render the desk, or for htmx the parts that change. ``opened`` holds a form that was sent and is shown again."""
    partial = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    told = list(messages.get_messages(request))
    # Moving about changes no counts and no lines; doing something does.
    whole = not partial or bool(told)
    counts = desk.counts_of(here) if whole else None
    form = DeskFilter(request.GET if request.method == "GET" else _filters(request), counts=counts)
    rows = desk.sought(here, form.wanted)
    place = desk.place_of(rows, shown.question if shown else None)
    if shown is None and place.ids:
        shown = desk_question(here.questionnaire, _first(here, form.wanted, place))
        place = desk.place_of(rows, shown.question if shown else None)
    page = _page(request, place)
    whole_list = whole or request.headers.get("HX-Desk-Page", "") != str(page)
    pages = max(-(-place.total // desk.PAGE), 1)
    context = {
        "questionnaire": here.questionnaire,
        "counts": counts,
        "form": form,
        "filters": _query(form.wanted),
        "place": place,
        "shown": shown,
        "page": page,
        "pages": pages,
        "lines": desk.listed(place.ids[(page - 1) * desk.PAGE : page * desk.PAGE]) if whole_list else None,
        "told": told,
        "partial": partial,
        "do": "",
        **(_opened(request, shown) if shown else {}),
        **(opened or {}),
    }
    response = render(request, "rfp/_desk_parts.html" if partial else "rfp/desk.html", context)
    if partial and request.method == "POST":
        response["HX-Push-Url"] = "false"  # the address of a form that was sent is no page
    return response


def _first(here: desk.Desk, wanted: desk.DeskSought, place: desk.Place) -> int:
    """Return where a person begins: at the first open question that fits, else at the first."""
    opened = desk.sought(here, wanted).filter(here.condition("open")).values_list("pk", flat=True).first()
    return opened or place.ids[0]


def _page(request: ActingRequest, place: desk.Place) -> int:
    """Return the page of the list that the request asks for, else the one on which the question stands."""
    last = max(-(-place.total // desk.PAGE), 1)
    asked = request.GET.get("page", "")
    if asked.isdecimal() and len(asked) < 9:
        return min(max(int(asked), 1), last)
    stands = place.number or (place.ids.index(place.after) + 1 if place.after else place.total)
    return min(max(-(-stands // desk.PAGE), 1), last)


def _opened(request: ActingRequest, shown: DeskQuestion) -> dict[str, Any]:
    """Return the form that the address opens below the question, where the person may use it."""
    do = request.GET.get("do", "")
    if do not in FORMS or not request.acting.may(FORMS[do]):
        return {}
    if do == "edit" and shown.response is not None and not shown.fields.closed:
        begun = shown.begun_with(request.GET.get("begin", ""))
        return {"do": do, "entry": AnswerEntry(offered=shown.fields, response=shown.response, begin_with=begun)}
    if do == "assign":
        return {"do": do, "assign": assign_form(request, shown)}
    if do == "remark":
        members = desk_people.members_of(request.acting.organisation)
        return {"do": do, "say": Say(), "handles": desk_people.handles(members)}
    if do == "map":
        return {"do": do, "mapping": MapQuestion(shown=shown)}
    if do == "keep-map":
        return {"do": do, "same": same_open(shown.question)}
    if do == "keep" and (keep := keep_form(request, shown)) is not None:
        return {"do": do, "keep": keep, "same": same_open(shown.question)}
    return {}


def keep_form(request: ActingRequest, shown: DeskQuestion, data: Mapping[str, Any] | None = None) -> KeepAnswer | None:
    """Return the form that keeps an answer in the library; none where it does not belong there."""
    if shown.response is None or not shown.may_be_kept:
        return None
    questionnaire = shown.question.questionnaire
    return KeepAnswer(
        data,
        systems=system_names(request.acting.organisation),
        response=shown.response,
        nda=questionnaire.nda_signed,
    )


def assign_form(request: ActingRequest, shown: DeskQuestion, data: Mapping[str, Any] | None = None) -> AssignTo:
    members = desk_people.members_of(request.acting.organisation)
    standing = shown.assignment
    initial = {
        "assignee": standing.assignee_id if standing else request.user.pk,
        "note": standing.note if standing else "",
        "due_on": standing.due_on if standing else None,
    }
    return AssignTo(data, members=members, initial=initial)


def _query(wanted: desk.DeskSought) -> str:
    """Return the filters as the end of an address, beginning with an ampersand."""
    kept = {name: getattr(wanted, name) for name in ("show", "sheet", "text") if getattr(wanted, name)}
    return f"&{urlencode(kept)}" if kept else ""


def filters_of(request: ActingRequest) -> desk.DeskSought:
    """Return how the list was filtered on the page that a form was sent from."""
    return DeskFilter(_filters(request)).wanted


def _filters(request: ActingRequest) -> QueryDict:
    return QueryDict(request.POST.get("filters", ""))


def back_to(request: ActingRequest, questionnaire: int, question: int | None, *, do: str = "") -> HttpResponse:
    """Return to the desk as it was filtered, at a question, with what ``do`` names open below it."""
    query = _query(filters_of(request))
    at = f"question={question}" if question else ""
    at += f"&do={do}" if do else ""
    return redirect(f"{reverse('desk', args=[questionnaire])}?{at}{query}")
