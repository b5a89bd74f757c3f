"""From a cart to goods counted in, through services, commands and the sandbox over HTTP."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from approvals import services as approvals
from approvals.models import Approval
from catalog.services import get_offer
from gateway.models import RemoteCommand
from gateway.services import sending
from procurement.choices import OrderState, PaymentState, RequestState
from procurement.models import CartLine, Payment, PurchaseOrder
from procurement.services import asking, cart, polling, quoting, receiving, tracking

pytestmark = [pytest.mark.django_db(transaction=True)]


def run_due() -> list[str]:
    """What workers would do now."""
    from gateway.choices import CommandState

    states = []
    for pk in list(
        RemoteCommand.objects.filter(state=CommandState.QUEUED).values_list("pk", flat=True)
    ):
        states.append(sending.run_command(pk))
    return states


def fill_cart(sandbox: Any, who: Any, marketplace: str) -> None:
    shelf = sandbox.engine.world.taobao if marketplace == "taobao" else sandbox.engine.world.ali
    good = next(
        g
        for g in shelf.goods
        if g.skus
        and g.skus[0].stock > 500
        and getattr(g, "moq", 1) <= 50
        and not g.batch
        and g.skus[0].mp_sku_id is not None
        or (
            marketplace == "1688"
            and g.skus
            and g.skus[0].stock > 500
            and g.moq <= 50
            and not g.batch
        )
    )
    item_id = good.map_id if marketplace == "taobao" else good.item_id
    view = get_offer(person=who, marketplace=marketplace, item_id=item_id)
    assert view.offer is not None, view.failure
    sku = view.offer.skus[0]
    cart.add_to_cart(
        person=who,
        marketplace=marketplace,
        item_id=item_id,
        wanted=[cart.Wanted(sku.sku_id, str(max(20, view.offer.moq)))],
    )


@pytest.mark.parametrize("marketplace", ["taobao", "1688"])
def test_a_request_becomes_a_paid_order_that_arrives(
    company: SimpleNamespace, sandbox: Any, quick: None, marketplace: str
) -> None:
    fill_cart(sandbox, company.ana, marketplace)
    groups = quoting.cart_groups(company.ana)
    quoting.read_quotes(groups, ship_to=company.ship_to)
    assert groups[0].quote is not None, groups[0].failure
    request = asking.ask_for(
        person=company.ana,
        wish=asking.Wish(token="t1", purpose="Fair", cost_centre="4100", ship_to=company.ship_to),
        groups=groups,
    )
    assert request.state == RequestState.ASKED
    assert not CartLine.objects.exists()

    approval = Approval.objects.get()
    approvals.approve(approval=approval, by=company.maria, seen=approval.fingerprint)
    assert run_due() == ["done"]
    order = PurchaseOrder.objects.get()
    assert polling.read_one(order.pk) in (True, False)
    order.refresh_from_db()
    assert order.lines.count() == 1

    sandbox.control.advance({"seconds": 120})
    PurchaseOrder.objects.update(reread_at=None)
    polling.read_one(order.pk)
    assert run_due() == ["done"]
    sandbox.control.advance({"seconds": 3600})
    polling.read_one(order.pk)
    order.refresh_from_db()
    assert order.state == OrderState.PAID, order.remote_status
    assert Payment.objects.get().state == PaymentState.SETTLED
    request.refresh_from_db()
    assert request.state == RequestState.PLACED

    sandbox.control.advance({"seconds": 4 * 24 * 3600})
    polling.read_one(order.pk)
    order.refresh_from_db()
    tracking.read_parcels(order=order)
    order.refresh_from_db()
    assert order.state in (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED, OrderState.COMPLETED)
    assert order.parcels.exists()
    line = order.lines.get()
    receiving.count_in(order=order, by=company.ana, counts={line.pk: 5}, note="", token="r1")
    receiving.count_in(order=order, by=company.ana, counts={line.pk: 5}, note="", token="r1")
    order.refresh_from_db()
    assert order.received_count == 5
    assert [e["effect"] for e in sandbox.engine.ledger.rows()].count("debit") == 1
