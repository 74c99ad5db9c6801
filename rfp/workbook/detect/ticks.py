"""Options spread over columns in a head: "Yes | No | N/A", each to be ticked."""

from __future__ import annotations

from collections.abc import Mapping

from rfp.workbook.detect.lexicon import head
from rfp.workbook.options import meaning
from rfp.workbook.wording import words

LEAST = 2
LEAST_LEVELS = 3  # columns headed 1, 2, 3
LONGEST_OPTION = 3  # words


def is_option(text: str) -> bool:
    return bool(meaning(text)) or (text.strip().isdigit() and len(text.strip()) == 1)


def spread(labels: Mapping[int, str], *, after: int) -> dict[int, str]:
    """Return the options among the labels of one head row, by column; labels up to AFTER are the question's."""
    found = {column: text for column, text in labels.items() if is_option(text)}
    column = min(found, default=0) - 1
    while len(found) >= LEAST and column > after and (text := labels.get(column, "")):
        if head(text) is not None or words(text) > LONGEST_OPTION:
            break
        found[column] = text  # "Dispensable" left of "Yes" and "No" is an option too
        column -= 1
    return found


def side_by_side(ticks: Mapping[int, str]) -> dict[int, str]:
    """Keep the longest run of options in neighbouring columns, if they differ and are surely options."""
    run = _longest_run(sorted(ticks))
    texts = [ticks[column] for column in run]
    distinct = {meaning(text) or text.casefold() for text in texts}
    levels = all(text.strip().isdigit() for text in texts) and len(run) >= LEAST_LEVELS
    said = sum(1 for text in texts if meaning(text)) >= LEAST
    if len(run) < LEAST or len(distinct) < len(run) or not (said or levels):
        return {}
    return {column: ticks[column] for column in run}


def _longest_run(columns: list[int]) -> list[int]:
    best: list[int] = []
    run: list[int] = []
    for column in columns:
        run = [*run, column] if run and column == run[-1] + 1 else [column]
        best = run if len(run) > len(best) else best
    return best
