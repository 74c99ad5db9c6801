"""A buyer with its people, a tender that is a draft, and one that is open with three vendors."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import xlsxwriter

from accounts.actions.people import add_member, create_organisation, vouch_for
from accounts.models import Organisation, OrganisationKind, Role, User
from rfp.actions.tenders.acts import open_tender
from rfp.actions.tenders.define import Definition, create
from rfp.actions.tenders.evaluators import name_evaluator
from rfp.actions.tenders.form import take_form
from rfp.actions.tenders.vendors import invite_vendor
from rfp.models import Criterion, Participant, Tender, TenderQuestion
from tests.conftest import NOW

DUE = NOW + timedelta(days=21)


@dataclass(frozen=True, slots=True, kw_only=True)
class TenderWorld:
    """``bea`` runs the tenders, ``eli`` and ``eva`` score, ``exa`` signs; ``rita`` is procurement of another buyer."""

    buyer: Organisation
    bea: User
    eli: User
    eva: User
    exa: User
    draft: Tender
    tender: Tender  # open, with three vendors

    def participant(self, number: int) -> Participant:
        """Return a vendor of the open tender, 0 for the first."""
        return self.tender.participants.order_by("pk")[number]

    def question(self, position: int) -> TenderQuestion:
        return self.tender.questions.get(position=position)


def person(email: str, organisation: Organisation | None = None, *roles: Role) -> User:
    user = User.objects.create_user(email, full_name=email.partition("@")[0].title())
    vouch_for(user)
    for role in roles:
        assert organisation is not None
        add_member(organisation=organisation, user=user, role=role, by=None, at=NOW)
    return user


def form_of(sheets: tuple[str, ...] = ("Security", "Service"), questions: int = 3) -> bytes:
    """Return a buyer's form: on each sheet questions with a dropdown, a comment and an evidence cell."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["No.", "Question", "Answer", "Comment", "Evidence"])
            for number in range(1, questions + 1):
                sheet.write_row(number, 0, [f"{name[:3]}-{number}", f"Do you hold {name.lower()} proof {number}?"])
            sheet.data_validation(1, 2, questions, 2, {"validate": "list", "source": ["Yes", "Partial", "No", "N/A"]})
    return out.getvalue()


def begun(organisation: Organisation, by: User, *, name: str = "Claims assistant") -> Tender:
    """Begin a tender with six questions in two criteria, ready to be opened."""
    tender = create(
        organisation=organisation,
        definition=Definition(name=name, reference="T-7", systems=["Helper"], due_at=DUE),
        by=by,
        at=NOW,
    )
    take_form(tender=tender, content=form_of(), name="Form.xlsx", version=tender.version, by=by, at=NOW)
    # Rules are set on their own page; here they are put in place.
    for number, section in enumerate(("Security", "Service"), start=1):
        row, _ = Criterion.objects.get_or_create(
            tender=tender, name=section, defaults={"position": number, "weight": Decimal(0)}
        )
        Criterion.objects.filter(pk=row.pk).update(weight=Decimal(60 if number == 1 else 40))
        for question in tender.questions.filter(question__sheet=section):
            question.criterion, question.rule = row, {"Yes": "1", "Partial": "0.5", "No": "0"}
            question.guidance = "Look for the auditor's name."
            question.save()
    first = tender.questions.get(position=1)
    first.knock_out, first.accepted = True, ["Yes"]
    first.save()
    tender.refresh_from_db()
    return tender


def build(*, name: str = "Kestrel Mutual", slug: str = "kestrel", people: str = "kestrel.example") -> TenderWorld:
    buyer = create_organisation(name=name, slug=slug, kind=OrganisationKind.BUYER, at=NOW)
    bea = person(f"bea@{people}", buyer, Role.PROCUREMENT)
    eli, eva = (person(f"{who}@{people}", buyer, Role.EVALUATOR) for who in ("eli", "eva"))
    exa = person(f"exa@{people}", buyer, Role.EXECUTIVE)
    tender = begun(buyer, bea)
    for user in (eli, eva):
        name_evaluator(tender=tender, user=user, by=bea, at=NOW)
    open_tender(tender=tender, version=tender.version, by=bea, at=NOW)
    for vendor in ("Alder", "Birch", "Cedar"):
        invite_vendor(tender=tender, name=vendor, by=bea, at=NOW)
    return TenderWorld(
        buyer=buyer,
        bea=bea,
        eli=eli,
        eva=eva,
        exa=exa,
        draft=begun(buyer, bea, name=f"Draft of {name}"),
        tender=Tender.objects.get(pk=tender.pk),
    )
