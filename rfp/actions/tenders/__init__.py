"""Tenders: defined, opened with sealed rules, closed, opened for scoring. Each act is one function."""
