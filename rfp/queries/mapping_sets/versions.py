"""Versions of mapping sets and their content."""

from __future__ import annotations

from django.db.models import Count, F, QuerySet

from accounts.models import Organisation
from rfp.mapping.content import Content, MappingCase
from rfp.mapping.rules import Effect, Rule
from rfp.mapping.types import Polarity, TaughtDecision
from rfp.models import Decision, MappingExample, MappingRule, MappingTest, MappingVersion, VersionState


def versions_of(organisation: Organisation) -> QuerySet[MappingVersion]:
    return MappingVersion.objects.filter(set__organisation=organisation)


def draft_of(organisation: Organisation) -> MappingVersion | None:
    return versions_of(organisation).filter(state=VersionState.DRAFT).select_related("set", "opened_by").first()


def published_of(organisation: Organisation) -> MappingVersion | None:
    published = versions_of(organisation).filter(state=VersionState.PUBLISHED)
    return published.select_related("set", "published_by").first()


def version_of(organisation: Organisation, number: int) -> MappingVersion | None:
    """Return the version with this number; it is published or was."""
    numbered = versions_of(organisation).exclude(state=VersionState.DRAFT)
    return numbered.filter(number=number).select_related("set", "published_by", "restores").first()


def version_by_id(organisation: Organisation, pk: int) -> MappingVersion | None:
    found = versions_of(organisation).filter(pk=pk)
    return found.select_related("set", "published_by", "opened_by", "restores").first()


def counted_versions(organisation: Organisation) -> QuerySet[MappingVersion]:
    """Return the versions, the draft first, with how many rules, examples and tests each holds."""
    return (
        versions_of(organisation)
        .select_related("published_by", "opened_by", "restores")
        .annotate(
            rule_count=Count("rules", distinct=True),
            example_count=Count("examples", distinct=True),
            test_count=Count("tests", distinct=True),
        )
        .order_by(F("published_at").desc(nulls_first=True), "-number")
    )


def decided(organisation: Organisation) -> int:
    """Return how many decisions of the organisation's people count beside its versions."""
    return Decision.objects.of(organisation).count()


def content_of(version: MappingVersion | None) -> Content:
    """Return what the version holds; none holds nothing."""
    if version is None:
        return Content()
    return Content(
        rules=tuple(to_rule(row) for row in version.rules.all()),
        examples=tuple(to_example(row) for row in version.examples.defer("embedding")),
        tests=tuple(to_case(row) for row in version.tests.all()),
    )


def to_rule(row: MappingRule) -> Rule:
    return Rule(
        name=row.name,
        all_of=tuple(row.all_of),
        any_of=tuple(row.any_of),
        none_of=tuple(row.none_of),
        quoted=tuple(row.quoted),
        headings=tuple(row.headings),
        effect=Effect(row.effect),
        category=row.category,
        requirements=tuple(row.requirements),
        controls=tuple(row.controls),
        polarity=Polarity(row.polarity) if row.polarity else None,
        priority=row.priority,
        reason=row.reason,
    )


def to_example(row: MappingExample) -> TaughtDecision:
    return TaughtDecision(
        text=row.text,
        category=row.category,
        requirements=tuple(row.requirements),
        polarity=Polarity(row.polarity) if row.polarity else None,
    )


def to_case(row: MappingTest) -> MappingCase:
    return MappingCase(
        text=row.text,
        heading=row.heading,
        category=row.category,
        requirements=tuple(row.requirements),
        polarity=Polarity(row.polarity) if row.polarity else None,
    )
