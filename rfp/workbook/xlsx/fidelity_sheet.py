"""The comparison of a filled sheet with the original, byte by byte outside the answered cells.

What may differ: the answered cells, which keep their style; the declared dimension and spans, which grow over them;
a height that is not custom, which may go; and columns that were added.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from rfp.workbook.model import Area, address
from rfp.workbook.xlsx.fidelity_segments import Answered, Piece, attributes, pieces, runs
from rfp.workbook.xlsx.patch_places import Row, SheetMap, column_range
from rfp.workbook.xlsx.references import areas
from rfp.workbook.xlsx.rules import Answer

_OF_VALUE = (b"t", b"vm", b"cm")
_TRUE = (b"1", b"true")
_TYPED = (b">", b"/>", b' t="inlineStr">', b' t="b">')
_PER_COLUMN = (b"min", b"max")


class Difference(NamedTuple):
    """``cells`` counts cells that changed and are no answers."""

    cells: int
    violations: list[str]


def compare_sheet(before: SheetMap, after: SheetMap, answers: Sequence[Answer]) -> Difference:
    """Return what differs that may not. Both maps look into the rows of ANSWERS."""
    answered: dict[int, dict[int, Answer]] = {}
    for answer in answers:
        answered.setdefault(answer.row, {})[answer.column] = answer
    cells, violations = _compare_pieces(before, after, answered)
    violations += _check_dimension(before, after, [(a.row, a.column) for a in answers if a.value is not None])
    if _columns(before, added := {a.column for a in answers if a.added}) != _columns(after, added):
        violations.append("the description of columns changed that were not added.")
    violations += _check_order(before, after)
    for number, row in answered.items():
        violations += _check_row(before, after, number, row)
    return Difference(cells, violations)


def _compare_pieces(before: SheetMap, after: SheetMap, answered: Answered) -> Difference:
    known = {number for number, _ in before.row_starts}
    if runs(before, answered, known) == runs(after, answered, known):
        return Difference(0, [])
    return _changes(pieces(before, answered, known), pieces(after, answered, known))


def _changes(old: Sequence[Piece], new: Sequence[Piece]) -> Difference:
    """Say where pieces differ; what only moved is said too."""
    one, other = _by_place(old), _by_place(new)
    places = sorted(place for place in one.keys() | other.keys() if one.get(place) != other.get(place))
    if not places:
        places = [a[:2] if a else b[:2] for a, b in zip_longest(old, new) if a != b][:1]
    return Difference(sum(1 for row, _ in places if row), [_say(row, column) for row, column in places])


def _by_place(found: Sequence[Piece]) -> dict[tuple[int, int], list[bytes]]:
    by_place: dict[tuple[int, int], list[bytes]] = {}
    for row, column, data in found:
        by_place.setdefault((row, column), []).append(data)
    return by_place


def _say(row: int, column: int) -> str:
    if not row:
        return "something outside the rows changed."
    return f"{address(row, column)} changed and is no answer." if column else f"row {row} changed beside its answers."


def _check_dimension(before: SheetMap, after: SheetMap, written: Sequence[tuple[int, int]]) -> Iterator[str]:
    old, new = _dimension(before), _dimension(after)
    if old != new and (old is None or new is None or not written or new != _around(old, written)):
        yield "the declared dimension changed by more than the answers."


def _dimension(places: SheetMap) -> Area | bytes | None:
    if places.dimension is None:
        return None
    declared = attributes(places, places.dimension).get(b"ref", b"")
    found = areas(declared.decode("ascii", "replace"))
    return found[0] if len(found) == 1 else declared


def _around(area: Area | bytes, cells: Sequence[tuple[int, int]]) -> Area | None:
    if isinstance(area, bytes):
        return None
    rows = [row for row, _ in cells]
    columns = [column for _, column in cells]
    return Area(min(area.top, *rows), min(area.left, *columns), max(area.bottom, *rows), max(area.right, *columns))


def _columns(places: SheetMap, added: Collection[int]) -> list[tuple[int, int, list[tuple[bytes, bytes]]]]:
    """Return what is declared for ranges of columns, ADDED ones cut out and equal neighbours joined."""
    found: list[tuple[int, int, list[tuple[bytes, bytes]]]] = []
    for group in places.column_groups:
        declared = attributes(places, group.tag)
        kept = [(name, value) for name, value in declared.items() if name not in _PER_COLUMN]
        start, last = column_range(places.data, group.tag)
        for stop in (*sorted(column for column in added if start <= column <= last), last + 1):
            if start < stop:
                found.append((start, stop - 1, kept))
            start = stop + 1
    return found


def _check_order(before: SheetMap, after: SheetMap) -> Iterator[str]:
    if _ascending([number for number, _ in before.row_starts]) and not _ascending(
        [number for number, _ in after.row_starts]
    ):
        yield "the rows are out of order."


def _check_row(before: SheetMap, after: SheetMap, number: int, answered: Mapping[int, Answer]) -> Iterator[str]:
    old, new = before.rows.get(number), after.rows.get(number)
    if new is None:
        if old is not None or any(answer.value is not None for answer in answered.values()):
            yield f"row {number} is missing."
        return
    stored: Collection[int] = old.cells if old is not None else ()
    if old is not None:
        yield from _check_row_tag(before, after, old, new, answered)
    elif attributes(after, new.tag).keys() != {b"r"}:
        yield f"the new row {number} says more than its number."
    if _ascending(list(stored)) and not _ascending(list(new.cells)):
        yield f"the cells of row {number} are out of order."
    for column, answer in answered.items():
        if column not in new.cells:
            if column in stored:
                yield f"{address(number, column)} vanished."
            continue
        tag = after.cell(new, column).tag
        kept = before.cell(old, column).tag if old is not None and column in stored else None
        if (
            kept is None
            or answer.added
            or not _adds_type(before.data[kept.start : kept.end], after.data[tag.start : tag.end])
        ):
            yield from _check_cell(answer, attributes(before, kept) if kept else None, attributes(after, tag))


def _adds_type(old: bytes, new: bytes) -> bool:
    """Tell at a glance whether a tag is the old one, with a type at most; when not, its attributes are compared."""
    described = old.rstrip(b"/> ")
    return new.startswith(described) and new[len(described) :] in _TYPED


def _check_row_tag(before: SheetMap, after: SheetMap, old: Row, new: Row, answered: Collection[int]) -> Iterator[str]:
    if before.data[old.tag.start : old.tag.end] == after.data[new.tag.start : new.tag.end]:
        return
    one, other = attributes(before, old.tag), attributes(after, new.tag)
    if old.tag.name != new.tag.name or _rest(one) != _rest(other):
        yield f"the description of row {old.number} changed."
    loose = one.get(b"customHeight") not in _TRUE and one.get(b"hidden") not in _TRUE
    if other.get(b"ht") != one.get(b"ht") and not (loose and b"ht" not in other):
        yield f"the height of row {old.number} changed."
    if other.get(b"spans") != one.get(b"spans"):
        columns = [column for column in new.cells if column in answered]
        if other.get(b"spans") != _wider(one.get(b"spans", b""), columns):
            yield f"the declared span of row {old.number} changed by more than the answers."


def _rest(found: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name, value in found.items() if name not in (b"spans", b"ht")]


def _wider(spans: bytes, columns: Sequence[int]) -> bytes | None:
    first, _, last = spans.partition(b":")
    if not (first.isdigit() and last.isdigit() and columns):
        return None
    return b"%d:%d" % (min(int(first), *columns), max(int(last), *columns))


def _check_cell(answer: Answer, before: Mapping[bytes, bytes] | None, after: Mapping[bytes, bytes]) -> Iterator[str]:
    """An answered cell keeps all its attributes but those of its value; a new one has the style of its surroundings."""
    place = address(answer.row, answer.column)
    expected = dict(before) if before is not None else {b"r": place.encode()}
    if before is None or answer.added:
        expected.pop(b"s", None)
        if answer.style:
            expected[b"s"] = b"%d" % answer.style
    if _without_value(expected) != _without_value(after):
        yield f"the style of {place} changed."


def _without_value(found: Mapping[bytes, bytes]) -> dict[bytes, bytes]:
    return {name: value for name, value in found.items() if name not in _OF_VALUE}


def _ascending(numbers: Sequence[int]) -> bool:
    return all(one < other for one, other in pairwise(numbers))
