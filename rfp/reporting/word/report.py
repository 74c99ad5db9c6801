"""The Word report: ``build`` turns the plain data into a document; the same data gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time

import docx

from rfp.reporting import words
from rfp.reporting.data import ReportData
from rfp.reporting.word import ledger, sections, styles
from rfp.reporting.word.parts import Flow

# The earliest date a zip member can carry: the bytes must not depend on when the report was made.
MEMBER_DATE = (1980, 1, 1, 0, 0, 0)


def build(data: ReportData) -> bytes:
    """Return the report as the bytes of a docx file."""
    document = docx.Document()
    for paragraph in list(document.paragraphs):
        document.element.body.remove(paragraph._p)
    styles.apply(document)
    styles.header_and_footer(
        document,
        left=f"{data.vendor} · AI assurance report · {words.day(data.as_of)}",
        right="DRAFT – not approved" if data.draft else "",
    )
    flow = Flow(document)
    sections.front(flow, data)
    flow.text("Contents", style="Note")
    after_contents = flow.add_anchor()
    sections.summary(flow, data)
    sections.categories(flow, data)
    sections.gaps(flow, data)
    sections.warnings(flow, data)
    sections.expiry(flow, data)
    sections.blanks(flow, data)
    ledger.answers(flow, data)
    ledger.evidence(flow, data)
    sections.method(flow, data)
    flow.contents(before=after_contents)
    _set_properties(document, data)
    out = io.BytesIO()
    document.save(out)
    return _fixed(out.getvalue())


def _set_properties(document: docx.document.Document, data: ReportData) -> None:
    properties = document.core_properties
    made = datetime.combine(data.as_of, time(), UTC).replace(tzinfo=None)
    properties.title = f"AI assurance report: {data.vendor}" + (" (DRAFT)" if data.draft else "")
    properties.subject = data.title
    properties.author = data.vendor
    properties.last_modified_by = ""
    properties.comments = ""
    properties.created = properties.modified = made
    properties.language = "en"
    properties.revision = 1


def _fixed(content: bytes) -> bytes:
    """Return the same package with fixed member dates."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, MEMBER_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 0
            target.writestr(info, source.read(member.filename))
    return out.getvalue()
