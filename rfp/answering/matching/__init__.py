"""Decide whether an approved library answer answers a buyer's question."""

from rfp.answering.matching.matcher import Found, KnownAnswer, Looked, Matcher, Near

__all__ = ["Found", "KnownAnswer", "Looked", "Matcher", "Near"]
