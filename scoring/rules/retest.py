"""R-RETEST: every critical and high finding was retested by the independent tester after the fix and is closed."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.dates import say
from scoring.rules.result import failed, passed, review
from scoring.types import EvidenceFact, Retest, RuleResult

RULE = "R-RETEST"
BLOCKING = ("critical", "high")
SEVERITY_LETTERS = {"c": "critical", "h": "high", "m": "medium", "l": "low", "i": "info"}
CLOSED = frozenset({"closed", "fixed", "resolved", "remediated", "passed", "verified"})


def check(bundle: Bundle) -> RuleResult:
    report = _report(bundle)
    letter = bundle.of_kind("retest_letter")
    findings = dict(report.findings) if report and report.findings is not None else None
    if letter is None:
        if findings is None:
            return failed(RULE, "No retest is shown.")
        blocking = sum(findings.get(severity, 0) for severity in BLOCKING)
        if blocking:
            return failed(RULE, f"{blocking} critical or high findings of “{bundle.subject.title}” have no retest.")
        if not any(findings.values()):
            return review(RULE, f"“{bundle.subject.title}” reports no finding of any severity: a person has to look.")
        return passed(RULE)
    for retest in letter.retests:
        problem = _problem(retest, letter)
        if problem:
            return failed(RULE, problem)
    if findings is not None:
        retested = {
            severity: sum(1 for item in letter.retests if severity_of(item) == severity) for severity in BLOCKING
        }
        for severity in BLOCKING:
            missing = findings.get(severity, 0) - retested[severity]
            if missing > 0:
                return failed(
                    RULE, f"{missing} {severity} finding{'s' if missing > 1 else ''} of the report not retested."
                )
    elif not letter.retests:
        return failed(RULE, f"“{letter.title}” names no finding that was retested.")
    return passed(RULE)


def severity_of(retest: Retest) -> str:
    """Return the severity, read from the finding's id (H-1) when it is not stated."""
    return retest.severity.casefold() or SEVERITY_LETTERS.get(retest.finding[:1].casefold(), "")


def _problem(retest: Retest, letter: EvidenceFact) -> str:
    if severity_of(retest) not in (*BLOCKING, ""):
        return ""
    if retest.result.casefold() not in CLOSED:
        return f"Finding {retest.finding} is {retest.result or 'without a result'} after the retest."
    tested = retest.retested_on or letter.dates.get("retested_on") or letter.dates.get("issued_on")
    if retest.fixed_on and tested and tested < retest.fixed_on:
        return f"Finding {retest.finding} was retested on {say(tested)}, before it was fixed on {say(retest.fixed_on)}."
    return ""


def _report(bundle: Bundle) -> EvidenceFact | None:
    report = bundle.of_kind("red_team_report")
    if report is not None:
        return report
    linked = set(bundle.subject.links)
    return next(
        (
            fact
            for fact in bundle.library
            if fact.kind == "red_team_report" and (fact.id in linked or bundle.subject.id in fact.links)
        ),
        None,
    )
