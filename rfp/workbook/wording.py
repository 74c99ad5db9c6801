"""What a text in a buyer's form is by its wording: a question, a heading, guidance, a placeholder, a footer, an id."""

from __future__ import annotations

import re
from functools import lru_cache

_ASKS = re.compile(
    r"^(?:please\s+|kindly\s+|if (?:so|yes|no|not|applicable),?\s+(?:please\s+)?)?"
    r"(?:do|does|did|is|are|was|were|has|have|had|can|could|will|would|shall|should|may|how|what|when|where|which|who|why"
    r"|whose|describe|provide|list|explain|state|confirm|attach|upload|indicate|specify|identify|detail|outline|give"
    r"|name|summari[sz]e|select|tell|submit|enclose|share|demonstrate|enter|verify|ensure|determine|define|establish"
    r"|document|implement|maintain|use|include|supply|elaborate|clarify|disclose|declare|insert|to what extent"
    r"|avez|est-ce|êtes|disposez|existe|comment|quel|quelle|quels|quelles|décri\w+|fourni\w+|précise\w+|indique\w+"
    r"|haben|hat|ist|sind|wird|werden|gibt|wie|welche\w*|wer|wann|beschreib\w+|bitte|nennen|verfügen|können|führen"
    r"|¿|tiene|tienen|cuenta|dispone|existen|está|describa|indique|proporcione|adjunte|qué|cómo|cuál|cuáles"
    r"|possui|descreva|quais|qual|avete|descrivere|come|heeft|hebben|zijn|worden|hoe|beschrijf"
    r"|是否|请|如何|贵公司)\b",
    re.IGNORECASE,
)
_OBLIGES = re.compile(
    r"\b(?:shall|must|should|is required|are required|needs? to|has to|have to|will (?:be|provide|ensure|maintain)"
    r"|doit|doivent|muss|müssen|soll|sollen|debe|deben|deve|devono|devem|moet|moeten)\b|应|必须|需要",
    re.IGNORECASE,
)
_GUIDANCE = re.compile(
    r"^\W{0,2}(?:guidance|note|notes|notice|hint|help|tip|instructions?|important|remark|example|e\.g\.|hinweis|anmerkung"
    r"|remarque|exemple|nota|ejemplo)\b\s*(?:\([^)]*\))?\s*[:–—-]",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^\W{0,3}(?:end of (?:the )?(?:questionnaire|document|form|survey|sheet|section|table|list|standard|report|tab"
    r"|page|assessment|questions|worksheet|file)|fin d[eu]|ende d\w+"
    r"|(?:(?:sub|grand|overall|final)[- ]?)?(?:total|score)(?: (?:score|points|marks|compliance|questions|yes|no))?\W*$"
    r"|©|copyright|\(c\)|page \d+|signature(?: of .*)?\W*$|signed by|all rights reserved|thank you|this document"
    r"|confidential(?: \w+){0,3}\W*$|version \d|last (?:updated|revised)|approved by|prepared by)",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"^\W{0,2}(?:example|sample|e\.g\.?|beispiel|exemple|ejemplo|muster|示例|例)(?:\b|$)", re.IGNORECASE
)
_BLANK = (
    r"<.*>|\([^()?]*\)|\[[^\[\]]*\]|\{[^{}]*\}|_{3,}|\.{3,}|…|-+|x{3,}|tbd|tbc|todo|n\.n\."  # stands for a text to come
)
_BLANKS = re.compile(rf"^(?:{_BLANK})$", re.IGNORECASE | re.DOTALL)
_PLACEHOLDER = re.compile(
    rf"^(?:{_BLANK}"
    r"|(?:please\s+)?(?:select|choose|pick|enter|insert|type|fill|complete|click|specify|provide|describe|state|list"
    r"|explain|attach|upload|respond|answer)\b.*"
    r"|please\b.*|your (?:answer|response|comment)s?\b.*"
    r"|(?:vendor|supplier|provider|company|product) (?:name|response|answer)"
    r"|(?:mm|dd|m|d)[/.-](?:mm|dd|m|d)[/.-]y{2,4}|yyyy-mm-dd|jj/mm/aaaa|tt\.mm\.jjjj|dd mmm y{2,4}"
    r"|(?:yes|y)\s*/\s*(?:no|n)(?:\s*/\s*n/?a)?"
    r"|not (?:verified|started|answered|assessed|yet answered|set)|unanswered|pending|open"
    r"|(?:https?://)?(?:www\.)?(?:vendor|supplier|example|company|your[-\w]*)\.(?:domain|com|org|net|edu|example)\S*"
    r"|\S+@(?:your[-\w]*|example|vendor|company|domain)\.\w+|555-555-5555|(?:000|xxx|###)[- ](?:000|xxx|###)[- ]\S+"
    r"|bitte\b.*|veuillez\b.*|choisir\b.*|seleccion\w+\b.*|see instructions\b.*|if .{4,}|text field|free text)$",
    re.IGNORECASE | re.DOTALL,
)
# 1, 1.2.3, A.1, AC-2 (1), SEC_004, Q12, 1a, (a), GOV.01, A&A-01.1, AIS- 02.2
_ID = re.compile(
    r"^[(\[]?(?:[A-Za-z&]{1,8}[\s._-]{0,2})?(?:[A-Za-z&]{0,8}[\s._-]{1,2})?\d{1,5}(?:[\s.,_-]{1,2}[A-Za-z0-9]{1,4}){0,6}[A-Za-z]?"
    r"(?:\s?\([A-Za-z0-9]{1,3}\))*[.):\]]?$|^[(\[]?[A-Za-z][.)\]]$|^[IVXivx]{1,5}[.)]?$"
)
_LEADING_ID = re.compile(
    r"^\s*((?:[A-Z]{1,8}[&._-]?)*\d+(?:[._-][A-Za-z0-9]{1,4}){0,6}(?=[\s.):–—-])|[A-Za-z](?=[.)]\s)|[A-Z]{1,6}-\d{1,4}[a-z]?)[.):]*\s"
)
_WORD = re.compile(r"\w+", re.UNICODE)
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@lru_cache(maxsize=16_384)
def words(text: str) -> int:
    """Return the length in words; two characters of a script without spaces count as one."""
    dense = len(_CJK.findall(text))
    return len(_WORD.findall(_CJK.sub(" ", text))) + (dense + 1) // 2


@lru_cache(maxsize=16_384)
def asks(text: str) -> float:
    """Return how much a text reads like something to be answered, 0 to 1."""
    if text.rstrip(" )\"'*").endswith(("?", "？")) or "?" in text[:-1] or "？" in text:
        return 1.0
    bare = without_number(text)
    count = words(bare)
    if _ASKS.match(bare) and count >= 3:
        return 0.8
    if _OBLIGES.search(bare) and count >= 4:
        return 0.8
    if count >= 6:
        return 0.35
    return 0.1


def leading_number(text: str) -> str:
    """Return the id typed before the words of a question, empty for none."""
    found = _LEADING_ID.match(text)
    return found[1] if found else ""


def without_number(text: str) -> str:
    found = _LEADING_ID.match(text)
    return text[found.end() :].lstrip(" -–—:.") if found else text


def is_id(text: str) -> bool:
    return len(text) <= 24 and _ID.match(text.strip()) is not None


def is_guidance(text: str) -> bool:
    return _GUIDANCE.match(text) is not None


def is_bullet(text: str) -> bool:
    """Tell one point of a list, which explains the question above it."""
    return text.startswith(("•", "·", "▪", "‣", "◦", "– ", "○ "))


def is_footer(text: str) -> bool:
    return words(text) <= 14 and _FOOTER.match(text) is not None


def is_sample(text: str) -> bool:
    return _SAMPLE.match(text) is not None


def is_blank(text: str) -> bool:
    """Tell a mark that only stands for a text: "<insert requirements here>", "...", "TBD"."""
    return len(text) <= 400 and _BLANKS.match(text.strip()) is not None


def is_placeholder(text: str) -> bool:
    """Tell text that only says what is to be written into the cell."""
    return len(text) <= 400 and _PLACEHOLDER.match(text.strip()) is not None


_CONDITION = re.compile(
    r"^\W{0,2}(?:(?:only )?(?:if|when|where|in case|provided that|unless)\b|complete (?:this section )?(?:only )?if\b"
    r"|falls?\b|wenn\b|sofern\b"
    r"|nur (?:wenn|falls)\b|si\b|en caso\b|dans le cas\b|如果|若)[^,:;?\n]{1,160}",
    re.IGNORECASE,
)


def condition(text: str) -> str:
    """Return the clause that says when the question applies ("If yes to 4.2"), empty for none."""
    bare = without_number(text)
    found = _CONDITION.match(bare)
    if found is None or (_ASKS.match(bare) and bare[found.end() :].startswith("?")):
        return ""  # "Where are backups kept?" is the question itself
    return found[0].strip()
