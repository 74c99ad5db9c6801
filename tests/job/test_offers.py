"""Where the machine has no answer, people are shown answers to near questions: of this product, within the NDA."""

from __future__ import annotations

import pytest

from rfp.models import Band, Offer, Response
from tests.job.conftest import Job

pytestmark = pytest.mark.django_db


def offers(job: Job) -> list[Offer]:
    return list(
        Offer.objects.filter(response__question__questionnaire=job.done.questionnaire).select_related(
            "response", "library_answer"
        )
    )


def test_only_blanks_are_offered_near_answers(job: Job) -> None:
    made = offers(job)
    assert made
    assert {offer.response.band for offer in made} == {Band.BLANK}
    blanks = Response.objects.filter(
        question__questionnaire=job.done.questionnaire, band=Band.BLANK, code="no_library_answer"
    )
    assert {offer.response_id for offer in made} & {row.pk for row in blanks}


def test_a_deal_is_offered_no_answer_under_nda_or_for_another_product(job: Job) -> None:
    done = job.again(nda_signed=False, systems=job.order.systems[:1])
    name = job.order.systems[0].name
    for offer in offers(job):
        assert offer.library_answer.audience == "public"
        product = offer.library_answer.product
        assert not product or product.casefold() in name.casefold()
    job.again()
    assert done.questionnaire == job.done.questionnaire
