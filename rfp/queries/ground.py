"""What a questionnaire's answers rest on: the judged library, the approved answers, and the line of confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from evidence import queries as library
from evidence.models import Audience, LibraryAnswer
from evidence.retrieval.encoder import shared_encoder, text_key
from evidence.vectors import unpack
from rfp.answering import scope
from rfp.answering.matching import Found, KnownAnswer, Looked, Matcher, Near
from rfp.answering.quotes import Quoter
from rfp.answering.types import Ground, LibraryEntry
from rfp.mapping.engine import Mapper
from rfp.mapping.footing import OwnLine
from rfp.mapping.types import NO_CATEGORY, Asked
from rfp.models import Questionnaire
from rfp.queries.standing import Standing

# From this probability on a library question is taken to lie outside the checklist.
OUTSIDE_FROM = 0.5


@dataclass(frozen=True, kw_only=True)
class Answers:
    """The approved answers of a vendor, ready to be searched."""

    rows: Sequence[LibraryAnswer]
    matcher: Matcher

    def look(self, questions: Sequence[str], mapper: Mapper) -> list[Looked]:
        return self.matcher.look(questions, cache=mapper.vectors)

    def near(self, questions: Sequence[str], mapper: Mapper) -> list[tuple[Near, ...]]:
        return self.matcher.near(questions, cache=mapper.vectors)

    def fitting(self, near: Sequence[Near], *, nda_signed: bool) -> list[int]:
        """Return the ids of the near answers that this deal may see: none beyond its NDA, and none that is internal."""
        may_see = {Audience.PUBLIC, Audience.NDA} if nda_signed else {Audience.PUBLIC}
        return [one.ref for one in near if self.by_id[one.ref].audience in may_see]

    @cached_property
    def by_id(self) -> Mapping[int, LibraryAnswer]:
        return {row.pk: row for row in self.rows}


def answers_of(questionnaire: Questionnaire, mapper: Mapper) -> Answers:
    """Return the library's answers that could hold for the deal; those encoded before are not encoded again."""
    deal = [system.name for system in questionnaire.systems.all()]
    registered = library.system_names(questionnaire.organisation)
    rows = [
        row
        for row in library.answers_in_use(questionnaire.organisation)
        if scope.touches(row.product, deal, registered) and scope.holds_in(row.region, questionnaire.region)
    ]
    known = [KnownAnswer(ref=row.pk, question=row.question, answer=row.answer, comment=row.comment) for row in rows]
    stored = [row for row in rows if row.embedding is not None]
    for row, vector in zip(stored, unpack([bytes(row.embedding or b"") for row in stored]), strict=True):
        mapper.vectors[text_key(row.question)] = vector.astype(np.float32)
    return Answers(rows=rows, matcher=Matcher.build(known, shared_encoder(), cache=mapper.vectors))


def ground_of(
    questionnaire: Questionnaire,
    standing: Standing,
    answers: Answers,
    found: Sequence[Found | None],
    *,
    mapper: Mapper,
    line: OwnLine,
) -> Ground:
    """Return what the answers rest on; FOUND are the library answers that may be used."""
    catalogue = standing.catalogue
    return Ground(
        on=standing.on,
        proofs=standing.proofs,
        judged=standing.judged,
        systems=tuple(system.name for system in standing.deal.systems),
        subjects={r.id: frozenset(path.needs[0] for path in r.paths) for r in catalogue.requirements.values()},
        asks={r.id: " ".join((r.title, *r.must_contain)) for r in catalogue.requirements.values()},
        quoter=Quoter(
            library.shelves(questionnaire.organisation, [proof.revision_id for proof in standing.proofs.values()])
        ),
        line=line.line,
        own_line=line.own,
        library=_entries(standing, answers, {item.ref for item in found if item is not None}, mapper),
        review_months=catalogue.parameters.review_months,
        nda_signed=questionnaire.nda_signed,
        registered=library.system_names(questionnaire.organisation),
        region=questionnaire.region,
    )


def _entries(standing: Standing, answers: Answers, wanted: set[int], mapper: Mapper) -> dict[int, LibraryEntry]:
    """Return the wanted answers; one whose own question belongs to the checklist is marked as such."""
    rows = [row for row in answers.rows if row.pk in wanted]
    proposals = mapper.propose([Asked(text=row.question) for row in rows])
    return {
        row.pk: replace(
            _entry(row, standing),
            in_checklist=proposal.category != NO_CATEGORY or proposal.confidence < OUTSIDE_FROM,
        )
        for row, proposal in zip(rows, proposals, strict=True)
    }


def _entry(row: LibraryAnswer, standing: Standing) -> LibraryEntry:
    reference = row.evidence.reference if row.evidence else ""
    return LibraryEntry(
        ref=row.pk,
        question=row.question,
        answer=row.answer,
        comment=row.comment,
        owner=row.owner,
        reviewed_on=row.reviewed_on,
        product=row.product,
        region=row.region,
        under_nda=row.audience == Audience.NDA,
        internal=row.audience == Audience.INTERNAL,
        evidence=reference,
        evidence_current=not reference or standing.supports(reference),
    )
