"""An attestation as a document of named fields, turned into the judge's ``EvidenceFact`` and checked on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from evidence.catalogs.problems import CatalogueInvalid
from scoring.dates import one_date
from scoring.types import (
    Accreditation,
    Assessor,
    Cover,
    Deal,
    EvidenceFact,
    Independence,
    Issuer,
    Person,
    Retest,
    SystemFact,
)

# Other names under which people write the same field.
SYNONYMS = {
    "valid_to": "valid_until",
    "expires_on": "valid_until",
    "expiry": "valid_until",
    "issued": "issued_on",
    "report_date": "issued_on",
    "signed": "signed_on",
    "approved": "approved_on",
    "tested_on": "testing_ended_on",
    "testing_end": "testing_ended_on",
    "held_on": "exercised_on",
    "drill_date": "exercised_on",
    "reviewed_on": "last_review_on",
    "last_reviewed_on": "last_review_on",
    "surveillance_on": "last_audit_decision_on",
    "last_surveillance_on": "last_audit_decision_on",
    "period_from": "period_start",
    "period_to": "period_end",
}
# "MIRP 2.0" and "MIRP, version 2.0" name the same document and version.
VERSION_AT_END = re.compile(r"^(.*?\S)[\s,]+(?:version\s*|v\.?\s*)?(\d+(?:[.-]\d+)*)$", re.I)


def parse_evidence(entry: Mapping[str, Any]) -> EvidenceFact:
    """Return the fact of one attestation; unknown fields are left alone, known ones must be of the right kind.

    :raises CatalogueInvalid: if a field cannot be read; the text names the item and the field
    """
    name = _text(entry.get("id"))
    if not name:
        raise CatalogueInvalid("An attestation has no id.")
    if not entry.get("kind"):
        raise CatalogueInvalid(f"{name}: the field 'kind' is missing.")
    dates = {}
    for key, value in _mapping(entry.get("dates"), name, "dates").items():
        day = _date(value, name, f"dates.{key}")
        if day is not None:
            dates[SYNONYMS.get(key, key)] = day
    return EvidenceFact(
        id=name,
        title=_text(entry.get("title")) or _text(entry["kind"]).replace("_", " "),
        kind=_text(entry["kind"]),
        revision=_count(entry.get("revision", 1), name, "revision") or 1,
        issuer=_issuer(_mapping(entry.get("issuer"), name, "issuer"), name),
        assessor=_assessor(entry.get("assessor"), name),
        dates=dates,
        status=_text(entry.get("status")) or "active",
        scheme=_text(entry.get("scheme") or entry.get("standard")),
        number=_text(entry.get("number") or entry.get("certificate_number")),
        scope=_text(entry.get("scope")),
        ai_systems=_texts(entry.get("ai_systems"), name, "ai_systems"),
        legal_entity=_text(entry.get("legal_entity") or entry.get("entity") or entry.get("certified_entity")),
        version=_text(entry.get("version")),
        revision_history=_texts(entry.get("revision_history"), name, "revision_history"),
        approver=_person(entry.get("approver"), name, "approver"),
        requester=_person(entry.get("requester"), name, "requester"),
        signer=_person(
            entry.get("signer") or _mapping(entry.get("dates"), name, "dates").get("signer"), name, "signer"
        ),
        attests_version=_text(entry.get("attests_version")),
        covers=_cover(entry.get("covers"), name),
        covers_requirements=_texts(entry.get("covers_requirements"), name, "covers_requirements"),
        conclusion=_text(entry.get("conclusion")),
        result=_text(entry.get("result") or entry.get("outcome")),
        criteria=_texts(entry.get("criteria"), name, "criteria"),
        opinion=_text(entry.get("opinion")),
        qualified_criteria=_texts(
            entry.get("qualified_criteria") or entry.get("qualified_on"), name, "qualified_criteria"
        ),
        carved_out=_carved_out(entry.get("subservice"), name),
        exceptions_noted=_count(entry.get("exceptions_noted", entry.get("exceptions")), name, "exceptions_noted"),
        open_nonconformities=_count(
            entry.get("open_major_nonconformities", entry.get("major_nonconformities")), name, "nonconformities"
        ),
        target=_text(entry.get("target")),
        findings=_findings(entry.get("findings"), name),
        retests=_retests(entry.get("results", entry.get("retests")), name),
        scenario=_text(entry.get("scenario")),
        participants=_texts(entry.get("participants"), name, "participants"),
        domain=_text(entry.get("domain")),
        taxonomy=_text(entry.get("taxonomy") or entry.get("edition")),
        contents={str(key): bool(value) for key, value in _mapping(entry.get("contents"), name, "contents").items()},
        complete=_flag(entry.get("complete", entry.get("full_report")), name, "complete"),
        authentic=_flag(entry.get("authentic"), name, "authentic"),
        residual_risk=_text(entry.get("residual_risk")),
        compensating_controls=_text(entry.get("compensating_controls")),
        reason=_text(entry.get("reason")),
        vendor=_text(entry.get("vendor")),
        document_text=_text(entry.get("document_text")),
        links=_texts(entry.get("links"), name, "links"),
        series=_text(entry.get("series")),
        needs_review=_text(entry.get("needs_review")),
    )


def parse_deal(vendor: Mapping[str, Any], *, sectors: Sequence[str] = ()) -> Deal:
    """Return the deal of a vendor block: contracting entity and AI systems."""
    name = _text(vendor.get("name")) or "vendor"
    systems = []
    for entry in vendor.get("ai_systems", ()):
        changes = []
        for change in entry.get("material_changes") or ():
            value = (
                change
                if not isinstance(change, Mapping)
                else (change.get("on") or change.get("date") or change.get("changed_on"))
            )
            day = _date(value, name, "material_changes")
            if day:
                changes.append(day)
        uses_tools = entry.get("uses_tools", entry.get("agent", entry.get("tools")))
        systems.append(
            SystemFact(
                name=_text(entry.get("name")),
                takes_prompts=bool(entry.get("takes_prompts", True)),
                uses_tools=None if uses_tools is None else bool(uses_tools),
                high_impact=bool(entry.get("high_impact", False)),
                domain=_text(entry.get("domain")),
                in_production_since=_date(entry.get("in_production_since"), name, "in_production_since"),
                material_changes=tuple(sorted(changes)),
                prohibited_practice=bool(entry.get("prohibited_practice", False)),
            )
        )
    return Deal(
        vendor=name,
        contracting_entity=_text(vendor.get("contracting_entity")) or name,
        systems=tuple(systems),
        sectors=frozenset(sectors),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()


def _mapping(value: object, item: str, field: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise CatalogueInvalid(f"{item}: the field {field!r} must be a mapping, not {value!r}.")
    return value


def _texts(value: object, item: str, field: str) -> tuple[str, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, str):
        return (value.strip(),)
    if not isinstance(value, (list, tuple)):
        raise CatalogueInvalid(f"{item}: the field {field!r} must be a list, not {value!r}.")
    return tuple(_text(part.get("name") if isinstance(part, Mapping) else part) for part in value)


def _date(value: object, item: str, field: str) -> date | None:
    if value is None or value == "" or isinstance(value, Mapping):
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    day = one_date(str(value))
    if day is None:
        raise CatalogueInvalid(f"{item}: the field {field!r} is no date, or can mean two: {value!r}.")
    return day


def _flag(value: object, item: str, field: str) -> bool | None:
    if value is None or isinstance(value, bool):
        return value
    raise CatalogueInvalid(f"{item}: the field {field!r} must be true or false, not {value!r}.")


def _count(value: object, item: str, field: str) -> int | None:
    if value is None:
        return None
    if isinstance(value, (list, tuple)):
        return len(value)
    if isinstance(value, (bool, int)):
        return int(value)
    raise CatalogueInvalid(f"{item}: the field {field!r} must be a number or a list, not {value!r}.")


def _issuer(entry: Mapping[str, Any], item: str) -> Issuer:
    said = _text(entry.get("independence")) or "unknown"
    try:
        independence = Independence(said)
    except ValueError:
        raise CatalogueInvalid(f"{item}: {said!r} is no independence class of an issuer.") from None
    given = entry.get("accreditation")
    accreditation = None
    if given is not None:
        block = _mapping(given, item, "issuer.accreditation")
        accreditation = Accreditation(
            body=_text(block.get("body")),
            number=_text(block.get("number")),
            standards=_texts(block.get("standards"), item, "issuer.accreditation.standards"),
            status=_text(block.get("status")),
            valid_from=_date(block.get("valid_from"), item, "issuer.accreditation.valid_from"),
            valid_until=_date(block.get("valid_until"), item, "issuer.accreditation.valid_until"),
        )
    return Issuer(name=_text(entry.get("name")), independence=independence, accreditation=accreditation)


def _assessor(value: object, item: str) -> Assessor | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Assessor(name=value.strip())
    entry = _mapping(value, item, "assessor")
    return Assessor(
        name=_text(entry.get("name")),
        role=_text(entry.get("role")),
        credentials=_texts(entry.get("credentials"), item, "assessor.credentials"),
    )


def _person(value: object, item: str, field: str) -> Person | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Person(name=value.strip())
    entry = _mapping(value, item, field)
    return Person(name=_text(entry.get("name")), title=_text(entry.get("title")))


def _cover(value: object, item: str) -> Cover | None:
    if value is None:
        return None
    if isinstance(value, str):
        document, _, version = VERSION_AT_END.sub(r"\1\n\2", value.strip()).partition("\n")
        return Cover(document=document, version=version)
    entry = _mapping(value, item, "covers")
    return Cover(document=_text(entry.get("document")), version=_text(entry.get("version")))


def _carved_out(value: object, item: str) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(
        _text(entry.get("name")) or "a subservice organisation"
        for entry in value
        if isinstance(entry, Mapping) and "carve" in _text(entry.get("method")).casefold()
    )


def _findings(value: object, item: str) -> Mapping[str, int] | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {str(key): _count(number, item, f"findings.{key}") or 0 for key, number in value.items()}
    if isinstance(value, (list, tuple)):
        counted: dict[str, int] = {}
        for entry in value:
            severity = _text(entry.get("severity")) if isinstance(entry, Mapping) else ""
            counted[severity] = counted.get(severity, 0) + 1
        return counted
    raise CatalogueInvalid(f"{item}: the field 'findings' must count by severity, not {value!r}.")


def _retests(value: object, item: str) -> tuple[Retest, ...]:
    if isinstance(value, Mapping):
        return tuple(Retest(finding=_text(finding), result=_text(result)) for finding, result in value.items())
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(
        Retest(
            finding=_text(entry.get("finding") or entry.get("id")),
            severity=_text(entry.get("severity")),
            fixed_on=_date(entry.get("fixed_on"), item, "results.fixed_on"),
            retested_on=_date(entry.get("retested_on"), item, "results.retested_on"),
            result=_text(entry.get("result") or entry.get("status")),
        )
        for entry in value
        if isinstance(entry, Mapping)
    )
