"""The main job end to end on the demo's workbook: real files in, real files out."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import docx
import openpyxl
import pytest

from accounts.audit import breaks
from accounts.models import User
from rfp.actions.review import MayNotApprove
from rfp.models import Assessment, Citation, Export, Questionnaire, Response
from rfp.reporting.data import AnswerLine
from rfp.workbook.errors import LayoutInvalid, NoQuestions, UnsupportedFormat, WriteRefused
from tests.job.conftest import Job

pytestmark = pytest.mark.django_db


def answers(job: Job) -> dict[str, AnswerLine]:
    return {answer.question: answer for answer in job.done.package.told.answers}


def test_every_question_is_answered_or_says_why_not(job: Job) -> None:
    told = job.done.package.told
    assert len(told.answers) >= 200
    assert told.count("ready") > 20
    assert told.count("suggested") > 20
    for answer in told.answers:
        assert answer.reason
        assert bool(answer.written) is (answer.band != "blank")
    assert sum(blank.count for blank in told.blanks) == told.count("blank")


PLANTED = (
    "Does the SOC 2 report include every AI service in scope of this contract?",
    "Was Grove Match tested adversarially by an independent firm?",
    "Has an independent red team attacked a target that matches production?",
    "Has an executive signed an attestation of the current version of the AI risk assessment?",
    "Was the model incident plan exercised in the past twelve months?",
)


def test_no_planted_problem_is_answered_as_if_it_were_none(job: Job) -> None:
    written = [answers(job)[question].written for question in PLANTED]
    assert set(written) <= {"No", ""}
    # A question may be left to a person; most are plain enough to be answered.
    assert written.count("No") >= 3


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("Is your AI management system certified to ISO/IEC 42001 by an accredited body?", "Yes - evidence on request"),
        ("Do you have a SOC 2 Type II report?", "Yes - evidence on request"),
        ("Has ISO certified your products under the NIST AI Risk Management Framework?", ""),
        ("Does LLM06 appear among your findings?", ""),
        ("Do you provide a telephone hotline in Welsh?", ""),
        ("Do you publish a modern slavery statement?", ""),  # its answer was not reviewed for over a year
        ("What is your recovery point objective (RPO)?", "15 minutes"),
    ],
)
def test_what_is_plain_is_answered_and_what_cannot_be_is_left(job: Job, question: str, written: str) -> None:
    assert answers(job)[question].written == written


def test_every_yes_of_the_checklist_cites_document_page_and_quote(job: Job) -> None:
    told = job.done.package.told
    open_requirements = {gap.requirement for gap in told.gaps}
    claims = [a for a in told.answers if a.value == "yes" and a.polarity == "direct" and a.requirements and a.written]
    assert claims
    for claim in claims:
        assert claim.citations
        assert all(cite.page and cite.quote for cite in claim.citations)
        # A requirement that is open for one AI system may be met for the one a question names.
        assert not open_requirements & set(claim.requirements) or "Grove" in claim.question


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_the_filled_workbook_differs_in_its_answers_only(job: Job) -> None:
    package = job.done.package
    original, filled = (ZipFile(BytesIO(content)) for content in (job.order.content, package.workbook.content))
    assert original.namelist() == filled.namelist()
    changed = [name for name in original.namelist() if original.read(name) != filled.read(name)]
    assert all(name.startswith("xl/worksheets/sheet") or name == "xl/workbook.xml" for name in changed)
    written = {(cell["sheet"], cell["cell"]) for cell in json.loads(package.data.content)["cells_written"]}
    before, after = (openpyxl.load_workbook(BytesIO(c)) for c in (job.order.content, package.workbook.content))
    for sheet in before:
        for row in after[sheet.title].iter_rows():
            for cell in row:
                if (sheet.title, cell.coordinate) not in written:
                    assert cell.value == sheet[cell.coordinate].value


def test_a_draft_says_so_everywhere(job: Job) -> None:
    package = job.done.package
    assert package.draft
    assert all("(DRAFT)" in file.name for file in (package.workbook, package.report, package.data))
    assert json.loads(package.data.content)["draft"] is True
    report = docx.Document(BytesIO(package.report.content))
    assert "DRAFT" in "\n".join(p.text for t in report.tables for r in t.rows for c in r.cells for p in c.paragraphs)


def test_running_it_again_gives_the_same_bytes_and_one_effect(job: Job) -> None:
    again = job.again()
    for name in ("workbook", "report", "data"):
        assert getattr(again.package, name).content == getattr(job.done.package, name).content
    assert Questionnaire.objects.of(job.world.vendor).count() == 1
    assert Assessment.objects.filter(questionnaire=job.done.questionnaire).count() == 1
    assert Response.objects.filter(question__questionnaire=job.done.questionnaire).count() == len(
        job.done.package.told.answers
    )
    assert breaks(job.world.vendor) == []


def test_an_approval_releases_the_ready_answers_only(job: Job) -> None:
    done = job.again(approve_by=job.world.approver)
    told = done.package.told
    assert done.approved == told.count("ready")
    assert not done.package.draft
    assert done.package.workbook.name == job.order.name
    written = json.loads(done.package.data.content)["cells_written"]
    assert 0 < len(written) < len(json.loads(job.done.package.data.content)["cells_written"])
    assert told.approved_by == "Nadia Holm"
    left_out = [answer for answer in told.answers if "nobody approved it" in answer.reason]
    assert len(left_out) == job.done.package.told.count("suggested")
    assert {
        (answer.value, answer.written, answer.comment, answer.citations, answer.approved) for answer in left_out
    } == {("needs_information", "", "", (), False)}
    assert sum(blank.count for blank in told.blanks) == told.count("blank")
    # A redraft with the same statement keeps the approval.
    assert job.again(approve_by=job.world.approver).approved == 0


def test_a_suggested_answer_goes_out_when_a_person_read_it(job: Job) -> None:
    done = job.again(approve_by=job.world.approver, approve_suggested=True)
    told = done.package.told
    assert done.approved == told.count("ready") + told.count("suggested")


def test_only_an_approver_releases(job: Job) -> None:
    with pytest.raises(MayNotApprove):
        job.again(approve_by=job.world.sales_engineer)


def test_a_file_that_cannot_be_filled_leaves_no_approval(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object, **named: object) -> None:
        raise WriteRefused("The cell is closed.")

    monkeypatch.setattr("rfp.actions.export.fill", refuse)
    with pytest.raises(WriteRefused):
        job.again(approve_by=job.world.approver)
    assert not Response.objects.filter(
        question__questionnaire=job.done.questionnaire, approved_at__isnull=False
    ).exists()


def test_the_same_form_of_a_second_buyer_is_a_deal_of_its_own(job: Job) -> None:
    job.again(approve_by=job.world.approver)
    second = job.again(buyer="Second Bank")
    assert second.questionnaire.pk != job.done.questionnaire.pk
    assert second.package.draft
    assert not any(answer.approved for answer in second.package.told.answers)
    assert Questionnaire.objects.get(pk=job.done.questionnaire.pk).buyer == job.order.buyer
    assert job.again(buyer=f"  {job.order.buyer.upper()} ").questionnaire.pk == job.done.questionnaire.pk


def test_a_lapsed_certificate_reopens_what_was_approved(job: Job) -> None:
    job.again(approve_by=job.world.approver)
    later = job.again(on=date(2027, 6, 1))
    lapsed = {answer.question: answer for answer in later.package.told.answers}
    claim = lapsed["Is your AI management system certified to ISO/IEC 42001 by an accredited body?"]
    assert (claim.value, claim.approved) == ("no", False)


def test_the_macro_enabled_form_keeps_its_macros(job: Job) -> None:
    content = job.world.macro_workbook.read_bytes()
    done = job.again(content=content, name=job.world.macro_workbook.name)
    assert done.package.workbook.name.endswith(".xlsm")
    before, after = ZipFile(BytesIO(content)), ZipFile(BytesIO(done.package.workbook.content))
    assert before.read("xl/vbaProject.bin") == after.read("xl/vbaProject.bin")
    assert [a.written for a in done.package.told.answers] == [a.written for a in job.done.package.told.answers]


def test_citations_and_exports_are_kept(job: Job) -> None:
    questionnaire = job.done.questionnaire
    assert Citation.objects.filter(response__question__questionnaire=questionnaire).exists()
    kinds = Export.objects.filter(questionnaire=questionnaire).values_list("kind", flat=True)
    assert set(kinds) == {"workbook", "report", "data"}
    stored = Export.objects.filter(questionnaire=questionnaire, kind="workbook").latest("made_at")
    assert stored.fidelity is not None
    assert stored.fidelity["violations"] == []


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"no workbook", "form.pdf", UnsupportedFormat),
        (b"Name,City\nAda,Uppsala\nBo,Lund\n", "people.csv", NoQuestions),
    ],
)
def test_what_is_no_questionnaire_is_refused_and_leaves_nothing(
    job: Job, content: bytes, name: str, error: type[Exception]
) -> None:
    before = Questionnaire.objects.of(job.world.vendor).count()
    with pytest.raises(error):
        job.again(content=content, name=name)
    assert Questionnaire.objects.of(job.world.vendor).count() <= before + 1


def test_a_layout_that_does_not_fit_names_the_sheet(job: Job) -> None:
    with pytest.raises(LayoutInvalid, match="no sheet 'Nowhere'"):
        job.again(layout_text="sheets:\n  Nowhere: {}\n")


def test_a_remembered_layout_asks_all_rows_of_a_longer_file(job: Job) -> None:
    head = "No.,Question,Answer\n"
    rows = [f"{n},Do you document the purpose of system {n}?,\n" for n in range(1, 10)]
    layout = "fingerprint: typed\nsheets:\n  {sheet}:\n    tables:\n      - header_rows: [1]\n        first_row: 2\n"
    layout += "        last_row: 6\n        columns: {{A: id, B: question, C: answer}}\n"
    short = (head + "".join(rows[:5])).encode()
    sheet = job.again(content=short, name="form.csv").layout.sheets[0].sheet
    job.again(content=short, name="form.csv", layout_text=layout.format(sheet=sheet))
    longer = job.again(content=(head + "".join(rows)).encode(), name="form.csv")
    assert longer.layout.remembered
    assert len(longer.package.told.answers) == 9


def test_the_people_of_the_demo_can_not_approve_elsewhere(job: Job, olga: User) -> None:
    with pytest.raises(MayNotApprove):
        job.again(approve_by=olga)
