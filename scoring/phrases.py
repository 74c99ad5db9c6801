"""Reading prose: what a text says is there, and what it says is left out.

"Assist and Rank, excluding the editor", "AI services are outside the boundary" and "Out of scope: agents" each leave
something out. "No exclusions" and "no injection succeeded" leave nothing out. Where a sentence can be read two ways,
more is taken to be left out rather than less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# A line break inside a sentence comes from the page, not from the author.
WRAPPED = re.compile(r"(?<![.:;!?\n])\n(?=[a-z(])")
CLAUSE = re.compile(
    r"(?<=[.!?;])\s+|\n+|\s*;\s*|,?\s+(?:but|while|whereas|although|though|however)\b,?\s*",
    re.I,
)
_VERB = r"(?:is|are|was|were|be|been|being|remains?|stays?|has (?:since |now )?been|have (?:since |now )?been|had been)"
_STANDS = r"(?:has|have|had|does|do|did|falls?|lies?|sits?|stays?|lives?|resides?|stayed|fell|lay|sat)"
_HOW = (
    r"(?:(?:explicitly|expressly|specifically|currently|deliberately|since|now|later|subsequently|meanwhile|yet|all"
    r"|also|both|itself|however|be|been"
    r"|being)\s+)*"
)
_SHOWN = (
    r"(?:included|covered|in scope|in the scope|in the boundary|inside|within|part of|a part of|tested|assessed"
    r"|examined|evaluated|reviewed|audited|considered|addressed|attempted|performed|executed|exercised|carried out"
    r"|conducted|described|defined|documented|present|provided|certified|sampled|specified|stated|set|given|run"
    r"|applicable|subject to|retested|monitored|measured|recorded|listed|tracked|applied|implemented|established"
    r"|made|validated|verified|checked|inspected|computed|calculated|reported|analy[sz]ed|investigated|looked at"
    r"|touched"
    r"|repeated|re-?measured|re-?assessed|re-?evaluated|quantified|drawn up|drafted|written|prepared|assigned"
    r"|appointed|nominated|differentiated|disaggregated|segmented|broken (?:down|out)|shown|displayed|collected"
    r"|produced|kept|compared|looked into|taken into account|split|mapped|tried|simulated|rehearsed"
    r"|practi[sc]ed|probed|attacked|scoped|brought in|onboarded|attested|opined on|foreseen|envisaged|prescribed"
    r"|mandated|provided for|arranged|available|added|introduced|incorporated"
    r"|integrated|created|determined|decided|settled|classified|accepted|approved|signed"
    r"|completed|agreed|justified|explained)"
)
# It is handled elsewhere, or came later: either way this paper says nothing about it.
_ELSEWHERE = (
    r"(?:(?:is|are|was|were|will be|being)\s+)?(?:the\s+)?(?:subject|part|matter)\s+(?:of"
    r"|to)\s+(?:an?\s+)?(?:\w+\s+)?"
    r"(?:separate|another|different|later|forthcoming|dedicated)\b"
    r"|(?:(?:is|are|was|were|will be|being)\s+)?(?:\w+\s+)?(?:in|by|under|with)\s+(?:an?\s+)?(?:separate|another"
    r"|different"
    r"|later|forthcoming|dedicated|future|next|following)\s+(?:polic\w+|procedure|memo\w*|agreement|contract"
    r"|runbook|study|workstream|project|certificat\w+|report|examination|assessment|audit"
    r"|engagement"
    r"|exercise|review|letter|plan|document|phase|test|cycle)\b"
    r"|(?:is|are|was|were|will be)\s+(?:\w+\s+)?separately\b"
    r"|(?:was|were|is|are|has been|have been)\s+(?:\w+\s+)?(?:launched|introduced|released|added|deployed|acquired"
    r"|built"
    r"|shipped|rolled out|put into (?:production|service))\s+(?:only\s+)?(?:after|since|following)\b"
)
_EXTENT = (
    r"(?:scope|boundar(?:y|ies)|perimeter|examination|audit|engagement|assessment|report|certificat\w+|exercise"
    r"|plan|polic\w+|document"
    r"|procedure|study|work|mandate|remit|review|testing|description)"
)
# What follows the marker is left out.
FORWARD = re.compile(
    rf"\bexcluding\b|\bexcludes?\b|\bexclusions?\s*(?:of|are|is|include)?\s*:?\s|\bexclusive of\b"
    rf"|\bexcept(?:ing|\s+for)?\b|\bwith the exception of\b|\bother than\b|\b(?:apart|aside) from\b|\bsave for\b"
    rf"|\bwithout\b|\bomit(?:s|ting)\b|\bleav(?:es|ing) out\b|\bcarv(?:es|ing) out\b|\b(?:lacks?|lacking"
    rf"|missing)\s(?!from|in\b)|\binstead of\b"
    rf"|\bnot\s+(?:including|covering|extending to|even)\b|^\s*(?:and\s+)?not\b(?!\s+{_SHOWN})"
    rf"|\b(?:do|does|did|will|shall|may|can|could|can(?=not))(?:\s*not|n[’']t)\s+(?:\w+\s+)?(?:cover|include"
    rf"|extend to|apply to|address"
    rf"|contain|comprise|encompass|describe|define|mention|name|test|assess|examine|evaluate|consider|concern"
    rf"|relate to|state|give|set|look at|touch|go into|reach|sample|review|audit|inspect|observe|verify|validate"
    rf"|check"
    rf"|re-?test|repeat|re-?measure|specify|break down|monitor|track|explain|justify|list|probe|rehearse|exercise"
    rf"|analy[sz]e|investigate|provide|offer|form part of|belong to|opine on|involve)\b"
    rf"|\b(?:unable to|refrain(?:s|ed) from|declin(?:ed|es) to|chose not to|decided not to)\s+(?:test|assess|examin"
    rf"|verif"
    rf"|validat|review|confirm|inspect|sampl|observ|cover|includ|retest)\w*"
    rf"|\b(?:stops|stopped|falls|fell|ends) short of\b|\b(?:nothing|no word|no statement|silent"
    rf"|no information)\s+(?:\w+\s+)?"
    rf"(?:about|on|regarding|as to)\b|\b(?:prior to|before|pre-?dat(?:es|ed|ing)) (?:the )?(?:launch|introduction"
    rf"|release"
    rf"|acquisition|roll-?out|addition|arrival) of\b|\bto the exclusion of\b|\bin lieu of\b"
    rf"|\b(?:excluded|omitted|left out|out[- ]of[- ]scope|not\s+{_HOW}{_SHOWN})\b"
    rf"(?:\s+(?:from|of|in)\s+(?:the\s+|this\s+)?{_EXTENT})?\s*(?::|\b{_VERB}\b)"
    rf"|\b(?:has|have|had|contains?|includes?|defines?|describes?|states?|provides?|gives?|sets?|carr(?:y|ies)|shows?"
    rf"|names?|lists?|bears?|mentions?|covers?|offers?|with|there (?:is|are|was|were))\s+(?:no|neither)\b"
    rf"|\b(?:planned|future)\s+(?:extension|expansion|inclusion)\s+(?:of|to)\b|\bnon-(?=AI\b)",
    re.I,
)
# What comes before the marker is left out.
BACKWARD = re.compile(
    rf"\b(?:(?P<verb>{_VERB})\s+)?{_HOW}(?:excluded|omitted|left out|carved[- ]out|de-?scoped|scoped out|skipped"
    rf"|dropped|left (?:for|to|until|over)|cut (?:from|for)|abandoned|cancelled|parked|shelved|put off|held over"
    rf"|removed from|deferred|postponed)\b"
    rf"|\b(?:{_VERB}\s+|could\s+|can\s+)?(?:not|never|cannot)\s+{_HOW}{_SHOWN}\b"
    rf"|\b(?:{_ELSEWHERE})"
    rf"|\b(?:falls?|lies?|sits?|stays?|lives?|resides?|remained|stayed|{_VERB})?\s*{_HOW}(?:outside|out of|beyond)\s+"
    rf"(?:of\s+)?(?:the|this|its|our)?\s*"
    rf"(?:\w+\s+){{0,2}}{_EXTENT}\b|\bout[- ]of[- ]scope\b"
    rf"|\bsee (?:the |our |a )?(?:next|later|future|forthcoming|separate)\b"
    rf"|\b(?:is|are|remains?) (?:only )?(?:an? |our |the )?(?:goal|aim|ambition|aspiration|intention|option"
    rf"|open (?:item|point|task)|to-?do"
    rf"|future (?:\w+))\b"
    rf"|\b(?:is |are |was |were |forms? )?no part of\b|\b(?:follows?|comes?|arrives?) (?:in|with|later"
    rf"|as part of)\b(?=[^.;]*\b(?:version|edition"
    rf"|release|phase|later|20\d\d|next|quarter|year|update)\b|\s*[.)]*$)"
    rf"|\b(?:{_VERB}\s+)?(?:still\s+)?(?:outstanding|awaited|overdue)\b(?=\s*[.)]*$)"
    rf"|\b(?:missing|absent|lacking)\b(?=\s*(?:from|in|at)\b|\s*[.)]*$)"
    rf"|\b(?:incomplete|pending|in progress|not started|tbd|unspecified|undefined|to follow)\b"
    r"|\bunder (?:discussion|development|construction|preparation|way)\b|\bunderway\b"
    rf"|\b(?:will|shall|to|must)\s+(?:still\s+)?be\s+(?:added|included|brought|defined|written|completed|determined"
    rf"|agreed|set)\b"
    rf"|\b(?:is|are)\s+(?:planned|scheduled|foreseen|intended)\b|\bplanned for\b"
    rf"|\b(?:(?:is|are|was|were|has|have|remains?)\s+)(?:still\s+|yet\s+)*to be\s+\w+\b"
    rf"|\b(?:is|are|was|were|does|do|did|has|have)(?:\s+not|n[’']t)\s*[.)]*$",
    re.I,
)
# "No tests of agents were performed" leaves out; "no injection succeeded" and "no drift was found" report results.
_THERE = (
    rf"(?:{_SHOWN}|agreed|available|in place|made|established|fixed|adopted|attached|named|listed|mentioned|used"
    r"|written)"
)
_ELEMENT = (
    r"(?:criteri\w+|thresholds?|limits|targets|versions?|history|revisions?|procedures?|plans?|sections?|metrics?"
    r"|tests?"
    r"|testing|scenarios?|owners?|approver|approval|process|mention|description|analysis)"
    r"(?!\s+(?:is|are|was|were|will be)\s+(?:needed|required|necessary|possible|mandatory))"
)
NONE_SHOWN = re.compile(rf"\b(?:no|neither)\b(?P<what>[^.;,]{{0,120}}?)\b{_VERB}\s+{_HOW}{_THERE}\b", re.I)
NO_ELEMENT = re.compile(rf"\b(?:no|nor|neither)\s+(?P<what>(?:[\w-]+\s+){{0,2}}{_ELEMENT})\b", re.I)
NOTHING_LEFT_OUT = re.compile(
    r"\b(?:no|not|nothing|none|never|without(?: any)?)\b[^.;]{0,40}\b(?:exclu\w*|omitted|left out|carved[- ]out"
    r"|skipped|dropped|removed|missing"
    r"|out of scope|outside)\b|\bexclusions?\s*:?\s*(?:none|nil|n/?a|no)\b",
    re.I,
)
# A word without which no marker can be there: most clauses are settled by it. It is looked for in the
# clause in small letters, which is many times quicker than to ignore case.
MAYBE = re.compile(
    r"exclu|except|other than|apart|aside|save for|without|omit|left|leav|carv|lack|missing|absent|instead"
    r"|no[tr]?\b|n[’']t"
    r"|non-|never|neither|out|beyond|scope|skip|drop|cut|abandon|cancel|parked|shelved|put off|held over|removed"
    r"|deferred|postponed|plan|future|pending|progress|incomplete"
    r"|tbd"
    r"|separate|another|different|later|forthcoming|dedicated|next|after|since|following|before|prior|pre-?dat"
    r"|short of"
    r"|outstanding|awaited|overdue|goal|aim|ambition|aspiration|intention|option|open|to-?do|see |no part|follow"
    r"|come|arriv|nothing|silent"
    r"|unable|refrain|declin|to the exclusion|in lieu|removed|yet"
    r"|undefined|unspecified|follow|under|will|shall|must|to be|scheduled|foreseen|intended"
)
OF_WHAT = re.compile(r"\s+(?:for|of|on|about|regarding|concerning|as to|to)\b[^,;]*", re.I)
SAID_TO_BE_IN = re.compile(rf"\b(?:{_VERB})\s+{_HOW}{_SHOWN}\b(?:\s+and\b)?|\bincludes?\b", re.I)
# No author writes a longer clause; a table without full stops is read in pieces.
LONGEST = 500
LONG = re.compile(rf"\S[\s\S]{{0,{LONGEST}}}(?=\s|$)|\S{{1,{LONGEST}}}")
ENDS_OBJECT = re.compile(r"\)|,\s*(?:including|which\s+(?:covers?|includes?)|and\s+(?:covers?|includes?))\b", re.I)
ASIDE = re.compile(r"^\s*(?:except|excepting|excluding|with the exception|apart|aside|save|other than)", re.I)


@dataclass(frozen=True, slots=True)
class Reading:
    """``kept`` is the text without what it leaves out; ``left_out`` are the phrases that name what is."""

    kept: str
    left_out: tuple[str, ...]


@lru_cache(maxsize=512)
def read_all(*texts: str) -> Reading:
    """Return the readings of several texts as one."""
    readings = [read(text) for text in texts if text]
    kept = "\n".join(reading.kept for reading in readings if reading.kept)
    return Reading(kept, tuple(phrase for reading in readings for phrase in reading.left_out))


@lru_cache(maxsize=4096)
def read(text: str) -> Reading:
    kept: list[str] = []
    left_out: list[str] = []
    for clause in clauses(text):
        rest = clause
        while rest:
            rest = _read_part(rest, kept, left_out)
    return Reading("\n".join(part for part in kept if part.strip()), tuple(part for part in left_out if part.strip()))


@lru_cache(maxsize=512)
def clauses(text: str) -> tuple[str, ...]:
    parts = (part for part in CLAUSE.split(WRAPPED.sub(" ", text)) if part and part.strip())
    return tuple(piece for part in parts for piece in (LONG.findall(part) if len(part) > LONGEST else (part,)))


def _read_part(clause: str, kept: list[str], left_out: list[str]) -> str:
    """Read a clause up to and with the first thing that it leaves out; return the rest, empty for none."""
    if not MAYBE.search(clause.casefold()) or NOTHING_LEFT_OUT.search(clause):
        kept.append(clause)
        return ""
    forward, backward = FORWARD.search(clause), BACKWARD.search(clause)
    none = NONE_SHOWN.search(clause) or NO_ELEMENT.search(clause)
    if none and not (forward and forward.start() < none.start()):
        kept.append(clause[: none.start()])
        # "No provision is made for informing authorities": what follows says of what there is none.
        after = OF_WHAT.match(clause[none.end() :])
        left_out.append(f"{none['what']}{after[0]}" if after else none["what"])
        return clause[none.end() + (after.end() if after else 0) :]
    if forward and not (backward and backward.start() < forward.start()):
        kept.append(clause[: forward.start()])
        rest = clause[forward.end() :]
        # "Except for Rank, all are covered": the aside ends at its comma.
        end = rest.find(",") if ASIDE.match(clause) and "," in rest else -1
        if end < 0:
            found = ENDS_OBJECT.search(rest)
            end = found.start() if found else len(rest)
        left_out.append(rest[:end])
        return rest[end + 1 :]
    if backward:
        start = _object_start(clause[: backward.start()], elliptic=_is_elliptic(backward, clause))
        kept.append(clause[:start])
        left_out.append(clause[start : backward.start()])
        return clause[backward.end() :].partition(",")[2]
    kept.append(clause)
    return ""


def _is_elliptic(marker: re.Match[str], clause: str) -> bool:
    """Return whether the marker stands without a verb, as in "Rank excluded" or "agents (not tested)"."""
    return marker["verb"] is None and not re.match(rf"\s*(?:{_VERB}|{_STANDS})\b", clause[marker.start() :], re.I)


def _object_start(before: str, *, elliptic: bool) -> int:
    """Return where the phrase that is left out begins: after what the clause says is in, or the last list item."""
    said = [found.end() for found in SAID_TO_BE_IN.finditer(before)]
    start = max(max(said, default=0), before.rstrip().rfind(": ") + 1)
    if elliptic:
        item = before.rstrip(" (")
        start = max(start, item.rfind(",") + 1, item.rfind("(") + 1)
    return start
