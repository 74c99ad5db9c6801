"""The commands: what they write, and how they refuse."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.actions.people import create_organisation
from accounts.models import AuditEvent, Organisation, OrganisationKind, User
from evidence.models import AISystem, Evidence, LibraryAnswer
from rfp.actions import demo
from tests.conftest import NOW
from tests.job.conftest import Job

pytestmark = pytest.mark.django_db

VENDOR = """
vendor: {name: Fold & Field, slug: fold-field}
people:
  - {email: eve@fold.example, name: Eve, roles: [evidence_owner]}
  - {email: ada@fold.example, name: Ada, roles: [approver]}
confirmed_by: eve@fold.example
verified_by: ada@fold.example
systems:
  - {name: Fold Assist, in_production_since: 2025-06-01}
evidence:
  - id: ISO-1
    kind: iso_certificate
    issuer: {name: Nordlys Cert AS, independence: third_party_issued}
    dates: {issued_on: 2026-06-08}
"""


def answer(job: Job, out: Path, *arguments: str, workbook: Path | None = None) -> list[str]:
    call_command(
        "answer",
        str(workbook or job.world.workbook),
        "--vendor",
        "tessera grove",
        "--out",
        str(out),
        "--on",
        demo.DEMO_DAY.isoformat(),
        *arguments,
    )
    return sorted(path.name for path in out.iterdir())


def test_answer_writes_three_files_marked_draft(job: Job, tmp_path: Path) -> None:
    names = answer(job, tmp_path / "out")
    assert sorted(name.rsplit(".", 1)[1] for name in names) == ["docx", "json", "xlsx"]
    assert all("DRAFT" in name for name in names)


def test_the_original_is_never_overwritten(job: Job, tmp_path: Path) -> None:
    original = tmp_path / job.world.workbook.name
    original.write_bytes(job.order.content)
    names = answer(job, tmp_path, "--approve-by", demo.APPROVER, workbook=original)
    assert original.read_bytes() == job.order.content
    assert f"{original.stem} (answered).xlsx" in names


def test_a_layout_can_be_saved_and_given_back(job: Job, tmp_path: Path) -> None:
    layout = tmp_path / "layout.yaml"
    first = answer(job, tmp_path / "one", "--save-layout", str(layout))
    second = answer(job, tmp_path / "two", "--layout", str(layout))
    assert first == second
    workbook = next(name for name in first if name.endswith(".xlsx"))
    assert (tmp_path / "one" / workbook).read_bytes() == (tmp_path / "two" / workbook).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--vendor", "Nobody"), "no vendor named 'Nobody'. Known: Tessera Grove"),
        (("--system", "Nonesuch"), "no AI system named 'Nonesuch'. Registered: Grove Assist, Grove Match"),
        (("--sector", "space"), "'space' is no add-on"),
        (("--layout", "missing.yaml"), "no file missing.yaml"),
        (("--approve-by", "nobody@example.org"), "no person with the address nobody@example.org"),
        (("--approve-by", demo.SALES_ENGINEER), "is no approver of Tessera Grove"),
        (("--approve-suggested",), "--approve-suggested needs --approve-by"),
        (("--buyer", "b" * 201), "--buyer has 201 characters; 200 fit"),
    ],
)
def test_answer_refuses_in_words(job: Job, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError) as refused:
        answer(job, tmp_path / "out", *arguments)
    assert said in str(refused.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"sheets:\n  - name: Fragen \xfc", "is no text in UTF-8 (byte 25)"),
        (b"sheets: 3", "has no 'sheets'"),
    ],
)
def test_answer_names_what_is_wrong_with_a_layout_file(job: Job, tmp_path: Path, content: bytes, said: str) -> None:
    layout = tmp_path / "layout.yaml"
    layout.write_bytes(content)
    with pytest.raises(CommandError) as problem:
        answer(job, tmp_path / "out", "--layout", str(layout))
    assert said in str(problem.value)


def test_answer_says_before_the_job_that_the_layout_has_no_place(job: Job, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="there is no folder"):
        answer(job, tmp_path / "out", "--save-layout", str(tmp_path / "missing" / "layout.yaml"))
    assert not (tmp_path / "out").exists()


def test_answer_refuses_a_file_that_is_no_workbook(job: Job, tmp_path: Path) -> None:
    old = tmp_path / "form.pdf"
    old.write_bytes(b"%PDF-1.7")
    with pytest.raises(CommandError, match=r"form\.pdf is a PDF"):
        answer(job, tmp_path / "out", workbook=old)


def test_import_vendor_reads_the_file_and_the_documents_beside_it(store: Path, job: Job, tmp_path: Path) -> None:
    (tmp_path / "fold.yaml").write_text(VENDOR)
    (tmp_path / "ISO-1.pdf").write_bytes(b"%PDF-1.7 nothing in it")
    for _ in range(2):
        out = StringIO()
        call_command("import_vendor", str(tmp_path / "fold.yaml"), "--documents", str(tmp_path), stdout=out)
        assert "Fold & Field: 1 attestations, 1 documents (1 without readable text)" in out.getvalue()
    evidence = Evidence.objects.get(reference="ISO-1")
    revision = evidence.revisions.get()
    assert revision.confirmed_by is not None
    assert revision.verified_by is not None
    assert (revision.confirmed_by.email, revision.verified_by.email) == ("eve@fold.example", "ada@fold.example")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("[approver]", "[wizard]"), "'wizard' is no role"),
        (("issued_on: 2026-06-08", "issued_on: soon"), "ISO-1: the field 'dates.issued_on' is no date"),
        (("kind: iso_certificate", "links: []"), "ISO-1: the field 'kind' is missing"),
        (("name: Fold & Field, ", ""), "the field 'name' is missing"),
        (("evidence:", "evidences:"), "'evidences' is no key of a vendor file"),
        (("confirmed_by: eve", "confirmed_by: max"), "confirmed_by: 'max@fold.example' is none of the people"),
        (("issued_on: 2026-06-08", "issued_on: 2026-02-31"), "a value cannot be read"),
        (("  - id: ISO-1", "  - ISO-0\n  - id: ISO-1"), "evidence 1 must be a mapping of fields, not 'ISO-0'"),
        (("  - id: ISO-1", "  - {id: ISO-1, kind: mirp_document}\n  - id: ISO-1"), "the id ISO-1 stands there twice"),
        (("id: ISO-1", "id: ../ISO-1"), "evidence 1: id: '../ISO-1' is not of the right form"),
        (("kind: iso_certificate", "kind: iso_certificate\n    links: [{a: b}]"), "ISO-1: the field 'links' must list"),
        (
            ("kind: iso_certificate", "kind: iso_certificate\n    revision: new"),
            "ISO-1: the field 'revision' must be a",
        ),
        (("2025-06-01", "soon"), "Fold Assist: the field 'in_production_since' is no date: 'soon'"),
        (
            ("{name: Fold Assist,", "{name: Fold Assist, takes_prompts: maybe,"),
            "the field 'takes_prompts' must be true",
        ),
        (("name: Fold Assist", "name: 5"), "systems 1: the field 'name' must be a text, not 5"),
        (("name: Fold & Field", "name: 5"), "vendor: the field 'name' must be a text, not 5"),
        (("email: eve@fold.example", "email: ''"), "people 1: the field 'email' must be a text"),
        (("email: eve@fold.example", "email: eve"), "people 1: email: 'eve' is not of the right form"),
        (("slug: fold-field", "slug: fold & field"), "vendor: slug: 'fold & field' is not of the right form"),
        (("slug: fold-field", "slug: kestrel"), "the slug 'kestrel' is that of Kestrel, which is no vendor"),
        (("Fold & Field", "VERA vendor"), "the name 'VERA vendor' is that of the vendor with the slug vera-vendor"),
        (("verified_by: ada", "verified_by: eve"), "eve@fold.example confirmed the facts; name a second person"),
        (
            ("kind: iso_certificate", "kind: iso_certificate\n    links: [X]"),
            "ISO-1 names X, which is not in the library",
        ),
    ],
)
def test_import_vendor_names_what_is_wrong_and_writes_nothing(
    store: Path, vendor: Organisation, tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    create_organisation(name="Kestrel", slug="kestrel", kind=OrganisationKind.BUYER, at=NOW)
    (tmp_path / "fold.yaml").write_text(VENDOR.replace(*change))
    with pytest.raises(CommandError) as refused:
        call_command("import_vendor", str(tmp_path / "fold.yaml"))
    assert said in str(refused.value)
    assert not Evidence.objects.filter(reference="ISO-1").exists()
    assert not User.objects.filter(email__endswith="@fold.example").exists()


def test_import_vendor_refuses_a_file_that_is_no_text(store: Path, db: None, tmp_path: Path) -> None:
    (tmp_path / "fold.yaml").write_bytes(b"PK\x03\x04\xff\xfe\x00")
    with pytest.raises(CommandError, match="this is no text file"):
        call_command("import_vendor", str(tmp_path / "fold.yaml"))


def test_import_vendor_without_evidence_takes_in_the_rest(store: Path, db: None, tmp_path: Path) -> None:
    (tmp_path / "fold.yaml").write_text(VENDOR.partition("  - id:")[0])
    call_command("import_vendor", str(tmp_path / "fold.yaml"), stdout=StringIO())
    assert AISystem.objects.filter(organisation__slug="fold-field").count() == 1


def test_import_vendor_names_the_attestations_without_a_document(store: Path, db: None, tmp_path: Path) -> None:
    (tmp_path / "fold.yaml").write_text(VENDOR + "  - {id: RT-2, kind: red_team_report}\n")
    (tmp_path / "ISO-1.pdf").write_bytes(b"%PDF-1.7 nothing in it")
    out = StringIO()
    call_command("import_vendor", str(tmp_path / "fold.yaml"), "--documents", str(tmp_path), stdout=out)
    assert "  without a document: RT-2\n" in out.getvalue()


def test_another_name_in_the_file_renames_the_vendor(store: Path, db: None, tmp_path: Path) -> None:
    for name in ("Fold & Field", "Fold & Fields"):
        (tmp_path / "fold.yaml").write_text(
            VENDOR.replace("name: Fold & Field,", f"name: {name}, legal_entity: Fold AB,")
        )
        for _ in range(2):
            call_command("import_vendor", str(tmp_path / "fold.yaml"), stdout=StringIO())
    organisation = Organisation.objects.get(slug="fold-field")
    assert (organisation.name, organisation.legal_entity) == ("Fold & Fields", "Fold AB")
    renamed = AuditEvent.objects.get(organisation_id=organisation.pk, event="organisation.renamed")
    assert renamed.details["before"] == {"name": "Fold & Field", "legal_entity": "Fold AB"}


def import_answers(job: Job, path: Path, *arguments: str, by: str = demo.APPROVER) -> str:
    out = StringIO()
    call_command("import_answers", str(path), "--vendor", "Tessera Grove", "--by", by, *arguments, stdout=out)
    return out.getvalue()


ANSWERED = ("--answered", "--owner", "Sara", "--reviewed-on", "2026-10-01")


def test_import_answers_names_row_column_and_value(job: Job, tmp_path: Path) -> None:
    rows = "question,answer,reviewed on\nIs it blue?,Yes,2026-05-01\nIs it red?,,soon\nIs it green?,Yes,2999-01-01\n"
    (tmp_path / "answers.csv").write_text(rows)
    before = LibraryAnswer.objects.of(job.world.vendor).count()
    with pytest.raises(CommandError) as refused:
        import_answers(job, tmp_path / "answers.csv")
    assert "!B3, answer: is empty" in str(refused.value)
    assert "!C3, reviewed_on: 'soon' is not a date" in str(refused.value)
    assert "!C4, reviewed_on: '2999-01-01' lies in the future" in str(refused.value)
    assert LibraryAnswer.objects.of(job.world.vendor).count() == before


def test_an_answered_questionnaire_becomes_past_answers(job: Job, tmp_path: Path) -> None:
    rows = "No.,Question,Answer,Comment\n"
    rows += "1,Do you sell ice cream to penguins?,Yes,On Sundays.\n2,Is the moon part of the contract?,No,\n"
    rows += "3,Do you own a lighthouse?,,\n4,Can the owl sign in at night?,Yes,With its own key.\n"
    past = tmp_path / "past.csv"
    past.write_text(rows)
    assert "3 answers added" in import_answers(job, past, *ANSWERED)
    stored = LibraryAnswer.objects.of(job.world.vendor).get(question__contains="penguins")
    assert (stored.answer, stored.comment, stored.owner) == ("Yes", "On Sundays.", "Sara")
    assert stored.approved_by == job.world.approver
    with pytest.raises(CommandError, match="--answered needs"):
        import_answers(job, past, "--answered")
    with pytest.raises(CommandError, match="The review of 2999-01-01 lies in the future"):
        import_answers(job, past, *ANSWERED[:-1], "2999-01-01")


def test_a_questionnaire_never_changes_an_answer_of_the_library(job: Job, tmp_path: Path) -> None:
    past = tmp_path / "past.csv"
    past.write_text(
        "No.,Question,Answer\n1,Do you sell kites?,Yes\n2,Do you sell boats?,Yes\n3,Do you sell hats?,Yes\n"
    )
    import_answers(job, past, *ANSWERED)
    past.write_text("No.,Question,Answer\n1,Do you sell kites?,No\n2,Do you sell boats?,Yes\n3,Do you sell bats?,Yes\n")
    told = import_answers(job, past, *ANSWERED)
    assert "1 answers added, 0 changed, 1 as they were, 1 kept as in the library." in told
    assert LibraryAnswer.objects.of(job.world.vendor).get(question="Do you sell kites?").answer == "Yes"


@pytest.mark.parametrize("name", ["Kestrel (DRAFT).xlsx", "renamed.xlsx"])
@pytest.mark.parametrize("arguments", [(), ANSWERED])
def test_a_draft_of_the_product_is_no_approved_answer(
    job: Job, tmp_path: Path, name: str, arguments: tuple[str, ...]
) -> None:
    (tmp_path / name).write_bytes(job.done.package.workbook.content)
    before = LibraryAnswer.objects.of(job.world.vendor).count()
    with pytest.raises(CommandError, match="is a draft: nobody has approved its answers"):
        import_answers(job, tmp_path / name, *arguments)
    assert LibraryAnswer.objects.of(job.world.vendor).count() == before


@pytest.mark.parametrize(
    ("by", "said"),
    [
        ("nobody@example.org", "no person with the address nobody@example.org"),
        (demo.SALES_ENGINEER, "may not approve answers of Tessera Grove"),
    ],
)
def test_import_answers_needs_somebody_who_may_approve(job: Job, tmp_path: Path, by: str, said: str) -> None:
    (tmp_path / "answers.csv").write_text("question,answer\nIs it blue?,Yes\n")
    with pytest.raises(CommandError, match=said):
        import_answers(job, tmp_path / "answers.csv", by=by)
    assert not LibraryAnswer.objects.of(job.world.vendor).filter(question="Is it blue?").exists()
