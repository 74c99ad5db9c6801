"""The words and figures of the pages: the same as in the report, each state with the shape that stands for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.core.paginator import Paginator

from accounts import browsers, trail
from accounts.authorization import ROLE_MEANINGS
from accounts.models import Role
from evidence.catalogs import mandate
from evidence.words import LADDER
from evidence.words import VERDICTS as EVIDENCE_VERDICTS
from rfp.answering.content import BlankCode
from rfp.mapping.types import NO_CATEGORY
from rfp.models import Citation
from rfp.queries.answers import NO_CODE, UNANSWERED
from rfp.reporting import risk, words
from rfp.reporting.data import GapLine
from rfp.reporting.steps import BLANKS, Advice

register = template.Library()

# One shape a state: full, half and empty circles for answers; tick, cross and question mark for judgements.
SHAPES: Mapping[str, str] = {
    "ready": "full",
    "suggested": "half",
    "blank": "empty",
    UNANSWERED: "dots",
    "approved": "tick",
    "draft": "pen",
    "final": "tick",
    "outdated": "warn",
    "unsupported": "cross",
    "conflict": "warn",
    "QUALIFIED": "tick",
    "ACCEPTED_WITH_RISK": "warn",
    "UNDER_REVIEW": "ask",
    "NOT_QUALIFIED": "cross",
    "passed": "tick",
    "met": "tick",
    "met_with_warning": "warn",
    "failed": "cross",
    "expired": "cross",
    "missing": "empty",
    "under_review": "ask",
    "not_assessed": "dots",
    "not_applicable": "dots",
    "accepted": "tick",
    "accepted_with_warnings": "warn",
    "partly_accepted": "half",
    "rejected": "cross",
    "value": "cross",
    "words": "pen",
    "blank_now": "empty",
    "answered_now": "full",
    "due_soon": "warn",
    "in_review": "ask",
    "retired": "dots",
    "declined": "cross",
    "nda": "ask",
    "internal": "cross",
    "needs_review": "ask",
    "unconfirmed": "ask",
    "withdrawn": "dots",
    "received": "empty",
    "consistent": "half",
    "issuer_checked": "tick",
    "in_doubt": "warn",
    "overdue": "warn",
    "soon": "warn",
    "lapsed": "cross",
    "on": "tick",
    "off": "empty",
    "narrowed": "warn",
    "taken": "tick",
    "known": "half",
    "refused": "cross",
    "risk_in_force": "tick",
    "risk_lapses_soon": "warn",
    "risk_waits": "ask",
    "risk_not_counting": "cross",
    "risk_lapsed": "cross",
    "risk_revoked": "cross",
    "risk_declined": "cross",
    "risk_withdrawn": "dots",
    "stage_done": "tick",
    "stage_running": "half",
    "stage_stopped": "cross",
}
TONES: Mapping[str, str] = {
    "full": "good",
    "tick": "good",
    "half": "look",
    "warn": "look",
    "ask": "look",
    "pen": "look",
    "cross": "bad",
    "empty": "plain",
    "dots": "plain",
}
WORDS: Mapping[str, str] = {
    **words.BANDS,
    **words.VERDICTS,
    **words.STATES,
    **EVIDENCE_VERDICTS,
    **LADDER,
    **risk.STATES,
    UNANSWERED: "Not drafted",
    "approved": "Approved",
    "draft": "Draft",
    "final": "Final",
    "value": "Another answer",
    "words": "Other words",
    "blank_now": "Blank now",
    "answered_now": "Answered now",
    "due_soon": "Due soon",
    "in_review": "Waits for approval",
    "retired": "Retired",
    "declined": "Sent back",
    "nda": "Under NDA",
    "internal": "Internal",
    "public": "Public",
    "outdated": "Outdated",
    "unsupported": "Not supported by proof",
    "conflict": "Differs from what was sent",
    "overdue": "Overdue",
    "soon": "Lapses soon",
    "lapsed": "Lapsed",
    "on": "On",
    "off": "Off",
    "narrowed": "Proves less",
}


ROLE_NAMES: Mapping[str, str] = {role.value: role.label for role in Role}


@register.inclusion_tag("_components/chip.html")
def chip(state: str, text: str = "") -> dict[str, str]:
    """Show a state by shape, word and colour; ``text`` replaces the word."""
    shape = SHAPES.get(state, "dots")
    return {"shape": shape, "tone": TONES[shape], "text": text or WORDS.get(state, state.replace("_", " "))}


@register.inclusion_tag("rfp/_state_mark.html")
def state_mark(question: Any) -> dict[str, str]:
    """Show the state of a question's answer by its shape, with the word for those who do not see it."""
    response = getattr(question, "response", None)
    state = response.band if response else UNANSWERED
    if response is not None and response.approved_at is not None:
        state = "approved"
    elif response is not None and response.unsupported:
        state = "unsupported"
    shape = SHAPES[state]
    return {"shape": shape, "tone": TONES[shape], "text": WORDS[state]}


@register.inclusion_tag("_components/bar.html")
def bar(share: int | None, label: str) -> dict[str, Any]:
    """Draw a share of a hundred."""
    return {"share": share or 0, "label": label}


@register.inclusion_tag("_components/bands.html")
def bands(ready: int, suggested: int, blank: int) -> dict[str, Any]:
    """Draw how the answers of a questionnaire divide into bands."""
    total = max(ready + suggested + blank, 1)
    return {
        "ready": 100 * ready / total,
        "suggested_from": 100 * ready / total,
        "suggested": 100 * suggested / total,
        "label": f"{ready} ready, {suggested} suggested, {blank} blank",
    }


@register.inclusion_tag("_components/field.html")
def field(bound: Any) -> dict[str, Any]:
    """Show a field of a filter with its label and what is wrong with it."""
    return {"field": bound}


@register.filter
def item(form: Any, name: str) -> Any:
    """Return the field of a form whose name has dots."""
    return form[name]


@register.filter
def verdict_meaning(verdict: str) -> str:
    return words.VERDICT_MEANINGS.get(verdict, "")


@register.filter
def value_word(value: str) -> str:
    return words.VALUES.get(value, value)


@register.filter
def browser(user_agent: str) -> str:
    """Name a browser and its system, as its owner would; the whole text says nothing to people."""
    return browsers.in_words(user_agent)


@register.filter
def role_meaning(role: str) -> str:
    return ROLE_MEANINGS[Role(role)]


@register.filter
def event_word(event: str) -> str:
    return trail.in_words(event)


@register.filter
def kind_word(kind: str) -> str:
    return trail.kind_in_words(kind)


@register.filter
def blank_reason(code: str) -> str:
    return _advice(code).reason


@register.filter
def blank_advice(code: str) -> str:
    return _advice(code).advice


def _advice(code: str) -> Advice:
    return BLANKS[BlankCode.NONE if code == NO_CODE else BlankCode(code)]


@register.filter
def category_title(category: str) -> str:
    titles = {item.id: item.title for item in mandate.load().categories}
    return "Outside the checklist" if category == NO_CATEGORY else titles.get(category, category.replace("_", " "))


@register.filter
def requirement_title(ref: str) -> str:
    known = mandate.load().requirements.get(ref)
    return known.title if known else ""


@register.filter
def percent(share: float) -> str:
    """Return a probability as people say it; only what is certain is a hundred per cent."""
    return "over 99 %" if 0.995 <= share < 1 else f"{100 * share:.0f} %"


@register.filter
def lead_time(gap: GapLine) -> str:
    return words.weeks(gap.weeks_least, gap.weeks_typical, gap.weeks_most)


@register.filter
def page_anchor(citation: Citation) -> str:
    """Return what makes a PDF open at the page cited; nothing for any other file, which has no such address."""
    file = citation.revision.file
    return f"#page={citation.page}" if file and citation.page and file.name.lower().endswith(".pdf") else ""


@register.filter
def rule_title(rule: str) -> str:
    known = mandate.load().rules.get(rule)
    return known.title if known else "Prerequisite"


@register.filter
def detail_word(name: str) -> str:
    return {"sha256": "SHA-256"}.get(name, name.replace("_", " "))


@register.filter
def detail_value(value: object) -> str:
    """Show a detail of an event; a hash by its beginning, which is enough to compare by eye."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(detail_value(part) for part in value)
    text = ROLE_NAMES.get(str(value)) or WORDS.get(str(value), str(value))
    return f"{text[:12]}…" if len(text) == 64 and text.isalnum() else text


@register.filter
def page_numbers(paginator: Paginator[Any], number: int) -> list[int]:
    """Return the pages to link, with 0 where some are left out."""
    return [page if isinstance(page, int) else 0 for page in paginator.get_elided_page_range(number)]
