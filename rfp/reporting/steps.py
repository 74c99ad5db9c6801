"""What to do first, and what each kind of blank asks a person to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rfp.answering.content import BlankCode
from rfp.reporting import words
from rfp.reporting.data import BlankReason, ExpiryLine, GapLine

MOST_STEPS = 8
MOST_GAP_STEPS = 5


class Advice(NamedTuple):
    reason: str
    advice: str


BLANKS: Mapping[BlankCode, Advice] = {
    BlankCode.NONE: Advice("No answer was found", "Answer it, and add the answer to the library."),
    BlankCode.NO_LIBRARY_ANSWER: Advice(
        "No approved library answer is sure to fit", "Have the owner answer it once; the library then has it."
    ),
    BlankCode.STALE_LIBRARY_ANSWER: Advice(
        "The library answer is out of date", "Ask its owner to review it, then draft the answers again."
    ),
    BlankCode.UNDER_NDA: Advice(
        "The answer may only be given under NDA, or not at all",
        "If the buyer signed an NDA, record it and answer again.",
    ),
    BlankCode.NO_EVIDENCE: Advice("There is no proof in the evidence library", "Add the proof, or leave it blank."),
    BlankCode.PROOF_REJECTED: Advice(
        "The proof of what is asked was rejected or has expired", "Close the gap, or answer in your own words."
    ),
    BlankCode.NOT_PROOF: Advice(
        "There is a document, but it is no independent proof", "Have it validated, or answer in your own words."
    ),
    BlankCode.RESTS_ON_GAP: Advice(
        "The proof is there, but builds on a requirement that is not met", "Answer it in your own words."
    ),
    BlankCode.UNDER_REVIEW: Advice("The proof waits for a person's decision", "Decide on the evidence that is named."),
    BlankCode.NOT_JUDGED: Advice(
        "The requirement is not part of this deal, or may not apply", "Ask the buyer whether it applies."
    ),
    BlankCode.UNSURE_MAPPING: Advice(
        "It is not sure enough what the question asks for",
        "Decide what it asks for; it is then known.",
    ),
    BlankCode.FALSE_PREMISE: Advice(
        "The question assumes something that is not so", "Answer in your own words; the remark says what is wrong."
    ),
    BlankCode.ASKS_EDITION: Advice(
        "The question names a list without its year", "Ask the buyer which edition is meant."
    ),
    BlankCode.ASKS_FACTS: Advice("The question asks for facts that no document states", "Answer it from knowledge."),
    BlankCode.NO_MATCHING_OPTION: Advice(
        "The buyer's list has no option that says the answer", "Choose an option, or ask the buyer for one."
    ),
    BlankCode.EARLIER_ANSWER: Advice("The file already holds an answer, which was kept", "Check that it still holds."),
    BlankCode.CELL_CLOSED: Advice(
        "The answer cell is locked or holds something else", "Ask the buyer to open the cell."
    ),
    BlankCode.NOT_ASKED: Advice("It is asked only after another answer to the question above", "Nothing to do."),
    BlankCode.CELL_SHARED: Advice(
        "Another question has the same answer cell and a different answer", "Write both answers into the cell."
    ),
    BlankCode.NOT_RELEASED: Advice(
        "An answer is suggested, but nobody approved it", "Read it, and approve or correct it."
    ),
    BlankCode.LEFT_BLANK: Advice("A person left it blank on purpose", "Nothing to do."),
    BlankCode.SKIPPED: Advice("The question is hidden or an example", "Nothing; check that it is not meant."),
}


def first_steps(
    gaps: Sequence[GapLine],
    expiries: Sequence[ExpiryLine],
    blanks: Sequence[BlankReason],
    *,
    suggested: int,
) -> tuple[str, ...]:
    """Return the most useful steps, each in a sentence: gaps that many questions wait for, renewals, then answers."""
    steps = _gap_steps(gaps)
    steps += _renewals(expiries)
    if suggested:
        steps.append(f"Read {words.count(suggested, 'suggested answer')} and approve or correct each.")
    steps += [f"{words.count(blank.count, 'blank')}: {_lower(blank.reason)}. {blank.advice}" for blank in blanks[:2]]
    return tuple(steps[:MOST_STEPS])


def _gap_steps(gaps: Sequence[GapLine]) -> list[str]:
    """Gaps that the same work closes are one step; the one most questions wait for comes first."""
    grouped: dict[str, list[GapLine]] = defaultdict(list)
    for gap in gaps:
        borrowed = gap.problems and all(problem.rule == "depends_on" for problem in gap.problems)
        if not gap.covered_by_exception and not borrowed:
            grouped[gap.closes].append(gap)
    ranked = sorted(grouped.items(), key=lambda item: (-len({q for g in item[1] for q in g.questions}), -len(item[1])))
    steps = []
    for closes, lines in ranked[:MOST_GAP_STEPS]:
        weeks = words.weeks(
            max(g.weeks_least for g in lines), max(g.weeks_typical for g in lines), max(g.weeks_most for g in lines)
        )
        names = ", ".join(gap.requirement for gap in lines)
        if len(lines) == 1:
            names += f" ({lines[0].title})"
        steps.append(f"{closes.rstrip('.')}. Closes {names}; takes {weeks}.")
    return steps


def _renewals(expiries: Sequence[ExpiryLine]) -> list[str]:
    due = [line for line in expiries if line.status != "ok"]
    by_proof: dict[str, list[ExpiryLine]] = defaultdict(list)
    for line in due:
        by_proof[line.rests_on].append(line)
    return [
        f"Start renewing {proof} now: {', '.join(line.requirement for line in lines)} would lapse on "
        f"{words.day(min(line.expires_on for line in lines))}."
        for proof, lines in list(by_proof.items())[:2]
    ]


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
