"""One item of a framework with everything around it: what asks for it, what proves it, what it maps to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from accounts.models import Organisation
from evidence.catalogs.checklist import CHECKLIST
from evidence.frameworks import shelf
from evidence.frameworks.crosswalk import Neighbour, neighbours
from evidence.models import Control, Framework
from rfp.models import Question
from rfp.queries.frameworks.asking import is_requirement, questions_asking
from rfp.queries.frameworks.proof import Document, Rules, documents_for, rules_of

MOST_QUESTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """``documents`` is None for a person who may not read the evidence library."""

    item: Control
    rules: Rules | None
    earlier: Sequence[Control]
    later: Sequence[Control]
    editions: Sequence[Framework]
    questions: Sequence[Question]
    total_questions: int
    neighbours: Sequence[Neighbour]
    documents: Sequence[Document] | None

    @property
    def requirements(self) -> list[str]:
        """Return the requirements of the checklist that it is, or maps to."""
        if self.rules:
            return [self.item.ref]
        return [one.item.ref for one in self.neighbours if one.item.framework.slug == CHECKLIST]

    @property
    def proving(self) -> list[Document]:
        return [document for document in self.documents or () if document.proves]

    @property
    def could_prove(self) -> list[Document]:
        return [document for document in self.documents or () if not document.proves]


def sheet_of(organisation: Organisation, item: Control, *, on: date, with_evidence: bool) -> Sheet:
    """Return an item that the organisation sees, with its surroundings on a day."""
    around = neighbours(organisation, item)
    asking = questions_asking(organisation, item)
    editions = shelf.editions_after(organisation, item.framework)
    rules = rules_of(item.ref) if is_requirement(item) else None
    refs = [item.ref] if rules else [one.item.ref for one in around if is_requirement(one.item)]
    return Sheet(
        item=item,
        rules=rules,
        earlier=shelf.earlier_of(item),
        later=shelf.later_of(item, editions),
        editions=editions,
        questions=list(asking[:MOST_QUESTIONS]),
        total_questions=asking.count(),
        neighbours=around,
        documents=documents_for(organisation, refs, on=on) if with_evidence else None,
    )
