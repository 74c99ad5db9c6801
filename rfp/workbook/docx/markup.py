"""The XML of a Word part as a tree that knows where in the bytes each element lies.

A tree that is written out again changes bytes everywhere; this one is only looked at, and the bytes are cut and joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.parsers import expat

from rfp.workbook.errors import Damaged, TooLarge, Unsafe
from rfp.workbook.xlsx.patch_places import tag_at

DEEPEST = 256  # as the other parser has it
MOST = 300_000  # elements: about a thousand pages
_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
}
# Tracked deletions, and what repeats the content for old programs.
_GONE = frozenset({"w:del", "w:moveFrom", "mc:Fallback"})
_GONE_OR_TABLE = _GONE | {"w:tbl"}
# What only wraps content.
_WRAPPERS = frozenset(
    {
        "w:sdt",
        "w:sdtContent",
        "w:ins",
        "w:moveTo",
        "w:customXml",
        "w:smartTag",
        "w:hyperlink",
        "w:fldSimple",
        "mc:AlternateContent",
        "mc:Choice",
    }
)

# Marks of a place or a span: other parts refer to them, so they outlive the text around them.
ANCHORS = frozenset(
    {
        "w:bookmarkStart",
        "w:bookmarkEnd",
        "w:commentRangeStart",
        "w:commentRangeEnd",
        "w:permStart",
        "w:permEnd",
        "w:moveFromRangeStart",
        "w:moveFromRangeEnd",
        "w:moveToRangeStart",
        "w:moveToRangeEnd",
    }
)


class Node:
    """An element. ``tag`` has the usual prefix whatever the file calls it; an empty element has ``inner == end``.

    The bytes are ``start`` to ``end``; its content ``inner`` to ``close``.
    """

    __slots__ = ("at", "attributes", "children", "close", "end", "inner", "parent", "start", "tag", "text")

    def __init__(self, tag: str, attributes: Mapping[str, str], parent: Node | None, start: int, inner: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.at = len(parent.children) if parent is not None else 0  # its place among its siblings
        self.children: list[Node] = []
        self.text = ""
        self.start, self.inner = start, inner
        self.close = self.end = inner

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)

    def child(self, tag: str) -> Node | None:
        return next((child for child in self.children if child.tag == tag), None)

    def siblings_before(self) -> Iterator[Node]:
        """Yield the siblings before it, the nearest first."""
        if self.parent is not None:
            for at in range(self.at - 1, -1, -1):
                yield self.parent.children[at]

    def path(self, *tags: str) -> Node | None:
        """Return the first child by tag, its first child by the next one, and so on."""
        node: Node | None = self
        for tag in tags:
            node = node.child(tag) if node is not None else None
        return node

    def all(self, *tags: str) -> Iterator[Node]:
        """Yield the descendants of these tags in the order of the file, without what is deleted or only repeats."""
        return self._below(tags, _GONE)

    def own(self, *tags: str) -> Iterator[Node]:
        """Yield those that do not lie in a table inside this element."""
        return self._below(tags, _GONE_OR_TABLE)

    def _below(self, tags: tuple[str, ...], closed: frozenset[str]) -> Iterator[Node]:
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if node.tag in tags:
                yield node
            if node.tag not in closed:
                waiting += node.children[::-1]

    def flow(self) -> Iterator[Node]:
        """Yield the children that show, those inside mere wrappers in their place."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            if node.tag in _WRAPPERS:
                waiting += node.children[::-1]
            elif node.tag not in _GONE:
                yield node


def parse(data: bytes, part: str) -> Node:
    """Return the root element.

    :raises Damaged: if it is not well-formed
    :raises TooLarge: if it holds more elements than are read
    :raises Unsafe: if they nest deeper than any program writes
    """
    return _Builder(data, part).run()


def is_utf8(data: bytes) -> bool:
    """Tell whether a part may hold any letter as it is; else letters beyond ASCII are written as references."""
    declared = re.match(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""", data)
    return declared is None or declared[1].lower() in (b"utf-8", b"utf8")


def is_on(node: Node | None) -> bool:
    """Tell whether a switch such as w:b is there and not turned off."""
    return node is not None and node.get("w:val", "1") in ("1", "true", "on")


class _Builder:
    def __init__(self, data: bytes, part: str) -> None:
        self.data = data
        self.part = part
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text

    def run(self) -> Node:
        try:
            self.parser.Parse(self.data, True)
        except (expat.ExpatError, ValueError) as problem:
            text = f"The file is damaged: its part {self.part} is no XML."
            raise Damaged(text, "Open and save it again.") from problem
        assert self.root is not None  # expat refuses a file without an element
        return self.root

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.count += 1
        if self.count > MOST:
            raise TooLarge("The document is too long to be a questionnaire.", "Upload the part with the questions.")
        if len(self.open) >= DEEPEST:
            raise Unsafe(f"The part {self.part} nests its elements too deep.", "Save the document again and retry.")
        start = self.parser.CurrentByteIndex
        named = {_short(key): value for key, value in attributes.items()} if attributes else attributes
        parent = self.open[-1] if self.open else None
        node = Node(_short(name), named, parent, start, tag_at(self.data, start).end)
        if parent is None:
            self.root = node
        else:
            parent.children.append(node)
        self.open.append(node)

    def _end(self, _: str) -> None:
        node = self.open.pop()
        if self.data[node.inner - 2] != ord("/"):
            node.close = self.parser.CurrentByteIndex
            node.end = self.data.index(b">", node.close) + 1

    def _text(self, text: str) -> None:
        self.open[-1].text += text


_SHORT: dict[str, str] = {}


def _short(name: str) -> str:
    known = _SHORT.get(name)
    if known is None:
        space, _, local = name.rpartition(" ")
        known = f"{_PREFIXES.get(space, '?')}:{local}" if space else local
        if len(_SHORT) < 4_000:
            _SHORT[name] = known
    return known
