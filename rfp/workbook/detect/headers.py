"""Find the rows that head a table: by their words, by the options they spread over columns, by what stands below."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from rfp.workbook.detect.heads import Reserved
from rfp.workbook.detect.lexicon import LONGEST_HEAD, Head, head
from rfp.workbook.detect.ticks import is_option, side_by_side, spread
from rfp.workbook.grid import Grid
from rfp.workbook.model import ANSWER_ROLES, ColumnRole
from rfp.workbook.options import meaning
from rfp.workbook.wording import asks, is_guidance, is_id, is_placeholder, words

LONGEST_LABEL = 14  # words; a longer text in a head is an explanation
LONGEST_KNOWN = 20  # words of a label whose meaning is known
LARGEST_GROUP = 3
LONGEST_SENTENCE = 6  # words
LEAST_NAMED = 2  # labels that say what they are, beside one that is a whole sentence
LEAST_LONE = 3  # rows under a head that is the only text of its row


@dataclass(slots=True, kw_only=True)
class Header:
    """One head of a table, of up to three rows. ``heads`` and ``ticks`` are by column."""

    rows: tuple[int, ...]
    labels: dict[int, str]
    heads: dict[int, Head] = field(default_factory=dict)
    ticks: dict[int, str] = field(default_factory=dict)  # column -> option
    titles: frozenset[int] = frozenset()  # columns whose label differs each time the head comes back
    bounds: tuple[int, int] = (1, 16_384)  # first and last column, where tables stand side by side

    @property
    def first(self) -> int:
        return self.rows[0]

    @property
    def last(self) -> int:
        return self.rows[-1]

    def columns(self, *roles: ColumnRole | Reserved) -> tuple[int, ...]:
        return tuple(column for column, found in self.heads.items() if found.role in roles)


def find_headers(grid: Grid) -> list[Header]:
    """Return the heads of a sheet from top to bottom."""
    found: list[Header] = []
    position = 0
    rows = grid.rows
    while position < len(rows):
        header = _header_at(grid, position)
        if header is None:
            position += 1
            continue
        found.append(header)
        while position < len(rows) and rows[position] <= header.last:
            position += 1
    return found


def _header_at(grid: Grid, position: int) -> Header | None:
    row = grid.rows[position]
    heads = _heads(grid, row)
    if heads is None or not _is_head(grid, row, heads):
        return None
    labels = _spread(grid, row)
    buyers = {c: known for c, text in labels.items() if (known := head(text)) and known.role is Reserved.REVIEWER}
    header = Header(rows=(row,), labels=labels, heads={**buyers, **heads})
    for following in grid.rows[position + 1 : position + LARGEST_GROUP]:
        if following != header.last + 1 or not _continues(grid, header, following):
            break
        _absorb(grid, header, following)
    if not header.ticks:
        header.ticks = spread(header.labels, after=max(header.columns(ColumnRole.QUESTION), default=0))
    header.ticks = side_by_side(header.ticks)
    return header


def _heads(grid: Grid, row: int) -> dict[int, Head] | None:
    """Return the known heads of a row; None when it holds something that is no label."""
    texts = grid.texts[row]
    sentences = sum(1 for text in texts.values() if text.endswith((".", "?")) and words(text) > LONGEST_SENTENCE)
    if sentences > 1 or any(len(text) > LONGEST_HEAD or is_guidance(text) for text in texts.values()):
        return None
    if sentences and len(texts) <= LEAST_NAMED:
        return None
    heads: dict[int, Head] = {}
    for column, text in texts.items():
        if is_id(text):
            continue
        length = words(text)
        if length > LONGEST_SENTENCE and text.endswith((".", "?")):
            continue
        known = head(text) if length <= LONGEST_KNOWN else None
        if known is not None:
            heads[column] = known
        elif length > LONGEST_LABEL:
            return None
    named = sum(1 for column, known in heads.items() if known.strength >= 1 and not is_placeholder(texts[column]))
    return None if sentences and named < LEAST_NAMED else heads or None


def _is_head(grid: Grid, row: int, heads: dict[int, Head]) -> bool:
    texts = grid.texts[row]
    strong = {found.role for found in heads.values() if found.strength >= 1}
    roles = {found.role for found in heads.values()} - {Reserved.REVIEWER}
    answers = roles & ANSWER_ROLES
    if any(is_id(text) and head(text) is None and not is_option(text) for text in texts.values()) and len(strong) < 3:
        return False  # a row with an id of its own is a row of data
    if heads.keys() != texts.keys() and len(heads) == 1 and _is_value(texts[next(iter(heads))]):
        return False  # "Please select" or "Compliant" beside a question
    is_named = ColumnRole.QUESTION in strong and len(heads) == len(texts)
    if len(texts) >= 2 and ColumnRole.QUESTION in roles and (len(roles) >= 2 or len(texts) >= 3 or is_named):
        return _below_is_data(grid, row, heads)
    if len(texts) == 1 and is_named and not is_placeholder(next(iter(texts.values()))):
        return _heads_questions(grid, row, next(iter(texts)))
    if len(roles) >= 3 and (answers or ColumnRole.QUESTION in roles):
        return _below_is_data(grid, row, heads)
    if ColumnRole.ANSWER in strong or (ColumnRole.COMMENT in strong and len(texts) >= 2):
        return _heads_open_column(grid, row, heads)
    if len(texts) == LEAST_NAMED and strong & {ColumnRole.DATE, ColumnRole.EVIDENCE}:
        return _heads_prepared_column(grid, row, max(texts))
    return False


def _is_value(text: str) -> bool:
    return is_placeholder(text) or bool(meaning(text))


def _heads_questions(grid: Grid, row: int, column: int) -> bool:
    """A lone 'Requirement' is a head when the texts under it ask for something, or are sentences."""
    below = [text for other in grid.rows if other > row and (text := grid.text(other, column))]
    asking = sum(1 for text in below if asks(text) >= 0.8)
    sentences = sum(1 for text in below if words(text) >= 5)
    if not grid.text(row + 1, column) or len(below) < LEAST_LONE:
        return False
    return asking * 3 >= len(below) * 2 or (asking * 4 >= len(below) and sentences * 3 >= len(below) * 2)


def _below_is_data(grid: Grid, row: int, heads: dict[int, Head]) -> bool:
    """A head has something under it, in the same columns."""
    return any(grid.texts[other].keys() & grid.texts[row].keys() for other in grid.below(row, 12) if other <= row + 12)


def _heads_open_column(grid: Grid, row: int, heads: dict[int, Head]) -> bool:
    """A lone 'Answer' is a head when the cells under it are open and texts stand beside them."""
    columns = [c for c, found in heads.items() if found.role in (ColumnRole.ANSWER, ColumnRole.COMMENT)]
    if all(grid.text(row, column) in grid.choices for column in columns):
        return False  # an option of a dropdown listed somewhere
    first = min(columns)
    beside = _beside(grid, row, first)
    open_cells = [
        other
        for other in beside
        if not (text := grid.text(other, first))
        or is_placeholder(text)
        or grid.has_list(other, first)
        or grid.is_formula(other, first)
    ]
    return bool(beside) and len(open_cells) * 2 >= len(beside)


def _heads_prepared_column(grid: Grid, row: int, column: int) -> bool:
    """A lone 'Date' or 'File name' is a head when the cells under it wait: empty, and bordered or with a rule."""
    beside = _beside(grid, row, column)
    waiting = [
        r for r in beside if not grid.text(r, column) and (grid.style(r, column).border or grid.validation(r, column))
    ]
    return len(beside) >= LEAST_LONE and len(waiting) == len(beside)


def _beside(grid: Grid, row: int, column: int) -> list[int]:
    """Return the rows right under a head with a text of two words or more left of a column."""
    return [
        other
        for other in grid.below(row, 8)
        if other <= row + 8
        and any(c < column and words(text) >= 2 and not is_id(text) for c, text in grid.texts[other].items())
    ]


def _continues(grid: Grid, header: Header, row: int) -> bool:
    """Tell whether a row right below a head belongs to it: options under 'Answer', or labels under merged ones."""
    texts = grid.texts[row]
    if any(words(text) > LONGEST_LABEL for text in texts.values()):
        return False
    options = [column for column, text in texts.items() if is_option(text)]
    if len(options) >= 2 and _adjacent(options) and _under_answer(header, options[0]):
        return True
    spans = {c for c in header.labels if grid.width(header.last, c) > 1 or grid.merge(header.last, c) is not None}
    spanned = {header.labels[c] for c in spans}
    under = [column for column in texts if header.labels.get(column) in spanned]
    fresh = [column for column in texts if column in under or column not in header.labels]
    numbers = header.columns(ColumnRole.ID)
    if any(column in numbers and is_id(text) for column, text in texts.items()):
        return False
    if _reaches(grid, header, row):
        return True
    if len(fresh) * 2 < len(texts):
        return False  # a label under a label of one column is data
    if len(under) == len(texts):
        return not any(asks(text) >= 0.8 for text in texts.values())
    known = _heads(grid, row) or {}
    return len(known) >= 2 and not _roles(header) <= {found.role for found in known.values()}


def _reaches(grid: Grid, header: Header, row: int) -> bool:
    """Tell whether cells of the head are merged down over a row."""
    areas = [area for column in header.labels if (area := grid.merge(header.last, column)) is not None]
    return sum(1 for area in areas if area.bottom >= row) >= LEAST_NAMED


def _absorb(grid: Grid, header: Header, row: int) -> None:
    header.rows = (*header.rows, row)
    texts = _spread(grid, row)
    parents = Counter(header.labels.get(column, "") for column, text in texts.items() if is_option(text))
    for column, text in texts.items():
        known = head(text)
        is_sibling = parents[header.labels.get(column, "")] >= LEAST_NAMED
        if is_option(text) or (is_sibling and (known is None or known.role is ColumnRole.ANSWER)):
            header.ticks.setdefault(column, text)  # beside "Yes" and "No" under one head, "Not tested" is an option too
        above, above_text = header.heads.get(column), header.labels.get(column, "")
        is_buyers = above is not None and above.role is Reserved.REVIEWER and not is_option(above_text)
        if known is not None and known != above and not is_buyers and not is_option(text):
            header.heads[column] = known
        header.labels[column] = text if column not in header.labels else f"{header.labels[column]}: {text}"


def _spread(grid: Grid, row: int) -> dict[int, str]:
    """Return the labels of a row; a merged one labels every column it spans."""
    labels: dict[int, str] = {}
    for column, text in grid.texts[row].items():
        for at in range(column, column + min(grid.width(row, column), 20)):
            labels[at] = text
    return labels


def _under_answer(header: Header, column: int) -> bool:
    label = header.labels.get(column)
    if label is None:
        return True
    known = head(label)
    return known is None or known.role in ANSWER_ROLES or known.role is Reserved.REVIEWER


def _adjacent(columns: list[int]) -> bool:
    return columns[-1] - columns[0] == len(columns) - 1


def _roles(header: Header) -> set[ColumnRole | Reserved]:
    return {found.role for found in header.heads.values()}
