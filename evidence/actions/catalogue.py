"""Mirror the catalogue's data files into tables that mappings and findings refer to."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from evidence.catalogs import frameworks, mandate
from evidence.catalogs.problems import read_yaml
from evidence.models import CatalogueRelease, Control, Crosswalk, Framework, Requirement

BATCH = 500


@transaction.atomic
def load_catalogue(*, at: datetime) -> CatalogueRelease:
    """Bring the tables to the shipped data files; the same files again change nothing.

    :raises CatalogueInvalid: if a file has a problem; then nothing is written
    """
    catalogue = mandate.load()
    library = frameworks.load()
    existing = CatalogueRelease.objects.filter(digest=catalogue.digest).first()
    if existing is not None:
        return existing
    as_of = date.fromisoformat(str(read_yaml(mandate.DATA / "requirements.yaml")["catalogue"]["as_of"]))
    release = CatalogueRelease.objects.create(
        catalogue=catalogue.id, version=catalogue.version, as_of=as_of, digest=catalogue.digest, loaded_at=at
    )
    for requirement_position, requirement in enumerate(catalogue.requirements.values(), start=1):
        Requirement.objects.update_or_create(
            ref=requirement.id,
            defaults={
                "category": requirement.category,
                "title": requirement.title,
                "kind": requirement.kind,
                "weight": requirement.weight,
                "position": requirement_position,
                "release": release,
            },
        )
    _load_frameworks(library)
    _load_crosswalk(library)
    return release


def _load_frameworks(library: frameworks.Library) -> None:
    for framework in library.frameworks.values():
        row, _ = Framework.objects.update_or_create(
            slug=framework.id.replace(".", "-"),
            defaults={
                "name": framework.name,
                "edition": framework.edition,
                "publisher": framework.publisher,
                "status": framework.status,
                "effective_on": framework.effective_on,
                "superseded_on": framework.superseded_on,
                "licence_note": framework.licence_note,
            },
        )
        Control.objects.bulk_create(
            [
                Control(framework=row, ref=item.ref, title=item.title, kind=item.kind, text=item.text)
                for item in framework.items.values()
            ],
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["framework", "ref"],
            update_fields=["title", "kind", "text"],
        )
    for framework in library.frameworks.values():
        if framework.superseded_by:
            newer = Framework.objects.get(slug=framework.superseded_by.replace(".", "-"))
            Framework.objects.filter(slug=framework.id.replace(".", "-")).update(superseded_by=newer)


def _load_crosswalk(library: frameworks.Library) -> None:
    requirements = {row.ref: row for row in Requirement.objects.all()}
    controls = {(row.framework.slug, row.ref): row for row in Control.objects.select_related("framework")}
    Crosswalk.objects.all().delete()
    Crosswalk.objects.bulk_create(
        [
            Crosswalk(
                requirement=requirements[entry.requirement],
                control=controls[entry.framework.replace(".", "-"), entry.ref],
                relation=entry.relation,
                confidence=entry.confidence,
            )
            for entry in library.crosswalk
        ],
        batch_size=BATCH,
    )
