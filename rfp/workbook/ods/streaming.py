"""A part of OpenDocument read element by element, so that its size in memory is that of a row."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from rfp.workbook.errors import Damaged


def stream(data: bytes, part: str, tags: tuple[str, ...]) -> Iterator[etree._Element]:
    """Yield each element of TAGS as it ends; entities, network and huge trees are off.

    :raises Damaged: if the part is not well-formed
    """
    try:
        for _, element in etree.iterparse(
            BytesIO(data), events=("end",), tag=tags, resolve_entities=False, no_network=True, huge_tree=False
        ):
            yield element
    except etree.XMLSyntaxError as problem:
        raise Damaged(f"The file is damaged: its part {part} is no XML.", "Open and save it again.") from problem


def forget(element: etree._Element) -> None:
    """Free an element and those before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
