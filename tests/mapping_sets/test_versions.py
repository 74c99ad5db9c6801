"""A set is edited in one draft, published, compared by its content, and gone back to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.models import AuditEvent, Organisation, User
from evidence.retrieval.encoder import Encoder
from rfp.actions.mapping import teach
from rfp.actions.mapping_sets import cases, drafts, examples, publishing, rules
from rfp.mapping.content import MappingCase
from rfp.mapping.engine import Mapper
from rfp.mapping.types import Asked, TaughtDecision
from rfp.models import MappingRule, MappingVersion, VersionState
from rfp.queries.mapping_sets import teaching, versions
from tests.conftest import NOW
from tests.mapping_sets.conftest import COFFEE, TEA

ASKED = Asked(text="Who cleans the coffee machine?")
BREWED = Asked(text="How do you brew your tea?")


def categories(organisation: Organisation, mapper: Mapper) -> list[str]:
    found = teaching.teaching_of(organisation, mapper.vectors)
    return [one.category for one in mapper.propose([ASKED, BREWED], taught=found.taught, rules=found.rules)]


def test_what_is_published_counts_and_can_be_taken_back(
    vendor: Organisation, max: User, draft: MappingVersion, mapper: Mapper, encoder: Encoder
) -> None:
    rules.add_rule(draft=draft, rule=COFFEE, by=max, at=NOW)
    assert examples.add_examples(draft=draft, examples=[TEA], encoder=encoder, by=max, at=NOW) == 1
    assert examples.add_examples(draft=draft, examples=[TEA], encoder=encoder, by=max, at=NOW) == 0
    assert categories(vendor, mapper) == ["none", "none"], "a draft counts for nothing"
    draft.refresh_from_db()
    first = publishing.publish(draft=draft, seen=draft.edits, note="Coffee.", mapper=mapper, by=max, at=NOW)
    assert (first.number, first.state) == (1, VersionState.PUBLISHED)
    assert categories(vendor, mapper) == ["adversarial_testing", "bias_fairness"]

    second = drafts.open_draft(organisation=vendor, by=max, at=NOW)
    assert second.pk == drafts.open_draft(organisation=vendor, by=max, at=NOW).pk
    assert versions.content_of(second).digest() == first.digest
    with pytest.raises(publishing.NothingToPublish):
        publishing.publish(draft=second, seen=second.edits, note="Same.", mapper=mapper, by=max, at=NOW)
    rules.remove_rule(row=second.rules.get(), seen=1, by=max, at=NOW)
    with pytest.raises(drafts.DraftMoved):
        publishing.publish(draft=second, seen=second.edits, note="Moved.", mapper=mapper, by=max, at=NOW)
    second.refresh_from_db()
    publishing.publish(draft=second, seen=second.edits, note="No coffee.", mapper=mapper, by=max, at=NOW)
    assert categories(vendor, mapper) == ["none", "bias_fairness"]

    first.refresh_from_db()
    with pytest.raises(publishing.PublishedMoved):
        publishing.roll_back(to=first, seen=1, note="Back.", by=max, at=NOW)
    third = publishing.roll_back(to=first, seen=2, note="Back.", by=max, at=NOW)
    assert (third.number, third.restores, third.digest) == (3, first, first.digest)
    assert categories(vendor, mapper) == ["adversarial_testing", "bias_fairness"]
    assert [one.state for one in versions.versions_of(vendor)] == ["published", "superseded", "superseded"]
    said = AuditEvent.objects.filter(organisation_id=vendor.pk, event__startswith="mapping_set.")
    assert [event.event.split(".")[1] for event in said.order_by("sequence")] == [
        "draft_opened", "rule_added", "examples_added", "published", "draft_opened", "rule_removed", "published",
        "rolled_back",
    ]  # fmt: skip


def test_a_failing_test_keeps_a_draft_from_being_published(
    vendor: Organisation, max: User, draft: MappingVersion, mapper: Mapper
) -> None:
    case = MappingCase(text=ASKED.text, category="adversarial_testing", requirements=("AT-4",))
    cases.add_test(draft=draft, case=case, by=max, at=NOW)
    with pytest.raises(examples.ExampleRefused):
        cases.add_test(draft=draft, case=case, by=max, at=NOW)
    draft.refresh_from_db()
    with pytest.raises(publishing.CasesFailed, match="Who cleans the coffee machine"):
        publishing.publish(draft=draft, seen=draft.edits, note="Coffee.", mapper=mapper, by=max, at=NOW)
    assert versions.published_of(vendor) is None
    rules.add_rule(draft=draft, rule=COFFEE, by=max, at=NOW)
    draft.refresh_from_db()
    with pytest.raises(publishing.NoteMissing):
        publishing.publish(draft=draft, seen=draft.edits, note=" ", mapper=mapper, by=max, at=NOW)
    assert publishing.publish(draft=draft, seen=draft.edits, note="Coffee.", mapper=mapper, by=max, at=NOW).number == 1


def test_a_rule_is_refused_by_its_fields_and_never_overwritten(max: User, draft: MappingVersion) -> None:
    with pytest.raises(rules.RuleRefused) as refused:
        rules.add_rule(draft=draft, rule=replace(COFFEE, requirements=("ZZ-1",), any_of=("*",)), by=max, at=NOW)
    assert [problem.field for problem in refused.value.problems] == ["any_of", "requirements"]
    assert not MappingRule.objects.exists()
    row = rules.add_rule(draft=draft, rule=COFFEE, by=max, at=NOW)
    with pytest.raises(rules.RuleRefused, match="named 'coffee' already"):
        rules.add_rule(draft=draft, rule=COFFEE, by=max, at=NOW)
    rules.change_rule(row=row, rule=replace(COFFEE, priority=5), seen=1, by=max, at=NOW)
    with pytest.raises(rules.RuleMoved):
        rules.change_rule(row=row, rule=replace(COFFEE, priority=6), seen=1, by=max, at=NOW)
    with pytest.raises(rules.RuleMoved):
        rules.remove_rule(row=row, seen=1, by=max, at=NOW)
    row.refresh_from_db()
    assert (row.priority, row.edits) == (5, 2)
    draft.refresh_from_db()
    drafts.discard_draft(draft=draft, seen=draft.edits, by=max, at=NOW)
    with pytest.raises(drafts.DraftGone):
        rules.add_rule(draft=draft, rule=COFFEE, by=max, at=NOW)
    assert not MappingRule.objects.exists()


def test_teaching_stays_with_its_organisation_and_the_providers_counts_after_it(
    vendor: Organisation,
    other_vendor: Organisation,
    provider: Organisation,
    max: User,
    paula: User,
    draft: MappingVersion,
    mapper: Mapper,
    encoder: Encoder,
) -> None:
    rules.add_rule(draft=draft, rule=COFFEE, by=max, at=NOW)
    draft.refresh_from_db()
    publishing.publish(draft=draft, seen=draft.edits, note="Coffee.", mapper=mapper, by=max, at=NOW)
    assert categories(other_vendor, mapper) == ["none", "none"], "a vendor's own never leaks"
    shared = drafts.open_draft(organisation=provider, by=paula, at=NOW)
    examples.add_examples(draft=shared, examples=[TEA], encoder=encoder, by=paula, at=NOW)
    shared.refresh_from_db()
    publishing.publish(draft=shared, seen=shared.edits, note="Tea.", mapper=mapper, by=paula, at=NOW)
    assert categories(other_vendor, mapper) == ["none", "bias_fairness"]
    assert categories(vendor, mapper) == ["adversarial_testing", "bias_fairness"]
    assert categories(provider, mapper) == ["none", "bias_fairness"]
    own = TaughtDecision(text=TEA.text, category="none", requirements=())
    teach(organisation=vendor, decisions=[own], encoder=encoder, by=max, at=NOW)
    assert categories(vendor, mapper) == ["adversarial_testing", "none"], "what its people decide counts first"
    assert categories(other_vendor, mapper) == ["none", "bias_fairness"]
    assert [one.number for one in teaching.in_force(vendor)] == [1, 1]
