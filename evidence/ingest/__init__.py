"""The text of evidence files by page: read in a capped process, cut into passages, searched for quotes."""

from evidence.ingest.reading import read, read_many
from evidence.ingest.types import Document, IngestRefused, Problem

__all__ = ["Document", "IngestRefused", "Problem", "read", "read_many"]
