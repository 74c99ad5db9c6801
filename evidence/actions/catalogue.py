"""Mirror the catalogue's data files into tables that mappings and findings refer to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from evidence.catalogs import checklist, frameworks, mandate
from evidence.catalogs.types import Framework as FrameworkData
from evidence.models import CatalogueRelease, Control, Crosswalk, Framework, FrameworkAlias

BATCH = 500


@transaction.atomic
def load_catalogue(*, at: datetime) -> CatalogueRelease:
    """Bring the tables to the shipped data files; the same files again change nothing.

    What organisations brought in or changed for themselves stays as it is.

    :raises CatalogueInvalid: if a file has a problem; then nothing is written
    """
    digest = mandate.digest(mandate.DATA.rglob("*.yaml"))
    existing = CatalogueRelease.objects.filter(digest=digest).first()
    if existing is not None:
        return existing
    catalogue = mandate.load()
    library = frameworks.load()
    release = CatalogueRelease.objects.create(
        catalogue=catalogue.id,
        version=catalogue.version,
        as_of=checklist.as_of(),
        digest=digest,
        loaded_at=at,
    )
    data = {catalogue.id: checklist.as_framework(catalogue), **library.frameworks}
    rows = {name: _load_framework(framework) for name, framework in data.items()}
    _link_editions(data, rows)
    _load_aliases(library, rows)
    _load_crosswalk(library)
    return release


def _load_framework(framework: FrameworkData) -> Framework:
    row, _ = Framework.objects.update_or_create(
        owner=None,
        slug=framework.id,
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
        controls_of(row, framework),
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["framework", "ref"],
        update_fields=["title", "kind", "text", "group", "predecessors", "position"],
    )
    return row


def controls_of(row: Framework, framework: FrameworkData) -> list[Control]:
    """Return the items of a framework as rows that are not stored yet, in their order."""
    return [
        Control(
            framework=row,
            ref=item.ref,
            title=item.title,
            kind=item.kind,
            text=item.text,
            group=item.group,
            predecessors=list(item.predecessors),
            position=position,
        )
        for position, item in enumerate(framework.items.values(), start=1)
    ]


def _link_editions(data: Mapping[str, FrameworkData], rows: Mapping[str, Framework]) -> None:
    for name, framework in data.items():
        if framework.superseded_by:
            Framework.objects.filter(pk=rows[framework.superseded_by].pk).update(supersedes=rows[name])


def _load_aliases(library: frameworks.Library, rows: Mapping[str, Framework]) -> None:
    FrameworkAlias.objects.filter(framework__owner=None).delete()
    FrameworkAlias.objects.bulk_create(
        FrameworkAlias(framework=rows[alias.framework], name=alias.name, note=alias.note)
        for alias in library.aliases.values()
    )


def _load_crosswalk(library: frameworks.Library) -> None:
    controls = {
        (row.framework.slug, row.ref): row
        for row in Control.objects.filter(framework__owner=None).select_related("framework")
    }
    Crosswalk.objects.filter(owner=None).delete()
    Crosswalk.objects.bulk_create(
        [
            Crosswalk(
                source=controls[entry.source, entry.requirement],
                target=controls[entry.framework, entry.ref],
                relation=entry.relation,
                confidence=entry.confidence,
                status=entry.status,
            )
            for entry in library.crosswalk
        ],
        batch_size=BATCH,
    )
