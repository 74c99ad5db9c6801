"""The main job, from the buyer's file to the file filled, the report and the score: each step its own action."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction

from accounts.models import Organisation, User
from evidence.actions.encode import encode_library
from evidence.models import AISystem
from evidence.retrieval.encoder import shared_encoder
from rfp.actions import answering, assessment, export, intake, mapping, review, rounds
from rfp.actions.storing import Within
from rfp.mapping.engine import Mapper
from rfp.models import Assessment, Questionnaire, Stage
from rfp.models.job import WorkStage
from rfp.queries.standing import Standing
from rfp.queries.standing import standing as judge
from rfp.workbook.model import Book, Layout


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
class Storing:
    """The transactions in which results are stored: that of a step, and that of the last one, which ends the job."""

    step: Within = transaction.atomic
    end: Within = transaction.atomic


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is asked for: the file, whose answers, for which deal, on which day. What is None stays as it was."""

    vendor: Organisation
    content: bytes
    name: str
    on: date
    buyer: str = ""
    stage: Stage | None = None
    systems: Sequence[AISystem] = ()
    sectors: Sequence[str] | None = None
    due_on: date | None = None
    nda_signed: bool | None = None
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
    drafted = draft(
        questionnaire, on=order.on, layout_text=order.layout_text, by=order.by, at=at, mapper=mapper, told=told
    )
    approved = 0
    # A file that cannot be filled leaves no approval behind: all of it is stored, or nothing.
    with transaction.atomic() if order.approve_by is not None else nullcontext():
        if order.approve_by is not None:
            approved = review.approve(
                questionnaire=questionnaire, include_suggested=order.approve_suggested, by=order.approve_by, at=at
            )
        assessed, package = hand_out(
            questionnaire, drafted, approved_only=order.approve_by is not None, by=order.by, at=at, told=told
        )
    return Done(
        questionnaire=questionnaire, layout=drafted.layout, assessment=assessed, package=package, approved=approved
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What the files are made from: the buyer's file with its layout, and the judged library."""

    book: Book
    layout: Layout
    standing: Standing


def draft(
    questionnaire: Questionnaire,
    *,
    on: date,
    layout_text: str = "",
    by: User | None,
    at: datetime,
    mapper: Callable[[], Mapper] = Mapper.load,
    told: Reporter | None = None,
    storing: Storing = Storing(),  # a frozen value
) -> Drafted:
    """Read the questions, map them, judge the evidence and draft the answers: each step commits on its own.

    :raises WorkbookRefused: if the file cannot be read
    :raises ChangedMeanwhile: if the questions were read anew in the meantime
    """
    told = told or Silent()
    told.stage(WorkStage.READ)
    book, layout = intake.parse(questionnaire=questionnaire, layout_text=layout_text, by=by, at=at, within=storing.step)
    told.stage(WorkStage.LIBRARY)
    encode_library(organisation=questionnaire.organisation, encoder=shared_encoder(), progress=told.progress)
    told.stage(WorkStage.MAP)
    engine = mapper()
    mapping.propose(
        questionnaire=questionnaire, mapper=engine, by=by, at=at, progress=told.progress, within=storing.step
    )
    told.stage(WorkStage.JUDGE)
    standing = judge(questionnaire, on=on)
    told.stage(WorkStage.ANSWER)
    answering.draft(
        questionnaire=questionnaire,
        standing=standing,
        mapper=engine,
        by=by,
        at=at,
        progress=told.progress,
        within=storing.step,
    )
    rounds.find_reworded(questionnaire=questionnaire, at=at, cache=engine.vectors, within=storing.step)
    return Drafted(book=book, layout=layout, standing=standing)


def hand_out(
    questionnaire: Questionnaire,
    drafted: Drafted,
    *,
    approved_only: bool = False,
    by: User | None,
    at: datetime,
    told: Reporter | None = None,
    storing: Storing = Storing(),  # a frozen value
) -> tuple[Assessment, export.Package]:
    """Freeze the verdict and make the files: the last step of every job.

    :raises WorkbookRefused: if the file cannot be filled
    """
    told = told or Silent()
    told.stage(WorkStage.FILL)
    with storing.step():
        assessed = assessment.run(questionnaire=questionnaire, standing=drafted.standing, by=by, at=at)
    package = export.build(
        questionnaire=questionnaire,
        standing=drafted.standing,
        book=drafted.book,
        layout=drafted.layout,
        approved_only=approved_only,
        by=by,
        at=at,
        within=storing.end,
    )
    return assessed, package


def make_files(
    questionnaire: Questionnaire,
    *,
    on: date,
    approved_only: bool,
    by: User | None,
    at: datetime,
    told: Reporter | None = None,
    storing: Storing = Storing(),  # a frozen value
) -> export.Package:
    """Make the files of the answers as they stand, without drafting anything again.

    :raises WorkbookRefused: if the file cannot be read or filled
    """
    told = told or Silent()
    told.stage(WorkStage.READ)
    book, layout = intake.reread(questionnaire)
    told.stage(WorkStage.JUDGE)
    drafted = Drafted(book=book, layout=layout, standing=judge(questionnaire, on=on))
    _, package = hand_out(questionnaire, drafted, approved_only=approved_only, by=by, at=at, told=told, storing=storing)
    return package
