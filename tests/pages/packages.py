"""Final packages of the small world, written as the product writes them."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from rfp.actions import export, intake, review
from rfp.models import Band, Export, Questionnaire, Response
from rfp.queries.standing import standing
from tests.conftest import NOW, TODAY


def write_files(questionnaire: Questionnaire, *, by: User, approve: bool = True, at: datetime = NOW) -> export.Package:
    """Approve what is answered and write the files; without ``approve`` they are drafts."""
    if approve:
        review.approve(questionnaire=questionnaire, include_suggested=True, by=by, at=at)
    book, layout = intake.parse(questionnaire=questionnaire, by=by, at=at)
    return export.build(
        questionnaire=questionnaire,
        standing=standing(questionnaire, on=TODAY),
        book=book,
        layout=layout,
        approved_only=approve,
        by=by,
        at=at,
    )


def final_files(questionnaire: Questionnaire) -> list[int]:
    latest = Export.objects.filter(questionnaire=questionnaire, draft=False).order_by("-made_at").first()
    assert latest is not None
    return list(
        Export.objects.filter(questionnaire=questionnaire, made_at=latest.made_at, draft=False).values_list(
            "pk", flat=True
        )
    )


def say(response: Response, *, value: str, shown: str, comment: str = "") -> None:
    """Change what is answered, as a new draft does."""
    Response.objects.filter(pk=response.pk).update(
        value=value, shown=shown, comment=comment, band=Band.READY, code="", status="draft", approved_at=None
    )
