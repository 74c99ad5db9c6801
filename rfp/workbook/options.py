"""What the options of a buyer's list mean: yes, no, partly, not applicable, or something else.

An answer is written only as one of the buyer's own options, letter for letter. A label that says more than the answer
("Yes, planned for next year") is not it, and a numeric scale has no yes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rfp.workbook.model import Option

# Order matters: what limits a word is looked for before the word itself.
_MEANINGS: tuple[tuple[str, str], ...] = (
    (
        "not_applicable",
        r"n/?\.?a\.?|not applicable|does not apply|not relevant|sans objet|non applicable|no aplica|entfällt"
        r"|nicht anwendbar|nicht zutreffend|不适用",
    ),
    (
        "planned",
        r"planned|roadmap|in progress|under development|future|en cours|prévu|geplant|planificado|en proceso|计划.*",
    ),
    (
        "partial",
        r"partial(?:ly)?(?: .*)?|in[- ]part|partly|yes,? (?:partially|in part)|some(?:what)?|limited|partiel(?:lement)?"
        r"|teilweise|parcial(?:mente)?|部分.*",
    ),
    (
        "no",
        r"no|n|false|non|nein|none"
        r"|not (?:implemented|compliant|met|satisfied|in place|certified|supported|available)"
        r"|non[- ](?:compliant|valid|conforme)|does not comply|other than satisfied"
        r"|nicht (?:erfüllt|vorhanden)|否|不|没有",
    ),
    (
        "yes",
        r"yes|y|true|oui|ja|sí|si|是|有|implemented|compliant|satisfied|valid|met|in place|certified|supported"
        r"|available"
        r"|fully (?:implemented|compliant|met)|full|complies|comply|conforme|erfüllt|cumple|confirmed",
    ),
)
_LEADING = {"yes": r"(?:yes|oui|ja|sí)", "no": r"(?:no|non|nein)"}
# After "Yes -" these only repeat it; anything else adds a statement of its own.
_REPEATS = re.compile(r"(?:fully )?(?:implemented|compliant|in place|met|available|supported|complete|confirmed)")
# What a form wants besides the answer is no statement: "Yes (please explain)".
_FORM_WORDS = re.compile(
    r"(?:please |if so,? )?(?:explain|describe|comment|specify|elaborate|give details|provide (?:details|comments?)"
    r"|see (?:the )?(?:comments?|notes?|remarks|below|attached comments?)|details? (?:below|in (?:the )?comments?))"
    r"(?: .{0,40})?"
)
_PROOF = (
    r"(?:with |and )?(?:supporting )?(?:evidence|documentation|documents?|proof|reports?|certificates?)(?: is| are)? "
)
# Yes with proof: to be sent when asked for, or enclosed. The first needs nothing more to be true.
_ON_REQUEST = re.compile(_PROOF + r"(?:available(?: (?:up)?on request| under nda)?|(?:up)?on request|under nda)")
_ENCLOSED = re.compile(_PROOF + r"(?:attached|enclosed|provided|supplied|included|submitted|uploaded)")


def meaning(label: str) -> str:
    """Return yes, no, partial, not_applicable or planned; empty when the label says something else."""
    text = " ".join(label.casefold().replace("’", "'").split()).strip(" .!;:")
    text = re.sub(r"^[(\[]|[)\]]$", "", text)
    for name, pattern in _MEANINGS:
        if re.fullmatch(pattern, text):
            return name
    for name, word in _LEADING.items():
        found = re.fullmatch(rf"{word}\s*[-–—:,(]+\s*(.+?)\)?", text)
        if found:
            rest = found[1]
            negated = re.fullmatch(rf"not {_REPEATS.pattern}", rest) is not None
            if (
                _FORM_WORDS.fullmatch(rest)
                or (name == "yes" and _REPEATS.fullmatch(rest))
                or (name == "no" and negated)
            ):
                return name
            inner = meaning(rest)
            return inner if inner in ("partial", "planned", "not_applicable") else ""
    return ""


def match(value: str, options: Sequence[Option], *, documented: bool = False) -> Option | None:
    """Return the one option that says VALUE and nothing else; None when there is none or more than one.

    Where a yes comes only with a word on its proof, "on request" is taken before "attached", which needs DOCUMENTED:
    that the answer names documents to send along.
    """
    worded = [option for option in options if not _is_number(option)]
    plain = _only([option for option in worded if meaning(option.label) == value])
    if plain is not None or value != "yes" or offers_several(value, worded):
        return plain
    on_request = _only([option for option in worded if _yes_with(_ON_REQUEST, option.label)])
    enclosed = _only([option for option in worded if _yes_with(_ENCLOSED, option.label)])
    return on_request or (enclosed if documented else None)


def offers_several(value: str, options: Sequence[Option]) -> bool:
    return len({option.label.casefold() for option in options if meaning(option.label) == value}) > 1


def _only(found: Sequence[Option]) -> Option | None:
    return found[0] if len({option.label.casefold() for option in found}) == 1 else None


def _yes_with(pattern: re.Pattern[str], label: str) -> bool:
    found = re.fullmatch(rf"{_LEADING['yes']}\s*[-–—:,;(]+\s*(.+?)[).]*", " ".join(label.casefold().split()))
    return found is not None and pattern.fullmatch(found[1]) is not None


def offers(value: str, options: Sequence[Option]) -> bool:
    return match(value, options) is not None


def _is_number(option: Option) -> bool:
    return isinstance(option.value, (int, float)) and not isinstance(option.value, bool)
