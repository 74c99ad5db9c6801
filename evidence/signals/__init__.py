"""Reasons to look at a document more closely: never a verdict, and none of them proves anything by itself."""

from evidence.signals.reasons import Reason, Seen, reasons

__all__ = ["Reason", "Seen", "reasons"]
