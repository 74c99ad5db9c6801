"""The shipped catalogue: complete, consistent, loaded once, and known by the names that buyers use."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import call_command

from evidence.actions.catalogue import load_catalogue
from evidence.catalogs import frameworks, mandate
from evidence.catalogs.headings import headings
from evidence.catalogs.problems import CatalogueInvalid
from evidence.models import CatalogueRelease, Control, Crosswalk, Framework, FrameworkAlias
from tests.conftest import NOW


def test_the_catalogue_holds_what_the_mandate_names() -> None:
    catalogue = mandate.load()
    assert len(catalogue.requirements) == 61
    assert len(catalogue.categories) == 5
    weights: dict[str, int] = {}
    for requirement in catalogue.requirements.values():
        block = requirement.id.split("-")[0]
        weights[block] = weights.get(block, 0) + requirement.weight
    assert weights == {"LR": 32, "RA": 44, "AT": 41, "BF": 29, "IR": 39, "MG": 4, "SX": 33}
    library = frameworks.load()
    assert len(library.frameworks) == 15
    assert sum(len(framework.items) for framework in library.frameworks.values()) == 711
    assert len(library.crosswalk) == 616
    assert all(framework.effective_on for framework in library.frameworks.values())


@pytest.mark.parametrize(
    ("name", "framework"),
    [
        ("SR 11-7", "sr-26-2"),
        ("sr11-7", "sr-26-2"),
        ("OCC 2011-12", "sr-26-2"),
        ("HIPPA", "hipaa-security-rule"),
        ("SSAE 18", "soc2-tsc-2017"),
        ("AIMS", "iso-42001-2023"),
        ("ISO 27001:2013", "iso-27001-2022"),
        ("no such thing", ""),
    ],
)
def test_names_that_buyers_use_resolve(name: str, framework: str) -> None:
    assert frameworks.load().resolve(name).framework == framework


def test_an_old_name_says_what_replaced_it() -> None:
    assert "superseded by SR 26-2" in frameworks.load().resolve("SR 11-7").note


def test_an_item_without_its_year_asks_for_it() -> None:
    asked = frameworks.load().resolve("LLM06")
    assert asked.framework == ""
    assert "Excessive Agency" in asked.asks
    assert "Unbounded Consumption" in asked.asks
    exact = frameworks.load().resolve("LLM06:2025")
    assert (exact.framework, exact.item) == ("owasp-llm-2025", "LLM06:2025")
    assert exact.note == "In the 2026 list this is LLM03:2026."


@pytest.mark.django_db
def test_loading_twice_has_one_effect() -> None:
    first = load_catalogue(at=NOW)
    models = (CatalogueRelease, Framework, Control, Crosswalk, FrameworkAlias)
    counts = [model.objects.count() for model in models]
    # The checklist is a framework of 61 requirements beside the other 15.
    assert counts[:4] == [1, 16, 711 + 61, 616]
    assert load_catalogue(at=NOW) == first
    assert [model.objects.count() for model in models] == counts
    assert first.digest == mandate.load().digest


@pytest.mark.django_db
def test_loading_newer_files_keeps_the_rows_that_others_point_at() -> None:
    release = load_catalogue(at=NOW)
    kept = set(Control.objects.values_list("pk", flat=True))
    CatalogueRelease.objects.filter(pk=release.pk).update(digest="of older files")
    load_catalogue(at=NOW)
    assert set(Control.objects.values_list("pk", flat=True)) == kept
    newer = Framework.objects.get(slug="owasp-llm-2026")
    assert newer.supersedes == Framework.objects.get(slug="owasp-llm-2025")
    assert newer.controls.get(ref="LLM03:2026").predecessors == ["LLM06:2025"]
    requirement = Control.objects.get(ref="AT-4")
    assert (requirement.framework.slug, requirement.group) == ("ai-assurance-mandate", "Adversarial testing")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([("4", "Context", "clause"), ("4.1", "Parties", "clause"), ("5", "Lead", "clause")], ["4 Context"] * 2 + [""]),
        ([("MAP", "Map", "f"), ("MAP 1", "A", "c"), ("MAP 1.1", "B", "s")], ["Map"] * 3),
        ([("AC-2", "Accounts", ""), ("AC-2(1)", "Automated", ""), ("AC-20", "Use", "")], ["AC-2 Accounts"] * 2 + [""]),
        (
            [("T1", "A", "tactic"), ("T2", "B", "tactic"), ("X1", "C", "technique")],
            ["Tactics", "Tactics", "Techniques"],
        ),
        ([("1", "A", "required"), ("2", "B", "addressable"), ("3", "C", "required")], ["", "", ""]),
        ([], []),
    ],
)
def test_items_stand_under_headings(items: list[tuple[str, str, str]], expected: list[str]) -> None:
    assert list(headings(items).values()) == expected


@pytest.mark.django_db
def test_the_command_says_what_it_loaded(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_catalogue")
    assert "61 requirements, 15 frameworks, 711 controls, 616 crosswalk entries" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("independence: third_party_issued", "independence: trusted", "'trusted' is no independence class"),
        ("needs: [iso_certificate]", "needs: [iso_paper]", "'iso_paper', which is no evidence kind"),
        ("rules: [R-KIND,", "rules: [R-KIN,", "'R-KIN' is no rule"),
        ("depends_on: [LR-1]", "depends_on: [LR-99]", "LR-99, which is not there"),
    ],
)
def test_a_mistake_in_the_data_is_named(tmp_path: Path, before: str, after: str, said: str) -> None:
    file = tmp_path / "requirements.yaml"
    text = (mandate.DATA / "requirements.yaml").read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(CatalogueInvalid) as refusal:
        mandate.read(file)
    assert said in str(refusal.value)
