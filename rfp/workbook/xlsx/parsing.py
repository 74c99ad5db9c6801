"""The streaming parser as all readers of a workbook's parts use it."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from rfp.workbook.errors import Damaged, Unsafe

SPACE = " "  # stands between namespace and name when the parser resolves namespaces


class PrefixChangesError(Exception):
    """Cells carry another prefix than the root: namespaces have to be resolved, which takes a quarter longer."""


def run(parser: expat.XMLParserType, data: bytes, part: str, *, finish: Callable[[], None] = lambda: None) -> None:
    """Parse DATA to its end, and call FINISH.

    :raises Damaged: if it is no well-formed XML, or a handler finds a number that is none
    :raises Unsafe: if it declares a document type; the guard has refused it before, unless it was never asked
    """

    def refuse(*declared: object) -> None:
        raise Unsafe(f"The part {part} holds a document type definition.", "A workbook never needs one.")

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
        finish()
    except expat.ExpatError as problem:
        raise Damaged(f"The file is damaged: its part {part} is no XML.", "Open and save it again.") from problem
    except ValueError as problem:
        text = f"The file is damaged: a number in its part {part} is none."
        raise Damaged(text, "Open and save it again.") from problem
