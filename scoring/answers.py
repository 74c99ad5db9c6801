"""What may be answered to a question, given the states of the requirements it asks about (DOMAIN 5.7, G-14).

An answer that sounds compliant needs every requirement met. A gap is stated only where the facts show one; where they
are silent or a person has to decide, the answer stays open and says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scoring.dates import say
from scoring.results import RequirementResult
from scoring.types import State


class Polarity(StrEnum):
    """Which plain answer is the compliant one: "yes", "no" ("Is it correct that you have not ...?"), or neither."""

    DIRECT = "direct"
    INVERTED = "inverted"
    NEUTRAL = "neutral"


class Value(StrEnum):
    YES = "yes"
    NO = "no"
    PARTIAL = "partial"
    NOT_APPLICABLE = "not_applicable"
    NEEDS_INFORMATION = "needs_information"


class Blank(StrEnum):
    """Why an answer is left open; ``NONE`` for an answer that is given."""

    NONE = ""
    NO_REQUIREMENT = "no_requirement"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_JUDGED = "not_judged"
    MISSING = "missing"
    UNDER_REVIEW = "under_review"
    NOT_APPLICABLE_UNAPPROVED = "not_applicable_unapproved"
    PARTLY_NOT_APPLICABLE = "partly_not_applicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A sentence for people; ``requirement`` and ``rule`` say what it is about, empty for neither."""

    sentence: str
    requirement: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The answer the facts allow, why, and the ids of the evidence it rests on."""

    value: Value
    because: tuple[Reason, ...]
    cites: tuple[str, ...] = ()
    blank_code: Blank = Blank.NONE


COMPLIANT = {Polarity.DIRECT: Value.YES, Polarity.INVERTED: Value.NO}
NON_COMPLIANT = {Polarity.DIRECT: Value.NO, Polarity.INVERTED: Value.YES}
GAPS = (State.FAILED, State.EXPIRED)


def decide(
    requirements: Sequence[str],
    states: Mapping[str, RequirementResult],
    polarity: Polarity,
    *,
    partial_offered: bool,
) -> Decision:
    """Return the answer that the states of the asked requirements allow.

    A requirement without a state (an add-on that the deal does not switch on) keeps the answer open, as a missing one
    does. ``partial_offered`` says whether the buyer's form has such an option.
    """
    names = tuple(dict.fromkeys(requirements))
    if not names:
        return _blank(Blank.NO_REQUIREMENT, [Reason(sentence="The question asks about no requirement of the mandate.")])
    asked = [states[name] for name in names if name in states]
    if polarity is Polarity.NEUTRAL:
        return _blank(Blank.NOT_YES_OR_NO, [Reason(sentence="Neither yes nor no answers this question.")], asked)
    gaps = [result for result in asked if result.state in GAPS]
    if gaps:
        return _gap(gaps, asked, polarity, partial_offered=partial_offered and len(asked) == len(names))
    if len(asked) < len(names):
        unknown = [name for name in names if name not in states]
        return _blank(Blank.NOT_JUDGED, [_not_judged(name) for name in unknown], asked)
    for state, blank in ((State.MISSING, Blank.MISSING), (State.UNDER_REVIEW, Blank.UNDER_REVIEW)):
        if any(result.state is state for result in asked):
            return _blank(blank, [reason for result in asked if result.is_open for reason in _why(result)], asked)
    if any(result.state is State.NOT_APPLICABLE for result in asked):
        return _not_applicable(asked)
    return Decision(
        value=COMPLIANT[polarity],
        because=tuple(reason for result in asked for reason in _why(result)),
        cites=_cites(asked),
    )


def _gap(
    gaps: Sequence[RequirementResult], asked: Sequence[RequirementResult], polarity: Polarity, *, partial_offered: bool
) -> Decision:
    met = [result for result in asked if result.state.is_met]
    # To "is it correct that you have not ...?" a "partly" reads both ways: there the gap is stated plainly.
    partly = partial_offered and polarity is Polarity.DIRECT and met and len(met) + len(gaps) == len(asked)
    if partly:
        because = tuple(reason for result in (*met, *gaps) for reason in _why(result))
        return Decision(value=Value.PARTIAL, because=because, cites=_cites(asked))
    because = tuple(reason for result in gaps for reason in _why(result))
    return Decision(value=NON_COMPLIANT[polarity], because=because, cites=_cites(gaps))


def _not_applicable(asked: Sequence[RequirementResult]) -> Decision:
    """Answer "not applicable" only where the buyer approved it for everything that is asked (G-13)."""
    because = tuple(reason for result in asked for reason in _why(result))
    if any(result.state is not State.NOT_APPLICABLE for result in asked):
        return _blank(Blank.PARTLY_NOT_APPLICABLE, because, asked)
    if not all(result.approved_not_applicable for result in asked):
        return _blank(Blank.NOT_APPLICABLE_UNAPPROVED, because, asked)
    return Decision(value=Value.NOT_APPLICABLE, because=because)


def _blank(code: Blank, because: Sequence[Reason], asked: Sequence[RequirementResult] = ()) -> Decision:
    return Decision(value=Value.NEEDS_INFORMATION, because=tuple(because), cites=_cites(asked), blank_code=code)


def _cites(results: Sequence[RequirementResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(evidence for result in results for evidence in result.evidence))


def _why(result: RequirementResult) -> list[Reason]:
    """Return the reasons of a requirement's state, the rule's own sentences where there are any."""
    told = result.warnings if result.state.is_met else result.problems
    reasons = [Reason(requirement=result.requirement, rule=r.rule, sentence=r.sentence) for r in told]
    if result.state.is_met or not reasons:
        reasons.insert(0, Reason(requirement=result.requirement, sentence=_in_short(result)))
    return reasons


def _in_short(result: RequirementResult) -> str:
    name = f"“{result.title}” ({result.requirement})" if result.title else result.requirement
    match result.state:
        case State.MET | State.MET_WITH_WARNING:
            until = f" until {say(result.expires_on)}" if result.expires_on else ""
            return f"{name} is proven by accepted evidence{until}."
        case State.EXPIRED:
            return f"The proof of {name} has expired."
        case State.FAILED:
            return f"The proof of {name} was rejected."
        case State.MISSING:
            return f"There is no proof of {name} yet."
        case State.UNDER_REVIEW:
            return f"A person still has to decide on the proof of {name}."
        case State.NOT_APPLICABLE if result.approved_not_applicable:
            return f"The buyer approved that {name} does not apply."
        case State.NOT_APPLICABLE:
            return f"{name} does not seem to apply to these AI systems, but the buyer has not approved that."


def _not_judged(name: str) -> Reason:
    return Reason(requirement=name, sentence=f"{name} is not part of what was judged for this deal.")
