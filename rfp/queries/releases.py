"""What was sent, and where answers differ from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from evidence.question_key import question_key
from rfp.answering.rounds import Difference, Statement, difference, overlaps
from rfp.models import Export, Question, Questionnaire, Release, ReleasedAnswer, Reworded
from scoring.answers import Value

# Databases take a limited number of values in one query.
AT_ONCE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An answer that was sent before to the same question; ``reworded`` where it stood in other words."""

    answer_id: int
    release_id: int
    buyer: str
    sent_on: date
    question: str
    value: str
    written: str
    comment: str
    reworded: bool


def last_sent(questionnaire: Questionnaire) -> Release | None:
    """Return the version of a questionnaire that was recorded as sent last."""
    return Release.objects.filter(questionnaire=questionnaire).order_by("-sent_on", "-number").first()


def release_of(organisation: Organisation, pk: int) -> Release | None:
    return (
        Release.objects.of(organisation)
        .filter(pk=pk)
        .select_related("questionnaire", "assessment", "recorded_by", "organisation")
        .first()
    )


def final_package(questionnaire: Questionnaire) -> list[Export]:
    """Return the latest files without draft answers, as one run wrote them; none if there are none."""
    files = list(questionnaire.exports.filter(draft=False).select_related("file").order_by("-made_at", "pk"))
    return [export for export in files if export.made_at == files[0].made_at]


def conflicts_with_sent(questionnaire: Questionnaire) -> dict[int, Earlier]:
    """Return by question the answer sent before, to this buyer or another, that the answer now contradicts.

    Of several the one sent to the same buyer counts first, then the latest. Only what was sent for the same AI systems
    is compared, and of each questionnaire only the version sent last. In three queries, whatever the size.
    """
    latest = latest_releases(questionnaire)
    if not latest:
        return {}
    now = _statements(questionnaire)
    rows = [(pk, row, False) for pk, row in _with_same_key(now, latest)]
    rows += [
        (pair.question_id, pair.earlier, True)
        for pair in Reworded.objects.filter(
            question__questionnaire=questionnaire, earlier__release__in=latest
        ).select_related("earlier")
    ]
    found: dict[int, tuple[ReleasedAnswer, bool]] = {}
    for pk, row, reworded in sorted(rows, key=lambda item: _rank(latest[item[1].release_id], questionnaire, item[2])):
        if pk not in found and difference(now[pk][1], _sent(row)) is Difference.VALUE:
            found[pk] = (row, reworded)
    return {pk: earlier(row, latest[row.release_id], reworded=reworded) for pk, (row, reworded) in found.items()}


def latest_releases(questionnaire: Questionnaire) -> dict[int, Release]:
    """Return, by number, what was sent last of each questionnaire that is about the same AI systems."""
    systems = [system.name for system in questionnaire.systems.all()]
    latest: dict[int, Release] = {}
    rows = Release.objects.filter(organisation_id=questionnaire.organisation_id).order_by("-number")
    for release in rows:
        latest.setdefault(release.questionnaire_id, release)
    return {row.pk: row for row in latest.values() if overlaps(systems, row.systems)}


def earlier(row: ReleasedAnswer, release: Release, *, reworded: bool) -> Earlier:
    return Earlier(
        answer_id=row.pk,
        release_id=release.pk,
        buyer=release.buyer,
        sent_on=release.sent_on,
        question=row.question,
        value=row.value,
        written=row.written,
        comment=row.comment,
        reworded=reworded,
    )


def _statements(questionnaire: Questionnaire) -> dict[int, tuple[str, Statement]]:
    """Return by question its key and what is answered now."""
    rows = Question.objects.filter(questionnaire=questionnaire).values_list(
        "pk", "text", "response__value", "response__shown", "response__comment"
    )
    return {
        pk: (
            question_key(text),
            Statement(value=value or Value.NEEDS_INFORMATION, written=shown or "", comment=comment or ""),
        )
        for pk, text, value, shown, comment in rows
    }


def _with_same_key(
    now: Mapping[int, tuple[str, Statement]], releases: Mapping[int, Release]
) -> Iterable[tuple[int, ReleasedAnswer]]:
    questions: dict[str, list[int]] = {}
    for pk, (key, said) in now.items():
        if said.written:
            questions.setdefault(key, []).append(pk)
    keys = list(questions)
    for start in range(0, len(keys), AT_ONCE):
        rows = ReleasedAnswer.objects.filter(release__in=releases, question_key__in=keys[start : start + AT_ONCE])
        for row in rows.exclude(written=""):
            yield from ((pk, row) for pk in questions[row.question_key])


def _sent(row: ReleasedAnswer) -> Statement:
    return Statement(value=row.value, written=row.written, comment=row.comment)


def _rank(release: Release, questionnaire: Questionnaire, reworded: bool) -> tuple[bool, bool, int, int]:
    same_buyer = bool(release.buyer_key) and release.buyer_key == questionnaire.buyer_key
    return (not same_buyer, reworded, -release.sent_on.toordinal(), -release.pk)


def answers_sent(release: Release, text: str = "") -> QuerySet[ReleasedAnswer]:
    """Return the answers of a sent version that hold all the words, in the buyer's order."""
    rows = release.answers.order_by("position")
    for word in text.split():
        rows = rows.filter(
            Q(question__icontains=word)
            | Q(number__icontains=word)
            | Q(written__icontains=word)
            | Q(comment__icontains=word)
        )
    return rows
