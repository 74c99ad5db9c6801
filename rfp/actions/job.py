"""The main job, from the buyer's file to the file filled, the report and the score: each step its own action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from accounts.models import Organisation, User
from evidence.actions.encode import encode_library
from evidence.models import AISystem
from evidence.retrieval.encoder import shared_encoder
from rfp.actions import answering, assessment, export, intake, mapping, review
from rfp.mapping.engine import Mapper
from rfp.models import Assessment, Questionnaire, Stage
from rfp.queries.standing import standing as judge
from rfp.workbook.model import Layout


class Reporter(Protocol):
    """Is told what the job is doing: the name of a stage, and how much of it is done."""

    def stage(self, name: str) -> None: ...

    def progress(self, done: int, total: int) -> None: ...


class Silent:
    def stage(self, name: str) -> None:
        return None

    def progress(self, done: int, total: int) -> None:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: the file, whose answers, for which deal, on which day."""

    vendor: Organisation
    content: bytes
    name: str
    on: date
    buyer: str = ""
    stage: Stage = Stage.CONTRACT
    systems: Sequence[AISystem] = ()
    sectors: Sequence[str] = ()
    due_on: date | None = None
    nda_signed: bool = False
    layout_text: str = ""
    approve_by: User | None = None
    approve_suggested: bool = False
    by: User | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    questionnaire: Questionnaire
    layout: Layout
    assessment: Assessment
    package: export.Package
    approved: int


def run(
    order: Order, *, at: datetime, mapper: Callable[[], Mapper] = Mapper.load, told: Reporter | None = None
) -> Done:
    """Do every step of the main job; a second run on the same order has the same result.

    :raises WorkbookRefused: if the file cannot be read or filled
    :raises MayNotApprove: if the approver does not hold the role
    """
    if order.approve_by is not None:
        review.check_approver(order.vendor, order.approve_by)
    told = told or Silent()
    told.stage("Reading the workbook")
    questionnaire = intake.receive(
        organisation=order.vendor,
        content=order.content,
        name=order.name,
        buyer=order.buyer,
        stage=order.stage,
        systems=order.systems,
        sectors=order.sectors,
        due_on=order.due_on,
        nda_signed=order.nda_signed,
        by=order.by,
        at=at,
    )
    book, layout = intake.parse(questionnaire=questionnaire, layout_text=order.layout_text, by=order.by, at=at)
    told.stage("Reading the evidence library")
    encode_library(organisation=order.vendor, encoder=shared_encoder(), progress=told.progress)
    told.stage("Mapping the questions")
    engine = mapper()
    mapping.propose(questionnaire=questionnaire, mapper=engine, by=order.by, at=at)
    told.stage("Judging the evidence")
    standing = judge(questionnaire, on=order.on)
    told.stage("Answering")
    answering.draft(
        questionnaire=questionnaire, standing=standing, mapper=engine, by=order.by, at=at, progress=told.progress
    )
    told.stage("Scoring the gaps and filling the workbook")
    approved = 0
    # A file that cannot be filled leaves no approval behind: all of it is stored, or nothing.
    with transaction.atomic():
        if order.approve_by is not None:
            approved = review.approve(
                questionnaire=questionnaire, include_suggested=order.approve_suggested, by=order.approve_by, at=at
            )
        assessed = assessment.run(questionnaire=questionnaire, standing=standing, by=order.by, at=at)
        package = export.build(
            questionnaire=questionnaire,
            standing=standing,
            book=book,
            layout=layout,
            approved_only=order.approve_by is not None,
            by=order.by,
            at=at,
        )
    return Done(questionnaire=questionnaire, layout=layout, assessment=assessed, package=package, approved=approved)
