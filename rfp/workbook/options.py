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
            if (name == "yes" and _REPEATS.fullmatch(rest)) or (name == "no" and negated):
                return name
            inner = meaning(rest)
            return inner if inner in ("partial", "planned", "not_applicable") else ""
    return ""


def match(value: str, options: Sequence[Option]) -> Option | None:
    """Return the one option that says VALUE and nothing else; None when there is none or more than one."""
    found = [option for option in options if not _is_number(option) and meaning(option.label) == value]
    return found[0] if len({option.label.casefold() for option in found}) == 1 else None


def offers(value: str, options: Sequence[Option]) -> bool:
    return match(value, options) is not None


def _is_number(option: Option) -> bool:
    return isinstance(option.value, (int, float)) and not isinstance(option.value, bool)
