"""Who gets the pages on which a tender is defined and moved on."""

from __future__ import annotations

from tests.tenders.matrix.row import BuyerRow, changes, the_draft, the_tender

ROWS: dict[str, BuyerRow] = {
    "tenders": BuyerRow(evaluator=200, executive=200),
    "tender_add": BuyerRow(),
    "tender": BuyerRow(owned=the_tender, evaluator=200, executive=200),
    "tender_edit": BuyerRow(owned=the_tender),
    "tender_form": BuyerRow(owned=the_tender, evaluator=200, executive=200),
    "tender_form_upload": changes(the_draft, answer=422),
    "tender_vendor_add": changes(the_tender, name="Dogwood"),
    "tender_open": changes(the_draft),
    "tender_close": changes(the_tender),
    "tender_open_scoring": changes(the_tender),
}
