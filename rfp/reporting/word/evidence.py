"""The key to the citations: each document with its judgement; then the method and the versions used."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rfp.reporting import words
from rfp.reporting.data import EvidenceLine, ReportData
from rfp.reporting.merged import joined
from rfp.reporting.word.flow import Flow
from rfp.reporting.word.links import Links
from rfp.reporting.word.styles import AMBER_FILL, GREEN_FILL, QUIET, RED_FILL
from rfp.reporting.word.xml import CellContent, Run, lines_of

FILLS = {"accepted": GREEN_FILL, "rejected": RED_FILL}
DIGEST_SHOWN = 16


def evidence(flow: Flow, data: ReportData, links: Links) -> None:
    flow.heading("Evidence judged", 1)
    if not data.evidence:
        flow.text("The evidence library holds no document.")
        return
    flow.table(
        ("Reference", "Document", "Judgement", "Counts for"),
        _rows(data.evidence, links),
        (13, 39, 42, 13),
        title="Evidence in the library on this day",
    )


def _rows(lines: Iterable[EvidenceLine], links: Links) -> Iterable[tuple[CellContent, ...]]:
    for line in lines:
        judged: list[tuple[Run, ...]] = [(Run(words.EVIDENCE_VERDICTS[line.verdict], bold=True),)]
        judged += [
            (Run(f"{_of_this(line, problem.sentence)} "), Run(f"({problem.rule})", colour=QUIET))
            for problem in joined(line.problems)
        ]
        yield (
            lines_of(Run(line.reference, bold=True), mark=links.evidence[line.reference]),
            lines_of(Run(line.title, bold=True), (Run(f"{_issued(line)}. "), Run(_version(line), colour=QUIET))),
            lines_of(*judged, fill=FILLS.get(line.verdict, AMBER_FILL)),
            words.ranged(line.satisfies) or "–",
        )


def _of_this(line: EvidenceLine, sentence: str) -> str:
    """Return the sentence without the title that stands beside it."""
    return re.sub(f"^“{re.escape(line.title)}” ", "This document ", sentence)


def _issued(line: EvidenceLine) -> str:
    dated = f", {words.day(line.dated)}" if line.dated else ""
    until = f"; counts until {words.day(line.counts_until)}" if line.counts_until else ""
    return f"{line.issuer or 'No issuer named'}{dated}{until}"


def _version(line: EvidenceLine) -> str:
    digest = f", SHA-256 {line.sha256[:DIGEST_SHOWN]}…" if line.sha256 else ""
    return f"Revision {line.revision}{digest}"


def method(flow: Flow, data: ReportData) -> None:
    flow.heading("Method and versions", 1)
    flow.items(
        (
            "Independent proof or no yes: an answer is yes only when every requirement the question asks about is met "
            "by evidence that an independent third party issued or validated, that counts on this day, and whose scope "
            "names the AI systems.",
            "A document of the vendor counts only together with an independent validation of the same version.",
            "Questions outside the checklist are answered from approved answers of the vendor's library, never from a "
            "similar question with another meaning.",
            "The verdict rests on requirements and evidence, not on which questions were asked.",
        )
    )
    systems = "; ".join(
        f"{line.name}{f' ({line.kind})' if line.kind else ''}"
        + (f", in production since {words.day(line.in_production_since)}" if line.in_production_since else "")
        for line in data.systems
    )
    versions = data.versions
    digest = versions.catalogue_digest[:DIGEST_SHOWN]
    flow.table(
        ("What", "Value"),
        [
            ("Buyer's file", f"{data.file_name}, SHA-256 {data.file_sha256}"),
            ("Filled file", data.fidelity),
            *((("Notes on the file", "\n".join(data.file_notes)),) if data.file_notes else ()),
            ("AI systems of the deal", systems or "–"),
            ("Sector add-ons", ", ".join(data.sectors) or "none"),
            ("Catalogue", f"{versions.catalogue}, SHA-256 {digest}…"),
            ("Mapping", versions.mapping),
            ("Calibration", versions.calibration),
            ("Software", f"Countersign {versions.product}"),
        ],
        (18, 82),
        title="Versions used",
    )
