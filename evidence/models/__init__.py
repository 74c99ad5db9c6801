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
from evidence.models.catalogue import CatalogueRelease, Control, Framework, FrameworkAlias
from evidence.models.checks import CheckResult, OutsideCheck, Withdrawal
from evidence.models.crosswalk import Crosswalk, CrosswalkStatus, Relation
from evidence.models.draft import Draft
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
    "CheckResult",
    "Control",
    "Crosswalk",
    "CrosswalkStatus",
    "Draft",
    "Evidence",
    "EvidenceLink",
    "EvidenceRevision",
    "Framework",
    "FrameworkAlias",
    "LibraryAnswer",
    "MaterialChange",
    "OutsideCheck",
    "PairJudgement",
    "Passage",
    "Relation",
    "StoredFile",
    "VersionState",
    "Withdrawal",
]
