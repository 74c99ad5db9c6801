"""Who gets the pages about people and what they did."""

from __future__ import annotations

from accounts.models import Notification, User
from tests.conftest import NOW
from tests.pages.conftest import World
from tests.pages.matrix.row import Row


def a_notification(world: World) -> int:
    """Tell the person who asks something: the approver, else the sales engineer."""
    person = User.objects.filter(email__in=["ada@vendor.example", "vera@vendor.example"]).order_by("email")[0]
    told = Notification.objects.create(
        organisation=world.organisation, user=person, kind="mention", text="Ask Vera.", url="/", created_at=NOW
    )
    return told.pk


ROWS: dict[str, Row] = {
    "audit": Row(),
    "notifications": Row(),
    "notifications_read": Row(method="post", own=302, sales_engineer=302),
    "notification_open": Row(method="post", owned=a_notification, own=302, sales_engineer=302),
    "sign_in": Row(public=True),
    "sign_out": Row(method="post", public=True),
    "choose_organisation": Row(method="post", public=True),
}
