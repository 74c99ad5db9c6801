"""R-KIND: the artefacts are of the kinds of one evidence path, of the right scheme, and all there."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.findings import none_found
from scoring.rules.result import failed, passed, review
from scoring.types import RuleResult

RULE = "R-KIND"
# A vendor document without its validation is not of the wrong kind: that is told by R-INDEP.
VALIDATIONS = frozenset(
    {"validation_letter", "iso_surveillance_report", "soc2_type2_report", "iso_certificate", "retest_letter"}
)


def check(bundle: Bundle) -> RuleResult:
    subject, setting = bundle.subject, bundle.setting
    if subject.kind not in bundle.requirement.kinds:
        accepted = " or ".join(f"“{setting.kind_title(kind)}”" for kind in sorted(bundle.requirement.kinds))
        wanted = f"needs {accepted}" if accepted else "is judged from other requirements, not from a paper of its own"
        return failed(
            RULE, f"“{subject.title}” is of the kind “{setting.kind_title(subject.kind)}”; this requirement {wanted}."
        )
    if not bundle.path.needs:
        return failed(
            RULE, f"“{subject.title}” counts only together with the document it stands for, which is not linked."
        )
    for fact in bundle.facts:
        wanted = bundle.requirement.schemes.get(fact.kind, "")
        if wanted and not is_scheme(fact.scheme, wanted):
            said = fact.scheme or "no standard"
            return failed(RULE, f"“{fact.title}” is issued to {said}; this requirement needs {wanted}.")
    missing = [kind for kind in bundle.path.needs if bundle.of_kind(kind) is None]
    missing = [kind for kind in missing if kind not in VALIDATIONS or subject.independent]
    if missing == ["retest_letter"] and none_found(subject):
        # The tester's statement leaves nothing to fix or to retest; so clean a report is for a person to look at.
        return review(RULE, f"“{subject.title}” reports no finding of any severity: a person has to look.")
    if missing:
        names = ", ".join(setting.kind_title(kind) for kind in missing)
        # A test report says nothing about the remediation that a tracker and a retest would show.
        silent = subject.kind != bundle.requirement.paths[0].needs[0]
        return failed(RULE, f"“{subject.title}” counts only together with: {names}.", silent=silent)
    return passed(RULE)


def is_scheme(said: str, wanted: str) -> bool:
    """Compare standard and edition; a certificate that leaves the edition out is taken at its standard."""
    left, right = _parts(said), _parts(wanted)
    return left[0] == right[0] and (left[1] == right[1] or not left[1])


def _parts(scheme: str) -> tuple[str, str]:
    """Return standard and year: national prefixes (DIN EN ISO/IEC 27001) and amendments do not change the standard."""
    said = scheme.casefold().replace("/iec", "").replace("-", " ").replace("/", " ")
    numbers = [part for part in said.replace(":", " : ").split() if any(c.isdigit() for c in part)]
    standard = numbers[0].removeprefix("iso") if numbers else said
    year = next((part for part in numbers[1:] if part[:2] == "20" and len(part) == 4), "")
    return standard, year
