"""Whole papers as vendors and assessors write them: good ones that must pass, bad ones that must not.

The good ones mention, as real papers do, things that are missing, excluded or negative without any harm.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from evidence.catalogs.mandate import load
from scoring.judge import judge_artefact
from scoring.types import EvidenceFact
from tests.scoring.world import (
    ASSESSMENT,
    ASSIST,
    BIAS_AUDIT,
    CERT_42001,
    CERTIFIER,
    CONFORMITY,
    DEAL,
    DRILL,
    MIRP,
    MONITORING,
    ON,
    RED_TEAM,
    RETEST,
    SOA,
    SOC2,
    TRACKER,
    fact,
    letter,
)

CLAIMS_HANDLING = replace(DEAL, systems=(replace(ASSIST, domain="insurance"),))


def said(item: EvidenceFact, text: str, **fields: object) -> EvidenceFact:
    return replace(item, document_text=text, **fields)  # type: ignore[arg-type]


def unmet(item: EvidenceFact, claims: str, *others: EvidenceFact) -> set[str]:
    names = tuple(claims.split())
    judgement = judge_artefact(item, names, with_facts=others, on=ON, catalogue=load(), deal=CLAIMS_HANDLING)
    return set(names) - set(judgement.satisfies)


PLAN = """MODEL INCIDENT RESPONSE PLAN
Version 2.0 - effective 1 April 2026
Revision history
1.0 (2025-03-01) first issue; 2.0 (2026-04-01) agents added. Approved by: Chief Information Security Officer
1. A model incident is any event in which a model or agent behaves outside its intended purpose. Outages
without model involvement are not covered and follow the general plan.
2. Severity is rated SEV1 to SEV4; the criteria are in annex A. SEV4 incidents need not be escalated.
3. Escalation: on-call engineer within 15 minutes, incident lead within 30, executive within 60. No approval
is needed outside office hours.
4. Rollback: the previous model, prompt set and index are restored from the registry; not more than 45
minutes.
5. Kill switch: any duty engineer may disable an agent; a manual fallback is described in the runbook, which
is not part of this document.
6. Notification: regulators within 72 hours, customers without undue delay. Where no personal data is affected
the DPO decides.
7. Post-incident review with root-cause analysis within ten days; no blame is assigned.
8. Improvement actions are tracked to closure in the action register."""
REPORT = """Redline BV - AI red team assessment of Example Assist (confidential, 62 pages)
Scope. In scope: Example Assist web and API, its agent tools (search, mail) and connectors. Out of scope:
denial of service, physical attacks and social engineering.
Target. Dedicated tenant on the production cluster; model build, system prompts, retrieval corpus, tools and
guardrails were identical to those serving customers.
Approach. 320 direct prompt injection attempts: 4 succeeded. 210 jailbreaks: none succeeded. Indirect prompt
injection through PDFs, e-mails and web pages: 2 of 90 succeeded. Exfiltration of other tenants' documents, of
the system prompt and of secrets: no case succeeded.
Agent misuse: privilege escalation through the mail tool was possible until the fix of 20 July. Data poisoning
of the retrieval corpus and provenance of model weights were examined.
Findings: one high (H-1), two medium. No critical findings. Denial of service was not tested."""
AUDIT = """Section I - Independent Service Auditor's Report. To: Management of Example AB. Scope: We have examined
Example AB's description of its Example platform, including the Example Assist AI service, throughout the
period September 1, 2025 to August 31, 2026. Example AB uses subservice organizations for hosting and for the
foundation model; the description presents these under the carve-out method and does not include the controls
of the subservice organizations. Our examination did not extend to controls of those organizations. Trust
services categories: security, processing integrity, privacy. Availability and confidentiality were not in
scope. Opinion: in our opinion, in all material respects, the description is fairly presented and controls
operated effectively. Deviations were noted for CC6.2 and are explained by management in Section V. CPA LLC,
October 1, 2026"""
RISKS = """AI RISK ASSESSMENT of Example Assist, version 2.0, approved by the Chief Risk Officer on 1 June 2026
(previous: 1.0 of 10 June 2025)
Method: NIST AI RMF 1.0. The Playbook was not used. GOVERN - AI policy, roles, oversight committee. MAP -
context, intended purpose, stakeholders; systems outside production are not assessed. MEASURE - metrics and
test results (version tested 4.2). MANAGE - treatment plan with owners and due dates, residual risk accepted
by the CRO, monitoring indicators monthly. Customer data is not used for training. Retention 30 days. Leakage
via retrieval, logs and outputs: controls per path. There are no open critical risks."""
BIAS = """Independent audit of Example Assist for insurance claims handling. Protected characteristics: gender, age
band, ethnicity (inferred). Religion was not assessed for lack of data. Data: 88,000 cases, limitations in
chapter 2. Fairness metrics: selection rate ratio (minimum 0.80) and calibration gap (maximum 0.03). Lowest
ratio 0.84; largest gap 0.012. Mitigation: the postcode feature was removed; re-measured ratio 0.91. No
further action is required."""
MONITOR = """Production monitoring plan v1.2. Owner: Head of ML. Drift: PSI per feature, checked daily; alert above 0.2.
Outcomes per group (age, gender): monthly ratio, alert below 0.85. Models in pilot are not monitored. Revision
history: 1.0, 1.1, 1.2. Approved by the CTO 1 May 2026."""
CERTIFICATE = """CERTIFICATE OF REGISTRATION
This is to certify that the Artificial Intelligence Management System of
Example AB
Storgatan 1, 753 31 Uppsala, Sweden
has been assessed and found to conform to ISO/IEC 42001:2023
for the following scope: Design, development and provision of Example Assist, an AI assistant for claims
handlers, in the roles of AI provider and AI producer. Statement of Applicability v2.1 dated 2026-04-02.
Certificate No. 42-1. Originally issued: 01 June 2026. Expiry: 31 May 2029. This certificate remains valid
subject to satisfactory surveillance audits and may be suspended or withdrawn.
Lead auditor: Eva Lund"""
DRILL_REPORT = """After-action report. Facilitated by Keystone Ltd on 18 June 2026. 14 participants from engineering,
legal, support. Scenario: after a prompt update the assistant reveals another customer's claim. Objectives met: 5 of
7. The kill switch was not activated in time. Nine findings, each with an action, owner and date. Ransomware
was not part of the exercise."""
CONFORMS = """Conformity assessment under Regulation (EU) 2024/1689 of Example Assist. Role: provider. Risk class:
limited risk; Annex III points 1 to 8 do not apply. GPAI check: the vendor is not a GPAI provider. Transparency: users
are informed that they interact with AI; generated content is marked. Method: documents, interviews, tests.
Keystone Ltd is independent of Example AB and has no financial interest. Conclusion: conforms."""


@pytest.mark.parametrize(
    ("item", "claims", "others"),
    [
        (said(MIRP, PLAN), "IR-1 IR-2 IR-3 IR-5 IR-6 IR-7 IR-8 IR-9", (letter("VP", MIRP),)),
        (said(RED_TEAM, REPORT), "AT-1 AT-2 AT-3 AT-4 AT-5 AT-6 AT-9", ()),
        (said(RED_TEAM, REPORT, target=""), "AT-5", ()),
        (said(SOC2, AUDIT), "LR-3 LR-4", ()),
        (
            said(ASSESSMENT, RISKS),
            "RA-1 RA-2 RA-3 RA-4 RA-5 RA-6 RA-7 RA-9 RA-10 RA-11",
            (letter("VR", ASSESSMENT),),
        ),
        (said(BIAS_AUDIT, BIAS), "BF-1 BF-2 BF-3 BF-4 BF-5", ()),
        (said(MONITORING, MONITOR), "BF-6 BF-7", (letter("VM", MONITORING),)),
        (
            said(CERT_42001, CERTIFICATE, ai_systems=(), scope="Provision of Example Assist as AI provider."),
            "LR-1 LR-2",
            (),
        ),
        (said(DRILL, DRILL_REPORT, scenario=""), "IR-4", ()),
        (said(CONFORMITY, CONFORMS), "LR-9 SX-EU-1 SX-EU-3", ()),
    ],
)
def test_a_good_paper(item: EvidenceFact, claims: str, others: tuple[EvidenceFact, ...]) -> None:
    assert unmet(item, claims, *others) == set()


PLAN_LETTER = letter("VP", MIRP)


@pytest.mark.parametrize(
    ("item", "claims", "open_", "others"),
    [
        (
            said(
                SOC2,
                "The AI assistant, launched in May, has been scoped out of this year's examination.",
                ai_systems=(),
                scope="Example platform",
            ),
            "LR-3 LR-4",
            "LR-4",
            (),
        ),
        (
            said(
                RED_TEAM,
                "Direct prompt injections and jailbreak attempts were carried out. Indirect injection and data "
                "exfiltration were deferred to phase two.",
            ),
            "AT-1 AT-2 AT-3 AT-4",
            "AT-3 AT-4",
            (),
        ),
        (
            said(RED_TEAM, "Direct prompt injection on the chat interface only; agents were disabled meanwhile."),
            "AT-1 AT-6",
            "AT-6",
            (),
        ),
        (
            said(
                RED_TEAM,
                "Direct prompt injection. Testing took place in the vendor's QA environment, which runs an earlier "
                "model build and has no guardrails.",
                target="",
            ),
            "AT-1",
            "AT-1",
            (),
        ),
        (
            said(
                MIRP,
                "Version 2.0. Model incidents, severity S1 to S4, escalation, rollback steps, notification. A way to "
                "turn the model off at once, a kill switch, has yet to be built and is not described.",
            ),
            "IR-1 IR-5 IR-6",
            "IR-6",
            (PLAN_LETTER,),
        ),
        (
            said(ASSESSMENT, "Version 2.0. Govern and Map were completed. Measure and Manage are planned for autumn."),
            "RA-1 RA-4 RA-5",
            "RA-1 RA-4 RA-5",
            (letter("VR", ASSESSMENT),),
        ),
        (
            said(MONITORING, "Version 1.2. Latency is monitored. Drift metrics are to be defined. Groups: none."),
            "BF-6 BF-7",
            "BF-6",
            (letter("VM", MONITORING),),
        ),
        (
            said(BIAS_AUDIT, "Characteristics: sex. No fairness metric was applied and no thresholds exist."),
            "BF-1 BF-3 BF-4",
            "BF-3 BF-4",
            (),
        ),
        (
            said(
                BIAS_AUDIT, "Characteristics: sex. Impact ratio 0.72 (threshold 0.80). No mitigation was carried out."
            ),
            "BF-1 BF-5",
            "BF-5",
            (),
        ),
        (
            said(SOA, "93 controls of Annex A. AI-specific extensions have not been defined.", links=("VS",)),
            "LR-6",
            "LR-6",
            (letter("VS", SOA),),
        ),
        (
            said(TRACKER, "Only H-1 is listed; the medium findings were not recorded."),
            "AT-7",
            "AT-7",
            (RED_TEAM, RETEST),
        ),
        (MIRP, "IR-1", "IR-1", (replace(PLAN_LETTER, conclusion="We were unable to validate the rollback."),)),
        (
            MIRP,
            "IR-1",
            "IR-1",
            (said(PLAN_LETTER, "We reviewed version 2.0. In our view it cannot be validated.", conclusion=""),),
        ),
        (
            replace(CERT_42001, dates={"issued_on": date(2025, 3, 1), "valid_until": date(2028, 2, 28)}),
            "LR-1",
            "LR-1",
            (
                fact(
                    "SV",
                    "Surveillance audit",
                    "iso_surveillance_report",
                    CERTIFIER,
                    dates={"issued_on": date(2026, 3, 10)},
                    links=("C42",),
                    document_text="One major nonconformity remains open.",
                ),
            ),
        ),
        (said(RED_TEAM, REPORT), "SX-DO-2", "SX-DO-2", ()),
    ],
)
def test_a_bad_paper(item: EvidenceFact, claims: str, open_: str, others: tuple[EvidenceFact, ...]) -> None:
    assert unmet(item, claims, *others) == set(open_.split())
