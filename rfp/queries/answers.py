"""The answers of a questionnaire as its page lists them, with what each rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    Max,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Sum,
)

from accounts.models import Organisation
from evidence.catalogs import frameworks
from rfp.models import (
    Band,
    Citation,
    MappingStatus,
    Question,
    QuestionMapping,
    Questionnaire,
    Response,
    ResponseStatus,
)
from rfp.workbook.model import address

UNANSWERED = "unanswered"  # stands for questions that were not drafted yet
APPROVED = "approved"
TO_APPROVE = "to_approve"
NO_CODE = "other"  # stands for blanks without a code


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which answers to list; an empty field asks for all."""

    text: str = ""
    band: str = ""  # a band, unanswered, approved or to_approve
    sheet: str = ""
    code: str = ""  # why it is blank
    category: str = ""
    cites: str = ""  # reference of evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many answers there are of each kind. ``seal`` stands for the ready answers that wait for approval."""

    total: int
    bands: Counter[str]
    approved: int
    to_approve: int
    sheets: Sequence[tuple[str, int]]  # in the buyer's order
    codes: Sequence[tuple[str, int]]  # the most frequent first
    ready_to_approve: int
    seal: str

    @property
    def answered(self) -> int:
        return self.bands[Band.READY] + self.bands[Band.SUGGESTED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question with its answer, its mapping and its proof, each where there is one."""

    question: Question
    cell: str
    response: Response | None
    mapping: QuestionMapping | None
    decisive: Sequence[str] = field(default_factory=tuple)
    controls: Sequence[str] = field(default_factory=tuple)

    @property
    def place(self) -> str:
        return f"{self.question.sheet}!{self.cell}"

    @property
    def band(self) -> str:
        return self.response.band if self.response else UNANSWERED

    @property
    def approved(self) -> bool:
        return self.response is not None and self.response.status == ResponseStatus.APPROVED

    @property
    def may_be_approved(self) -> bool:
        return self.response is not None and not self.approved and self.response.band != Band.BLANK

    @property
    def key(self) -> str:
        """Name the answer in the version that is shown, so that an approval never covers another."""
        return f"{self.question.pk}.{self.response.version}" if self.response else ""


def questionnaire_of(organisation: Organisation, pk: int) -> Questionnaire | None:
    rows = Questionnaire.objects.of(organisation).select_related(
        "organisation", "file", "owner", "layout_draft", "layout_confirmed_by", "remembered_layout__confirmed_by"
    )
    return rows.filter(pk=pk).first()


def facets_of(questionnaire: Questionnaire) -> Facets:
    """Count the answers by band, sheet and reason in one query."""
    groups = list(
        Question.objects.filter(questionnaire=questionnaire)
        .order_by()
        .annotate(named=ExpressionWrapper(_names_its_source("response__"), output_field=BooleanField()))
        .values("sheet", "response__band", "response__status", "response__code", "named")
        .annotate(
            count=Count("pk"),
            first=Min("position"),
            versions=Sum("response__version"),
            drafted_at=Max("response__drafted_at"),
        )
    )
    bands: Counter[str] = Counter()
    sheets: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    places: dict[str, int] = {}
    approved = to_approve = 0
    for group in groups:
        band, count = group["response__band"] or UNANSWERED, group["count"]
        bands[band] += count
        sheets[group["sheet"]] += count
        places[group["sheet"]] = min(group["first"], places.get(group["sheet"], group["first"]))
        if band == Band.BLANK:
            codes[group["response__code"]] += count
        if group["response__status"] == ResponseStatus.APPROVED:
            approved += count
        elif band in (Band.READY, Band.SUGGESTED):
            to_approve += count
    ready = [
        group
        for group in groups
        if group["response__band"] == Band.READY
        and group["response__status"] == ResponseStatus.DRAFT
        and group["named"]
    ]
    waiting = sum(group["count"] for group in ready)
    return Facets(
        total=sum(bands.values()),
        bands=bands,
        approved=approved,
        to_approve=to_approve,
        sheets=sorted(sheets.items(), key=lambda pair: places[pair[0]]),
        codes=codes.most_common(),
        ready_to_approve=waiting,
        seal=seal_from(
            waiting,
            sum(group["versions"] for group in ready),
            max((group["drafted_at"] for group in ready), default=None),
        ),
    )


def ready_to_approve(questionnaire: Questionnaire) -> QuerySet[Response]:
    """Return the answers that may be approved without reading each: above the line, with what they rest on named."""
    ready = Response.objects.filter(question__questionnaire=questionnaire, band=Band.READY, status=ResponseStatus.DRAFT)
    return ready.filter(_names_its_source(""))


def _names_its_source(path: str) -> Q:
    """Return what holds for an answer that cites a document or an approved answer; ``path`` leads to the answer."""
    cited = Exists(Citation.objects.filter(response=OuterRef(f"{path}pk")))
    return Q(cited) | Q(**{f"{path}library_answer__isnull": False})


def tabs(facets: Facets) -> list[tuple[str, int]]:
    """Return the kinds of answer that there are, with their numbers."""
    counted = [(name, facets.bands[name]) for name in (*Band.values, UNANSWERED)]
    return [(name, count) for name, count in (*counted, (APPROVED, facets.approved)) if count]


def seal_of(waiting: Iterable[tuple[int, int, datetime]]) -> str:
    """Return what stands for answers, each question, version and time of its draft; a new draft of any changes it."""
    rows = list(waiting)
    return seal_from(len(rows), sum(version for _, version, _ in rows), max((at for _, _, at in rows), default=None))


def seal_from(count: int, versions: int, latest: datetime | None) -> str:
    """Return what stands for answers of which there are so many, by their versions and their latest draft."""
    return f"{count}.{versions}.{latest.isoformat()}" if latest else ""


def says(word: str) -> Q:
    """Ask for questions that have a word in what the buyer asks or in what is answered."""
    return (
        Q(text__icontains=word)
        | Q(number__icontains=word)
        | Q(section__icontains=word)
        | Q(response__shown__icontains=word)
        | Q(response__comment__icontains=word)
    )


def sought(questionnaire: Questionnaire, wanted: Sought) -> QuerySet[Question]:
    """Return the questions that fit, in the buyer's order."""
    rows = Question.objects.filter(questionnaire=questionnaire).order_by("position")
    if wanted.band == UNANSWERED:
        rows = rows.filter(response=None)
    elif wanted.band == APPROVED:
        rows = rows.filter(response__status=ResponseStatus.APPROVED)
    elif wanted.band == TO_APPROVE:
        rows = rows.filter(response__status=ResponseStatus.DRAFT).exclude(response__band=Band.BLANK)
    elif wanted.band:
        rows = rows.filter(response__band=wanted.band)
    if wanted.sheet:
        rows = rows.filter(sheet=wanted.sheet)
    if wanted.code:
        rows = rows.filter(response__band=Band.BLANK, response__code="" if wanted.code == NO_CODE else wanted.code)
    if wanted.category:
        mapped = QuestionMapping.objects.filter(question=OuterRef("pk"), category=wanted.category)
        rows = rows.filter(Exists(mapped.exclude(status=MappingStatus.REJECTED)))
    if wanted.cites:
        cited = Citation.objects.filter(response__question=OuterRef("pk"), revision__evidence__reference=wanted.cites)
        rows = rows.filter(Exists(cited))
    for word in wanted.text.split():
        rows = rows.filter(says(word) | Q(response__reason__icontains=word))
    return rows


def with_proof(rows: QuerySet[Question]) -> QuerySet[Question]:
    """Return the rows with everything that their lines show, in a fixed number of queries."""
    cited = Citation.objects.select_related("revision__evidence", "revision__file")
    citations = cited.defer("revision__facts").order_by("position")
    mappings = (
        QuestionMapping.objects.exclude(status=MappingStatus.REJECTED)
        .prefetch_related("requirements")
        .order_by("status")  # confirmed comes before proposed
    )
    return rows.select_related("response__approved_by", "response__library_answer").prefetch_related(
        Prefetch("response__citations", queryset=citations), Prefetch("mappings", queryset=mappings)
    )


def lines(page: Iterable[Question]) -> list[Line]:
    return [_line(question) for question in page]


def _line(question: Question) -> Line:
    mapping = next(iter(question.mappings.all()), None)
    return Line(
        question=question,
        cell=address(question.row, question.column),
        response=getattr(question, "response", None),
        mapping=mapping,
        decisive=tuple(item.ref for item in mapping.requirements.all() if item.decisive) if mapping else (),
        controls=controls_of(mapping) if mapping else (),
    )


def controls_of(mapping: QuestionMapping) -> tuple[str, ...]:
    """Return the controls by framework, as "NIST AI 600-1: GOVERN 1.6, MAP 3.3"."""
    refs: dict[str, list[str]] = {}
    for framework, ref, *_ in mapping.controls:
        refs.setdefault(_short_name(framework), []).append(ref)
    return tuple(f"{name}: {', '.join(found)}" for name, found in refs.items())


def _short_name(framework: str) -> str:
    """Return the name of a framework without what it explains behind a dash or in brackets."""
    known = frameworks.load().frameworks.get(framework)
    return known.name.partition(" - ")[0].partition(" (")[0] if known else framework
