"""The names of OpenDocument that matter here, as the parsers spell them."""

from __future__ import annotations

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FORMAT = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
NUMBER = "{urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0}"
CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
CONTENT = "content.xml"
STYLES = "styles.xml"
# Tables that only hold copies of what other files said: an address stands where the name of a sheet would.
FOREIGN = "'file:"


def count(text: str | None) -> int:
    """Return a repeat or span: one where none or nonsense is given."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and 0 < len(text) < 8 else 1
