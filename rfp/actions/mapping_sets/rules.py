"""Rules of a draft: added, changed, removed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F

from accounts.models import User
from rfp.actions.mapping_sets.drafts import edited
from rfp.mapping.known import known_controls, known_requirements
from rfp.mapping.rules import Rule, RuleProblem, check_rule
from rfp.models import MappingRule, MappingVersion

MOST_RULES = 1000


class RuleRefused(Exception):
    """The rule cannot be used; ``problems`` name the fields and say what to do."""

    def __init__(self, problems: Sequence[RuleProblem]) -> None:
        super().__init__(" ".join(f"{problem.field}: {problem.said}" for problem in problems))
        self.problems = tuple(problems)


class RuleMoved(Exception):
    """Somebody changed or removed the rule in the meantime; nothing was changed."""

    def __init__(self) -> None:
        super().__init__(
            "Somebody changed this rule since you opened it. This is how it is now; make your change again."
        )


@transaction.atomic
def add_rule(*, draft: MappingVersion, rule: Rule, by: User, at: datetime) -> MappingRule:
    """Add a rule to the draft.

    :raises RuleRefused: if it is not valid or its name is taken
    :raises DraftGone: if the draft was published or thrown away
    """
    _check(rule)
    if draft.rules.count() >= MOST_RULES:
        raise RuleRefused(
            [RuleProblem("name", f"A set has at most {MOST_RULES} rules. Remove one that is not needed.")]
        )
    row = MappingRule(version=draft, changed_by=by, changed_at=at, **_columns(rule))
    edited(draft, "mapping_set.rule_added", draft, by=by, at=at, details={"rule": rule.name})
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise RuleRefused([_taken(rule)]) from None
    return row


@transaction.atomic
def change_rule(*, row: MappingRule, rule: Rule, seen: int, by: User, at: datetime) -> None:
    """Change a rule of the draft; the same content again changes nothing.

    :raises RuleRefused: if it is not valid or its name is taken
    :raises RuleMoved: if it is no longer as the person saw it
    :raises DraftGone: if the draft was published or thrown away
    """
    _check(rule)
    columns = _columns(rule)
    if row.edits == seen and all(getattr(row, name) == value for name, value in columns.items()):
        return
    edited(row.version, "mapping_set.rule_changed", row.version, by=by, at=at, details={"rule": rule.name})
    if MappingRule.objects.filter(version=row.version_id, name=rule.name).exclude(pk=row.pk).exists():
        raise RuleRefused([_taken(rule)])
    same = MappingRule.objects.filter(pk=row.pk, edits=seen)
    if not same.update(edits=F("edits") + 1, changed_by=by, changed_at=at, **columns):
        raise RuleMoved


@transaction.atomic
def remove_rule(*, row: MappingRule, seen: int, by: User, at: datetime) -> None:
    """Take a rule out of the draft.

    :raises RuleMoved: if it is no longer as the person saw it
    :raises DraftGone: if the draft was published or thrown away
    """
    edited(row.version, "mapping_set.rule_removed", row.version, by=by, at=at, details={"rule": row.name})
    removed, _ = MappingRule.objects.filter(pk=row.pk, edits=seen).delete()
    if not removed:
        raise RuleMoved


def _check(rule: Rule) -> None:
    problems = check_rule(rule, refs=known_requirements(), controls=known_controls())
    if problems:
        raise RuleRefused(problems)


def _taken(rule: Rule) -> RuleProblem:
    return RuleProblem("name", f"There is a rule named {rule.name!r} already. Choose another name.")


def _columns(rule: Rule) -> dict[str, object]:
    """Return the rule as the columns of its row."""
    columns = asdict(rule)
    lists = {name: list(value) for name, value in columns.items() if isinstance(value, tuple)}
    return {**columns, **lists, "effect": str(rule.effect), "polarity": str(rule.polarity or "")}
