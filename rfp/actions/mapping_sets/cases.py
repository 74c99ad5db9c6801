"""Tests of a draft: questions that must be mapped so for the draft to be published."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from rfp.actions.mapping_sets.drafts import edited
from rfp.actions.mapping_sets.examples import ExampleRefused
from rfp.mapping.content import MappingCase
from rfp.models import MappingTest, MappingVersion

MOST_TESTS = 500
LONGEST_HEADING = 300


@transaction.atomic
def add_test(*, draft: MappingVersion, case: MappingCase, by: User, at: datetime) -> MappingTest:
    """Add a test to the draft.

    :raises ExampleRefused: if there is a test of this question, or there are too many
    :raises DraftGone: if the draft was published or thrown away
    """
    if draft.tests.count() >= MOST_TESTS:
        raise ExampleRefused("text", f"A set has at most {MOST_TESTS} tests. Remove one that is not needed.")
    if len(case.heading) > LONGEST_HEADING:
        raise ExampleRefused("heading", f"Shorten the heading to {LONGEST_HEADING} characters.")
    edited(draft, "mapping_set.test_added", draft, by=by, at=at, details={"question": case.text[:200]})
    row = MappingTest(
        version=draft,
        question_key=case.key,
        text=case.text,
        heading=case.heading,
        category=case.category,
        requirements=list(case.requirements),
        polarity=case.polarity or "",
        added_by=by,
        added_at=at,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise ExampleRefused("text", "There is a test of this question already. Remove it first.") from None
    return row


@transaction.atomic
def remove_test(*, row: MappingTest, by: User, at: datetime) -> None:
    """Take a test out of the draft.

    :raises DraftGone: if the draft was published or thrown away
    """
    edited(row.version, "mapping_set.test_removed", row.version, by=by, at=at, details={"question": row.text[:200]})
    row.delete()
