"""Move dropdowns that refer to another sheet into the x14 extension list, where Excel 2010 and later keep them."""

from __future__ import annotations

import re

_MAIN = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
_XM = "http://schemas.microsoft.com/office/excel/2006/main"
_LIST_URI = "{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"
_ALL = re.compile(r"<dataValidations.*?</dataValidations>", re.DOTALL)
_ONE = re.compile(r'<dataValidation [^>]*sqref="([^"]+)"[^>]*><formula1>(Lists![^<]+)</formula1></dataValidation>')


def move_lists(name: str, part: bytes) -> bytes:
    """Return the part; in a worksheet the lists that refer to the sheet Lists become an extension.

    The input is what XlsxWriter writes, so its fixed form may be searched as text.
    """
    if not name.startswith("xl/worksheets/sheet"):
        return part
    text = part.decode()
    block = _ALL.search(text)
    lists = _ONE.findall(block[0]) if block else []
    if not block or not lists:
        return part
    moved = "".join(
        f'<x14:dataValidation type="list" allowBlank="1" showInputMessage="1" showErrorMessage="1">'
        f"<x14:formula1><xm:f>{source}</xm:f></x14:formula1><xm:sqref>{cells}</xm:sqref></x14:dataValidation>"
        for cells, source in lists
    )
    extension = (
        f'<extLst><ext uri="{_LIST_URI}" xmlns:x14="{_MAIN}">'
        f'<x14:dataValidations count="{len(lists)}" xmlns:xm="{_XM}">{moved}</x14:dataValidations></ext></extLst>'
    )
    kept = _ONE.sub("", block[0])
    left = kept.count("<dataValidation ")
    kept = re.sub(r'count="\d+"', f'count="{left}"', kept, count=1) if left else ""
    return (
        (text[: block.start()] + kept + text[block.end() :])
        .replace("</worksheet>", f"{extension}</worksheet>")
        .encode()
    )
