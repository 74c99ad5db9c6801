"""A step of the main job: it computes first, however long that takes, and stores its result in a short transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from rfp.models import Questionnaire

# Opens the transaction in which a step stores its result; that of a job holds the job's fence.
Within = Callable[[], AbstractContextManager[object]]


class ChangedMeanwhile(Exception):
    """The questions were read anew while a step computed; what it made belongs to the questions of before."""

    def __init__(self) -> None:
        super().__init__("The questionnaire was changed while it was being worked on. Draft its answers again.")


def check_unchanged(questionnaire: Questionnaire) -> None:
    """Lock the questionnaire and compare its layout, which decides its questions, with the one at hand.

    :raises ChangedMeanwhile: if it is another by now
    """
    layout = Questionnaire.objects.select_for_update().values_list("layout", flat=True).get(pk=questionnaire.pk)
    if layout != questionnaire.layout:
        raise ChangedMeanwhile
