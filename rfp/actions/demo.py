"""The fictional vendor and buyer of the demo, made through the same actions as real ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from accounts.actions.people import add_member, create_organisation
from accounts.models import Organisation, OrganisationKind, Role, User
from evidence.actions.catalogue import load_catalogue
from evidence.actions.vendor_file import import_vendor
from evidence.retrieval.encoder import shared_encoder
from rfp.actions.library import import_answers
from rfp.actions.mapping import teach
from rfp.demo import buyer, documents, library, papers, past

# The demo's certificates and reports are judged on this day, whenever the demo runs.
DEMO_DAY = date(2026, 11, 18)
SALES_ENGINEER = "sara@tesseragrove.example"
APPROVER = "nadia@tesseragrove.example"
ADMINISTRATOR = "maja@tesseragrove.example"
BUYER = "Kestrel Mutual Insurance"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    vendor: Organisation
    sales_engineer: User
    approver: User
    evidence: int
    documents: int
    answers: int
    decisions: int
    workbook: Path
    macro_workbook: Path
    answer_library: Path


def _silent(done: int, total: int) -> None:
    return None


def prepare(folder: Path, *, at: datetime, progress: Callable[[int, int], None] = _silent) -> World:
    """Draw the demo's files into a folder and load its vendor; a second run changes nothing."""
    folder.mkdir(parents=True, exist_ok=True)
    load_catalogue(at=at)
    documents.write(folder / "evidence")
    loaded = import_vendor(papers.DATA / "vendor.yaml", documents=folder / "evidence", at=at, progress=progress)
    _sister(at=at)
    answer_library = folder / "Approved answers.xlsx"
    library.write(answer_library)
    engineer, approver = User.objects.get(email=SALES_ENGINEER), User.objects.get(email=APPROVER)
    imported = import_answers(
        organisation=loaded.organisation,
        content=answer_library.read_bytes(),
        name=answer_library.name,
        on=DEMO_DAY,
        by=approver,
        at=at,
    )
    decisions = past.load()
    teach(organisation=loaded.organisation, decisions=decisions, encoder=shared_encoder(), by=engineer, at=at)
    workbook = folder / "Kestrel Mutual AI assurance questionnaire.xlsx"
    macros = workbook.with_suffix(".xlsm")
    buyer.write(workbook)
    buyer.write(macros, macros=True)
    return World(
        vendor=loaded.organisation,
        sales_engineer=engineer,
        approver=approver,
        evidence=loaded.evidence,
        documents=loaded.documents,
        answers=imported.added + imported.changed + imported.unchanged,
        decisions=len(decisions),
        workbook=workbook,
        macro_workbook=macros,
        answer_library=answer_library,
    )


def _sister(*, at: datetime) -> None:
    """Give the administrator a second organisation, with nothing in it yet."""
    slug = "tessera-grove-labs"
    sister = Organisation.objects.filter(slug=slug).first() or create_organisation(
        name="Tessera Grove Labs", slug=slug, kind=OrganisationKind.VENDOR, legal_entity="Tessera Grove Labs AB", at=at
    )
    person = User.objects.get(email=ADMINISTRATOR)
    for role in (Role.ADMINISTRATOR, Role.SALES_ENGINEER):
        add_member(organisation=sister, user=person, role=role, by=None, at=at)
