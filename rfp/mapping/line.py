"""Draw the line above which a proposal may stand by itself, on questions whose answer the model has not seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from rfp.mapping.examples import CATEGORIES, Example
from rfp.mapping.model import POLARITIES, Fitted, decisive
from rfp.mapping.store import Line
from rfp.mapping.types import NO_CATEGORY, AnswerType

ERROR_ALLOWED = 0.02
STEPS = 40  # thresholds tried for each of the three confidences

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]


class Judged:
    """Held-out questions as rows: the three confidences of each, and whether what they stand for was all right.

    A question is right when its category is, and, in the checklist, exactly the labelled requirements are decisive (one
    too many asks for proof that is not wanted, one too few says yes without it) and, for a yes or no, the polarity.
    A requirement derived from others, or from which one is derived, counts as named with them: RELATED says which.
    """

    def __init__(self, fitted: Fitted, examples: Sequence[Example], related: Mapping[str, Set[str]]) -> None:
        count = len(fitted.rows)
        held_out = fitted.held_out
        refs = fitted.model.catalogue.refs
        place = {int(row): at for at, row in enumerate(fitted.polar)}
        self.category: Floats = held_out.categories.max(1)
        self.decisive: Floats = np.ones(count, np.float32)
        self.polarity: Floats = np.ones(count, np.float32)
        self.right: Flags = np.zeros(count, np.bool_)
        self.in_checklist: Flags = np.zeros(count, np.bool_)
        self.exact: Flags = np.zeros(count, np.bool_)  # the decisive requirements are those of the label
        self.precise: Flags = np.zeros(count, np.bool_)  # none of them is wrong
        for at, row in enumerate(fitted.rows.tolist()):
            example = examples[row]
            category = CATEGORIES[int(held_out.categories[at].argmax())]
            chosen, sure = decisive(held_out.requirements[at])
            named = {refs[number] for number in chosen}
            wanted = set(example.requirements)
            self.precise[at] = named <= wanted
            self.exact[at] = self.precise[at] and all(ref in named or related.get(ref, set()) & named for ref in wanted)
            self.in_checklist[at] = category != NO_CATEGORY
            self.right[at] = category in example.categories and (self.exact[at] or category == NO_CATEGORY)
            if not self.in_checklist[at]:
                continue
            self.decisive[at] = sure
            if example.answer_type is AnswerType.YES_NO and row in place:
                shares = held_out.polarities[place[row]]
                self.polarity[at] = shares.max()
                self.right[at] &= POLARITIES[int(shares.argmax())] == example.polarity
        self.yes_no: Flags = self.polarity < 1

    def above(self, line: Line) -> Flags:
        """Say for each question whether it stands above LINE."""
        above: Flags = (
            (self.category >= line.category) & (self.decisive >= line.decisive) & (self.polarity >= line.polarity)
        )
        return above

    def figures(self, line: Line) -> dict[str, float]:
        """Return what share of the questions stands above LINE, and what share of those, and of all, is right."""
        above, asked = self.above(line), self.in_checklist
        return {
            "coverage": _share(above),
            "right_above_line": _share(self.right[above]),
            "right_above_line_yes_no": _share(self.right[above & self.yes_no]),
            "decisive_exact": _share(self.exact[asked]),
            "decisive_precise": _share(self.precise[asked]),
            "decisive_exact_above_line": _share(self.exact[above & asked]),
            "decisive_precise_above_line": _share(self.precise[above & asked]),
        }


def draw_line(judged: Judged) -> Line:
    """Return the line that lets the most questions through of which at most two in a hundred were wrong.

    The share must hold over all of them, over those of the checklist and over those to be answered yes or no: many
    easy questions may not pay for the wrong answers to the hard ones. Nor may they crowd the hard ones out, so each of
    the three groups counts.
    """
    groups = [np.ones(len(judged.right), np.bool_), judged.in_checklist, judged.yes_no]
    best, most = Line(category=1.0, decisive=1.0, polarity=1.0), 0
    for category in _steps(judged.category):
        for decisive_ in _steps(judged.decisive[judged.in_checklist]):
            for polarity in _steps(judged.polarity[judged.yes_no]):
                line = Line(category=category, decisive=decisive_, polarity=polarity)
                above = judged.above(line)
                count = sum(int((above & group).sum()) for group in groups)
                if count > most and all(_holds(above & group, judged.right) for group in groups):
                    best, most = line, count
    return best


def _holds(above: Flags, right: Flags) -> bool:
    return int((above & ~right).sum()) <= ERROR_ALLOWED * int(above.sum())


def _steps(confidence: Floats) -> list[float]:
    """Return thresholds that cut CONFIDENCE into shares of equal size, in the half that is sure."""
    if not len(confidence):
        return [1.0]
    return sorted({round(float(one), 4) for one in np.quantile(confidence, np.linspace(0.1, 0.98, STEPS))})


def _share(flags: Flags) -> float:
    return round(float(flags.mean()), 4) if len(flags) else 0.0
