"""What an edit of a layout is refused with."""

from __future__ import annotations


class EditRefused(Exception):
    """The edit makes no sense here; the text says why and what to do."""
