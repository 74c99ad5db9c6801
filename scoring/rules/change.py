"""R-CHANGE: no material change of the AI system after the evidence date without a reassessment (G-10)."""

from __future__ import annotations

from datetime import date

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-CHANGE"


def check(bundle: Bundle) -> RuleResult:
    dated = evidence_date(bundle)
    systems = (bundle.system,) if bundle.system else bundle.deal.systems
    for system in systems:
        changed = max((day for day in system.material_changes if day <= bundle.on), default=None)
        if changed and (dated is None or changed > dated):
            said = f"“{bundle.subject.title}” of {say(dated)}" if dated else f"“{bundle.subject.title}”"
            return failed(RULE, f"{system.name} changed materially on {say(changed)}, after {said}.")
    return passed(RULE)


def evidence_date(bundle: Bundle) -> date | None:
    """Return the day the system was looked at; a review after it counts as the reassessment."""
    days = [bundle.anchor(bundle.subject), bundle.subject.dates.get("last_review_on")]
    known = [day for day in days if day]
    return max(known) if known else None
