"""What counts before anything that the product ships: the rules in force and what people decided about questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evidence.question_key import question_key
from rfp.mapping.content import Content
from rfp.mapping.rules import Rule, ordered
from rfp.mapping.types import TaughtDecision


@dataclass(frozen=True, slots=True)
class Teaching:
    """Rules in the order in which they count; decisions with the latest last, one of a question."""

    rules: tuple[Rule, ...] = ()
    taught: tuple[TaughtDecision, ...] = ()


def combine(own: Content, decisions: Sequence[TaughtDecision], shared: Sequence[Content]) -> Teaching:
    """Return what counts for an organisation: its people's DECISIONS over its OWN content over what providers SHARED.

    Of the same question only what counts first is left, so that a question said twice does not weigh twice; nor does an
    example count that the organisation's people ruled out.
    """
    rules = [rule for content in (own, *shared) for rule in ordered(content.rules)]
    taught: dict[str, TaughtDecision] = {}
    for content in (*reversed(shared), own):
        # In an order of their own: equal contents count equally, however they were written.
        for key, example in sorted(_by_key(content).items()):
            taught.pop(key, None)
            taught[key] = example
    for decision in decisions:
        known = taught.get(question_key(decision.text))
        if known is not None and (decision.confirmed or known.category == decision.category):
            del taught[question_key(decision.text)]
    return Teaching(rules=tuple(rules), taught=(*taught.values(), *decisions))


def _by_key(content: Content) -> dict[str, TaughtDecision]:
    return {question_key(example.text): example for example in content.examples}
