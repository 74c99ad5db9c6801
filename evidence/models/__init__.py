"""The catalogue that requirements come from, and the library that proves them."""

from evidence.models.answer import (
    UNDECIDED,
    AnswerState,
    AnswerVersion,
    LibraryAnswer,
    VersionState,
)
from evidence.models.answer_pair import AnswerPair, PairJudgement
from evidence.models.audience import Audience
from evidence.models.catalogue import CatalogueRelease, Control, Crosswalk, Framework, Requirement
from evidence.models.library import Evidence, EvidenceLink, EvidenceRevision, Passage
from evidence.models.stored_file import StoredFile
from evidence.models.system import AISystem, MaterialChange

__all__ = [
    "UNDECIDED",
    "AISystem",
    "AnswerPair",
    "AnswerState",
    "AnswerVersion",
    "Audience",
    "CatalogueRelease",
    "Control",
    "Crosswalk",
    "Evidence",
    "EvidenceLink",
    "EvidenceRevision",
    "Framework",
    "LibraryAnswer",
    "MaterialChange",
    "PairJudgement",
    "Passage",
    "Requirement",
    "StoredFile",
    "VersionState",
]
