"""The catalogue that requirements come from, and the library that proves them."""

from evidence.models.answer import Audience, LibraryAnswer
from evidence.models.catalogue import CatalogueRelease, Control, Crosswalk, Framework, Requirement
from evidence.models.library import Evidence, EvidenceLink, EvidenceRevision, Passage
from evidence.models.stored_file import StoredFile
from evidence.models.system import AISystem, MaterialChange

__all__ = [
    "AISystem",
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
    "Passage",
    "Requirement",
    "StoredFile",
]
