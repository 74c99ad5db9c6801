"""Who gets the pages on which risks are accepted."""

from __future__ import annotations

from rfp.models import RiskAcceptance
from tests.judging.world import ask_for
from tests.tenders.matrix.row import BuyerRow, changes
from tests.tenders.world import TenderWorld


def a_vendor(world: TenderWorld) -> int:
    return world.participant(0).pk


def a_risk(world: TenderWorld) -> int:
    """Return a risk that waits for an executive; asked for when first wanted."""
    participant = world.participant(0)
    row = RiskAcceptance.objects.filter(participant=participant).first()
    return (row or ask_for(participant, by=world.bea)).pk


def signs() -> BuyerRow:
    """A POST by the executive alone."""
    return BuyerRow(method="post", owned=a_risk, procurement=403, executive=302)


ROWS: dict[str, BuyerRow] = {
    "risks": BuyerRow(executive=200),
    "risk": BuyerRow(owned=a_risk, executive=200),
    "risk_ask": BuyerRow(owned=a_vendor),
    "risk_sign": signs(),
    "risk_decline": signs(),
    "risk_revoke": signs(),
    "risk_withdraw": changes(a_risk),
    "risk_record": BuyerRow(owned=a_risk, executive=200),
}
