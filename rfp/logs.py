"""What must not stand in a log."""

from __future__ import annotations

import logging
import re

# The link of an invitation lets somebody in, wherever it stands: as a path, or as the place to come back to.
SECRET = re.compile(r"(invitations(?:/|%2F))[\w-]{20,}", re.IGNORECASE)


class HideLinks(logging.Filter):
    """Cut the secret out of every line that names a link of an invitation."""

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        hidden = SECRET.sub(r"\1…", text)
        if hidden != text:
            record.msg, record.args = hidden, ()
        return True
