"""The words of the evidence library's pages."""

from __future__ import annotations

from collections.abc import Mapping

VERDICTS: Mapping[str, str] = {
    "accepted": "Accepted",
    "accepted_with_warnings": "Accepted, with warnings",
    "partly_accepted": "Partly accepted",
    "rejected": "Rejected",
    "needs_review": "Needs review",
    "unconfirmed": "Not confirmed",
    "withdrawn": "Withdrawn",
}
# How far a document was checked: never the bare word "verified".
LADDER: Mapping[str, str] = {
    "received": "Received",
    "consistent": "Consistent",
    "issuer_checked": "Issuer-checked",
    "in_doubt": "In doubt",
}
