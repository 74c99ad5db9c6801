"""The kinds of job on the demo's questionnaire: the same result as the command line, stored once."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest
from django.db.models import F

from accounts.audit import breaks
from evidence.models import Audience, Evidence
from rfp.actions import answering, export, intake, jobs, work
from rfp.actions.export import AnswersMoved
from rfp.actions.job import make_files
from rfp.actions.storing import ChangedMeanwhile
from rfp.models import Assessment, Export, JobKind, JobState, Questionnaire, Response, Stage
from rfp.models import Job as JobRow
from rfp.queries.standing import standing
from rfp.workbook.errors import WriteRefused
from rfp.workbook.writer import fill
from tests.conftest import NOW
from tests.job.conftest import Job

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def ask(job: Job, kind: JobKind, **wanted: object) -> JobRow:
    return jobs.enqueue(
        organisation=job.world.vendor,
        kind=kind,
        questionnaire=job.done.questionnaire,
        input={"on": job.order.on.isoformat(), **wanted},
        key=f"{kind}-{wanted}",
        by=job.world.sales_engineer,
        at=LATER,
    )


def perform(row: JobRow) -> JobRow:
    assert work.perform(job=row.pk, clock=lambda: LATER)
    row.refresh_from_db()
    return row


def files(job: Job) -> dict[str, str]:
    rows = Export.objects.filter(questionnaire=job.done.questionnaire).select_related("file")
    return {row.kind: row.file.sha256 for row in rows.order_by("made_at", "pk")}


def test_a_draft_asked_for_again_stores_the_same_once(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, int]] = []
    report = jobs.report

    def listen(*, stage: str, total: int, **rest: object) -> None:
        said.append((stage, total))
        report(stage=stage, total=total, **rest)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(jobs, "report", listen)
    before, verdicts = files(job), Assessment.objects.count()
    done = perform(ask(job, JobKind.REDRAFT))
    assert (done.state, done.problem) == (JobState.DONE, "")
    assert files(job) == before
    assert Export.objects.filter(questionnaire=job.done.questionnaire).count() == 3
    assert Assessment.objects.count() == verdicts
    assert {stage for stage, total in said if total} == {"Mapping the questions", "Answering"}
    assert breaks(job.world.vendor) == []


def test_final_files_are_made_of_what_was_approved(job: Job) -> None:
    job.again(approve_by=job.world.approver)
    Export.objects.filter(questionnaire=job.done.questionnaire).delete()
    done = perform(ask(job, JobKind.EXPORT, final=True))
    assert done.state == JobState.DONE
    rows = Export.objects.filter(questionnaire=job.done.questionnaire)
    assert {row.draft for row in rows} == {False}
    assert len(rows) == 3
    assert rows.get(kind="workbook").name == job.order.name


def test_a_file_without_questions_fails_in_words(job: Job) -> None:
    questionnaire = intake.receive(
        organisation=job.world.vendor, content=b"Name,City\nAda,Uppsala\n", name="people.csv", by=None, at=NOW
    )
    row = jobs.enqueue(
        organisation=job.world.vendor, kind=JobKind.ANSWER, questionnaire=questionnaire, key="a", by=None, at=NOW
    )
    failed = perform(row)
    assert failed.state == JobState.FAILED
    assert failed.problem.startswith("No questions were found in people.csv.")
    assert not questionnaire.questions.exists()


def test_an_answer_that_its_cell_refuses_is_left_out_and_said(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    refused: list[tuple[str, int, int]] = []

    def refuse_first(original: bytes, book: object, writes: tuple[object, ...], **named: str) -> object:
        place = refused[0] if refused else next(iter(writes)).place  # type: ignore[attr-defined]  # a write
        if any(write.place == place for write in writes):  # type: ignore[attr-defined]  # a write
            refused.append(place)
            raise WriteRefused("The cell is closed.", "Ask the buyer to open it.", place=place)
        return fill(original, book, writes, **named)  # type: ignore[arg-type]  # passed on as it came

    monkeypatch.setattr(export, "fill", refuse_first)
    told = job.again().package.told
    left_out = [answer for answer in told.answers if "It was left out of the file." in answer.reason]
    assert len(left_out) == 1
    assert (left_out[0].written, left_out[0].band) == ("", "blank")
    assert left_out[0].why_blank == "The answer cell is locked or holds something else"
    assert "An answer was left out. The cell is closed. Ask the buyer to open it." in told.file_notes
    stored = Export.objects.filter(kind="workbook").latest("pk")
    assert stored.fidelity is not None
    assert stored.fidelity["left_out"] == ["The cell is closed. Ask the buyer to open it."]


def test_files_are_made_again_when_an_answer_changed_meanwhile(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    make = export._make
    response = Response.objects.filter(question__questionnaire=job.done.questionnaire).exclude(shown="").first()
    assert response is not None

    def change(times: int, *given: object, **named: object) -> export.Package:
        package: export.Package = make(*given, **named)  # type: ignore[arg-type]  # passed on as it came
        if len(made) < times:
            made.append(1)
            Response.objects.filter(pk=response.pk).update(version=F("version") + 1)
        return package

    monkeypatch.setattr(export, "_make", partial(change, 1))
    make_files(job.done.questionnaire, on=job.order.on, approved_only=False, by=None, at=LATER)
    made.clear()
    monkeypatch.setattr(export, "_make", partial(change, 99))
    before = Export.objects.count()
    with pytest.raises(AnswersMoved):
        make_files(job.done.questionnaire, on=job.order.on, approved_only=False, by=None, at=LATER)
    assert len(made) == export.MOST_TRIES
    assert Export.objects.count() == before


def test_files_are_made_again_when_the_buyer_may_be_told_less_meanwhile(
    job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, questionnaire = export._make, job.done.questionnaire
    cited = Evidence.objects.filter(revisions__citations__response__question__questionnaire=questionnaire).first()
    assert cited is not None
    packages: list[export.Package] = []

    def close(*given: object, **named: object) -> export.Package:
        packages.append(make(*given, **named))  # type: ignore[arg-type]  # passed on as it came
        Evidence.objects.filter(pk=cited.pk).update(audience=Audience.INTERNAL)
        return packages[-1]

    monkeypatch.setattr(export, "_make", close)
    make_files(questionnaire, on=job.order.on, approved_only=False, by=None, at=LATER)
    assert [cited.reference in package.data.content.decode() for package in packages] == [True, False]


def test_questions_that_were_read_anew_meanwhile_get_no_answers_of_before(job: Job) -> None:
    questionnaire = Questionnaire.objects.get(pk=job.done.questionnaire.pk)
    before = list(Response.objects.filter(question__questionnaire=questionnaire).values_list("pk", flat=True))
    Questionnaire.objects.filter(pk=questionnaire.pk).update(layout=questionnaire.layout + "\n")
    judged = standing(questionnaire, on=job.order.on)
    with pytest.raises(ChangedMeanwhile):
        answering.draft(questionnaire=questionnaire, standing=judged, mapper=job.mapper, by=None, at=LATER)
    assert list(Response.objects.filter(question__questionnaire=questionnaire).values_list("pk", flat=True)) == before


def test_a_second_run_keeps_what_it_is_not_told(job: Job) -> None:
    job.again(stage=Stage.PILOT, sectors=["eu_financial"], nda_signed=True)
    row = job.again(stage=None, sectors=None, nda_signed=None).questionnaire
    row.refresh_from_db()
    assert (row.stage, row.sectors, row.nda_signed) == (Stage.PILOT, ["eu_financial"], True)
    row = job.again(stage=Stage.CONTRACT, sectors=[], nda_signed=False).questionnaire
    row.refresh_from_db()
    assert (row.stage, row.sectors, row.nda_signed) == (Stage.CONTRACT, [], False)
