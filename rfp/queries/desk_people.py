"""Who can be asked, and what waits for a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from django.db.models import QuerySet
from django.urls import reverse

from accounts.authorization import GRANTS, Permission
from accounts.models import Membership, Organisation, User
from rfp.models import Assignment, Question, Remark

_MENTION = re.compile(r"(?<![\w@])@(?:\"([^\"\n]{1,120})\"|([\w.+-]+(?:@[\w.-]+)?))")


def assigned_to(user: User, organisation: Organisation) -> QuerySet[Assignment]:
    """Return what a person is asked to answer and has not, what is due first at the head."""
    rows = Assignment.objects.filter(
        assignee=user, ended_at=None, question__questionnaire__organisation=organisation
    ).select_related("question__questionnaire", "assigned_by")
    return rows.order_by("due_on", "assigned_at", "pk")


def mentions_of(user: User, organisation: Organisation) -> QuerySet[Remark]:
    """Return the remarks that mention a person, the latest first."""
    rows = Remark.objects.filter(mentioned=user, question__questionnaire__organisation=organisation)
    return rows.select_related("question__questionnaire", "author").order_by("-said_at", "-pk")


def members_of(organisation: Organisation) -> list[User]:
    """Return the people who may answer questions of the organisation, by name."""
    roles = [role for role, granted in GRANTS.items() if Permission.EDIT_ANSWERS in granted]
    held = Membership.objects.filter(organisation=organisation, ended_at=None, role__in=roles)
    people = User.objects.filter(pk__in=held.values("user"), is_active=True)
    return sorted(people, key=lambda user: str(user).casefold())


def named_in(text: str, members: Iterable[User]) -> list[User]:
    """Return the members named after an @: by full name in quotes, by address, or by a first name only one has."""
    names = [(quoted or plain).casefold().rstrip(".,-") for quoted, plain in _MENTION.findall(text)]
    found: list[User] = []
    for name in dict.fromkeys(names):
        fitting = [user for user in members if name in _names(user)]
        if len(fitting) == 1 and fitting[0] not in found:
            found.append(fitting[0])
    return found


def handles(members: Iterable[User]) -> list[tuple[str, str]]:
    """Return how each member is mentioned, and the name: by first name where only one has it."""
    people = list(members)
    firsts = Counter(next(iter(user.full_name.split()), "").casefold() for user in people)
    told = []
    for user in people:
        first = next(iter(user.full_name.split()), "")
        short = first if first and firsts[first.casefold()] == 1 else f'"{user.full_name}"' if first else user.email
        told.append((f"@{short}", str(user)))
    return told


def desk_path(question: Question) -> str:
    """Return where the question is worked on."""
    return f"{reverse('desk', args=[question.questionnaire_id])}?question={question.pk}"


def _names(user: User) -> set[str]:
    whole = user.full_name.casefold()
    return {whole, *whole.split()[:1], user.email.casefold(), user.email.partition("@")[0].casefold()} - {""}
