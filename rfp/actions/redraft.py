"""Answer a questionnaire anew after its questions changed: map, judge, draft, score."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from accounts.models import User
from evidence.actions.encode import encode_library
from evidence.retrieval.encoder import shared_encoder
from rfp.actions import answering, assessment, mapping
from rfp.mapping.engine import Mapper
from rfp.models import Questionnaire
from rfp.queries.standing import standing as judge


def redraft(
    *,
    questionnaire: Questionnaire,
    on: date,
    by: User | None,
    at: datetime,
    mapper: Callable[[], Mapper] = Mapper.load,
) -> None:
    """Draft every answer for a day; an approval stands where the statement is the same."""
    encode_library(organisation=questionnaire.organisation, encoder=shared_encoder())
    engine = mapper()
    mapping.propose(questionnaire=questionnaire, mapper=engine, by=by, at=at)
    standing = judge(questionnaire, on=on)
    answering.draft(questionnaire=questionnaire, standing=standing, mapper=engine, by=by, at=at)
    assessment.run(questionnaire=questionnaire, standing=standing, by=by, at=at)
