"""Lists that companies keep, which a careless reader takes for questionnaires."""

from __future__ import annotations

from tests.workbook.buyer import Tab
from tests.workbook.layouts_decoys import Decoy

PROMISE = "The system must keep working when one site is lost."

REGISTERS: tuple[Decoy, ...] = (
    (
        "raci",
        (
            Tab(
                rows=[
                    ["Task", "Head of IT", "CISO", "DPO"],
                    *[[f"Run the yearly review of process {n}", "R", "A", "I"] for n in range(9)],
                ]
            ),
        ),
    ),
    (
        "data dictionary",
        (
            Tab(
                rows=[
                    ["Field", "Type", "Description", "Required"],
                    *[[f"field_{n}", "string", "The name of the customer as given", "yes"] for n in range(9)],
                ]
            ),
        ),
    ),
    (
        "sla",
        (
            Tab(
                rows=[
                    ["Priority", "Response time", "Resolution time", "Description"],
                    ["P1", "1 hour", "4 hours", "The service is down for all users"],
                    ["P2", "4 hours", "1 day", "A function is not available"],
                    ["P3", "1 day", "5 days", "Minor fault"],
                    ["P4", "2 days", "10 days", "Question"],
                ]
            ),
        ),
    ),
    (
        "kpi",
        (
            Tab(
                rows=[
                    ["KPI", "Target", "Actual", "Status"],
                    *[[f"Uptime of service {n}", "99.9 %", "99.95 %", "Green"] for n in range(9)],
                ]
            ),
        ),
    ),
    (
        "raw survey",
        (
            Tab(
                rows=[
                    ["Respondent", "How satisfied are you?", "Would you recommend us?", "Comments"],
                    *[[n, 4, "Yes", "Good service"] for n in range(1, 12)],
                ]
            ),
        ),
    ),
    (
        "findings",
        (
            Tab(
                rows=[
                    ["Finding ID", "Finding", "Severity", "Recommendation", "Management response", "Owner", "Due date"],
                    *[
                        [
                            f"F{n}",
                            "Passwords are shared between administrators",
                            "High",
                            "Give each a personal account",
                            "Agreed, will be done",
                            "IT",
                            "2026-05-01",
                        ]
                        for n in range(8)
                    ],
                ]
            ),
        ),
    ),
    (
        "pen test",
        (
            Tab(
                rows=[
                    ["ID", "Vulnerability", "CVSS", "Affected host", "Remediation", "Status"],
                    *[[n, "Outdated TLS version accepted", 5.3, "web01", "Disable TLS 1.0", "Open"] for n in range(8)],
                ]
            ),
        ),
    ),
    (
        "backlog",
        (
            Tab(
                rows=[
                    ["ID", "User story", "Acceptance criteria", "Story points", "Sprint", "Status"],
                    *[[n, "As a user I want to export my data", "Export works", 3, 12, "Done"] for n in range(9)],
                ]
            ),
        ),
    ),
    (
        "exceptions",
        (
            Tab(
                rows=[
                    ["Exception ID", "Policy", "Justification", "Approved by", "Expiry date"],
                    *[[n, "Password policy", "Legacy system cannot do it", "CISO", "2026-12-31"] for n in range(6)],
                ]
            ),
        ),
    ),
    (
        "contacts",
        (
            Tab(
                rows=[["Role", "Name", "Phone", "E-mail"], *[["CISO", "Ann", "+47 1", "a@b.example"] for n in range(6)]]
            ),
        ),
    ),
    (
        "training",
        (
            Tab(
                rows=[
                    ["Module", "Topic", "Duration", "Trainer", "Date"],
                    *[[n, "How do I report an incident?", "1 h", "Jo", "2026-01-01"] for n in range(8)],
                ]
            ),
        ),
    ),
    (
        "calendar",
        (
            Tab(
                rows=[
                    ["Month", "Activity", "Responsible"],
                    *[
                        [m, "Review access rights of all systems", "IT"]
                        for m in ("January", "February", "March", "April", "May", "June")
                    ],
                ]
            ),
        ),
    ),
    (
        "policy",
        (
            Tab(
                rows=[
                    ["1. Purpose"],
                    ["This policy describes how information must be protected."],
                    ["2. Scope"],
                    ["It applies to all employees."],
                    ["3. Rules"],
                    ["All laptops must be encrypted."],
                    ["Visitors must be accompanied."],
                ]
            ),
        ),
    ),
    (
        "toc",
        (Tab(rows=[["Contents"], ["1. Introduction", 3], ["2. What do we ask for?", 5], ["3. How to answer?", 9]]),),
    ),
    (
        "faq sheet no answers",
        (
            Tab(
                rows=[
                    ["Frequently asked questions"],
                    ["Who should fill in this form?"],
                    ["Your security team."],
                    ["When is it due?"],
                    ["By the end of May."],
                    ["Where do I send it?"],
                    ["To procurement."],
                ]
            ),
        ),
    ),
    (
        "inventory yn",
        (
            Tab(
                rows=[
                    ["Asset", "Owner", "Encrypted (Y/N)", "Location"],
                    *[[f"Laptop {n}", "Ann", "Y", "Oslo"] for n in range(8)],
                ]
            ),
        ),
    ),
    (
        "invoice",
        (
            Tab(
                rows=[
                    ["Invoice no.", "2026-17"],
                    ["Customer", "Acme"],
                    [],
                    ["Item", "Quantity", "Unit price", "Total"],
                    ["Licence", 2, 10, 20],
                    ["Support", 1, 5, 5],
                    ["Total", None, None, 25],
                ]
            ),
        ),
    ),
    (
        "crosswalk controls",
        (
            Tab(
                rows=[
                    ["Control", "Requirement", "ISO 27001", "SOC 2"],
                    *[[f"AC-{n}", PROMISE, "A.9", "CC6.1"] for n in range(8)],
                ]
            ),
        ),
    ),
    (
        "gap list own",
        (
            Tab(
                rows=[
                    ["Nr", "Maßnahme", "Verantwortlich", "Termin", "Status"],
                    *[[n, "Notfallhandbuch überarbeiten und freigeben", "IT", "2026-06-01", "offen"] for n in range(7)],
                ]
            ),
        ),
    ),
    (
        "data extract tickets",
        (
            Tab(
                rows=[
                    ["ticket", "subject", "requester", "status", "created"],
                    *[[n, "Cannot log in to the portal", "Ann", "closed", "2026-01-01"] for n in range(30)],
                ]
            ),
        ),
    ),
)
