"""Answer a question of the checklist from judged evidence (DESIGN, "Evidence and answers"; DOMAIN 5.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evidence.proofs import Proof
from rfp.answering import days, manner, words
from rfp.answering.content import BlankCode, Content
from rfp.answering.focus import systems_meant
from rfp.answering.types import Cited, Ground, Put, Said
from rfp.mapping.types import AnswerType, Part
from rfp.workbook.model import ColumnRole
from rfp.workbook.options import offers
from scoring.answers import Blank, Decision, Polarity, Value, decide
from scoring.dates import say
from scoring.results import RequirementResult
from scoring.types import State

Results = Mapping[str, RequirementResult]

# What a document that vouches for another has to say.
_VOUCHES: Mapping[str, str] = {
    "validation_letter": "validated version conclusion opinion reviewed assessment document accurate complete",
    "retest_letter": "retested retest fixed closed finding findings resolved result",
    "iso_surveillance_report": "surveillance recertification audit certificate maintained conformity decision passed",
}
MOST_CITED = 6
MOST_NAMED = 4  # documents named in a comment; the report lists them all
NEAR_ENOUGH = 0.6  # nearness from which a passage may speak for an answer
PART_COUNTS_FROM = 0.3  # probability from which a requirement of one part of a compound row must hold too

# Problems of another requirement that this one builds on.
_BORROWED = frozenset({"depends_on", "derived_from"})
# Rules on what makes a document proof, whatever it says.
_OF_PROOF = frozenset({"R-INDEP", "R-LINK", "R-ACCRED", "R-ASSESSOR", "R-KIND", "R-COMPLETE"})
_CODES = {
    Blank.NO_REQUIREMENT: BlankCode.UNSURE_MAPPING,
    Blank.NOT_YES_OR_NO: BlankCode.ASKS_FACTS,
    Blank.NOT_JUDGED: BlankCode.NOT_JUDGED,
    Blank.MISSING: BlankCode.NO_EVIDENCE,
    Blank.UNDER_REVIEW: BlankCode.UNDER_REVIEW,
    Blank.NOT_APPLICABLE_UNAPPROVED: BlankCode.NOT_JUDGED,
    Blank.PARTLY_NOT_APPLICABLE: BlankCode.NOT_JUDGED,
}


def answer(put: Put, ground: Ground) -> Said:
    """Return what the evidence allows to be said to a question whose mapping is sure."""
    meant = systems_meant(put.question.text, ground.systems)
    ground = replace(ground, systems=tuple(sorted(meant))) if meant else ground
    results = ground.judged(meant)
    match manner.answer_type(put.question, put.proposal):
        case AnswerType.YES_NO:
            return _yes_no(put, ground, results)
        case AnswerType.DATE:
            return _date(put, ground, results)
        case AnswerType.ATTACHMENT:
            return _attachment(put, ground, results)
        case AnswerType.FREE_TEXT:
            return _free_text(put, ground, results)
        case AnswerType.CHOICE:
            why = "The buyer's list offers other things than yes and no; a person has to choose."
            return Said(content=Content(value=Value.NEEDS_INFORMATION), why=(why,), code=BlankCode.ASKS_FACTS)


def _yes_no(put: Put, ground: Ground, results: Results) -> Said:
    refs = _asked_refs(put)
    decision = decide(refs, results, _polarity(put), partial_offered=_offers_partial(put))
    fails = " ".join(reason.sentence for reason in decision.because if reason.rule)
    cites = _cite(put, ground, decision.cites, shows=fails)
    if decision.value is Value.NEEDS_INFORMATION:
        return _open(decision, cites)
    gaps = [results[ref] for ref in refs if ref in results and results[ref].state in (State.FAILED, State.EXPIRED)]
    code = _silent(gaps, put) if gaps else BlankCode.NONE
    if code is not BlankCode.NONE:
        return Said(
            content=Content(value=Value.NEEDS_INFORMATION),
            why=_why(decision),
            code=code,
            cites=cites,
            failed_rules=_rules(decision),
        )
    documents = _documents(ground, cites)[:MOST_NAMED]
    told = [_mixed(gap) for gap in gaps]
    told += [words.sentence(r.sentence) for r in decision.because if gaps and r.rule and r.rule not in _BORROWED]
    # A letter that does not count is no reason to say that a document is validated.
    told += [words.listed([item for item in documents if not gaps or item[0].fact.kind not in words.VALIDATIONS])]
    told += [_part_words(part, put, ground, results, cites) for part in put.proposal.parts]
    content = Content(
        value=decision.value,
        comment=" ".join(dict.fromkeys(text for text in told if text)),
        documents="" if gaps else words.file_names([proof for proof, _ in documents]),
    )
    return Said(content=content, why=_why(decision), cites=cites, failed_rules=_rules(decision))


def _silent(gaps: Sequence[RequirementResult], put: Put) -> BlankCode:
    """Return why a gap says nothing of what is asked, so that neither answer would be true; none when it does.

    A requirement may fail only with another one, or because the document is no proof: not independent, not validated,
    of no accredited body. That the thing itself is not there, no fact says; unless independence is what is asked.
    """
    problems = [problem for gap in gaps for problem in gap.problems]
    if not any(problem.rule not in _BORROWED for problem in problems):
        return BlankCode.RESTS_ON_GAP
    form_only = all(any(problem.rule in _OF_PROOF for problem in gap.problems) for gap in gaps)
    if form_only and not manner.asks_for_independence(put.question.text):
        return BlankCode.NOT_PROOF
    some_proven = any(state.is_met for gap in gaps for name, state in gap.by_system.items() if name)
    if some_proven and _polarity(put) is Polarity.INVERTED:
        # "Yes, that is so" would hold for one system and not for another.
        return BlankCode.PROOF_REJECTED
    return BlankCode.NONE


def _mixed(gap: RequirementResult) -> str:
    """Return for which AI systems a gap is open, where it is closed for others."""
    proven = [name for name, state in gap.by_system.items() if name and state.is_met]
    if not proven or not gap.systems_open:
        return ""
    return f"Proven for {', '.join(proven)}, not for {', '.join(gap.systems_open)}."


def _open(decision: Decision, cites: tuple[Cited, ...]) -> Said:
    return Said(
        content=Content(value=Value.NEEDS_INFORMATION),
        why=_why(decision),
        code=_CODES[decision.blank_code],
        cites=cites,
        failed_rules=_rules(decision),
    )


def _date(put: Put, ground: Ground, results: Results) -> Said:
    if any(results[ref].state is State.UNDER_REVIEW for ref in put.proposal.decisive if ref in results):
        return _open(decide(put.proposal.decisive, results, Polarity.DIRECT, partial_offered=False), ())
    proofs = _carrying(put.proposal.decisive, ground, results)
    subjects = frozenset(kind for ref in put.proposal.decisive for kind in ground.subjects.get(ref, ()))
    carriers = [proof for proof in proofs if proof.fact.kind in subjects]
    day = days.find(put.question.text, carriers) or days.find(put.question.text, proofs)
    if day is None:
        return _nothing(proofs, "None of the documents states the day that is asked for.")
    cites = _cite(put, ground, (day.proof.reference,), shows=say(day.on))
    content = Content(
        value=Value.NEEDS_INFORMATION,
        words=say(day.on),
        on=day.on,
        comment=words.listed(_documents(ground, cites)),
        documents=words.file_names([day.proof]),
    )
    return Said(content=content, why=(f"“{day.proof.fact.title}” states {say(day.on)}.",), cites=cites)


def _attachment(put: Put, ground: Ground, results: Results) -> Said:
    decision, cites, limits = _proven(put, ground, results)
    if decision.value is not Value.YES:
        content = Content(value=Value.NEEDS_INFORMATION)
        code = _CODES.get(decision.blank_code, BlankCode.PROOF_REJECTED)
        why = (*_why(decision), "No document is named, since the proof would not be accepted.")
        return Said(content=content, why=why, code=code, cites=cites, failed_rules=_rules(decision))
    documents = [proof for proof, _ in _documents(ground, cites)]
    named = words.listed([(proof, None) for proof in documents])
    content = Content(
        # A list of yes and no asks whether all of it is attached; where some is not, the list is left.
        value=Value.NEEDS_INFORMATION if limits else Value.YES,
        words=f"{limits}see {named}" if limits else f"See {named}",
        documents=words.file_names(documents),
    )
    return Said(content=content, why=_why(decision), cites=cites)


def _proven(put: Put, ground: Ground, results: Results) -> tuple[Decision, tuple[Cited, ...], str]:
    """Return what is proven, for all AI systems or else for those it is proven for, and the words that say so."""
    refs = put.proposal.decisive
    decision = decide(refs, results, Polarity.DIRECT, partial_offered=False)
    limits = ""
    if decision.value is not Value.YES:
        systems = [name for name in ground.systems if _is_proven(refs, ground.judged(frozenset({name})))]
        if systems and len(systems) < len(ground.systems):
            decision = decide(refs, ground.judged(frozenset(systems)), Polarity.DIRECT, partial_offered=False)
            others = [name for name in ground.systems if name not in systems]
            limits = f"For {', '.join(systems)} (there is no accepted proof for {', '.join(others)}): "
    return decision, _cite(put, ground, decision.cites), limits


def _is_proven(refs: Sequence[str], results: Results) -> bool:
    return decide(refs, results, Polarity.DIRECT, partial_offered=False).value is Value.YES


def _free_text(put: Put, ground: Ground, results: Results) -> Said:
    decision, cites, limits = _proven(put, ground, results)
    if decision.value is Value.NEEDS_INFORMATION:
        return _open(decision, cites)
    if decision.value is not Value.YES:
        return Said(
            content=Content(value=Value.NEEDS_INFORMATION),
            why=_why(decision),
            code=BlankCode.PROOF_REJECTED,
            cites=cites,
            failed_rules=_rules(decision),
        )
    issuers = [proof for proof, _ in _documents(ground, cites) if proof.fact.independent]
    if issuers and manner.asks_who(put.question.text):
        names = ", ".join(dict.fromkeys(proof.fact.issuer.name for proof in issuers))
        named = words.listed(_documents(ground, cites)[:MOST_NAMED])
        content = Content(value=Value.NEEDS_INFORMATION, words=f"{limits}{names}", comment=named)
        return Said(content=content, why=_why(decision), cites=cites, quoted=True)
    quoted = max((cite for cite in cites if cite.quote), key=lambda cite: cite.nearness, default=None)
    if quoted is None or quoted.nearness < NEAR_ENOUGH:
        return Said(
            content=Content(value=Value.NEEDS_INFORMATION),
            why=(*_why(decision), "No passage of the documents is near enough to the question to be quoted."),
            code=BlankCode.ASKS_FACTS,
            cites=cites,
        )
    named = words.listed(_documents(ground, (quoted, *(cite for cite in cites if cite is not quoted)))[:MOST_NAMED])
    content = Content(value=Value.NEEDS_INFORMATION, words=f"{limits}“{quoted.quote}” Source: {named}")
    return Said(content=content, why=_why(decision), cites=cites, quoted=True)


def _part_words(part: Part, put: Put, ground: Ground, results: Results, cites: Sequence[Cited]) -> str:
    """Return the words for one part of a compound row that asks for more than yes or no."""
    if part.answer_type is AnswerType.FREE_TEXT:
        quoted = max((cite for cite in cites if cite.quote), key=lambda cite: cite.nearness, default=None)
        return f"“{quoted.quote}”" if quoted is not None and quoted.nearness >= NEAR_ENOUGH else ""
    if part.answer_type is not AnswerType.DATE or not part.requirements:
        return ""
    day = days.find(part.text, _carrying(part.requirements, ground, results))
    return f"{words.sentence(part.text.rstrip('?.'))[:-1]}: {say(day.on)}." if day else ""


def _asked_refs(put: Put) -> tuple[str, ...]:
    """Return the requirements that must all hold: the row's, and those of the parts that it plainly asks as well."""
    likely = {c.ref for c in put.proposal.requirements if c.probability >= PART_COUNTS_FROM}
    parts = [ref for part in put.proposal.parts for ref in part.requirements if ref in likely]
    return tuple(dict.fromkeys((*put.proposal.decisive, *parts)))


def _carrying(refs: Sequence[str], ground: Ground, results: Results) -> list[Proof]:
    """Return the documents a requirement rests on, those of AI systems whose proof holds or held before the others."""
    names: list[str] = []
    for ref in refs:
        for system in ground.systems:
            single = ground.judged(frozenset({system})).get(ref)
            if single is not None and (single.state.is_met or single.state is State.EXPIRED):
                names += single.evidence
        if not names and ref in results:
            names += results[ref].evidence
    return [ground.proofs[name] for name in dict.fromkeys(names) if name in ground.proofs]


def _cite(put: Put, ground: Ground, references: Sequence[str], *, shows: str = "") -> tuple[Cited, ...]:
    cites = []
    asked = " ".join(ground.asks.get(ref, "") for ref in _asked_refs(put))
    for reference in references[:MOST_CITED]:
        proof = ground.proofs.get(reference)
        if proof is None:
            continue
        about = shows or _VOUCHES.get(proof.fact.kind, asked)
        quote = ground.quoter.find(proof.revision_id, put.question.text, put.vector, about=about)
        if quote is None:
            cites.append(Cited(reference=reference))
        else:
            cites.append(Cited(reference=reference, page=quote.page, quote=quote.text, nearness=quote.nearness))
    return tuple(cites)


def _documents(ground: Ground, cites: Sequence[Cited]) -> list[tuple[Proof, int | None]]:
    return [(ground.proofs[cite.reference], cite.page) for cite in cites]


def _nothing(proofs: Sequence[Proof], problem: str) -> Said:
    code = BlankCode.ASKS_FACTS if proofs else BlankCode.NO_EVIDENCE
    why = problem if proofs else "The library holds no proof of what is asked."
    return Said(content=Content(value=Value.NEEDS_INFORMATION), why=(why,), code=code)


def _polarity(put: Put) -> Polarity:
    return Polarity(put.proposal.polarity or put.proposal.yes_would_say)


def _offers_partial(put: Put) -> bool:
    slot = put.question.slot(ColumnRole.ANSWER)
    return slot is not None and offers("partial", slot.options or tuple(tick.option for tick in slot.ticks))


def _why(decision: Decision) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.sentence for reason in decision.because))


def _rules(decision: Decision) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason.rule for reason in decision.because if reason.rule))
