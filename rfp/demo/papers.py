"""The fictional vendor's documents as data: who issued what, and what stands on which page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import yaml

DATA = Path(__file__).parent / "data"
_LABELLED = re.compile(r"([A-Z][^.:;]{2,80}): (\S.*)")
_DATE_LABELS = {
    "issued_on": "Issued",
    "approved_on": "Approved",
    "signed_on": "Signed",
    "valid_until": "Valid until",
    "period_start": "Period from",
    "period_end": "Period to",
    "testing_started_on": "Testing from",
    "testing_ended_on": "Testing ended",
    "retested_on": "Retested",
    "exercised_on": "Exercise",
    "last_review_on": "Last review",
    "review_on": "Next review",
}


class Chart(NamedTuple):
    title: str
    bars: tuple[tuple[str, float], ...]
    line: tuple[str, float] | None


class Facts(NamedTuple):
    """Two or more lines that begin with a label: shown as a table."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One document. ``pages`` hold a heading and body blocks; page n of the text is page n of the file."""

    ref: str
    title: str
    kind: str
    layout: str
    issuer: str
    recipient: str
    issued_on: date
    version: str
    summary: tuple[tuple[str, str], ...]  # the box on the first page
    signed_by: tuple[str, str] | None  # name and role
    revisions: tuple[str, ...]
    pages: tuple[tuple[str, tuple[str | Facts, ...]], ...]
    charts: Mapping[int, Chart]

    @property
    def by_vendor(self) -> bool:
        return self.issuer == self.recipient

    @property
    def file_name(self) -> str:
        return f"{self.ref}.{'docx' if self.layout == 'plan' else 'pdf'}"


def show_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def load() -> tuple[Paper, ...]:
    """Return the documents of the vendor, in the order of its library."""
    library = yaml.safe_load((DATA / "vendor.yaml").read_text(encoding="utf-8"))
    charts = yaml.safe_load((DATA / "figures.yaml").read_text(encoding="utf-8"))
    owner = library["vendor"]["legal_entity"]
    return tuple(_paper(entry, owner, charts.get(entry["id"], {})) for entry in library["evidence"])


def _paper(entry: Mapping[str, Any], owner: str, charts: Mapping[int, Mapping[str, Any]]) -> Paper:
    dates: Mapping[str, date] = entry["dates"]
    summary = [("Prepared for", owner)] if entry["issuer"]["name"] != owner else [("Owner", owner)]
    summary += [("Version", str(entry["version"]))] if "version" in entry else []
    summary += [("Approved by", entry["approver"])] if isinstance(entry.get("approver"), str) else []
    summary += [(_DATE_LABELS[name], show_date(day)) for name, day in dates.items() if name in _DATE_LABELS]
    summary += [("Scope", entry["scope"])] if "scope" in entry else []
    issued = next(dates[name] for name in ("issued_on", "signed_on", "approved_on") if name in dates)
    return Paper(
        ref=entry["id"],
        title=entry["title"],
        kind=entry["kind"],
        layout=entry["layout"],
        issuer=entry["issuer"]["name"].removesuffix(" (buyer)"),
        recipient=owner,
        issued_on=issued,
        version=str(entry.get("version", "")),
        summary=tuple(summary),
        signed_by=_signature(entry),
        revisions=tuple(entry.get("revision_history", ())),
        pages=tuple(_page(text) for text in entry["pages"]),
        charts={number: _chart(chart) for number, chart in charts.items()},
    )


def _signature(entry: Mapping[str, Any]) -> tuple[str, str] | None:
    for name in ("assessor", "signer", "approver"):
        person = entry.get(name)
        if isinstance(person, Mapping):
            return person["name"], person.get("role") or person["title"]
    return None


def _chart(entry: Mapping[str, Any]) -> Chart:
    line = entry.get("line")
    bars = tuple((str(label), float(value)) for label, value in entry["bars"])
    return Chart(entry["title"], bars, (str(line[0]), float(line[1])) if line else None)


def _page(text: str) -> tuple[str, tuple[str | Facts, ...]]:
    lines = [line.strip() for line in text.strip().splitlines()]
    return lines[0], tuple(_blocks(lines[1:]))


def _blocks(lines: list[str]) -> Iterator[str | Facts]:
    rows: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        found = _LABELLED.fullmatch(line)
        if found:
            rows.append((found[1], found[2]))
            continue
        if len(rows) > 1:
            yield Facts(tuple(rows))
        elif rows:
            yield f"{rows[0][0]}: {rows[0][1]}"
        rows = []
        if line:
            yield line
