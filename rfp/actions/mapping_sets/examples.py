"""Examples of a draft: questions whose mapping is confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.models import Organisation, User
from evidence.question_key import normalise, question_key
from evidence.retrieval.encoder import Encoder
from evidence.vectors import pack
from rfp.actions.mapping_sets.drafts import BATCH, edited
from rfp.mapping.known import category_of, unknown_among
from rfp.mapping.types import Polarity, TaughtDecision
from rfp.models import Decision, ExampleOrigin, MappingExample, MappingVersion
from rfp.queries.decisions import to_decision

MOST_EXAMPLES = 10_000
LONGEST_TEXT = 4_000


class ExampleRefused(Exception):
    """The example or test cannot be used; ``field`` is the one that is wrong, the text says what to do."""

    def __init__(self, field: str, said: str) -> None:
        super().__init__(said)
        self.field = field


def confirmed(text: str, requirements: Sequence[str], polarity: Polarity | None) -> TaughtDecision:
    """Return what a person says a question asks for: requirements, the main one first, or nothing of the checklist.

    :raises ExampleRefused: if there is no question or a requirement is unknown
    """
    if not normalise(text):
        raise ExampleRefused("text", "Write the question.")
    if len(text) > LONGEST_TEXT:
        raise ExampleRefused("text", f"Shorten the question to {LONGEST_TEXT} characters.")
    for ref in unknown_among(requirements):
        raise ExampleRefused("requirements", f"The checklist has no requirement {ref}.")
    return TaughtDecision(
        text=text.strip(), category=category_of(requirements), requirements=tuple(requirements), polarity=polarity
    )


@transaction.atomic
def add_examples(
    *,
    draft: MappingVersion,
    examples: Sequence[TaughtDecision],
    encoder: Encoder,
    origin: ExampleOrigin = ExampleOrigin.WRITTEN,
    by: User | None,
    at: datetime,
) -> int:
    """Add examples to the draft; one of the same question takes the place of the one before. Return how many changed.

    :raises ExampleRefused: if there would be too many
    :raises DraftGone: if the draft was published or thrown away
    """
    wanted = {question_key(example.text): example for example in examples if example.confirmed}
    known = {row.question_key: row for row in draft.examples.defer("embedding")}
    changed = {key: one for key, one in wanted.items() if key not in known or _says(known[key]) != _said(one)}
    if not changed:
        return 0
    if len(known.keys() | changed.keys()) > MOST_EXAMPLES:
        raise ExampleRefused("text", f"A set has at most {MOST_EXAMPLES} examples. Remove those it can do without.")
    edited(draft, "mapping_set.examples_added", draft, by=by, at=at, details={"examples": len(changed)})
    vectors = encoder.encode([example.text for example in changed.values()])
    draft.examples.filter(pk__in=[known[key].pk for key in changed if key in known]).delete()
    MappingExample.objects.bulk_create(
        [
            MappingExample(
                version=draft,
                question_key=key,
                text=example.text,
                category=example.category,
                requirements=list(example.requirements),
                polarity=example.polarity or "",
                embedding=pack(vector),
                origin=origin,
                added_by=by,
                added_at=at,
            )
            for (key, example), vector in zip(changed.items(), vectors, strict=True)
        ],
        batch_size=BATCH,
    )
    return len(changed)


@transaction.atomic
def change_example(
    *,
    row: MappingExample,
    requirements: Sequence[str],
    polarity: Polarity | None,
    encoder: Encoder,
    by: User,
    at: datetime,
) -> None:
    """Say anew what the question of an example asks for; the same again changes nothing.

    :raises ExampleRefused: if a requirement is unknown
    :raises DraftGone: if the draft was published or thrown away
    """
    example = confirmed(row.text, requirements, polarity)
    add_examples(draft=row.version, examples=[example], encoder=encoder, origin=ExampleOrigin(row.origin), by=by, at=at)


@transaction.atomic
def remove_examples(*, draft: MappingVersion, examples: Sequence[int], by: User, at: datetime) -> int:
    """Take examples out of the draft by their ids; return how many there were.

    :raises DraftGone: if the draft was published or thrown away
    """
    rows = draft.examples.filter(pk__in=examples)
    count = rows.count()
    if count:
        edited(draft, "mapping_set.examples_removed", draft, by=by, at=at, details={"examples": count})
        rows.delete()
    return count


def take_in_decisions(*, draft: MappingVersion, encoder: Encoder, by: User, at: datetime) -> int:
    """Make examples of what the organisation's people decided at the desk and no example says yet; return how many."""
    decisions = [to_decision(row) for row in Decision.objects.of(owner_of(draft)).filter(confirmed=True)]
    return add_examples(draft=draft, examples=decisions, encoder=encoder, origin=ExampleOrigin.DESK, by=by, at=at)


def owner_of(version: MappingVersion) -> Organisation:
    return version.set.organisation


def _says(row: MappingExample) -> tuple[str, tuple[str, ...], str]:
    return row.category, tuple(row.requirements), row.polarity


def _said(example: TaughtDecision) -> tuple[str, tuple[str, ...], str]:
    return example.category, example.requirements, example.polarity or ""
