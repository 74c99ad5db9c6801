"""Files that look like questionnaires to a careless reader and hold no questions."""

from __future__ import annotations

from tests.workbook.buyer import ENGLISH, STATEMENTS, Tab

Decoy = tuple[str, tuple[Tab, ...]]

DECOYS: tuple[Decoy, ...] = (
    ("empty", (Tab(),)),
    ("list of months", (Tab(rows=[["ID", "Month"], *([n, f"Month {n}"] for n in range(1, 13))]),)),
    (
        "risk register",
        (
            Tab(
                rows=[
                    ["Risk ID", "Risk description", "Risk owner", "Likelihood", "Impact", "Status", "Due date"],
                    *(
                        [f"R{n}", "Loss of the data centre for more than a day", "Ops", 3, 4, "Open", None]
                        for n in range(1, 9)
                    ),
                ],
                lists={"F2:F9": ("Open", "Closed")},
            ),
        ),
    ),
    (
        "asset register",
        (
            Tab(
                rows=[
                    ["Asset ID", "Asset name", "Owner", "Location", "Classification", "Comments"],
                    *([n, f"Laptop {n}", "IT", "Oslo", "Internal"] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "change log",
        (
            Tab(
                rows=[
                    ["Version", "Date", "Author", "Description of change", "Approved by"],
                    *([f"1.{n}", "2026-01-02", "AB", "Reworded section four of the policy"] for n in range(8)),
                ]
            ),
        ),
    ),
    (
        "glossary",
        (
            Tab(
                rows=[
                    ["Term", "Definition"],
                    *([f"Term {n}", "A word that means something in this document."] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "price list",
        (
            Tab(
                rows=[
                    ["Item", "Description", "Unit price", "Quantity", "Total"],
                    *([n, f"Licence tier {n}", 10 * n, 2, 20 * n] for n in range(1, 9)),
                ]
            ),
        ),
    ),
    (
        "staff list",
        (
            Tab(
                rows=[
                    ["First name", "Last name", "Department", "E-mail", "Training completed (Y/N)"],
                    *([f"Name{n}", f"Last{n}", "Sales", "a@b.example", "Y"] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "project plan",
        (
            Tab(
                rows=[
                    ["Task", "Owner", "Start", "End", "Status", "Comments"],
                    *([f"Prepare the workshop number {n}", "PM", "2026-01-01", "2026-02-01"] for n in range(9)),
                ],
                lists={"E2:E10": ("Open", "Done")},
            ),
        ),
    ),
    (
        "instructions only",
        (
            Tab(
                rows=[
                    ["Instructions"],
                    *([f"{n}. Complete the tab and send it back to procurement."] for n in range(1, 8)),
                ]
            ),
        ),
    ),
    ("policy text", (Tab(rows=[["Information security policy"], *([text] for text in STATEMENTS)]),)),
    (
        "survey results",
        (Tab(rows=[["Question", "Responses", "Share"], *([text, 90 + n, n / 20] for n, text in enumerate(ENGLISH))]),),
    ),
    (
        "measurements",
        (Tab(rows=[["Date", "Temperature", "Humidity"], *([f"2026-01-{n:02}", 20 + n, 40] for n in range(1, 20))]),),
    ),
    (
        "scores computed elsewhere",
        (
            Tab(
                rows=[
                    ["Category", "Score", "Maximum score", "Percentage"],
                    *([f"Category {n}", ("=1+1", 2), 10, ("=0.2", 0.2)] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "attendance list",
        (Tab(rows=[["Name", "Signature"], *([f"Person {n}"] for n in range(12))], bordered=("A1:B13",)),),
    ),
    (
        "issue log",
        (
            Tab(
                rows=[
                    ["ID", "Issue", "Priority", "Status", "Assigned to", "Due date"],
                    *([n, "The export of the report takes too long", "High", "Open", "AB", None] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "supplier list",
        (
            Tab(
                rows=[
                    ["Supplier name", "Service", "Contact", "E-mail", "Criticality", "Last review"],
                    *([f"Supplier {n}", "Hosting", "Jo", "jo@s.example", "High", "2026"] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "crosswalk",
        (
            Tab(
                rows=[["NIST CSF", "ISO 27001", "CIS"], *([f"PR.AC-{n}", f"A.9.{n}", f"CSC {n}"] for n in range(1, 20))]
            ),
        ),
    ),
    (
        "budget",
        (
            Tab(
                rows=[
                    ["Cost centre", "January", "February", "March", "Total"],
                    *([f"Team {n}", n, n, n, ("=1", 3 * n)] for n in range(9)),
                ]
            ),
        ),
    ),
    (
        "minutes",
        (
            Tab(
                rows=[
                    ["Minutes of the security committee"],
                    ["Date:", "2026-03-01"],
                    ["Attendees:", "A, B, C"],
                    [],
                    ["Topic", "Decision", "Owner", "Due date"],
                    ["Backup test", "Repeat the test in May", "Ops", "2026-05-01"],
                    ["Audit", "Prepare the evidence", "CISO", "2026-06-01"],
                ]
            ),
        ),
    ),
    (
        "timesheet",
        (
            Tab(
                rows=[
                    ["Employee name:", None],
                    ["Week:", None],
                    [],
                    ["Day", "Start", "End", "Hours"],
                    *([d, None, None, None] for d in ("Mon", "Tue", "Wed", "Thu", "Fri")),
                ]
            ),
        ),
    ),
    (
        "data extract",
        (
            Tab(
                rows=[
                    ["id", "name", "status", "created_at"],
                    *([n, f"record {n}", "active", "2026-01-01"] for n in range(30)),
                ]
            ),
        ),
    ),
)
