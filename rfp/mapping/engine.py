"""Map questions to requirements and controls, or to none. The order of decision is DESIGN's:

the same question decided before; administrators' rules; what people decided about near questions; the trained heads,
which rest on the likeness to every confirmed example. Headings help only a question that names no subject itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from evidence.retrieval.encoder import VectorCache, shared_encoder
from rfp.mapping import context
from rfp.mapping.drafting import Draft, Drafter, answer_type_of
from rfp.mapping.features import Described
from rfp.mapping.model import Prediction
from rfp.mapping.parts import split_parts
from rfp.mapping.reader import PolarityReader, shared_reader
from rfp.mapping.rules import SHIPPED, Rule, applying, read_rules
from rfp.mapping.store import Trained, load
from rfp.mapping.taught import Taught
from rfp.mapping.types import NO_CATEGORY, AnswerType, Asked, Part, Proposal, TaughtDecision

BLOCK = 256  # questions compared at a time; bounds memory
_REMEMBERED = 20_000  # vectors kept between calls
_PARENT = 0.5  # how much the whole row counts beside the part itself


Progress = Callable[[int, int], None]


def _silent(done: int, total: int) -> None:
    return None


class Block(NamedTuple):
    """Questions that were compared with the examples; what a yes would say is still being read."""

    asked: Sequence[Asked]
    described: Described
    dense: NDArray[np.float32]
    reading: Future[Prediction]


@dataclass(slots=True)
class Mapper:
    """The shipped mapping. ``propose`` may be called from one thread at a time."""

    trained: Trained
    rules: tuple[Rule, ...]
    hidden: NDArray[np.bool_] | None = None  # examples that may not be seen, when measuring on them
    vectors: VectorCache = field(default_factory=dict)
    reader: PolarityReader = field(default_factory=shared_reader)

    @classmethod
    def load(cls) -> Self:
        """Return the mapping that the product ships."""
        trained = load(shared_encoder())
        return cls(trained, read_rules(SHIPPED, trained.model.catalogue.refs))

    @property
    def version(self) -> str:
        """Return what changes whenever the same question may be mapped otherwise."""
        return self.trained.version

    def propose(
        self,
        asked: Sequence[Asked],
        *,
        taught: Sequence[TaughtDecision] = (),
        rules: Sequence[Rule] = (),
        progress: Progress = _silent,
    ) -> list[Proposal]:
        """Return a proposal per question, in order.

        TAUGHT decisions count at once, the latest last; RULES come before the shipped ones.
        """
        if len(self.vectors) > _REMEMBERED:
            self.vectors.clear()
        known = self._learn(taught)
        counting = (*rules, *self.rules)
        blocks = [asked[start : start + BLOCK] for start in range(0, len(asked), BLOCK)]
        proposals: list[Proposal] = []
        before: Block | None = None
        # The networks run outside the interpreter's lock: they read the next block while this one is decided.
        with ThreadPoolExecutor(1, "reading ahead") as ahead:
            described = [ahead.submit(self._describe, block) for block in blocks[:2]]
            for number, block in enumerate(blocks):
                compared = self._compare(block, described[number].result(), ahead)
                described += [ahead.submit(self._describe, later) for later in blocks[number + 2 : number + 3]]
                proposals += self._decide(before, known, counting) if before else []
                progress(len(proposals), len(asked))
                before = compared
            proposals += self._decide(before, known, counting) if before else []
        progress(len(proposals), len(asked))
        return proposals

    def _learn(self, decisions: Sequence[TaughtDecision]) -> Taught | None:
        if not decisions:
            return None
        described = self.trained.space.describe([d.text for d in decisions], cache=self.vectors)
        predicted = [self._predict(described.rows(slice(at, at + BLOCK)))[0] for at in range(0, len(decisions), BLOCK)]
        return Taught(
            decisions=tuple(decisions),
            described=described,
            predicted=self._read(
                _stacked(predicted), [d.text for d in decisions], [bool(d.polarity) for d in decisions]
            ),
            catalogue=self.trained.model.catalogue,
        )

    def _predict(self, described: Described) -> tuple[Prediction, NDArray[np.float32]]:
        likeness = self.trained.space.compare(described)
        dense = likeness.dense if self.hidden is None else np.where(self.hidden, -1.0, likeness.dense)
        return self.trained.model.predict(likeness), dense.astype(np.float32)

    def _read(self, prediction: Prediction, texts: Sequence[str], closed: Sequence[bool]) -> Prediction:
        """Return PREDICTION with what a yes would say read from the whole sentence, for the CLOSED questions."""
        rows = np.flatnonzero(closed).tolist()
        chosen = [texts[row] for row in rows]
        if not chosen:
            return prediction
        # Measured on questions it was trained on, the reader has to answer as if it had not seen them.
        unseen = self.hidden is not None
        readings = self.reader.read_unseen(chosen) if unseen else self.reader.read(chosen, cache=self.vectors)
        polarities = prediction.polarities.copy()
        polarities[rows] = self.trained.model.with_readings(polarities[rows], readings)
        return replace(prediction, polarities=polarities)

    def _describe(self, asked: Sequence[Asked]) -> Described:
        return self.trained.space.describe([question.text for question in asked], cache=self.vectors)

    def _compare(self, asked: Sequence[Asked], described: Described, ahead: ThreadPoolExecutor) -> Block:
        """Predict for the questions of a block by the heads, and have AHEAD read what a yes would say."""
        prediction, dense = self._predict(described)
        closed = [
            answer_type_of(types, question.options) is AnswerType.YES_NO
            for types, question in zip(prediction.types, asked, strict=True)
        ]
        reading = ahead.submit(self._read, prediction, [question.text for question in asked], closed)
        return Block(asked, described, dense, reading)

    def _decide(self, block: Block, taught: Taught | None, rules: Sequence[Rule]) -> list[Proposal]:
        asked, described, dense = block.asked, block.described, block.dense
        prediction = block.reading.result()
        if taught:
            prediction = taught.correct(prediction, described)
        prediction, described, helped = self._with_headings(asked, prediction, described, taught)
        drafter = Drafter(self.trained)
        before = taught.decided(described) if taught else [None] * len(asked)
        drafts = []
        for row, question in enumerate(asked):
            draft = drafter.draft(question, prediction, row, dense[row], applying(rules, question))
            if helped.get(row):
                draft = draft.because(f"The heading '{helped[row]}' says what is meant.", first=True)
            decision = before[row]
            drafts.append(draft.decided_by(decision) if decision else draft)
        controls = self.trained.controls.suggest(described.vectors, [draft.wanted for draft in drafts])
        parts = self._parts(asked, drafts)
        return [draft.proposal(controls[row], parts[row]) for row, draft in enumerate(drafts)]

    def _with_headings(
        self, asked: Sequence[Asked], prediction: Prediction, described: Described, taught: Taught | None
    ) -> tuple[Prediction, Described, dict[int, str]]:
        """Read with their heading the questions that name no subject, where that makes the reading surer."""
        rows = [
            row
            for row, question in enumerate(asked)
            if context.heading_of(question) and context.needs_context(question, float(prediction.categories[row].max()))
        ]
        if not rows:
            return prediction, described, {}
        fuller = self.trained.space.describe([context.in_context(asked[row]) for row in rows], cache=self.vectors)
        together, _ = self._predict(fuller)
        if taught:
            together = taught.correct(together, fuller)
        pairs = [(row, at) for at, row in enumerate(rows) if together.categories[at].max() >= context.ENOUGH]
        helped = {row: context.heading_of(asked[row]) for row, _ in pairs}
        return context.merge(prediction, together, pairs), context.joined(described, fuller, pairs), helped

    def _parts(self, asked: Sequence[Asked], drafts: Sequence[Draft]) -> list[tuple[Part, ...]]:
        texts = [
            split_parts(question.text) if draft.answer_type is not AnswerType.CHOICE else ()
            for question, draft in zip(asked, drafts, strict=True)
        ]
        flat = [text for pieces in texts for text in pieces]
        if not flat:
            return [()] * len(asked)
        prediction, _ = self._predict(self.trained.space.describe(flat, cache=self.vectors))
        out: list[tuple[Part, ...]] = []
        at = 0
        for pieces, draft in zip(texts, drafts, strict=True):
            rows = range(at, at + len(pieces))
            at += len(pieces)
            out.append(tuple(self._part(text, prediction, row, draft) for text, row in zip(pieces, rows, strict=True)))
        return out

    def _part(self, text: str, prediction: Prediction, row: int, draft: Draft) -> Part:
        """Read a part in the light of its row: "who signed it?" alone says little."""
        refs = self.trained.model.catalogue.refs
        requirements: tuple[str, ...] = ()
        if draft.category != NO_CATEGORY:
            whole = np.array([draft.wanted.get(ref, 0.0) for ref in refs])
            requirements = (refs[int(np.argmax(prediction.requirements[row] + _PARENT * whole))],)
        return Part(text=text, requirements=requirements, answer_type=answer_type_of(prediction.types[row], ()))


def without(mapper: Mapper, trained: Trained, hidden: NDArray[np.bool_]) -> Mapper:
    """Return MAPPER with heads that were TRAINED without the HIDDEN examples, which it does not see either."""
    return replace(mapper, trained=trained, hidden=hidden)


def _stacked(predictions: Sequence[Prediction]) -> Prediction:
    return Prediction(
        categories=np.concatenate([p.categories for p in predictions]),
        requirements=np.concatenate([p.requirements for p in predictions]),
        types=np.concatenate([p.types for p in predictions]),
        polarities=np.concatenate([p.polarities for p in predictions]),
    )
