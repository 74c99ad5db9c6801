"""What others may want to hear of the library: sent within the transaction in which it happens."""

from __future__ import annotations

from django.dispatch import Signal

# Evidence was withdrawn, or a new revision of it was confirmed. Sent with ``evidence`` and ``at``.
evidence_changed = Signal()
