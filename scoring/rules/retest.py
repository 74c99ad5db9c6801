"""R-RETEST: every critical and high finding was retested by the independent tester after the fix and is closed.

Medium and low findings do not block. A report that shows no critical or high finding needs no retest; one without any
finding at all is for a person to look at (DOMAIN 5.6).
"""

from __future__ import annotations

import re

from scoring.bundle import Bundle, are_linked
from scoring.dates import say
from scoring.findings import BLOCKING, blocking, by_severity, none_found, severity_of
from scoring.rules.result import failed, passed, review
from scoring.series import effective_on
from scoring.types import EvidenceFact, Retest, RuleResult

RULE = "R-RETEST"
CLOSED = re.compile(
    r"^\W*(?:re-?tested\W+)?(?:closed|fixed|resolved|remediated|pass|passed|verified|confirmed|effective"
    r"|mitigation effective"
    r"|successfully|fix(?:es)? (?:is |was |were )?(?:confirmed|verified|effective|holds)|remediation (?:confirmed"
    r"|verified|effective)"
    r"|no longer|not (?:re-?producible|exploitable) any ?more|could not be (?:re-?produced|exploited)|(?:not"
    r"|un)re-?producible)\b",
    re.I,
)
NOT_REPRODUCED = re.compile(r"\bnot (?:be )?(?:re-?producible|re-?produced|exploitable|exploited)\b", re.I)
STILL_OPEN = re.compile(
    r"\b(?:not|partial\w*|partly|open|pending|unverified|conditional\w*|mitigated|accepted|deferred)\b", re.I
)


def check(bundle: Bundle) -> RuleResult:
    report, letter = _report(bundle), bundle.of_kind("retest_letter")
    findings = by_severity(report) if report else None
    if letter is None:
        return _without_retest(bundle.subject, findings)
    if report and report.issuer.name and letter.issuer.name.casefold() != report.issuer.name.casefold():
        return review(RULE, f"“{letter.title}” is by {letter.issuer.name}, the test was by {report.issuer.name}.")
    letters = [*_earlier(letter, report, bundle), letter] if report else [letter]
    texts = "\n".join(fact.document_text for fact in (report, *letters) if fact)
    # What a later letter says of a finding replaces what an earlier one said.
    latest = {retest.finding: (retest, by) for by in letters for retest in by.retests}
    severities: list[str] = []
    for retest, by in latest.values():
        severities.append(severity_of(retest, texts))
        if problem := _problem(retest, severities[-1], by):
            return failed(RULE, problem)
    if findings is not None:
        return _all_retested(findings, severities, letter)
    if not severities:
        return failed(RULE, f"“{letter.title}” names no finding that was retested.")
    return passed(RULE)


def _earlier(letter: EvidenceFact, report: EvidenceFact, bundle: Bundle) -> list[EvidenceFact]:
    """Return the tester's earlier letters on the same report, oldest first."""
    until = effective_on(letter, bundle.setting)
    found = [
        fact
        for fact in bundle.setting.library
        if fact.kind == letter.kind
        and fact.id != letter.id
        and fact.issuer == letter.issuer
        and are_linked(fact, report)
        and effective_on(fact, bundle.setting) <= until
    ]
    return sorted(found, key=lambda fact: (effective_on(fact, bundle.setting), fact.id))


def _without_retest(report: EvidenceFact, findings: dict[str, int] | None) -> RuleResult:
    if findings is None:
        return failed(RULE, f"“{report.title}” does not count its findings, and no retest is shown.")
    number = blocking(findings)
    if number:
        what = f"{number} critical or high finding{'' if number == 1 else 's'}"
        return failed(RULE, f"{what} of “{report.title}” {'has' if number == 1 else 'have'} no retest.")
    if none_found(report):
        return review(RULE, f"“{report.title}” reports no finding of any severity: a person has to look.")
    return passed(RULE)


def _all_retested(findings: dict[str, int], retested: list[str], letter: EvidenceFact) -> RuleResult:
    unplaced = retested.count("")
    for severity in BLOCKING:
        if retested.count(severity) > findings.get(severity, 0):
            return review(RULE, f"“{letter.title}” speaks of more {severity} findings than the report has.")
        missing = findings.get(severity, 0) - retested.count(severity)
        if missing <= 0:
            continue
        if missing > unplaced:
            what = f"{missing} {severity} finding{'' if missing == 1 else 's'}"
            return failed(RULE, f"{what} of the report {'is' if missing == 1 else 'are'} not in “{letter.title}”.")
        return review(RULE, f"“{letter.title}” does not say of which severity the findings are that it closes.")
    return passed(RULE)


def _problem(retest: Retest, severity: str, letter: EvidenceFact) -> str:
    if severity not in (*BLOCKING, ""):
        return ""
    if not is_closed(retest.result):
        return f"Finding {retest.finding} is {retest.result or 'without a result'} after the retest."
    tested = retest.retested_on or letter.dates.get("retested_on") or letter.dates.get("issued_on")
    if retest.fixed_on and tested and tested < retest.fixed_on:
        return f"Finding {retest.finding} was retested on {say(tested)}, before it was fixed on {say(retest.fixed_on)}."
    return ""


def is_closed(result: str) -> bool:
    return CLOSED.match(result) is not None and not STILL_OPEN.search(NOT_REPRODUCED.sub("", result))


def _report(bundle: Bundle) -> EvidenceFact | None:
    report = bundle.of_kind("red_team_report")
    if report is not None:
        return report
    reports = (fact for fact in bundle.setting.library if fact.kind == "red_team_report")
    return next((fact for fact in reports if are_linked(fact, bundle.subject)), None)
