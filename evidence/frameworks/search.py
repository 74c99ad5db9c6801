"""Finding items of all frameworks that an organisation sees, by id and by words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django.db.models import Q

from accounts.models import Organisation
from evidence.catalogs.checklist import CHECKLIST
from evidence.models import Control, Framework

MOST = 20
CANDIDATES = 2000  # ranked; a search that fits more is too vague for its order to matter
_PUNCTUATION = "\"'“”‘’,;?!"


def find_items(
    organisation: Organisation, text: str, *, framework: int | None = None, most: int = MOST
) -> list[Control]:
    """Return up to MOST items that fit the text, the best first, each fetched with its framework.

    Every word has to stand in the item's ref, title, text or heading, or in a name of its framework, so that
    "iso 42001 A.6.2.4", "LLM06" and "kill switch" all find what is meant. Requirements of the checklist are items of
    the framework whose slug is ``CHECKLIST``. FRAMEWORK narrows the search to one, by its pk. No text finds nothing.
    """
    words = _words(text)
    if not words:
        return []
    named = _frameworks_named(organisation, words)
    rows = Control.objects.filter(framework__in=Framework.objects.seen_by(organisation)).select_related("framework")
    if framework is not None:
        rows = rows.filter(framework=framework)
    for word in words:
        rows = rows.filter(
            Q(ref__icontains=word)
            | Q(title__icontains=word)
            | Q(text__icontains=word)
            | Q(group__icontains=word)
            | Q(framework__in=named[word])
        )
    found = list(rows.order_by("framework__slug", "position", "pk")[:CANDIDATES])
    superseded = set(
        Framework.objects.filter(newer__in=Framework.objects.seen_by(organisation)).values_list("pk", flat=True)
    )
    order = sorted(
        range(len(found)),
        key=lambda at: (-_score(found[at], words, named), found[at].framework_id in superseded, at),
    )
    return [found[at] for at in order[:most]]


def _words(text: str) -> list[str]:
    """Return the words to look for; a plural finds its singular too."""
    words = [word.strip(_PUNCTUATION) for word in text[:200].casefold().split()]
    return [word[:-1] if re.fullmatch(r"[a-z]{4,}[^s]s", word) else word for word in words if word]


def _frameworks_named(organisation: Organisation, words: Sequence[str]) -> Mapping[str, set[int]]:
    """Return by word the frameworks whose id, name, edition or alias has it."""
    named: dict[str, set[int]] = {word: set() for word in words}
    for row in Framework.objects.seen_by(organisation).prefetch_related("aliases"):
        names = " ".join([row.slug, row.name, row.edition, row.publisher, *(alias.name for alias in row.aliases.all())])
        for word in named:
            if word in names.casefold():
                named[word].add(row.pk)
    return named


def _score(item: Control, words: Sequence[str], named: Mapping[str, set[int]]) -> float:
    """Say how well an item fits: its ref above its title, its title above its text; the checklist above its equals."""
    ref, title = item.ref.casefold(), item.title.casefold()
    own = [word for word in words if item.framework_id not in named[word]]
    score = 0.5 if item.framework.slug == CHECKLIST else 0.0
    if ref in (" ".join(words), " ".join(own)):
        score += 1000
    elif own and ref.startswith(" ".join(own)):
        score += 100
    if title == " ".join(words):
        score += 50
    return score + sum(_weight(word, ref, title) for word in own or words)


def _weight(word: str, ref: str, title: str) -> float:
    if re.search(rf"(?<!\w){re.escape(word)}", title):
        return 10
    if word in ref:
        return 8
    return 4 if word in title else 1
