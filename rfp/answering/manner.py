"""How a question wants to be answered: by yes or no, by words, a day or a document, and whether it is asked at all."""

from __future__ import annotations

import re

from rfp.mapping.types import AnswerType, Proposal
from rfp.workbook.model import Question, SlotKind
from rfp.workbook.options import meaning

_ATTACH = re.compile(
    r"^(?:please |kindly )?(?:attach|upload|enclose|submit|append|send|share (?:a copy|the)"
    r"|(?:provide|include) (?:a copy|copies))\b",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"^(?:please (?:state|give|enter) )?(?:when|(?:the )?date|on (?:what|which) (?:day|date)|as of when)\b",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"^(?:please |kindly |if (?:so|yes),? |if applicable,? )*"
    r"(?:who|whom|whose|which|what|where|why|how (?!do you (?:ensure|know))|describe|explain|list|name|state|give"
    r"|specify|outline|summari[sz]e|detail|identify|elaborate|provide|tell|indicate (?:who|which|what|how))\b",
    re.IGNORECASE,
)
_ISSUER = re.compile(
    r"\b(?:which|what|who|whom|name (?:of )?(?:the )?)\b.{0,40}?\b"
    r"(?:firm|company|body|auditor|assessor|tester|organi[sz]ation|party|certified|audited|performed|conducted|tested"
    r"|issued|validated|carried out|facilitated|assessed)\b",
    re.IGNORECASE,
)
_INDEPENDENT = re.compile(
    r"\bindependen\w*|\bexternal\w*|\bthird[- ]part\w+|\boutside\w*|\bvalidat\w+|\baccredit\w+|\bcertif\w+|\baudit\w*"
    r"|\bown (?:staff|team|people|engineers)|\bin-house|\bself-(?:assess|attest|declar)\w*"
    r"|\b(?:firm|laboratory|version)\b",
    re.IGNORECASE,
)
_IF_YES = re.compile(r"\bif (?:so|yes|applicable|you do|the answer is yes)\b", re.IGNORECASE)
_IF_NO = re.compile(r"\bif (?:no|not|the answer is no)\b", re.IGNORECASE)
_CONDITION = re.compile(r"^\W*if (?:so|yes|no|not|applicable|you do|the answer is (?:yes|no))\W+", re.IGNORECASE)


def answer_type(question: Question, proposal: Proposal) -> AnswerType:
    """Return how the question is to be answered; a list of yes and no does not make an open question a closed one."""
    text = bare(question.text)
    if proposal.answer_type in (AnswerType.YES_NO, AnswerType.CHOICE):
        if _ATTACH.search(text):
            return AnswerType.ATTACHMENT
        if _DAY.search(text):
            return AnswerType.DATE
        if _OPEN.search(text):
            return AnswerType.FREE_TEXT
    if proposal.answer_type is AnswerType.CHOICE and takes_yes_no(question):
        return AnswerType.YES_NO
    return proposal.answer_type


def asks_who(text: str) -> bool:
    """Say whether a question asks for the body that issued, tested or audited something."""
    return _ISSUER.match(bare(text)) is not None


def asks_for_independence(text: str) -> bool:
    """Say whether a question asks by whom a thing was issued, tested or validated, or in which version."""
    return _INDEPENDENT.search(text) is not None


def takes_yes_no(question: Question) -> bool:
    """Say whether the form offers a yes and a no."""
    for slot in question.slots:
        if slot.kind in (SlotKind.CHOICE, SlotKind.TICK):
            said = {meaning(option.label) for option in slot.options}
            return {"yes", "no"} <= said
    return False


def bare(text: str) -> str:
    """Return a question without the condition before it."""
    return _CONDITION.sub("", text.strip())


def is_asked_after(text: str, *, yes: bool) -> bool:
    """Say whether a conditional question is to be answered after a yes (or a no) to the one before it."""
    if _IF_YES.search(text):
        return yes
    return not yes if _IF_NO.search(text) else True
