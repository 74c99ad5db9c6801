"""The questions of an organisation that ask for an item of a framework."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import Organisation
from evidence.catalogs.checklist import CHECKLIST
from evidence.models import Control
from rfp.models import MappedRequirement, MappingStatus, Question, QuestionMapping


def questions_asking(organisation: Organisation, item: Control) -> QuerySet[Question]:
    """Return the questions mapped to an item, those of the latest questionnaire first.

    A requirement counts where the mapping is decided by it; a control where the mapping touches it.
    """
    rows = _mappings(organisation)
    if is_requirement(item):
        rows = rows.filter(
            Exists(MappedRequirement.objects.filter(mapping=OuterRef("pk"), decisive=True, ref=item.ref))
        )
    else:
        rows = _touching(rows, item)
    return (
        Question.objects.filter(pk__in=rows.values("question"))
        .select_related("questionnaire", "response")
        .order_by("-questionnaire__created_at", "-questionnaire", "position")
    )


def asked_by_requirement(organisation: Organisation, refs: Sequence[str]) -> Mapping[str, int]:
    """Count by requirement the questions that ask for it."""
    rows = (
        MappedRequirement.objects.filter(decisive=True, ref__in=refs, mapping__in=_mappings(organisation))
        .order_by()
        .values("ref")
        .annotate(questions=Count("mapping__question", distinct=True))
    )
    return {row["ref"]: row["questions"] for row in rows}


def is_requirement(item: Control) -> bool:
    return item.framework.slug == CHECKLIST and item.framework.owner_id is None


def _mappings(organisation: Organisation) -> QuerySet[QuestionMapping]:
    """Return the mapping in force of each question: what a person decided, else the proposal."""
    decided = QuestionMapping.objects.filter(question=OuterRef("question"), status=MappingStatus.CONFIRMED)
    return QuestionMapping.objects.filter(question__questionnaire__organisation=organisation).filter(
        Q(status=MappingStatus.CONFIRMED) | Q(Q(status=MappingStatus.PROPOSED) & ~Exists(decided))
    )


def _touching(rows: QuerySet[QuestionMapping], item: Control) -> QuerySet[QuestionMapping]:
    """Keep the mappings whose list of controls has the item.

    SQLite cannot ask whether a list in JSON has an entry that begins with two given values; the text of it can. The
    two databases differ in how they write letters beyond ASCII.
    """
    begins = [f"{json.dumps([item.framework.slug, item.ref], ensure_ascii=ascii)[:-1]}," for ascii in (True, False)]
    return rows.annotate(controls_text=Cast("controls", TextField())).filter(
        Q(controls_text__contains=begins[0]) | Q(controls_text__contains=begins[1])
    )
