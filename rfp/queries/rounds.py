"""The questions of a buyer's new round beside those that were answered and sent before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from evidence.question_key import question_key
from rfp.answering import rounds
from rfp.answering.rounds import Asked, Difference, Statement
from rfp.models import Citation, Question, Questionnaire, Release, ReleasedAnswer, Reworded
from rfp.reporting.words import listed
from scoring.answers import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question of both rounds. ``because`` says in sentences why the answer would differ."""

    now: Question
    then: ReleasedAnswer
    difference: Difference
    because: Sequence[str] = ()

    @property
    def differs(self) -> bool:
        return self.difference is not Difference.NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed since a version was sent."""

    release: Release
    same: Sequence[Pair]
    reworded: Sequence[Pair]
    new: Sequence[Question]
    gone: Sequence[ReleasedAnswer]

    @property
    def differing(self) -> list[Pair]:
        return [pair for pair in (*self.same, *self.reworded) if pair.differs]

    @property
    def unchanged(self) -> int:
        return sum(1 for pair in self.same if not pair.differs)


def earlier_releases(questionnaire: Questionnaire) -> list[Release]:
    """Return what this buyer was sent before, the latest first; without a name only what was sent of this form."""
    rows = Release.objects.filter(organisation_id=questionnaire.organisation_id).select_related("questionnaire")
    if questionnaire.buyer_key:
        return list(rows.filter(buyer_key=questionnaire.buyer_key))
    return list(rows.filter(questionnaire=questionnaire))


def changes_since(questionnaire: Questionnaire, release: Release) -> Changes:
    """Compare the questionnaire as it is answered now with a version that was sent."""
    citations = Citation.objects.select_related("revision__evidence").defer("revision__facts").order_by("position")
    questions = list(
        Question.objects.filter(questionnaire=questionnaire)
        .select_related("response")
        .prefetch_related(Prefetch("response__citations", queryset=citations))
        .order_by("position")
    )
    sent = list(release.answers.order_by("position"))
    reworded = Reworded.objects.filter(question__questionnaire=questionnaire, earlier__release=release)
    found = rounds.compare(
        [Asked(ref=row.pk, key=question_key(row.text)) for row in questions],
        [Asked(ref=row.pk, key=row.question_key) for row in sent],
        dict(reworded.values_list("question_id", "earlier_id")),
    )
    now, then = {row.pk: row for row in questions}, {row.pk: row for row in sent}
    return Changes(
        release=release,
        same=[_pair(now[one], then[other]) for one, other in found.same],
        reworded=[_pair(now[one], then[other]) for one, other in found.reworded],
        new=[now[ref] for ref in found.new],
        gone=[then[ref] for ref in found.gone],
    )


def _pair(now: Question, then: ReleasedAnswer) -> Pair:
    response = getattr(now, "response", None)
    said = Statement(
        value=response.value if response else Value.NEEDS_INFORMATION,
        written=response.shown if response else "",
        comment=response.comment if response and response.shown else "",
    )
    difference = rounds.difference(said, Statement(value=then.value, written=then.written, comment=then.comment))
    because = _because(now, then) if difference is not Difference.NONE else ()
    return Pair(now=now, then=then, difference=difference, because=because)


def _because(now: Question, then: ReleasedAnswer) -> tuple[str, ...]:
    response = getattr(now, "response", None)
    if response is None:
        return ("It was not answered yet.",)
    before = {reference: revision for reference, revision, *_ in then.citations}
    today = {cited.revision.evidence.reference: cited.revision.number for cited in response.citations.all()}
    newer = [
        f"{name} (revision {today[name]}, then {revision})"
        for name, revision in before.items()
        if today.get(name, revision) != revision
    ]
    said = [response.reason]
    if dropped := [name for name in before if name not in today]:
        said.append(f"It rested on {listed(dropped)} then, and does not now.")
    if added := [name for name in today if name not in before]:
        said.append(f"It rests on {listed(added)} now.")
    if newer:
        said.append(f"Evidence was revised since: {listed(newer)}.")
    return tuple(filter(None, said))
