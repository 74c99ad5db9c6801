"""Who gets the pages of layouts."""

from __future__ import annotations

from rfp.models import RememberedLayout
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def questionnaire(world: World) -> int:
    return world.questionnaire.pk


def remembered(world: World) -> int:
    row, _ = RememberedLayout.objects.get_or_create(
        organisation=world.organisation,
        fingerprint="f",
        defaults={"name": "Secret Buyer 2026", "layout": "sheets: {Security: {}}", "confirmed_at": NOW},
    )
    return row.pk


ROWS: dict[str, Row] = {
    "layout": Row(owned=questionnaire),
    "layout_edit": Row(
        method="post",
        owned=questionnaire,
        sends=lambda _: {"version": "0", "do": "leave_out", "sheet": "1"},
        own=302,
        sales_engineer=302,
    ),
    "layout_step": Row(
        method="post",
        owned=questionnaire,
        sends=lambda _: {"version": "0", "do": "restart"},
        own=302,
        sales_engineer=302,
    ),
    "layout_text": Row(owned=questionnaire),
    "layout_file": Row(owned=questionnaire),
    "layout_confirm": Row(owned=questionnaire),
    "remembered_layouts": Row(),
    "remembered_layout": Row(owned=remembered),
    "remembered_layout_rename": Row(
        method="post", owned=remembered, sends=lambda _: {"name": "Another"}, own=302, sales_engineer=302
    ),
    "remembered_layout_forget": Row(method="post", owned=remembered, own=302, sales_engineer=302),
}
