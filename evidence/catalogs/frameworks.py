"""Frameworks, their items and the crosswalk from requirements, read from the data files and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

from evidence.catalogs.checklist import CHECKLIST
from evidence.catalogs.headings import headings
from evidence.catalogs.mandate import DATA
from evidence.catalogs.mandate import load as load_mandate
from evidence.catalogs.problems import CatalogueInvalid, need, read_yaml
from evidence.catalogs.types import CrosswalkEntry, Framework, FrameworkItem

# Relation names of OSCAL control mapping.
RELATIONS = frozenset({"equal-to", "equivalent-to", "subset-of", "superset-of", "intersects-with", "no-relationship"})
_LLM_ITEM = re.compile(r"^(LLM\d{2})(?::(\d{4}))?$", re.I)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    name: str
    framework: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What a name stands for: a framework, perhaps an item, a note to show, or a question to ask back."""

    framework: str = ""
    item: str = ""
    note: str = ""
    asks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    frameworks: Mapping[str, Framework]
    crosswalk: tuple[CrosswalkEntry, ...]
    aliases: Mapping[str, Alias]

    def resolve(self, name: str) -> Resolved:
        """Return what a name that a buyer used stands for; nothing for an unknown one."""
        found = _LLM_ITEM.match(name.strip())
        if found:
            return self._llm_item(found[1].upper(), found[2])
        alias = self.aliases.get(_key(name))
        return Resolved(framework=alias.framework, note=alias.note) if alias else Resolved()

    def _llm_item(self, number: str, year: str | None) -> Resolved:
        if year is None:
            titles = " or ".join(
                f"“{item.title}” ({framework.edition[:4]})"
                for framework in self.frameworks.values()
                for item in framework.items.values()
                if item.ref.startswith(f"{number}:")
            )
            return Resolved(asks=f"{number} means {titles}: which year's list is meant?") if titles else Resolved()
        ref = f"{number}:{year}"
        for framework in self.frameworks.values():
            if ref in framework.items:
                newer = next(
                    (
                        item.ref
                        for other in self.frameworks.values()
                        for item in other.items.values()
                        if ref in item.predecessors
                    ),
                    "",
                )
                return Resolved(
                    framework=framework.id, item=ref, note=f"In the 2026 list this is {newer}." if newer else ""
                )
        return Resolved(asks=f"The {year} list is not in the catalogue: which item of the 2025 or 2026 list is meant?")


@cache
def load() -> Library:
    """Return the shipped frameworks, crosswalk and aliases.

    :raises CatalogueInvalid: if a file has a problem; the text names file, entry and value
    """
    return read(DATA)


def read(folder: Path) -> Library:
    names = read_yaml(folder / "aliases.yaml")
    effective = need(names, "effective", "aliases.yaml")
    frameworks = {}
    for file in sorted((folder / "frameworks").glob("*.yaml")):
        framework = _framework(file, effective)
        frameworks[framework.id] = framework
    for framework in frameworks.values():
        if framework.superseded_by and framework.superseded_by not in frameworks:
            raise CatalogueInvalid(f"{framework.id}: superseded_by {framework.superseded_by!r} is no framework.")
    aliases = {}
    for entry in need(names, "aliases", "aliases.yaml"):
        if entry["to"] not in frameworks:
            raise CatalogueInvalid(f"aliases.yaml: {entry['to']!r} is no framework.")
        for name in entry["names"]:
            aliases[_key(name)] = Alias(name=name, framework=entry["to"], note=entry.get("note", ""))
    return Library(frameworks=frameworks, crosswalk=_crosswalk(folder / "crosswalk.yaml", frameworks), aliases=aliases)


def _framework(file: Path, effective: Mapping[str, date]) -> Framework:
    content = read_yaml(file)
    head = need(content, "framework", file.name)
    items: dict[str, FrameworkItem] = {}
    for entry in need(content, "items", file.name):
        ref = str(need(entry, "id", file.name))
        if ref in items:
            raise CatalogueInvalid(f"{file.name}: the item {ref!r} stands there twice.")
        items[ref] = FrameworkItem(
            ref=ref,
            title=need(entry, "title", f"{file.name}: {ref}"),
            kind=entry.get("kind", ""),
            text=entry.get("text", entry.get("note", "")),
            group=entry.get("series", ""),
            predecessors=(entry["predecessor"],) if "predecessor" in entry else (),
        )
    if head.get("item_count", len(items)) != len(items):
        raise CatalogueInvalid(f"{file.name}: item_count says {head['item_count']}, there are {len(items)}.")
    name = str(need(head, "id", file.name))
    superseded_on = head.get("superseded_on")
    return Framework(
        id=name,
        name=need(head, "name", file.name),
        edition=str(need(head, "version", file.name)),
        publisher=head.get("publisher", ""),
        status=need(head, "status", file.name),
        effective_on=effective.get(name),
        superseded_by=head.get("superseded_by", ""),
        superseded_on=date.fromisoformat(superseded_on) if superseded_on else None,
        licence_note=head.get("licence_note", ""),
        items=_headed(items),
    )


def _headed(items: Mapping[str, FrameworkItem]) -> Mapping[str, FrameworkItem]:
    """Put every item under a heading; what the file says comes first."""
    derived = headings([(item.ref, item.title, item.kind) for item in items.values()])
    return {ref: replace(item, group=item.group or derived[ref]) for ref, item in items.items()}


def _crosswalk(file: Path, frameworks: Mapping[str, Framework]) -> tuple[CrosswalkEntry, ...]:
    requirements = load_mandate().requirements
    found = []
    for group in need(read_yaml(file), "mappings", file.name):
        requirement = str(need(group, "requirement", file.name))
        if requirement not in requirements:
            raise CatalogueInvalid(f"{file.name}: {requirement!r} is no requirement.")
        for entry in need(group, "mappings", f"{file.name}: {requirement}"):
            framework, ref, relation = entry["framework"], str(entry["ref"]), entry["relation"]
            where = f"{file.name}: {requirement} -> {framework} {ref}"
            if framework not in frameworks or ref not in frameworks[framework].items:
                raise CatalogueInvalid(f"{where}: there is no such item.")
            if relation not in RELATIONS:
                raise CatalogueInvalid(f"{where}: {relation!r} is no relation of OSCAL control mapping.")
            found.append(
                CrosswalkEntry(
                    source=CHECKLIST,
                    requirement=requirement,
                    framework=framework,
                    ref=ref,
                    relation=relation,
                    confidence=entry.get("confidence", ""),
                )
            )
    return tuple(found)


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "", name.casefold())
