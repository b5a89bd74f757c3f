"""Shopping for tests: goods of the sandbox that suit, cart lines by hand, a checkout form."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from procurement.models import CartLine


def good_of(sandbox: Any, marketplace: str, *, batch: bool = False, moq: int | None = None) -> Any:
    """A good that can be ordered, with plenty of stock in its first variant."""
    world = sandbox.engine.world
    shelf = world.taobao if marketplace == "taobao" else world.ali
    return next(
        good
        for good in shelf.goods
        if good.skus
        and good.orderable
        and good.skus[0].stock > 500
        and (marketplace == "1688" or good.skus[0].mp_sku_id is not None)
        and good.moq <= 20
        and bool(good.batch) == batch
        and (moq is None or good.moq >= moq)
    )


def page_id(good: Any) -> str:
    """The id of its item page: Taobao goods go by the opaque one."""
    return good.map_id if good.marketplace == "taobao" else good.item_id


def line_of(person: Any, **changes: Any) -> CartLine:
    """A cart line by hand: 20 pieces at ¥10.00, nothing asked of any marketplace."""
    values: dict[str, Any] = {
        "marketplace": "1688",
        "item_id": "600000000001",
        "sku_id": "1",
        "order_item_id": "600000000001",
        "order_sku_id": "spec-1",
        "title": "Mug, matt",
        "title_original": "哑光马克杯",
        "variant": "红色",
        "seller_id": "s1",
        "seller_name": "义乌某厂",
        "quantity": 20,
        "unit_price": 1000,
        "rules": {
            "moq": 10,
            "batch": None,
            "stock": 200,
            "tiers": [[10, 1000], [50, 960]],
            "base": 1000,
        },
        "as_of": timezone.now(),
    }
    return CartLine.objects.create(person=person, **values | changes)


def form_of(company: Any, **changes: Any) -> dict[str, Any]:
    """What the checkout form posts."""
    values = {
        "token": "of-a-form",
        "purpose": "Mugs for the fair",
        "cost_centre": "4100",
        "needed_by": "",
        "ship_to": str(company.ship_to.pk),
        "note": "",
        "shown_total": "",
    }
    return values | changes
