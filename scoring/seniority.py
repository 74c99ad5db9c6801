"""Whether a job title is that of an executive, who alone may attest (R-EXEC) and accept risks (G-6)."""

from __future__ import annotations

import re
from enum import StrEnum

EXECUTIVE = re.compile(
    r"\bchief\b|\bc(?:[aefimorst]|is|pr|lo)o\b|\bcdao\b|\bcaio\b|\b(?:vice[- ])?president\b|\b[se]?vp\b"
    r"|\bmanaging (?:director|partner)\b"
    r"|\bexecutive (?:director|officer|board)\b|\bdirector\b|\bboard (?:member|of)\b|\bmember of the (?:\w+ )*board\b"
    r"|\bgeneral (?:counsel|manager)\b|\bowner\b|\b(?:co-?)?founder\b|\bvorstand\b|\bgeschäftsführer(?:in)?\b"
    r"|\bprokurist(?:in)?\b|\btreasurer\b|\bchair(?:man|woman|person)?\b",
    re.I,
)
UNCLEAR = re.compile(r"\bhead\b|\bexecutive\b|\bpartner\b|\bprincipal\b|\blead(?:er)? of\b|\bleiter(?:in)?\b", re.I)
# These words make another job of the one they stand beside.
OTHER = re.compile(
    r"\bassistant\b|\bsecretary\b|\bintern\b|\btrainee\b|\bassociate\b|\b(?:account|sales|business) (?:executive"
    r"|partner|director)\b"
    r"|\bart director\b|\bto the\b|\bon behalf of\b|\bfor the\b|\bproduct owner\b|\bprocess owner\b|\bdata owner\b"
    r"|\boffice of\b",
    re.I,
)


class Seniority(StrEnum):
    EXECUTIVE = "executive"
    UNCLEAR = "unclear"
    OTHER = "other"


def seniority(title: str) -> Seniority:
    if OTHER.search(title):
        return Seniority.OTHER
    if EXECUTIVE.search(title):
        return Seniority.EXECUTIVE
    return Seniority.UNCLEAR if UNCLEAR.search(title) else Seniority.OTHER
