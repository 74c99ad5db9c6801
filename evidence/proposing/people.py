"""Who assessed, with what credentials; who approved, signed, asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.proposing.text import Hit, Text
from evidence.proposing.types import Known, Proposal

_WORD = r"[A-ZÀ-Þ][\w'’À-ÿ-]+"
NAME = rf"(?:(?:Dr|Prof|Mr|Ms|Mrs)\.? )?{_WORD}(?: (?:(?:van|von|der|den|de|da|di|bin|al)\b|[A-Z]\.|{_WORD})){{1,3}}"
ROLES = (
    r"lead auditor|audit team leader|lead assessor|principal auditor|principal assessor|engagement partner"
    r"|engagement lead|test lead|lead tester|lead consultant|facilitator|signing partner|audit partner|partner"
    r"|assessor|auditor"
)
TITLES = (
    r"(?:Chief [A-Z][\w ]+? Officer|Head of [A-Z][\w ]+?|General Counsel|[A-Z][\w ]+? Director"
    r"|[A-Z][a-z]+ Manager|C[A-Z]{1,3}O|Managing Director|President|Category manager)"
)
# To the end of the sentence; the point of "no." does not end it.
_REST = r"(?:[^.]|(?<=\b[Nn]o)\.)*"
_ROLE_NAME = re.compile(rf"\b(?P<role>(?i:{ROLES}))(?:\s*:\s*|\s+)(?:is )?(?P<name>{NAME})(?P<rest>{_REST})")
_NAME_ROLE = re.compile(rf"(?P<name>{NAME}), (?P<role>(?i:{ROLES}))\b(?P<rest>{_REST})")
_SIGNED = re.compile(rf"(?P<name>{NAME}), (?P<title>{TITLES})\b(?=[.,]|$)")
_APPROVED = re.compile(rf"\b[Aa]pproved by (?:the )?(?:(?P<name>{NAME}), )?(?P<title>{TITLES})(?=[.,;]|\s+on\b|$)")
_REQUESTED = re.compile(rf"\b[Rr]equested by (?P<name>{NAME})(?:, (?P<title>{TITLES}))?")
_ATTESTS = re.compile(r"\bI (?:hereby )?attest\b|\bexecutive attestation", re.I)
_CREDENTIAL = re.compile(
    r"\bC(?:ISA|ISSP|ISM|IA|RISC|PA)\b|\bOSC[PE]\b|\bCREST\b|\bCCT\b|\bGPEN\b|\bAIGP\b|\bPhD\b|\blead auditor no|"
    r"\blicen[cs]e|\bBar Association|\bpeer review|\bmember\b.*\bno\b|\bindependence statement|^no\. ?\d",
    re.I,
)


def read(text: Text, known: Known) -> Iterator[Proposal]:
    hit = text.first(_ROLE_NAME) or text.first(_NAME_ROLE)
    if hit:
        yield _at(hit, "assessor.name", hit.match["name"])
        yield _at(hit, "assessor.role", hit.match["role"].lower())
        credentials = tuple(_credentials(hit.match["rest"]))
        if credentials:
            yield _at(hit, "assessor.credentials", credentials)
    approved = text.first(_APPROVED)
    if approved:
        if approved.match["name"]:
            yield _at(approved, "approver.name", approved.match["name"])
        yield _at(approved, "approver.title", approved.match["title"])
    if text.has(_ATTESTS) and (signed := text.first(_SIGNED)):
        yield _at(signed, "signer.name", signed.match["name"])
        yield _at(signed, "signer.title", signed.match["title"])
    requested = text.first(_REQUESTED)
    if requested:
        yield _at(requested, "requester.name", requested.match["name"])


def _credentials(rest: str) -> Iterator[str]:
    """Yield what after the name can be looked up: a certificate with its number, a licence, a degree."""
    for part in re.split(r",(?!\d)|;| and (?=[A-Z])", rest):
        if _CREDENTIAL.search(part.strip()):
            yield part.strip()


def _at(hit: Hit, field: str, value: str | tuple[str, ...]) -> Proposal:
    return Proposal(field=field, value=value, page=hit.page, quote=hit.quote)
