"""Keep an answer that another takes the place of, and bring a kept one back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from rfp.answering.by_hand import goes_beyond, is_shown
from rfp.models import Citation, KeptAnswer, Response, ResponseStatus, Statement
from rfp.queries.by_hand import content_said, shown_by_machine

STATEMENT = tuple(field.attname for field in Statement._meta.fields)
# What makes two answers the same statement: where these agree, an approval given before still stands.
SAID = ("band", "value", "option", "text", "comment", "documents", "answered_on", "shown")


class AnswerMoved(Exception):
    """The answer is no longer the one that the person saw; nothing was changed."""

    def __init__(self) -> None:
        super().__init__("Somebody changed this answer in the meantime.")


def keep(response: Response, *, at: datetime) -> KeptAnswer:
    """Keep the answer that stands, with its citations, under its version."""
    said = {name: getattr(response, name) for name in STATEMENT}
    citations = response.citations.order_by("position").values_list("revision_id", "page", "quote")
    return KeptAnswer.objects.create(
        question_id=response.question_id,
        version=response.version,
        citations=[list(citation) for citation in citations],
        kept_at=at,
        **said,
    )


def is_same_statement(one: Statement, other: Statement) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in SAID)


def hear_machine(
    response: Response, draft: Response, cited: Sequence[tuple[int, int | None, str]], *, at: datetime
) -> bool:
    """Keep a new draft beside a person's answer, which stands; return whether its approval ended.

    It ends where the evidence does not show any more what the person says.
    """
    if response.machine is not None and is_same_statement(draft, response.machine):
        return False
    said = {name: getattr(draft, name) for name in STATEMENT}
    citations = [list(citation) for citation in cited]
    machine = KeptAnswer.objects.create(question_id=response.question_id, citations=citations, kept_at=at, **said)
    response.machine, response.machine_changed_at = machine, at
    content, shown = content_said(response), shown_by_machine(response.question, response)
    was_unsupported, ended = response.unsupported, False
    response.unsupported = goes_beyond(content, shown)
    if response.unsupported and not was_unsupported:
        ended = response.status == ResponseStatus.APPROVED
        response.status, response.approved_by, response.approved_at = ResponseStatus.DRAFT, None, None
        response.version += 1
        response.reason = f"{response.reason} Since then the evidence does not show it any more."
    if not response.unsupported:
        response.override_reason = ""
    response.save()
    supported = is_shown(content, shown)
    _cite(response, citations if supported else [])
    return ended


def put(response: Response, said: dict[str, object], *, citations: Sequence[Sequence[Any]], version: int) -> None:
    """Let another statement stand, as a draft in the next version.

    :raises AnswerMoved: if the answer is not in that version any more
    """
    values = {**said, "version": version + 1, "status": ResponseStatus.DRAFT, "approved_by": None, "approved_at": None}
    if not Response.objects.filter(pk=response.pk, version=version).update(**values):
        raise AnswerMoved
    _cite(response, citations)
    response.refresh_from_db()


def bring_back(response: Response, kept: KeptAnswer, *, version: int, at: datetime) -> None:
    """Let a kept answer stand again, in a new version; the one that stood is kept.

    :raises AnswerMoved: if the answer is not in that version any more
    """
    replaced = keep(response, at=at)
    said: dict[str, object] = {name: getattr(kept, name) for name in STATEMENT}
    if kept.written_at is None:
        said |= {"machine": None, "machine_changed_at": None}
    elif response.written_at is None:
        said |= {"machine": replaced}
    put(response, said, citations=kept.citations, version=version)


def _cite(response: Response, citations: Sequence[Sequence[Any]]) -> None:
    response.citations.all().delete()
    Citation.objects.bulk_create(
        Citation(response=response, position=position, revision_id=revision, page=page, quote=quote)
        for position, (revision, page, quote) in enumerate(citations, start=1)
    )
