"""What styles and settings say of a table cell: bold, filled, bordered, locked; and which paragraphs are headings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from rfp.workbook.docx.markup import Node, is_on

LONGEST_HEADING = 60  # characters
_HEADING = re.compile(r"(?:heading|title|caption|überschrift|titre|título)\b", re.I)
_NUMBERED = re.compile(r"^(?:table|tabelle|tableau|tabla)\s+\S+?[\s:.–—-]+\s*", re.I)
_DEEPEST = 20  # styles that one is based on; a loop ends here too
_NO_COLOUR = ("", "auto")


@dataclass(slots=True, kw_only=True)
class NamedStyle:
    name: str = ""
    base: str = ""
    bold: bool | None = None
    numbered: Node | None = None  # its place in a counted list
    outlined: bool = False  # has a place in the outline, as a heading has
    borders: bool = False
    fill: str = ""
    head_bold: bool = False  # of a table's first row
    head_fill: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    styles: dict[str, NamedStyle] = field(default_factory=dict)
    protection: str = ""  # what the document's protection still allows: forms, readOnly; empty for anything

    def chain(self, style_id: str) -> list[NamedStyle]:
        """Return a style and those it is based on."""
        found: list[NamedStyle] = []
        while style_id in self.styles and len(found) < _DEEPEST:
            found.append(self.styles[style_id])
            style_id = self.styles[style_id].base
        return found

    def heading(self, paragraph: Node, text: str) -> str:
        """Return the paragraph's text, cut to a short one, if it is a heading; else nothing."""
        line = _NUMBERED.sub("", " ".join(text.split())).strip(" :")
        if not line:
            return ""
        properties = paragraph.child("w:pPr")
        style = properties.path("w:pStyle") if properties is not None else None
        chain = self.chain(style.get("w:val")) if style is not None else []
        named = any(link.outlined or _HEADING.match(link.name) for link in chain)
        # Many forms have no heading styles: a short line all in bold stands for one.
        bold = len(line) <= LONGEST_HEADING and line[-1] not in ".!?;," and self.is_bold(paragraph)
        if not named and not bold:
            return ""
        return line if len(line) <= LONGEST_HEADING else line[: LONGEST_HEADING - 1].rstrip() + "…"

    def is_bold(self, place: Node) -> bool:
        """Tell whether all text of a cell or paragraph is bold."""
        runs = [run for run in place.own("w:r") if any(t.text.strip() for t in run.children if t.tag == "w:t")]
        return bool(runs) and all(self._run_is_bold(run) for run in runs)

    def _run_is_bold(self, run: Node) -> bool:
        properties = run.child("w:rPr")
        own = properties.child("w:b") if properties is not None else None
        if own is not None:
            return is_on(own)
        named = properties.child("w:rStyle") if properties is not None else None
        above: Node | None = run
        while above is not None and above.tag != "w:p":
            above = above.parent
        outer = above.path("w:pPr", "w:pStyle") if above is not None else None
        for style in (named, outer):
            for link in self.chain(style.get("w:val")) if style is not None else []:
                if link.bold is not None:
                    return link.bold
        return False


def read_looks(styles: Node | None, settings: Node | None) -> Looks:
    """Return the looks that the styles and settings parts define; without a part, nothing is styled or protected."""
    named: dict[str, NamedStyle] = {}
    for node in styles.children if styles is not None else ():
        if node.tag == "w:style":
            named[node.get("w:styleId")] = _style(node)
    guard = settings.child("w:documentProtection") if settings is not None else None
    enforced = guard is not None and guard.get("w:enforcement") in ("1", "true", "on")
    edit = guard.get("w:edit") if guard is not None and enforced else ""
    return Looks(styles=named, protection=edit if edit in ("forms", "readOnly", "comments") else "")


def _style(node: Node) -> NamedStyle:
    bold = node.path("w:rPr", "w:b")
    name, base = node.child("w:name"), node.child("w:basedOn")
    style = NamedStyle(
        name=name.get("w:val") if name is not None else "",
        base=base.get("w:val") if base is not None else "",
        bold=is_on(bold) if bold is not None else None,
        numbered=node.path("w:pPr", "w:numPr"),
        outlined=node.path("w:pPr", "w:outlineLvl") is not None,
        borders=has_borders(node.path("w:tblPr", "w:tblBorders")),
        fill=fill(node.path("w:tcPr", "w:shd")),
    )
    for part in node.children:
        if part.tag == "w:tblStylePr" and part.get("w:type") == "firstRow":
            style.head_bold = is_on(part.path("w:rPr", "w:b"))
            style.head_fill = fill(part.path("w:tcPr", "w:shd"))
    return style


def fill(shade: Node | None) -> str:
    """Return the colour behind a cell, nothing for none."""
    colour = shade.get("w:fill") if shade is not None else ""
    return "" if colour in _NO_COLOUR else colour


def has_borders(borders: Node | None) -> bool:
    return borders is not None and any(side.get("w:val") not in ("", "nil", "none") for side in borders.children)
