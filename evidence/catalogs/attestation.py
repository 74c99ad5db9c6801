"""An attestation as a document of named fields, turned into the judge's ``EvidenceFact`` and checked on the way."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evidence.catalogs import fields
from evidence.catalogs.problems import CatalogueInvalid
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
CARVED_OUT = re.compile(r"\bcarv|\bexclu", re.I)
SOMEBODY = "a subservice organisation"
# "MIRP 2.0" and "MIRP, version 2.0" name the same document and version.
VERSION_AT_END = re.compile(r"^(.*?\S)[\s,]+(?:version\s*|v\.?\s*)?(\d+(?:[.-]\d+)*)$", re.I)


def parse_evidence(entry: Mapping[str, Any]) -> EvidenceFact:
    """Return the fact of one attestation; unknown fields are left alone, known ones must be of the right kind.

    :raises CatalogueInvalid: if a field cannot be read; the text names the item and the field
    """
    name = fields.text(entry.get("id"))
    if not name:
        raise CatalogueInvalid("An attestation has no id.")
    if not entry.get("kind"):
        raise CatalogueInvalid(f"{name}: the field 'kind' is missing.")
    dates = {}
    for key, value in fields.mapping(entry.get("dates"), name, "dates").items():
        day = fields.day(value, name, f"dates.{key}")
        if day is not None:
            dates[SYNONYMS.get(key, key)] = day
    return EvidenceFact(
        id=name,
        title=fields.text(entry.get("title")) or fields.text(entry["kind"]).replace("_", " "),
        kind=fields.text(entry["kind"]),
        revision=fields.count(entry.get("revision", 1), name, "revision") or 1,
        issuer=_issuer(fields.mapping(entry.get("issuer"), name, "issuer"), name),
        assessor=_assessor(entry.get("assessor"), name),
        dates=dates,
        status=fields.text(entry.get("status")) or "active",
        scheme=fields.text(entry.get("scheme") or entry.get("standard")),
        number=fields.text(entry.get("number") or entry.get("certificate_number")),
        scope=fields.text(entry.get("scope")),
        ai_systems=fields.texts(entry.get("ai_systems"), name, "ai_systems"),
        legal_entity=fields.text(entry.get("legal_entity") or entry.get("entity") or entry.get("certified_entity")),
        version=fields.text(entry.get("version")),
        revision_history=fields.texts(entry.get("revision_history"), name, "revision_history"),
        approver=_person(entry.get("approver"), name, "approver"),
        requester=_person(entry.get("requester"), name, "requester"),
        signer=_person(
            entry.get("signer") or fields.mapping(entry.get("dates"), name, "dates").get("signer"), name, "signer"
        ),
        attests_version=fields.text(entry.get("attests_version")),
        covers=_cover(entry.get("covers"), name),
        covers_requirements=fields.texts(entry.get("covers_requirements"), name, "covers_requirements"),
        conclusion=fields.text(entry.get("conclusion")),
        result=fields.text(entry.get("result") or entry.get("outcome")),
        criteria=fields.texts(entry.get("criteria"), name, "criteria"),
        opinion=fields.text(entry.get("opinion")),
        qualified_criteria=fields.texts(
            entry.get("qualified_criteria") or entry.get("qualified_on"), name, "qualified_criteria"
        ),
        carved_out=_carved_out(entry.get("subservice"), name),
        exceptions_noted=fields.count(entry.get("exceptions_noted", entry.get("exceptions")), name, "exceptions_noted"),
        open_nonconformities=fields.count(
            entry.get("open_major_nonconformities", entry.get("major_nonconformities")), name, "nonconformities"
        ),
        target=fields.text(entry.get("target")),
        findings=_findings(entry.get("findings"), name),
        retests=_retests(entry.get("results", entry.get("retests")), name),
        scenario=fields.text(entry.get("scenario")),
        participants=fields.texts(entry.get("participants"), name, "participants"),
        domain=fields.text(entry.get("domain")),
        taxonomy=fields.text(entry.get("taxonomy") or entry.get("edition")),
        contents={
            str(key): bool(value) for key, value in fields.mapping(entry.get("contents"), name, "contents").items()
        },
        complete=fields.flag(entry.get("complete", entry.get("full_report")), name, "complete"),
        authentic=fields.flag(entry.get("authentic"), name, "authentic"),
        residual_risk=fields.text(entry.get("residual_risk")),
        compensating_controls=fields.text(entry.get("compensating_controls")),
        reason=fields.text(entry.get("reason")),
        vendor=fields.text(entry.get("vendor")),
        document_text=fields.text(entry.get("document_text")),
        links=fields.texts(entry.get("links"), name, "links"),
        series=fields.text(entry.get("series")),
        needs_review=fields.text(entry.get("needs_review")),
    )


def parse_deal(vendor: Mapping[str, Any], *, sectors: Sequence[str] = ()) -> Deal:
    """Return the deal of a vendor block: contracting entity and AI systems."""
    name = fields.text(vendor.get("name")) or "vendor"
    systems = []
    for entry in vendor.get("ai_systems", ()):
        changes = []
        for change in entry.get("material_changes") or ():
            value = (
                change
                if not isinstance(change, Mapping)
                else (change.get("on") or change.get("date") or change.get("changed_on"))
            )
            day = fields.day(value, name, "material_changes")
            if day:
                changes.append(day)
        uses_tools = entry.get("uses_tools", entry.get("agent", entry.get("tools")))
        systems.append(
            SystemFact(
                name=fields.text(entry.get("name")),
                takes_prompts=bool(entry.get("takes_prompts", True)),
                uses_tools=None if uses_tools is None else bool(uses_tools),
                high_impact=bool(entry.get("high_impact", False)),
                domain=fields.text(entry.get("domain")),
                in_production_since=fields.day(entry.get("in_production_since"), name, "in_production_since"),
                material_changes=tuple(sorted(changes)),
                prohibited_practice=bool(entry.get("prohibited_practice", False)),
            )
        )
    return Deal(
        vendor=name,
        contracting_entity=fields.text(vendor.get("contracting_entity")) or name,
        systems=tuple(systems),
        sectors=frozenset(sectors),
    )


def _issuer(entry: Mapping[str, Any], item: str) -> Issuer:
    said = fields.text(entry.get("independence")) or "unknown"
    try:
        independence = Independence(said)
    except ValueError:
        raise CatalogueInvalid(f"{item}: {said!r} is no independence class of an issuer.") from None
    given = entry.get("accreditation")
    accreditation = None
    if given is not None:
        block = fields.mapping(given, item, "issuer.accreditation")
        accreditation = Accreditation(
            body=fields.text(block.get("body")),
            number=fields.text(block.get("number")),
            standards=fields.texts(block.get("standards"), item, "issuer.accreditation.standards"),
            status=fields.text(block.get("status")),
            valid_from=fields.day(block.get("valid_from"), item, "issuer.accreditation.valid_from"),
            valid_until=fields.day(block.get("valid_until"), item, "issuer.accreditation.valid_until"),
        )
    return Issuer(name=fields.text(entry.get("name")), independence=independence, accreditation=accreditation)


def _assessor(value: object, item: str) -> Assessor | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Assessor(name=value.strip())
    entry = fields.mapping(value, item, "assessor")
    return Assessor(
        name=fields.text(entry.get("name")),
        role=fields.text(entry.get("role")),
        credentials=fields.texts(entry.get("credentials"), item, "assessor.credentials"),
    )


def _person(value: object, item: str, field: str) -> Person | None:
    if value is None:
        return None
    if isinstance(value, str):
        return Person(name=value.strip())
    entry = fields.mapping(value, item, field)
    return Person(name=fields.text(entry.get("name")), title=fields.text(entry.get("title")))


def _cover(value: object, item: str) -> Cover | None:
    if value is None:
        return None
    if isinstance(value, str):
        document, _, version = VERSION_AT_END.sub(r"\1\n\2", value.strip()).partition("\n")
        return Cover(document=document, version=version)
    entry = fields.mapping(value, item, "covers")
    return Cover(document=fields.text(entry.get("document")), version=fields.text(entry.get("version")))


def _carved_out(value: object, item: str) -> tuple[str, ...]:
    """Return the subservice organisations that a report leaves out, however the method is written down."""
    entries = value if isinstance(value, (list, tuple)) else [value]
    return tuple(name for entry in entries if (name := _carved_out_name(entry)))


def _carved_out_name(entry: object) -> str:
    if isinstance(entry, Mapping):
        return (
            (fields.text(entry.get("name")) or SOMEBODY) if CARVED_OUT.search(fields.text(entry.get("method"))) else ""
        )
    said = fields.text(entry)
    return re.split(r"[(:,]", said)[0].strip() or SOMEBODY if CARVED_OUT.search(said) else ""


def _findings(value: object, item: str) -> Mapping[str, int] | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return {str(key): fields.count(number, item, f"findings.{key}") or 0 for key, number in value.items()}
    if isinstance(value, (list, tuple)):
        counted: dict[str, int] = {}
        for entry in value:
            severity = fields.text(entry.get("severity")) if isinstance(entry, Mapping) else ""
            counted[severity] = counted.get(severity, 0) + 1
        return counted
    raise CatalogueInvalid(f"{item}: the field 'findings' must count by severity, not {value!r}.")


def _retests(value: object, item: str) -> tuple[Retest, ...]:
    if isinstance(value, Mapping):
        return tuple(
            Retest(finding=fields.text(finding), result=fields.text(result)) for finding, result in value.items()
        )
    if not isinstance(value, (list, tuple)):
        return ()
    return tuple(
        Retest(
            finding=fields.text(entry.get("finding") or entry.get("id")),
            severity=fields.text(entry.get("severity")),
            fixed_on=fields.day(entry.get("fixed_on"), item, "results.fixed_on"),
            retested_on=fields.day(entry.get("retested_on"), item, "results.retested_on"),
            result=fields.text(entry.get("result") or entry.get("status")),
        )
        for entry in value
        if isinstance(entry, Mapping)
    )
