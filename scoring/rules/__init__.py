"""The rules by id. Each is a small function of a bundle of artefacts; the requirement says which apply to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scoring.bundle import Bundle
from scoring.rules import (
    accred,
    age,
    assessor,
    change,
    complete,
    content,
    entity,
    executive,
    exercise,
    indep,
    kind,
    link,
    opinion,
    period,
    retest,
    review,
    risk_acceptance,
    scope_ai,
    scope_system,
    target,
    valid,
    version,
    warnings,
)
from scoring.types import RuleResult

Check = Callable[[Bundle], RuleResult]

RULES: Mapping[str, Check] = {
    "R-KIND": kind.check,
    "R-INDEP": indep.check,
    "R-ACCRED": accred.check,
    "R-ASSESSOR": assessor.check,
    "R-AGE": age.check,
    "R-VALID": valid.check,
    "R-SCOPE-AI": scope_ai.check,
    "R-ENTITY": entity.check,
    "R-SCOPE-SYSTEM": scope_system.check,
    "R-CONTENT": content.check,
    "R-EXEC": executive.check,
    "R-VERSION": version.check,
    "R-REVIEW": review.check,
    "R-EXERCISE": exercise.check,
    "R-RETEST": retest.check,
    "R-OPINION": opinion.check,
    "R-TARGET": target.check,
    "R-LINK": link.check,
    "R-CHANGE": change.check,
    "R-COMPLETE": complete.check,
    "R-PERIOD": period.check,
    "G-6": risk_acceptance.check,
    "W-EXPIRING": warnings.expiring,
    "W-PERIOD-STALE": warnings.period_stale,
    "W-PERIOD-SHORT": warnings.period_short,
    "W-CARVEOUT": warnings.carve_out,
    "W-EXCEPTIONS": warnings.exceptions,
    "W-EDITION": warnings.edition,
    "W-QUALIFIED": warnings.qualified,
}
