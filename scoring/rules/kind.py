"""R-KIND: the artefacts are of the kinds of one evidence path, of the right scheme, and all there."""

from __future__ import annotations

from scoring.bundle import Bundle
from scoring.rules.result import failed, passed
from scoring.types import RuleResult

RULE = "R-KIND"


def check(bundle: Bundle) -> RuleResult:
    needed = bundle.path.needs
    if not bundle.path.needs or bundle.subject.kind not in bundle.requirement.kinds:
        title = kind_title(bundle, bundle.subject.kind)
        accepted = " or ".join(kind_title(bundle, kind) for kind in sorted(bundle.requirement.kinds))
        return failed(RULE, f"“{bundle.subject.title}” is a {title}; this requirement needs {accepted}.")
    for fact in bundle.facts:
        wanted = bundle.requirement.schemes.get(fact.kind)
        if wanted and not is_scheme(fact.scheme, wanted):
            said = fact.scheme or "no standard"
            return failed(RULE, f"“{fact.title}” is issued to {said}; this requirement needs {wanted}.")
    missing = [kind for kind in needed if bundle.of_kind(kind) is None]
    # A vendor document without its validation is not of the wrong kind: that is told by R-INDEP.
    missing = [kind for kind in missing if kind not in _VALIDATIONS or bundle.subject.independent]
    if missing:
        names = ", ".join(kind_title(bundle, kind) for kind in missing)
        return failed(RULE, f"“{bundle.subject.title}” counts only together with: {names}.")
    return passed(RULE)


_VALIDATIONS = frozenset(
    {"validation_letter", "iso_surveillance_report", "soc2_type2_report", "iso_certificate", "retest_letter"}
)


def kind_title(bundle: Bundle, kind: str) -> str:
    known = bundle.catalogue.kinds.get(kind)
    return known.title if known else kind.replace("_", " ")


def is_scheme(said: str, wanted: str) -> bool:
    """Compare standard and edition; a certificate that leaves the edition out is taken at its standard."""
    left, right = _parts(said), _parts(wanted)
    return left[0] == right[0] and (left[1] == right[1] or not left[1])


def _parts(scheme: str) -> tuple[str, str]:
    standard, _, edition = scheme.casefold().replace("/iec", "").replace(" ", "").replace("-", "").partition(":")
    return standard, edition
