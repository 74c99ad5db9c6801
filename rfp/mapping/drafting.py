"""Make a proposal of the heads' probabilities, the rules that apply and what the question takes for granted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.controls import BY_RULE, MOST
from rfp.mapping.examples import CATEGORIES
from rfp.mapping.model import POLARITIES, TYPES, Prediction, decisive
from rfp.mapping.premises import asks_edition, false_premise, loose_words
from rfp.mapping.reasons import explain, near_examples, nearest_examples, telling_words
from rfp.mapping.rules import Effect, Rule
from rfp.mapping.store import Trained
from rfp.mapping.types import (
    NO_CATEGORY,
    AnswerType,
    Asked,
    Candidate,
    ControlRef,
    Part,
    Polarity,
    Proposal,
    TaughtDecision,
)

Floats = NDArray[np.float32]

CANDIDATES = 5
_BOOST = 0.25  # what a boosting rule adds to a probability
_WORTH_NAMING = 0.02
_YES_NO = frozenset({"yes", "no", "y", "n", "true", "false"})
_BESIDE_YES_NO = _YES_NO | {
    "n/a",
    "na",
    "not applicable",
    "partial",
    "partially",
    "partly",
    "planned",
    "unknown",
    "tbd",
    "other",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A proposal before controls and parts are known."""

    category: str
    confidence: float
    candidates: tuple[Candidate, ...]
    decisive: tuple[str, ...]
    decisive_confidence: float
    polarity: Polarity
    polarity_confidence: float
    answer_type: AnswerType
    false_premise: str
    asks_edition: str
    above_line: bool
    reasons: tuple[str, ...]
    offers_options: bool  # the form lists what may be answered
    named: tuple[ControlRef, ...] = ()  # by rules; they come before those that are suggested
    decided_before: bool = False

    @property
    def wanted(self) -> Mapping[str, float]:
        """Return the probability of each requirement the question may ask for."""
        return {candidate.ref: candidate.probability for candidate in self.candidates}

    def because(self, reason: str, *, first: bool = False) -> Draft:
        return replace(self, reasons=(reason, *self.reasons) if first else (*self.reasons, reason))

    def decided_by(self, decision: TaughtDecision) -> Draft:
        """Return the draft with what a person decided about the same question."""
        reason = "The same question was decided before."
        others = tuple(candidate for candidate in self.candidates if candidate.ref not in decision.requirements)
        return replace(
            self,
            category=decision.category,
            confidence=1.0,
            candidates=tuple(Candidate(ref, 1.0, reason) for ref in decision.requirements) + others,
            decisive=decision.requirements,
            decisive_confidence=1.0,
            polarity=decision.polarity or self.polarity,
            polarity_confidence=1.0 if decision.polarity else self.polarity_confidence,
            answer_type=AnswerType.YES_NO if decision.polarity and not self.offers_options else self.answer_type,
            above_line=not self.false_premise,
            reasons=(reason, *self.reasons),
            decided_before=True,
        )

    def proposal(self, controls: tuple[ControlRef, ...], parts: tuple[Part, ...]) -> Proposal:
        named = {(control.framework, control.ref) for control in self.named}
        others = tuple(control for control in controls if (control.framework, control.ref) not in named)
        return Proposal(
            category=self.category,
            confidence=self.confidence,
            requirements=self.candidates,
            decisive=self.decisive,
            decisive_confidence=self.decisive_confidence,
            controls=(*self.named, *others)[:MOST],
            polarity=self.polarity if self.answer_type is AnswerType.YES_NO else None,
            polarity_confidence=self.polarity_confidence,
            answer_type=self.answer_type,
            parts=parts,
            false_premise=self.false_premise,
            asks_edition=self.asks_edition,
            above_line=self.above_line,
            reasons=self.reasons,
            decided_before=self.decided_before,
            yes_would_say=self.polarity,
        )


@dataclass(frozen=True, slots=True)
class Drafter:
    trained: Trained

    def draft(self, asked: Asked, prediction: Prediction, row: int, dense: Floats, rules: Sequence[Rule]) -> Draft:
        """Return the draft for the question in ROW of PREDICTION, to which RULES apply."""
        categories, requirements = self._lean(prediction.categories[row], prediction.requirements[row], rules)
        number = int(categories.argmax())
        category, confidence = CATEGORIES[number], float(categories[number])
        if number != len(CATEGORIES) - 1:
            requirements = self._prefer(requirements, categories)
        refs = self.trained.model.catalogue.refs
        chosen, sure = decisive(requirements)
        for rule in rules:
            if rule.effect is Effect.FORCE and rule.category:  # it decides alone, whatever else is likely
                chosen, sure = [refs.index(ref) for ref in rule.requirements], 1.0
        in_checklist = category != NO_CATEGORY
        nearest = nearest_examples(dense)
        candidates = self._candidates(asked.text, requirements, nearest) if in_checklist else ()
        polarity_shares = prediction.polarities[row]
        polarity = next((r.polarity for r in rules if r.polarity), None) or POLARITIES[int(polarity_shares.argmax())]
        answer_type = answer_type_of(prediction.types[row], asked.options)
        premise, edition = false_premise(asked.text), asks_edition(asked.text)
        line = self.trained.line
        polarity_confidence = float(polarity_shares[POLARITIES.index(polarity)])
        return Draft(
            category=category,
            confidence=round(confidence, 4),
            candidates=candidates,
            decisive=tuple(refs[at] for at in chosen) if in_checklist else (),
            decisive_confidence=round(sure if in_checklist else confidence, 4),
            polarity=polarity,
            polarity_confidence=round(polarity_confidence, 4),
            answer_type=answer_type,
            false_premise=premise,
            asks_edition=edition,
            above_line=(
                confidence >= line.category
                and (not in_checklist or sure >= line.decisive)
                and (answer_type is not AnswerType.YES_NO or not in_checklist or polarity_confidence >= line.polarity)
                and not premise
            ),
            offers_options=bool(asked.options),
            named=controls_named(rules),
            reasons=self._reasons(asked.text, category, candidates, nearest, rules, (premise, edition)),
        )

    def _lean(self, categories: Floats, requirements: Floats, rules: Sequence[Rule]) -> tuple[Floats, Floats]:
        """Apply administrators' rules to the probabilities of a question."""
        if not rules:
            return categories, requirements
        refs = self.trained.model.catalogue.refs
        categories, requirements = categories.copy(), requirements.copy()
        for rule in rules:
            if not rule.category:
                continue
            place = CATEGORIES.index(rule.category)
            named = [refs.index(ref) for ref in rule.requirements]
            if rule.effect is Effect.FORCE:
                categories[:] = 0.0
                categories[place] = 1.0
                requirements[named] = 1.0
            else:
                categories[place] += _BOOST
                requirements[named] = np.minimum(requirements[named] + _BOOST, 1.0)
        return categories / categories.sum(), requirements

    def _prefer(self, requirements: Floats, categories: Floats) -> Floats:
        """Rank requirements of likelier categories first; among equals the catalogue's order decides."""
        owner = np.array(self.trained.model.catalogue.category)
        return np.where(categories[owner] < _WORTH_NAMING, requirements * 0.5, requirements).astype(np.float32)

    def _candidates(self, text: str, requirements: Floats, nearest: Sequence[int]) -> tuple[Candidate, ...]:
        refs = self.trained.model.catalogue.refs
        order = np.argsort(-requirements, kind="stable")[:CANDIDATES].tolist()
        kept = [at for rank, at in enumerate(order) if rank < 3 or requirements[at] >= _WORTH_NAMING]
        return tuple(
            Candidate(refs[at], round(float(requirements[at]), 4), self._why(text, refs[at], nearest)) for at in kept
        )

    def _why(self, text: str, name: str, nearest: Sequence[int]) -> str:
        near = near_examples(nearest, self.trained.labels, name)
        words = telling_words(text, name, self.trained.telling)
        return explain(name, self.trained.titles.get(name, ""), words, near)

    def _reasons(
        self,
        text: str,
        category: str,
        candidates: Sequence[Candidate],
        nearest: Sequence[int],
        rules: Sequence[Rule],
        remarks: Sequence[str],
    ) -> tuple[str, ...]:
        forced = [rule for rule in rules if rule.effect is Effect.FORCE and rule.category]
        said = [rule.said for rule in rules]
        if not forced:
            said += [candidates[0].reason] if candidates else [self._why(text, category, nearest)]
        return (*said, *(remark for remark in (*remarks, loose_words(text)) if remark))


def controls_named(rules: Sequence[Rule]) -> tuple[ControlRef, ...]:
    """Return the controls that rules name, each once, in the order of the rules."""
    named = dict.fromkeys(control for rule in rules for control in rule.controls)
    pairs = (control.split(":", 1) for control in named)
    return tuple(ControlRef(framework, ref, BY_RULE, 1.0) for framework, ref in pairs)


def answer_type_of(shares: Floats, options: Sequence[str]) -> AnswerType:
    """Return the answer type; the form's own OPTIONS decide it where there are any."""
    written = {option.strip().lower().rstrip(".") for option in options if option.strip()}
    if len(written) >= 2:
        is_yes_no = bool(written & _YES_NO) and all(_opens_yes_no(option) for option in written)
        return AnswerType.YES_NO if is_yes_no else AnswerType.CHOICE
    return TYPES[int(shares.argmax())]


def _opens_yes_no(option: str) -> bool:
    return option in _BESIDE_YES_NO or option.split(",")[0].split(" ")[0].strip(":-–") in _BESIDE_YES_NO
