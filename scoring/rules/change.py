"""R-CHANGE: no material change of the AI system after the evidence date without a reassessment (G-10)."""

from __future__ import annotations

import re
from datetime import date

from scoring.bundle import Bundle, are_linked
from scoring.dates import say
from scoring.rules.result import failed, passed
from scoring.series import effective_on
from scoring.types import RuleResult

RULE = "R-CHANGE"
REASSESSMENT = re.compile(r"\bre-?assess|\bre-?test|\bre-?evaluat|\bdelta\b|\btargeted\b|\bafter the change\b", re.I)


def check(bundle: Bundle) -> RuleResult:
    dated = evidence_date(bundle)
    for system in bundle.systems:
        changed = system.changed_on(bundle.on)
        if changed and (dated is None or changed > dated) and not _reassessed(bundle, changed):
            said = f"“{bundle.subject.title}” of {say(dated)}" if dated else f"“{bundle.subject.title}”"
            return failed(
                RULE, f"{system.name} changed materially on {say(changed)}, after {said}, and was not reassessed since."
            )
    return passed(RULE)


def evidence_date(bundle: Bundle) -> date | None:
    """Return the day the system was looked at; a review after it counts as the reassessment."""
    days = [bundle.setting.anchor(bundle.subject), bundle.subject.dates.get("last_review_on")]
    return max((day for day in days if day and day <= bundle.on), default=None)


def _reassessed(bundle: Bundle, changed: date) -> bool:
    """Return whether an outside body looked at the change: a linked report, later than it, that says so."""
    return any(
        fact.independent
        and are_linked(fact, bundle.subject)
        and changed <= effective_on(fact, bundle.setting) <= bundle.on
        and REASSESSMENT.search(f"{fact.title}\n{fact.scope}\n{fact.document_text}")
        for fact in bundle.setting.library
    )
