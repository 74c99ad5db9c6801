"""The requirements of the checklist in the words a person looks them up by."""

from __future__ import annotations

from functools import cache

from evidence.catalogs import mandate


@cache
def requirement_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the requirements that a question can ask for, by category: id, and id with title."""
    catalogue = mandate.load()
    titles = {category.id: category.title for category in catalogue.categories}
    grouped: dict[str, list[tuple[str, str]]] = {}
    for requirement in catalogue.requirements.values():
        title = titles.get(requirement.category, requirement.category.replace("_", " ").capitalize())
        grouped.setdefault(title, []).append((requirement.id, f"{requirement.id} {requirement.title}"))
    return list(grouped.items())
