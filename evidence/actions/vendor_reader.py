"""A vendor file read and checked whole: every field is of its kind before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from accounts.models import Role
from evidence.actions.systems import SystemEntry
from evidence.catalogs.attestation import parse_evidence
from evidence.catalogs.problems import CatalogueInvalid, need, read_yaml
from scoring.dates import one_date

KEYS = frozenset({"vendor", "people", "systems", "evidence", "confirmed_by", "verified_by"})
LONGEST_TEXT = 200
LONGEST_REFERENCE = 60
_SLUG = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
# It names the document's file too.
_REFERENCE = re.compile(r"[^/\\\x00-\x1f]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonEntry:
    email: str
    name: str
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VendorFile:
    """``evidence`` holds the facts of each attestation by its id; a text is empty where the file has none."""

    name: str
    slug: str
    legal_entity: str
    people: tuple[PersonEntry, ...]
    systems: tuple[SystemEntry, ...]
    evidence: Mapping[str, Mapping[str, Any]]
    confirmed_by: str
    verified_by: str


def read_vendor(path: Path) -> VendorFile:
    """:raises CatalogueInvalid: if the file has a problem; the text names the item and the field"""
    content = read_yaml(path)
    for key in content:
        if key not in KEYS:
            raise CatalogueInvalid(
                f"{path.name}: {key!r} is no key of a vendor file; keys are {', '.join(sorted(KEYS))}."
            )
    vendor = need(content, "vendor", path.name)
    if not isinstance(vendor, Mapping):
        raise CatalogueInvalid(f"{path.name}: the field 'vendor' must be a mapping, not {vendor!r}.")
    people = tuple(_person(entry, where) for entry, where in _entries(content, "people", path.name))
    confirmed_by, verified_by = (_one_of(people, content, key, path.name) for key in ("confirmed_by", "verified_by"))
    if verified_by and verified_by == confirmed_by:
        raise CatalogueInvalid(f"{path.name}: verified_by: {verified_by} confirmed the facts; name a second person.")
    return VendorFile(
        name=_text(vendor, "name", "vendor"),
        slug=_matching(_SLUG, _text(vendor, "slug", "vendor", most=80), "vendor: slug", "letters, digits and hyphens"),
        legal_entity=_text(vendor, "legal_entity", "vendor", needed=False),
        people=people,
        systems=_systems(content, path.name),
        evidence=_evidence(content, path.name),
        confirmed_by=confirmed_by,
        verified_by=verified_by,
    )


def _person(entry: Mapping[str, Any], where: str) -> PersonEntry:
    email = _matching(_EMAIL, _text(entry, "email", where, most=254), f"{where}: email", "an e-mail address").lower()
    roles = _list(entry, "roles", email)
    for name in roles:
        if name not in Role.values:
            raise CatalogueInvalid(f"{where}: {email}: {name!r} is no role; roles are {', '.join(Role.values)}.")
    return PersonEntry(
        email=email, name=_text(entry, "name", email, needed=False), roles=tuple(Role(name) for name in roles)
    )


def _one_of(people: Sequence[PersonEntry], content: Mapping[str, Any], key: str, where: str) -> str:
    email = _text(content, key, where, needed=False)
    if email and email.lower() not in {person.email for person in people}:
        raise CatalogueInvalid(f"{where}: {key}: {email!r} is none of the people in the file.")
    return email.lower()


def _systems(content: Mapping[str, Any], where: str) -> tuple[SystemEntry, ...]:
    systems: dict[str, SystemEntry] = {}
    for entry, place in _entries(content, "systems", where):
        system = _system(entry, place)
        if system.name.casefold() in systems:
            raise CatalogueInvalid(f"{where}: systems: {system.name!r} stands there twice.")
        systems[system.name.casefold()] = system
    return tuple(systems.values())


def _system(entry: Mapping[str, Any], where: str) -> SystemEntry:
    name = _text(entry, "name", where)
    changes = []
    for change in _list(entry, "material_changes", name):
        given = change if isinstance(change, Mapping) else {"on": change}
        day = _day(given, "on", f"{name}: material_changes")
        if day is None:
            raise CatalogueInvalid(f"{name}: the field 'material_changes' has a change without its day, 'on'.")
        changes.append((day, _text(given, "what", f"{name}: material_changes", needed=False)))
    return SystemEntry(
        name=name,
        kind=_text(entry, "kind", name, needed=False),
        takes_prompts=_flag(entry, "takes_prompts", name, default=True),
        uses_tools=_flag(entry, "uses_tools", name, default=False),
        affects_people=_flag(entry, "affects_people", name, default=True),
        high_impact=_flag(entry, "high_impact", name, default=False),
        domain=_text(entry, "domain", name, needed=False, most=80),
        in_production_since=_day(entry, "in_production_since", name),
        material_changes=changes,
    )


def _evidence(content: Mapping[str, Any], where: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for entry, place in _entries(content, "evidence", where):
        name = _text(entry, "id", place, most=LONGEST_REFERENCE)
        _matching(_REFERENCE, name, f"{place}: id", "a name without slashes")
        if name in found:
            raise CatalogueInvalid(f"{where}: evidence: the id {name} stands there twice.")
        for link in _list(entry, "links", name):
            if not isinstance(link, str):
                raise CatalogueInvalid(f"{name}: the field 'links' must list ids, not {link!r}.")
        parse_evidence(entry)
        found[name] = entry
    return found


def _entries(content: Mapping[str, Any], key: str, where: str) -> Iterator[tuple[Mapping[str, Any], str]]:
    for number, entry in enumerate(_list(content, key, where), start=1):
        place = f"{where}: {key} {number}"
        if not isinstance(entry, Mapping):
            raise CatalogueInvalid(f"{place} must be a mapping of fields, not {entry!r}.")
        yield entry, place


def _list(entry: Mapping[str, Any], key: str, where: str) -> Sequence[Any]:
    value = entry.get(key)
    if value is None:
        return ()
    if not isinstance(value, list):
        raise CatalogueInvalid(f"{where}: the field {key!r} must be a list, not {value!r}.")
    return value


def _text(entry: Mapping[str, Any], key: str, where: str, *, needed: bool = True, most: int = LONGEST_TEXT) -> str:
    value = need(entry, key, where) if needed else entry.get(key) or ""
    if not isinstance(value, str) or (needed and not value.strip()):
        raise CatalogueInvalid(f"{where}: the field {key!r} must be a text, not {value!r}.")
    if len(value.strip()) > most:
        raise CatalogueInvalid(f"{where}: the field {key!r} is longer than {most} characters.")
    return value.strip()


def _matching(pattern: re.Pattern[str], value: str, where: str, wanted: str) -> str:
    if not pattern.fullmatch(value):
        raise CatalogueInvalid(f"{where}: {value!r} is not of the right form: {wanted}.")
    return value


def _flag(entry: Mapping[str, Any], key: str, where: str, *, default: bool) -> bool:
    value = entry.get(key)
    if value is None:
        return default
    if not isinstance(value, bool):
        raise CatalogueInvalid(f"{where}: the field {key!r} must be true or false, not {value!r}.")
    return value


def _day(entry: Mapping[str, Any], key: str, where: str) -> date | None:
    value = entry.get(key)
    if value is None or value == "":
        return None
    day = value.date() if isinstance(value, datetime) else value
    day = day if isinstance(day, date) else one_date(str(value))
    if day is None:
        raise CatalogueInvalid(f"{where}: the field {key!r} is no date: {value!r}.")
    return day
