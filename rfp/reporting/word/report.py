"""The Word report: ``build`` turns the plain data into a document; the same data gives the same bytes."""

from __future__ import annotations

from rfp.reporting import words
from rfp.reporting.data import ReportData
from rfp.reporting.word import evidence, expiry, front, gaps, ledger
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.links import links_of
from rfp.reporting.word.package import Properties, pack
from rfp.reporting.word.pages import LANDSCAPE


def build(data: ReportData) -> bytes:
    """Return the report as the bytes of a docx file."""
    links = links_of(data)
    flow = Flow()
    front.verdict(flow, data)
    front.first_steps(flow, data)
    flow.contents()
    front.categories(flow, data)
    gaps.gaps(flow, data, links)
    gaps.warnings(flow, data)
    expiry.expiry(flow, data)
    flow.turn(LANDSCAPE)  # long questions beside long citations: across, most take two lines
    ledger.answers(flow, data, links)
    ledger.blanks(flow, data)
    evidence.evidence(flow, data, links)
    evidence.method(flow, data)
    return pack(flow, _properties(data))


def _properties(data: ReportData) -> Properties:
    return Properties(
        title=f"AI assurance report: {data.vendor}" + (" (DRAFT)" if data.draft else ""),
        subject=data.title,
        author=data.vendor,
        keywords="AI assurance, evidence, gaps",
        made_on=data.as_of,
        application=f"Countersign {data.versions.product}",
        head=f"{data.vendor} · AI assurance report · {words.day(data.as_of)}",
        mark="DRAFT – not approved" if data.draft else "",
        foot=data.title,
    )
