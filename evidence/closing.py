"""What would close a gap in a document: for a rule that failed, the facts it looks at and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.catalogs import entry, mandate
from evidence.facts import as_text
from evidence.judged import Remark

ANCHOR = "anchor"  # stands for the day that the age of the kind counts from


@dataclass(frozen=True, slots=True, kw_only=True)
class Cure:
    paths: tuple[str, ...]
    words: str


CURES: Mapping[str, Cure] = {
    "R-KIND": Cure(paths=(), words="Another kind of document proves this: see the requirement on the gap board."),
    "R-INDEP": Cure(
        paths=("issuer.name", "issuer.independence"),
        words="Have an independent third party issue it, or validate this very version in a letter of its own.",
    ),
    "R-ACCRED": Cure(
        paths=(
            "issuer.accreditation.body",
            "issuer.accreditation.number",
            "issuer.accreditation.standards",
            "issuer.accreditation.status",
        ),
        words="Record who accredits or licenses the issuer for this standard, if the document or a register says so; "
        "else have it issued by a body that is.",
    ),
    "R-ASSESSOR": Cure(
        paths=("assessor.name", "assessor.credentials"),
        words="Record the assessor and a credential that can be looked up, or ask the issuer to name them.",
    ),
    "R-AGE": Cure(paths=(ANCHOR,), words="Upload the next one: it counts for twelve months from this day."),
    "R-VALID": Cure(
        paths=("status", "dates.valid_until", "dates.issued_on"),
        words="Upload the document that is in force, or correct the days if they were read wrongly.",
    ),
    "R-SCOPE-AI": Cure(paths=("scope", "ai_systems"), words="Have the AI system put into the scope in its own words."),
    "R-ENTITY": Cure(paths=("legal_entity",), words="Have it issued for the legal entity that signs the contract."),
    "R-SCOPE-SYSTEM": Cure(
        paths=("ai_systems", "scope"), words="Have the system that is missing assessed, or show its own document."
    ),
    "R-CONTENT": Cure(
        paths=(), words="Ask the issuer for the full report, or for a version that says what is missing."
    ),
    "R-EXEC": Cure(
        paths=("signer.name", "signer.title", "dates.signed_on", "attests_version"),
        words="Have the executive sign for the current version.",
    ),
    "R-VERSION": Cure(
        paths=("version", "revision_history", "approver.title"), words="Record version, history and approver."
    ),
    "R-REVIEW": Cure(
        paths=("dates.last_review_on", "dates.approved_on", "dates.issued_on"),
        words="Review it, and upload the result.",
    ),
    "R-EXERCISE": Cure(
        paths=("dates.exercised_on", "scenario", "participants"), words="Hold an exercise and upload its report."
    ),
    "R-RETEST": Cure(paths=("findings.critical", "findings.high", "results"), words="Have the open findings retested."),
    "R-OPINION": Cure(
        paths=("opinion", "qualified_criteria", "open_major_nonconformities"),
        words="Resolve what the assessor objected to, and have it assessed again.",
    ),
    "R-TARGET": Cure(paths=("target",), words="Have production itself tested, or the differences listed."),
    "R-LINK": Cure(
        paths=("covers.document", "covers.version"),
        words="Have the current version validated, and link both documents.",
    ),
    "R-CHANGE": Cure(paths=("ai_systems", ANCHOR), words="Have the changed system assessed again."),
    "R-COMPLETE": Cure(paths=(), words="Upload the full document as its issuer gave it."),
    "R-PERIOD": Cure(paths=("dates.period_start", "dates.period_end"), words="Have a longer period examined."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """A rule that failed: the sentence of the judge, the facts it looked at, what would close it."""

    remark: Remark
    facts: Sequence[tuple[str, str, str]]  # field, label, text
    cure: str


def obstacles(remarks: Sequence[Remark], kind: str, facts: Mapping[str, object]) -> list[Obstacle]:
    return [_obstacle(remark, kind, facts) for remark in remarks]


def _obstacle(remark: Remark, kind: str, facts: Mapping[str, object]) -> Obstacle:
    cure = CURES.get(remark.rule)
    said = entry.flatten(facts)
    known = mandate.load().kinds.get(kind)
    paths = [f"dates.{known.age_anchor}" if known and path == ANCHOR else path for path in (cure.paths if cure else ())]
    return Obstacle(
        remark=remark,
        facts=[
            (path, entry.BY_PATH[path].label, as_text(said.get(path, "")) or "not recorded")
            for path in paths
            if path in entry.BY_PATH
        ],
        cure=cure.words if cure else "",
    )
