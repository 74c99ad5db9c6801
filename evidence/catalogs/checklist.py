"""The checklist of the mandate as one framework among the others: its requirements are what a crosswalk starts from."""

from __future__ import annotations

from datetime import date

from evidence.catalogs.mandate import DATA
from evidence.catalogs.problems import read_yaml
from evidence.catalogs.types import Framework, FrameworkItem
from scoring.catalogue import Catalogue

CHECKLIST = "ai-assurance-mandate"
OTHERS = "The mandate and the buyers' add-ons"


def as_framework(catalogue: Catalogue) -> Framework:
    titles = {category.id: category.title for category in catalogue.categories}
    return Framework(
        id=catalogue.id,
        name="AI assurance checklist",
        edition=catalogue.version,
        publisher="Countersign",
        status="current",
        effective_on=as_of(),
        licence_note="What the mandate asks for, made checkable: which proof counts for it, and by which rules.",
        items={
            requirement.id: FrameworkItem(
                ref=requirement.id,
                title=requirement.title,
                kind="requirement",
                text=requirement.statement,
                group=titles.get(requirement.category, OTHERS),
            )
            for requirement in catalogue.requirements.values()
        },
    )


def as_of() -> date:
    return date.fromisoformat(str(read_yaml(DATA / "requirements.yaml")["catalogue"]["as_of"]))
