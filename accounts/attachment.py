"""Files handed out: always as an attachment, never run or shown by the browser as part of these pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

# Sent by people and buyers: without origin, scripts or anything loaded, should a browser open one all the same.
SANDBOX = "default-src 'none'; sandbox"
OFFICE = "application/vnd.openxmlformats-officedocument"
# Only what browsers hand to another program or show inertly; anything else is nameless bytes.
KINDS: Mapping[str, str] = {
    ".pdf": "application/pdf",
    ".docx": f"{OFFICE}.wordprocessingml.document",
    ".xlsx": f"{OFFICE}.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".json": "application/json",
    ".csv": "text/csv",
    ".zip": "application/zip",
}


def attachment(content: bytes, name: str) -> HttpResponse:
    """Return the bytes as a file of that name."""
    kind = KINDS.get(PurePath(name).suffix.lower(), "application/octet-stream")
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response
