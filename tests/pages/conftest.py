"""A small world for the pages: one vendor with a certificate and a questionnaire in every band, and another vendor."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from accounts.actions.people import add_member, vouch_for
from accounts.models import Organisation, Role, User
from evidence.actions import library
from evidence.actions.files import keep
from evidence.actions.systems import SystemEntry, register_system
from evidence.models import AISystem, EvidenceRevision
from rfp.actions import assessment, intake
from rfp.models import (
    Band,
    Citation,
    Export,
    ExportKind,
    MappedRequirement,
    Question,
    QuestionMapping,
    Questionnaire,
    QuestionnaireState,
    Response,
)
from rfp.queries.standing import standing
from tests.conftest import NOW, TODAY

# Every text that a buyer or a vendor can bring in carries this.
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{ 7|add:7 }}{% now 'Y' %}"
CERTIFICATE: dict[str, Any] = {
    "id": "ISO-42001",
    "title": "AI management certificate",
    "kind": "iso_certificate",
    "issuer": {
        "name": "Northern Certification",
        "independence": "third_party_issued",
        "accreditation": {
            "body": "Norsk Akkreditering",
            "number": "MSYS 1",
            "standards": ["ISO/IEC 42001"],
            "status": "active",
        },
    },
    "assessor": {"name": "Ingrid Dahl", "role": "lead auditor", "credentials": ["ISO/IEC 42001 lead auditor"]},
    "dates": {"issued_on": date(2026, 5, 18), "valid_until": date(2029, 5, 17)},
    "scheme": "ISO/IEC 42001:2023",
    "number": "NC-42-7",
    "legal_entity": "Vera Vendor",
    "scope": "Development and operation of the AI system Helper.",
    "ai_systems": ["Helper"],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the pages of one vendor show."""

    organisation: Organisation
    questionnaire: Questionnaire
    export: Export
    revision: EvidenceRevision

    def question(self, number: int) -> Question:
        return Question.objects.get(questionnaire=self.questionnaire, position=number)

    def response(self, number: int) -> Response:
        return Response.objects.get(question=self.question(number))


@pytest.fixture(autouse=True)
def fresh_cache(settings: Settings) -> Iterator[None]:
    """Count limits anew for each test, and apart from tests that run at the same time."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def quick_hashing(settings: Settings) -> None:
    """Hash passwords without the work that makes guessing slow; sign-in itself is tested with it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def signed_in(user: User) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture
def mara(db: None) -> User:
    """A person who belongs to no organisation."""
    user = User.objects.create_user("mara@nowhere.example", full_name="Mara Member-of-none")
    vouch_for(user)
    return user


@pytest.fixture
def eve(vendor: Organisation) -> User:
    """An evaluator: a role that opens none of the vendor's pages."""
    user = User.objects.create_user("eve@vendor.example", full_name="Eve Evaluator")
    add_member(organisation=vendor, user=user, role=Role.EVALUATOR, by=None, at=NOW)
    return user


def workbook(questions: int, *, text: str = "Do you hold certificate {number}?", sheet: str = "Security") -> bytes:
    """Return a buyer's file with that many questions."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, ["No.", "Question", "Answer", "Comment"])
        for number in range(1, questions + 1):
            page.write_row(number, 0, [number, text.format(number=number)])
    return out.getvalue()


def build(
    organisation: Organisation,
    *,
    by: User,
    reference: str = "ISO-42001",
    title: str = "AI management certificate",
    file_name: str = "Questions of the bank.xlsx",
    buyer: str = "Kestrel Bank",
    questions: int = 6,
    words: str = "Certified by an accredited body.",
    content: bytes | None = None,
) -> World:
    """Make evidence and a questionnaire whose answers go round the bands: ready, suggested, blank, ready, ..."""
    system = register_system(organisation=organisation, entry=SystemEntry(name="Helper"), by=by, at=NOW)
    revision = library.add_revision(
        organisation=organisation,
        entry={**CERTIFICATE, "id": reference, "title": title},
        content=f"certificate {reference}".encode(),
        file_name=f"{reference}.pdf",
        by=by,
        at=NOW,
    )
    library.confirm(revision=revision, by=by, at=NOW)
    questionnaire = intake.receive(
        organisation=organisation,
        content=content or workbook(questions),
        name=file_name,
        buyer=buyer,
        systems=[AISystem.objects.get(pk=system.pk)],
        due_on=TODAY + timedelta(days=10),
        by=by,
        at=NOW,
    )
    intake.parse(questionnaire=questionnaire, by=by, at=NOW)
    for number, question in enumerate(questionnaire.questions.order_by("position")):
        answer(question, band=list(Band)[number % 3], revision=revision, words=words)
    assessment.run(questionnaire=questionnaire, standing=standing(questionnaire, on=TODAY), by=by, at=NOW)
    file = keep(organisation=organisation, content=b"filled", name=f"{file_name} (DRAFT).xlsx", at=NOW)
    export = Export.objects.create(
        questionnaire=questionnaire,
        kind=ExportKind.WORKBOOK,
        file=file,
        name=file.name,
        draft=True,
        made_by=by,
        made_at=NOW,
    )
    questionnaire.state = QuestionnaireState.EXPORTED
    questionnaire.save(update_fields=["state"])
    return World(organisation=organisation, questionnaire=questionnaire, export=export, revision=revision)


def answer(question: Question, *, band: Band, revision: EvidenceRevision, words: str) -> Response:
    """Store a draft as answering does, without the sentence encoder."""
    mapping = QuestionMapping.objects.create(
        question=question,
        category="legal_regulatory",
        confidence=0.91,
        decisive_confidence=0.88,
        polarity="direct",
        polarity_confidence=0.97,
        answer_type="yes_no",
        controls=[["iso-42001-2023", "4.3", "subset-of", 0.7]],
        reasons=[f"The word certificate points to it. {words}"],
        above_line=band is Band.READY,
    )
    MappedRequirement.objects.create(mapping=mapping, rank=1, ref="LR-1", probability=0.88, decisive=True)
    blank = band is Band.BLANK
    response = Response.objects.create(
        question=question,
        band=band,
        value="needs_information" if blank else "yes",
        shown="" if blank else "Yes",
        comment="" if blank else words,
        code="no_library_answer" if blank else "",
        reason=words,
        drafted_at=NOW,
    )
    if not blank:
        Citation.objects.create(response=response, position=1, revision=revision, page=3, quote=words)
    return response


@pytest.fixture
def world(vendor: Organisation, vera: User, store: Path) -> World:
    return build(vendor, by=vera)


@pytest.fixture
def other_world(other_vendor: Organisation, olga: User, store: Path) -> World:
    return build(other_vendor, by=olga, reference="OTHER-1", title="Certificate of another", buyer="Secret Buyer")
