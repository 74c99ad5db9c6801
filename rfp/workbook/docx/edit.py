"""The edits that put an answer into a table cell of a Word document and leave how it looks alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rfp.workbook.docx import content
from rfp.workbook.docx.content import Box
from rfp.workbook.docx.markup import ANCHORS, Node
from rfp.workbook.xlsx.patch import Edit
from rfp.workbook.xlsx.patch_places import attribute_spans, tag_at

_TICK, _CLEAR = "☒", "☐"
_SYMBOL_TICK, _SYMBOL_CLEAR = b"F0FE", b"F0A8"
# Paragraph properties that must not be copied: the end of a section, a number in a list, a tracked change.
_OF_ONE_PARAGRAPH = frozenset({"w:sectPr", "w:numPr", "w:pPrChange"})
# What an answer must not replace: pictures, embedded files, text boxes, equations, tables, notes.
_KEPT = ("w:drawing", "w:pict", "w:object", "w:tbl", "w:footnoteReference", "w:endnoteReference", "w:commentReference")
_PLACEHOLDER_STYLE = re.compile(rb"""<(?:\w+:)?rStyle\s[^>]*PlaceholderText["'][^>]*/>""")


class CellEditor:
    """Edits for cells of one document. ``data`` are its bytes, ``utf8`` tells how they are encoded."""

    def __init__(self, data: bytes, *, utf8: bool) -> None:
        self.data = data
        self.utf8 = utf8

    def edits(self, cell: Node, value: str) -> list[Edit]:
        """Return the edits that make the cell say VALUE; an empty value clears it."""
        found = content.pieces(cell)
        boxes = content.choices(found)
        if boxes:
            return self._tick([(box, label == value) for label, box in boxes])
        lone = content.lone_box(found)
        if lone is not None:
            return self._tick([(lone, bool(value))])
        controls = list(content.controls(cell))
        if len(controls) == 1:
            return self._control(controls[0], value)
        field = _text_field(cell)
        if field is not None:
            return self._field(*field, value)
        return self._blocks(cell, [block for block in cell.flow() if block.tag == "w:p"], value)

    def new_paragraph(self, value: str, prefix: bytes, *, like: Node) -> bytes:
        """Return a paragraph for a new cell that looks like the first of its neighbour."""
        properties = next(like.own("w:pPr"), None)
        own = properties is None or any(c.tag in _OF_ONE_PARAGRAPH for c in properties.children)
        look = b"" if own or properties is None else self._bytes(properties)
        return b"<%bp>%b%b</%bp>" % (prefix, look, self._run(value, prefix, self._look(like)), prefix)

    def _control(self, control: Node, value: str) -> list[Edit]:
        """Fill a content control: a dropdown also records which entry was chosen."""
        inside = control.child("w:sdtContent")
        assert inside is not None  # controls() yields whole ones only
        edits: list[Edit] = []
        placeholder = control.path("w:sdtPr", "w:showingPlcHdr")
        if placeholder is not None:
            edits.append(Edit(placeholder.start, placeholder.end, b""))
        choice = content.choice_list(control)
        if choice is not None:
            edits += self._chosen(choice, value)
        blocks = [block for block in inside.flow() if block.tag == "w:p"]
        above = _paragraph_above(control)
        if blocks:
            return edits + self._blocks(inside, blocks, value)
        prefix = tag_at(self.data, (above or control).start).prefix
        run = self._run(value, prefix, self._look(inside))
        return [*edits, *self._replace_children(inside, run)]

    def _chosen(self, choice: Node, value: str) -> list[Edit]:
        stored = next(
            (
                item.get("w:value")
                for item in choice.children
                if (item.get("w:displayText") or item.get("w:value")) == value
            ),
            "",
        )
        tag = tag_at(self.data, choice.start)
        known = {name.rpartition(b":")[2]: span for name, span in attribute_spans(self.data, tag).items()}.get(
            b"lastValue"
        )
        new = b' %blastValue="%b"' % (tag.prefix, self._escaped(stored, quote=True)) if stored else b""
        if known is not None:
            return [Edit(*known, new)]
        at = tag.start + 1 + len(tag.name)
        return [Edit(at, at, new)] if new else []

    def _blocks(self, holder: Node, blocks: list[Node], value: str) -> list[Edit]:
        """Put the text into the first paragraph that may take it, and empty the others."""
        free = [block for block in blocks if next(block.all(*_KEPT), None) is None]
        prefix = tag_at(self.data, holder.start).prefix
        if not free:
            new = b"<%bp>%b</%bp>" % (prefix, self._run(value, prefix, b""), prefix)
            return [Edit(holder.close, holder.close, new)] if value else []
        first, *others = free
        edits = self._paragraph(first, value, self._look(first) or self._look(holder))
        for block in others:
            kept = b"".join(self._anchors(block))
            if block is blocks[-1] and blocks[0] is not first:
                edits += self._paragraph(block, "", b"")  # a cell ends with a paragraph
            elif not kept and block.path("w:pPr", "w:sectPr") is None:
                edits.append(Edit(block.start, block.end, b""))
            else:
                edits += self._paragraph(block, "", b"")
        return edits

    def _paragraph(self, block: Node, value: str, look: bytes) -> list[Edit]:
        tag = tag_at(self.data, block.start)
        run = self._run(value, tag.prefix, look)
        if tag.empty:
            slash = self.data.rindex(b"/", tag.start, tag.end)
            return [Edit(slash, tag.end, b">%b</%b>" % (run, tag.name))] if run else []
        return self._replace_children(block, run)

    def _replace_children(self, holder: Node, run: bytes) -> list[Edit]:
        """Replace what shows in a paragraph or an inline control; its properties and the anchors in it stay."""
        tag = tag_at(self.data, holder.start)
        if tag.empty:
            slash = self.data.rindex(b"/", tag.start, tag.end)
            return [Edit(slash, tag.end, b">%b</%b>" % (run, tag.name))]
        properties = holder.child("w:pPr")
        start = properties.end if properties is not None else holder.inner
        return [Edit(start, holder.close, run + b"".join(self._anchors(holder)))]

    def _field(self, start: Node, stop: Node, value: str) -> list[Edit]:
        """Replace the result of an old text form field, which stands between two runs of its paragraph."""
        look = self._look_of(stop)
        prefix = tag_at(self.data, stop.start).prefix
        return [Edit(start.end, stop.start, self._run(value, prefix, look))]

    def _anchors(self, holder: Node) -> Iterator[bytes]:
        for node in holder.all(*ANCHORS):
            yield self.data[node.start : node.end]

    def _look(self, holder: Node) -> bytes:
        """Return the run properties of the first text in the place, else those of its paragraph mark."""
        for run in holder.own("w:r"):
            properties = run.child("w:rPr")
            if properties is not None:
                return self._look_of(run)
            return b""
        mark = next(holder.own("w:pPr"), None)
        inner = mark.child("w:rPr") if mark is not None else None
        if inner is None:
            return b""
        # Marks of a tracked change belong to the paragraph mark alone.
        return b"" if any(c.tag in ("w:ins", "w:del", "w:rPrChange") for c in inner.children) else self._bytes(inner)

    def _look_of(self, run: Node) -> bytes:
        properties = run.child("w:rPr")
        return _PLACEHOLDER_STYLE.sub(b"", self._bytes(properties)) if properties is not None else b""

    def _bytes(self, node: Node) -> bytes:
        return self.data[node.start : node.end]

    def _run(self, value: str, prefix: bytes, look: bytes) -> bytes:
        if not value:
            return b""
        parts = []
        for piece in re.split(r"(\n|\t)", value):
            if piece in ("\n", "\t"):
                parts.append(b"<%b%b/>" % (prefix, b"br" if piece == "\n" else b"tab"))
            elif piece:
                parts.append(b'<%bt xml:space="preserve">%b</%bt>' % (prefix, self._escaped(piece), prefix))
        return b"<%br>%b%b</%br>" % (prefix, look, b"".join(parts), prefix)

    def _escaped(self, text: str, *, quote: bool = False) -> bytes:
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = text.replace('"', "&quot;") if quote else text
        return text.encode() if self.utf8 else text.encode("ascii", "xmlcharrefreplace")

    def _tick(self, boxes: Sequence[tuple[Box, bool]]) -> list[Edit]:
        """Give each box the state it is to have."""
        edits: list[Edit] = []
        letters: dict[Node, list[str]] = {}
        for box, ticked in boxes:
            if box.ticked == ticked:
                continue
            if box.kind == "letter":
                # Several boxes may stand in one stretch of text, which is replaced once.
                text = letters.setdefault(box.node, list(box.node.text))
                text[box.at] = _TICK if ticked else _CLEAR
            elif box.kind == "symbol":
                edits.append(self._attribute(box.node, b"char", _SYMBOL_TICK if ticked else _SYMBOL_CLEAR))
            else:
                edits += self._check(box.node, ticked=ticked)
        edits += [Edit(node.inner, node.close, self._escaped("".join(text))) for node, text in letters.items()]
        return edits

    def _check(self, control: Node, *, ticked: bool) -> Iterator[Edit]:
        """Set a check box control: its state, and the sign it shows for that state."""
        box = control.path("w:sdtPr", "w14:checkbox")
        assert box is not None  # is_box() found it
        state = box.child("w14:checked")
        if state is not None:
            yield self._attribute(state, b"val", b"1" if ticked else b"0")
        else:
            prefix = tag_at(self.data, box.start).prefix
            yield Edit(box.inner, box.inner, b'<%bchecked %bval="%d"/>' % (prefix, prefix, ticked))
        sign = box.child("w14:checkedState" if ticked else "w14:uncheckedState")
        code = sign.get("w14:val") if sign is not None else ""
        try:
            shown = chr(int(code, 16))
        except (ValueError, OverflowError):
            shown = _TICK if ticked else _CLEAR
        inside = control.child("w:sdtContent")
        for place in inside.all("w:t", "w:sym") if inside is not None else ():
            if place.tag == "w:sym":
                yield self._attribute(place, b"char", b"%04X" % ord(shown))
            else:
                yield Edit(place.inner, place.close, self._escaped(shown))
            return

    def _attribute(self, node: Node, name: bytes, value: bytes) -> Edit:
        tag = tag_at(self.data, node.start)
        for known, span in attribute_spans(self.data, tag).items():
            if known.rpartition(b":")[2] == name:
                return Edit(*span, b' %b="%b"' % (known, value))
        at = tag.start + 1 + len(tag.name)
        return Edit(at, at, b' %b%b="%b"' % (tag.prefix, name, value))


def has_one_field(cell: Node) -> bool:
    """Tell whether an answer goes into the one control or old text field of a cell, and not into the cell itself."""
    return len(list(content.controls(cell))) == 1 or _text_field(cell) is not None


def _text_field(cell: Node) -> tuple[Node, Node] | None:
    """Return the runs before and behind the result of the only old text form field of a cell."""
    marks = [mark for mark in cell.own("w:fldChar") if mark.parent is not None and mark.parent.tag == "w:r"]
    kinds = [mark.get("w:fldCharType") for mark in marks]
    if kinds != ["begin", "separate", "end"] or next(marks[0].all("w:textInput"), None) is None:
        return None
    start, stop = marks[1].parent, marks[2].parent
    if start is None or stop is None or start.parent is not stop.parent:
        return None
    return start, stop


def _paragraph_above(node: Node) -> Node | None:
    above = node.parent
    while above is not None and above.tag not in ("w:p", "w:tc"):
        above = above.parent
    return above
