"""The access matrix of the buyer's pages: who gets which. Each area keeps its rows in a module here."""

from __future__ import annotations

from tests.tenders.matrix import risks, tenders
from tests.tenders.matrix.row import BuyerRow

BUYER_MATRIX: dict[str, BuyerRow] = {**tenders.ROWS, **risks.ROWS}
