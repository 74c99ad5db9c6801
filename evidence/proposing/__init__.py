"""Facts proposed from the text of a document, each with the page and the words it was read from.

A proposal is never more than what a person compares with the document before it counts. What the text says is proposed
as ``sure``; what only follows from it, or from how such documents usually are, is not.
"""

from evidence.proposing.reader import propose
from evidence.proposing.types import Known, KnownDocument, Proposal

__all__ = ["Known", "KnownDocument", "Proposal", "propose"]
