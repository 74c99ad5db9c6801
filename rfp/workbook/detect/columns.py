"""Give every column of a table its role: what its head says, held against what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rfp.workbook.detect.content import Content, content
from rfp.workbook.detect.headers import Header
from rfp.workbook.detect.heads import Reserved
from rfp.workbook.detect.lexicon import Head, is_register_head, is_vendor_head
from rfp.workbook.grid import Grid, sampled
from rfp.workbook.model import ANSWER_ROLES, ColumnRole, TableColumn
from rfp.workbook.wording import is_guidance, words

HALF = 0.5
MOST = 0.8
SOME = 0.2
LEAST_TITLED = 4  # mean words of the texts under a title such as "Documents"
LEAST_BOXES = 2
LEAST_VENDORS = 2
LONGEST_NAME = 3  # words
LEAST_NAME = 4  # characters
NONE = Head(ColumnRole.OTHER, 0.0)


def question_column(grid: Grid, header: Header, rows: Sequence[int], among: Sequence[int]) -> int | None:
    """Return the column whose texts are to be answered; None when no column has any."""
    best: tuple[float, int] | None = None
    rows = sampled(rows)
    asking = [row for row in rows if not any(is_guidance(text) for text in grid.texts[row].values())] or rows
    for column in among:
        if column in header.ticks:
            continue
        found = content(grid, column, asking)
        if found.filled < 0.15 or found.ids >= 0.6 or found.length < 1.2:
            continue
        score = _question_score(header.heads.get(column, NONE), found)
        if score is not None and (best is None or score > best[0] + 1e-9):
            best = (score, column)
    return best[1] if best is not None else None


def _question_score(known: Head, found: Content) -> float | None:
    is_title = found.filled >= MOST and found.length >= LEAST_TITLED and found.ids < SOME
    role = NONE.role if known.role in (ColumnRole.DATE, ColumnRole.EVIDENCE) and is_title else known.role
    if role is Reserved.REVIEWER or role in (ColumnRole.DATE, ColumnRole.ID):
        return None
    score = 3.0 * known.strength if role is ColumnRole.QUESTION else 0.0
    if role in ANSWER_ROLES and known.strength > 0 and not is_title:
        score -= 3.0
    if role is ColumnRole.GUIDANCE:
        score -= 2.0
    if role is ColumnRole.SECTION:
        score -= 1.5
    score += 3.0 * found.filled + 2.5 * found.asking
    score += 1.5 * min(found.length, 12) / 12 + 1.5 * found.unique
    return score


def assign(grid: Grid, header: Header, rows: Sequence[int], question: int, span: Sequence[int]) -> list[TableColumn]:
    """Return the columns of a table with their roles, left to right. Columns that are nobody's are left out."""
    asked = [row for row in rows if grid.text(row, question)]
    seen = {column: content(grid, column, asked) for column in span}
    header.ticks = header.ticks or _boxes(header, seen, question)
    roles = _told(header, seen, question)
    _without_reviewer(header, seen, roles, span)
    _unnamed(grid, header, roles, rows, question)
    _chain(grid, header, seen, roles, span, question)
    _one_answer(header, seen, roles)
    _one_id(seen, roles, question)
    return [
        TableColumn(
            column=column,
            role=roles[column],
            header=header.labels.get(column, ""),
            option=header.ticks.get(column, "") if roles[column] is ColumnRole.ANSWER else "",
        )
        for column in sorted(roles)
    ]


def _told(header: Header, seen: Mapping[int, Content], question: int) -> dict[int, ColumnRole]:
    """Return the roles that heads and content tell, each column for itself."""
    ticked = all(seen[c].marks >= HALF and seen[c].formula < HALF for c in header.ticks if c in seen)
    answered = _is_answered(header, seen)
    roles: dict[int, ColumnRole] = {question: ColumnRole.QUESTION}
    ours = True  # right of the buyer's own columns everything is the buyer's unless its head says otherwise
    for column, found in seen.items():
        if column == question or found.covered >= MOST:
            continue
        label = header.labels.get(column, "")
        if column > question and any(role in ANSWER_ROLES for role in roles.values()) and _is_buyers(header, column):
            ours = False
        if column not in header.heads and (not ours or is_register_head(label)):
            continue
        if column in header.ticks:
            roles[column] = ColumnRole.ANSWER if ticked else ColumnRole.GUIDANCE
            continue
        role = _role(header.heads.get(column), found, is_right=column > question, answered=answered)
        if role is not None:
            roles[column] = role
    return roles


def _is_buyers(header: Header, column: int) -> bool:
    known = header.heads.get(column)
    if known is not None:
        return known.role is Reserved.REVIEWER
    return is_register_head(header.labels.get(column, ""))


def _boxes(header: Header, seen: Mapping[int, Content], question: int) -> dict[int, str]:
    """Return the columns right of the question that hold nothing but boxes to tick, with what each stands for."""
    found = {c: header.labels[c] for c in seen if c > question and c in header.labels and seen[c].boxes >= MOST}
    return found if len(found) >= LEAST_BOXES else {}


def _is_answered(header: Header, seen: Mapping[int, Content]) -> bool:
    """Tell a form that came back answered: what stands under every head that says so reads like an answer."""
    columns = [c for c in header.columns(ColumnRole.ANSWER) if c in seen and header.heads[c].strength >= 1]
    return bool(columns) and all(
        seen[c].filled >= HALF and seen[c].answers >= HALF and seen[c].formula < HALF for c in columns
    )


def _role(known: Head | None, found: Content, *, is_right: bool, answered: bool) -> ColumnRole | None:
    if found.formula >= 0.6:
        return ColumnRole.ID if found.ids >= 0.6 and (known is None or known.role is ColumnRole.ID) else None
    if known is not None and known.role in ANSWER_ROLES:
        says_answer = known.role is ColumnRole.ANSWER and known.strength >= 1
        least = SOME if says_answer else HALF
        if found.open >= least or found.open + found.choices >= MOST or (answered and is_right and known.strength >= 1):
            return ColumnRole(known.role)
        if known.role is ColumnRole.EVIDENCE and found.ids >= 0.6:
            return ColumnRole.ID  # "Reference" is the number of the question here
        # Said to be an answer, yet the buyer filled it: it tells how to answer, or names the section.
        return ColumnRole.GUIDANCE if is_right and found.length > 1 else None
    if known is not None and known.role is Reserved.REVIEWER:
        return None
    if known is not None and isinstance(known.role, ColumnRole):
        if known.role is ColumnRole.ID:
            return ColumnRole.ID if found.ids >= 0.4 else None
        if known.role is ColumnRole.SECTION:
            return ColumnRole.SECTION if found.filled > 0 else None
        if known.role is ColumnRole.QUESTION:
            return ColumnRole.GUIDANCE if is_right and found.filled > 0 else None
        if found.filled > 0:
            return ColumnRole.GUIDANCE
        return ColumnRole.COMMENT if is_right and known.role is ColumnRole.GUIDANCE else None
    if found.lists >= 0.5 and found.open >= 0.6:
        return ColumnRole.ANSWER
    if found.ids >= 0.6 and found.filled >= 0.4 and found.unique >= 0.5:
        return ColumnRole.ID
    is_name = found.ids < SOME and found.letters >= LEAST_NAME
    if not is_right and is_name and found.filled >= 0.05 and found.length <= 8 and found.unique <= 0.7:
        return ColumnRole.SECTION
    return None


def _without_reviewer(
    header: Header, seen: dict[int, Content], roles: dict[int, ColumnRole], span: Sequence[int]
) -> None:
    """Only where nothing else can be answered are the reviewer's columns the ones to fill."""
    if any(role in ANSWER_ROLES for role in roles.values()):
        return
    for column in span:
        known = header.heads.get(column)
        if (
            known is not None
            and known.role is Reserved.REVIEWER
            and known.strength < 1
            and seen[column].open >= 0.6
            and seen[column].formula < 0.4
        ):
            roles[column] = ColumnRole.ANSWER


def _unnamed(grid: Grid, header: Header, roles: dict[int, ColumnRole], rows: Sequence[int], question: int) -> None:
    """Where no head says 'Answer', empty columns right of the questions are to be filled: one per vendor, by name."""
    asked = header.heads.get(question, NONE)
    is_asked = asked.role is ColumnRole.QUESTION and asked.strength >= 1
    if not is_asked or any(role in ANSWER_ROLES for role in roles.values()):
        return
    found = [
        column
        for column, label in sorted(header.labels.items())
        if column > question
        and column not in header.heads
        and words(label) <= LONGEST_NAME
        and not is_register_head(label)
        and label != header.labels[question]
        and not any(grid.text(row, column) for row in rows)
    ]
    if len(found) >= LEAST_VENDORS:
        roles.update(dict.fromkeys(found, ColumnRole.OTHER))
        roles[found[0]] = ColumnRole.ANSWER


def _chain(
    grid: Grid,
    header: Header,
    seen: dict[int, Content],
    roles: dict[int, ColumnRole],
    span: Sequence[int],
    question: int,
) -> None:
    """An open column with a head of unknown meaning beside an answer column is to be filled too."""
    for column in span:
        label = header.labels.get(column, "")
        known = header.heads.get(column)
        if column in roles or not label or is_register_head(label) or (known and known.role is not ColumnRole.QUESTION):
            continue
        found = seen[column]
        if label == header.labels.get(question) or found.covered >= MOST:
            continue  # one merged head, or merged cells, over both
        beside = roles.get(column - 1) in ANSWER_ROLES or (column < question and roles.get(column + 1) in ANSWER_ROLES)
        between = column - 1 == question and found.prepared >= 0.5
        if found.open >= 0.85 and found.filled <= 0.3 and found.formula == 0 and (beside or between):
            roles[column] = ColumnRole.OTHER


def _one_answer(header: Header, seen: dict[int, Content], roles: dict[int, ColumnRole]) -> None:
    """Of several columns that take an answer one takes the value: ticks, then the one with a list, then the first."""
    if any(column in header.ticks for column in roles if roles[column] is ColumnRole.ANSWER):
        main = [c for c in roles if c in header.ticks]
    else:
        answers = [c for c, role in roles.items() if role is ColumnRole.ANSWER]
        if not answers:
            return
        main = [
            max(answers, key=lambda c: (seen[c].lists >= 0.3 and _says_answer(header, c), seen[c].lists >= 0.3, -c))
        ]
    has_comment = any(role is ColumnRole.COMMENT for role in roles.values())
    for column in sorted(roles):
        if roles[column] is ColumnRole.ANSWER and column not in main:
            free = seen[column].lists < 0.3 and not has_comment and not is_vendor_head(header.labels.get(column, ""))
            roles[column] = ColumnRole.COMMENT if free else ColumnRole.OTHER
            has_comment = has_comment or free


def _says_answer(header: Header, column: int) -> bool:
    known = header.heads.get(column)
    return known is not None and known.role is ColumnRole.ANSWER


def _one_id(seen: dict[int, Content], roles: dict[int, ColumnRole], question: int) -> None:
    ids = [c for c, role in roles.items() if role is ColumnRole.ID]
    if len(ids) <= 1:
        return
    # The id nearest to the question on its left that differs on every row.
    best = max(ids, key=lambda c: (round(seen[c].unique * min(seen[c].filled * 2, 1), 1), c < question, c))
    for column in ids:
        if column != best:
            del roles[column]
