"""Data validation rules of a sheet, the classic ones and those of the extension list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from xml.parsers import expat

from rfp.workbook.model import Area
from rfp.workbook.xlsx.references import areas


@dataclass(frozen=True, slots=True, kw_only=True)
class RawValidation:
    areas: tuple[Area, ...]
    kind: str
    source: str
    extension: bool
    enforced: bool


class ValidationReader:
    """Takes over a parser inside a dataValidation element and hands back when it ends."""

    def __init__(self, parser: expat.XMLParserType, local: Callable[[str], str], done: Callable[[], None]) -> None:
        self._parser = parser
        self._local = local
        self._done = done
        self._attributes: Mapping[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        self._field = ""
        self._extension = False
        self.found: list[RawValidation] = []

    def take_over(self, attributes: Mapping[str, str]) -> None:
        self._attributes = attributes
        self._texts = {}
        self._extension = False
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = self._local(name)
        if local in ("formula1", "formula2", "sqref"):
            self._field = local
            self._extension = self._extension or local == "sqref"
        elif local == "f":
            self._extension = True  # the extension wraps the formula in an element of its own
        # What stood before the inner element is blank space.
        texts = self._texts[self._field] = []
        self._parser.CharacterDataHandler = texts.append

    def _end(self, name: str) -> None:
        self._parser.CharacterDataHandler = None
        if self._local(name) == "dataValidation":
            self._keep()
            self._done()

    def _keep(self) -> None:
        places = "".join(self._texts.get("sqref", ())) or self._attributes.get("sqref", "")
        source = "".join(self._texts.get("formula1", ())).strip()
        found = tuple(areas(places))
        if found:
            kind = self._attributes.get("type", "none")
            self.found.append(
                RawValidation(
                    areas=found, kind=kind, source=source, extension=self._extension, enforced=self._is_enforced()
                )
            )

    def _is_enforced(self) -> bool:
        """Tell a rule that refuses other values; one that shows no error, or only warns, takes them."""
        get = self._attributes.get
        return get("showErrorMessage") in ("1", "true") and get("errorStyle", "stop") == "stop"
