"""What counts for an organisation's questions now, or would with other content."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from accounts.models import Organisation, OrganisationKind
from evidence.retrieval.encoder import VectorCache, text_key
from evidence.vectors import unpack
from rfp.mapping.content import Content
from rfp.mapping.teaching import Teaching, combine
from rfp.models import MappingVersion, VersionState
from rfp.queries.decisions import taught_decisions
from rfp.queries.mapping_sets.versions import content_of, published_of

NAME_LENGTH = 80


def in_force(organisation: Organisation) -> list[MappingVersion]:
    """Return the published versions that count for an organisation, its own first."""
    own = published_of(organisation)
    return ([own] if own else []) + _shared(organisation)


def name_of(shipped: str, versions: Sequence[MappingVersion], organisation: Organisation) -> str:
    """Return in words what a questionnaire of the organisation was mapped with: the engine and each version."""
    own = [f"own version {one.number}" for one in versions if one.set.organisation_id == organisation.pk]
    shared = [f"shared version {one.number}" for one in versions if one.set.organisation_id != organisation.pk]
    return ", ".join([shipped, *own, *shared])[:NAME_LENGTH]


def teaching_of(organisation: Organisation, vectors: VectorCache) -> Teaching:
    """Return what counts now; VECTORS receives the stored vectors."""
    return teaching_with(organisation, published_of(organisation), vectors)


def teaching_with(organisation: Organisation, own: MappingVersion | None, vectors: VectorCache) -> Teaching:
    """Return what would count with this version in place of the published one; VECTORS receives the stored vectors.

    The provider's set is tried as every vendor gets it: without anybody's decisions.
    """
    shared = _shared(organisation)
    _recall([*([own] if own else []), *shared], vectors)
    decisions = [] if is_provider(organisation) else taught_decisions(organisation, vectors)
    return combine(content_of(own), decisions, _contents(shared))


def is_provider(organisation: Organisation) -> bool:
    return organisation.kind == OrganisationKind.PROVIDER


def _shared(organisation: Organisation) -> list[MappingVersion]:
    """Return what providers published; what counts for one provider is its own alone."""
    if is_provider(organisation):
        return []
    published = MappingVersion.objects.filter(
        state=VersionState.PUBLISHED, set__organisation__kind=OrganisationKind.PROVIDER
    )
    return list(published.select_related("set").order_by("set"))


def _contents(versions: Sequence[MappingVersion]) -> list[Content]:
    return [content_of(version) for version in versions]


def _recall(versions: Sequence[MappingVersion], vectors: VectorCache) -> None:
    for version in versions:
        rows = list(version.examples.values_list("text", "embedding"))
        for (text, _), vector in zip(rows, unpack([stored for _, stored in rows]), strict=True):
            vectors[text_key(text)] = vector.astype(np.float32)
