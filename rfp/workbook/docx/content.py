"""What stands in a table cell: its text, its boxes to tick, its dropdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

from rfp.workbook.docx.markup import Node
from rfp.workbook.model import Option

EMPTY_BOXES, TICKED_BOXES = "☐□❏❑◻⬜", "☒☑■◼⬛"
_SIGNS = {ord(letter): "☐" for letter in EMPTY_BOXES} | {ord(letter): "☒" for letter in TICKED_BOXES}
# Wingdings and its kin draw boxes with the codes of other letters.
_SYMBOL_EMPTY, _SYMBOL_TICKED = (
    frozenset({0x6F, 0x71, 0x72, 0x74, 0xA8}),
    frozenset({0x6E, 0x78, 0xFD, 0xFE, 0x52, 0x53}),
)
_SYMBOL_FONTS = ("wingdings", "webdings")
LONGEST_LABEL = 80
_FORM_FIELDS = ("w:ddList", "w:checkBox")


class Box(NamedTuple):
    """A box to tick: a content control, a letter (``node`` is its text, ``at`` its place there), or a symbol."""

    kind: str  # control, letter, symbol
    ticked: bool
    node: Node
    at: int = 0


Piece: TypeAlias = str | Box


def pieces(cell: Node) -> list[Piece]:
    """Return what a cell shows, in order; a line feed parts its paragraphs. Tables inside it are not of it."""
    found: list[Piece] = []
    for number, block in enumerate(block for block in cell.flow() if block.tag == "w:p"):
        if number:
            found.append("\n")
        found += paragraph(block)
    return found


def paragraph(block: Node) -> Iterator[Piece]:
    """Yield what a paragraph shows."""
    waiting = block.children[::-1]
    while waiting:
        node = waiting.pop()
        if node.tag == "w:sdt" and is_box(node):
            checked = node.path("w:sdtPr", "w14:checkbox", "w14:checked")
            yield Box("control", checked is not None and checked.get("w14:val", "1") in ("1", "true", "on"), node)
        elif node.tag == "w:r":
            yield from _run(node)
        elif node.tag in ("w:sdt", "w:sdtContent", "w:ins", "w:moveTo", "w:hyperlink", "w:fldSimple", "w:smartTag"):
            waiting += node.children[::-1]


def text(cell: Node) -> str:
    return shown(pieces(cell))


def shown(found: list[Piece]) -> str:
    """Return the pieces as text, each box as an empty or a ticked one."""
    joined = "".join(piece if isinstance(piece, str) else "☒" if piece.ticked else "☐" for piece in found)
    return "\n".join(line.strip() for line in joined.replace("\u2002", " ").split("\n")).strip("\n")


def as_shown(text_: str) -> str:
    """Return a text as a cell that holds it shows it."""
    return shown([text_.translate(_SIGNS)])


def choices(found: list[Piece]) -> tuple[tuple[str, Box], ...]:
    """Return the boxes of a cell with their labels when the cell holds nothing but those, two or more; else nothing."""
    boxes = [number for number, piece in enumerate(found) if isinstance(piece, Box)]
    if len(boxes) < 2:
        return ()
    before = _joined(found[: boxes[0]])
    after = _joined(found[boxes[-1] + 1 :])
    ends = [*boxes[1:], len(found)]
    if not before:
        labels = [_joined(found[at + 1 : end]) for at, end in zip(boxes, ends, strict=True)]
    elif not after:
        labels = [_joined(found[start:at]) for start, at in zip([0, *(box + 1 for box in boxes)], boxes, strict=False)]
    else:
        return ()
    if not all(0 < len(label) <= LONGEST_LABEL for label in labels) or len(set(labels)) != len(labels):
        return ()
    return tuple((label, box) for label, at in zip(labels, boxes, strict=True) if isinstance(box := found[at], Box))


def lone_box(found: list[Piece]) -> Box | None:
    boxes = [piece for piece in found if isinstance(piece, Box)]
    return boxes[0] if len(boxes) == 1 else None


def controls(cell: Node) -> Iterator[Node]:
    """Yield the content controls inside a cell that hold an answer: the innermost ones, without boxes."""
    for control in cell.own("w:sdt"):
        whole = control.child("w:sdtPr") is not None and control.child("w:sdtContent") is not None
        if whole and not is_box(control) and next(control.own("w:sdt"), None) is None:
            yield control


def only_dropdown(cell: Node) -> Node | None:
    """Return the dropdown control of a cell that has just one."""
    found = [control for control in controls(cell) if choice_list(control) is not None]
    return found[0] if len(found) == 1 else None


def choice_list(control: Node) -> Node | None:
    properties = control.child("w:sdtPr")
    if properties is None:
        return None
    return properties.child("w:dropDownList") or properties.child("w:comboBox")


def options(control: Node) -> tuple[Option, ...]:
    """Return what a dropdown offers; the entry that only asks to choose is none of it."""
    choice = choice_list(control)
    inside = control.child("w:sdtContent")
    shows_request = control.path("w:sdtPr", "w:showingPlcHdr") is not None
    request = "".join(node.text for node in inside.all("w:t")) if inside is not None and shows_request else ""
    found = []
    for item in choice.children if choice is not None else ():
        label = item.get("w:displayText") or item.get("w:value")
        # Word writes the request as an entry without a value, or as one that repeats what the control shows.
        if item.tag == "w:listItem" and label and item.get("w:value") and label != request:
            found.append(Option(label, label))
    return tuple(dict.fromkeys(found))


def is_box(control: Node) -> bool:
    return control.path("w:sdtPr", "w14:checkbox") is not None


def has_form_field(cell: Node) -> bool:
    """Tell whether an old form field stands here that takes a choice and no text."""
    return next(cell.own(*_FORM_FIELDS), None) is not None


def _joined(part: list[Piece]) -> str:
    return " ".join("".join(piece for piece in part if isinstance(piece, str)).split()).strip(" :;,/|")


def _run(run: Node) -> Iterator[Piece]:
    for node in run.children:
        if node.tag == "w:t":
            yield from _letters(node)
        elif node.tag == "w:tab":
            yield "\t"
        elif node.tag in ("w:br", "w:cr"):
            yield "\n"
        elif node.tag == "w:noBreakHyphen":
            yield "-"
        elif node.tag == "w:sym":
            yield from _symbol(node)


def _letters(node: Node) -> Iterator[Piece]:
    start = 0
    for at, letter in enumerate(node.text):
        if letter in EMPTY_BOXES or letter in TICKED_BOXES:
            yield node.text[start:at]
            yield Box("letter", letter in TICKED_BOXES, node, at)
            start = at + 1
    yield node.text[start:]


def _symbol(node: Node) -> Iterator[Piece]:
    if not node.get("w:font").casefold().startswith(_SYMBOL_FONTS):
        return
    try:
        code = int(node.get("w:char"), 16) & 0xFF
    except ValueError:
        return
    if code in _SYMBOL_EMPTY or code in _SYMBOL_TICKED:
        yield Box("symbol", code in _SYMBOL_TICKED, node)
