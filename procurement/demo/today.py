"""The last days: everything that somebody who comes in should find waiting, failing or unclear."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

from accounts.models import SubAccount
from approvals.models import Approval
from desk import clock
from gateway.choices import CommandState
from gateway.client import client_for
from gateway.models import RemoteCommand
from procurement.choices import OrderState, PaymentState
from procurement.demo.story import (
    Stage,
    approve,
    ask,
    cancel_unpaid,
    choose,
    fill_cart,
    fill_worth,
    resolve_due,
    say_no,
    work,
)
from procurement.models import Payment, PurchaseOrder, PurchaseRequest, RequestLine
from procurement.services import cart, paying, reading, tracking


def last_days(stage: Stage) -> None:
    """Plan them, each at its own moment before the end."""
    end = stage.end
    for days, who, purpose, words in LEFT_UNPAID:
        stage.plan(
            end - timedelta(days=days),
            partial(_left_unpaid, stage, who, purpose, words, days),
        )
    stage.plan(end - timedelta(days=6), lambda: _bought_outside(stage, "2100000000003", "白板"))
    stage.plan(end - timedelta(days=3), lambda: _bought_outside(stage, "2100000000001", "帽子"))
    for number, (hours, who, purpose, wants) in enumerate(WAITING):
        stage.plan(
            end - timedelta(hours=hours),
            partial(_wait, stage, who, purpose, wants, number),
        )
    stage.plan(
        end - timedelta(minutes=100), lambda: _sent_back(stage, "ana", "Bar towels for the stand")
    )
    stage.plan(end - timedelta(minutes=70), lambda: _sent_back(stage, "hannah", "Tablecloths"))
    for days, who, words in ((33, "hannah", "键盘"), (17, "luca", "充电器")):
        scene = partial(_cancelled_at_taobao, stage, who, words)
        stage.plan(end - timedelta(days=days), scene)
    for hours, goods in ((6, ("taobao", "收纳箱")), (7, ("1688", "袜子"))):
        stage.plan(end - timedelta(hours=hours), partial(_part_shipped, stage, *goods))
    stage.plan(end - timedelta(hours=30), lambda: _partly(stage))
    stage.plan(end - timedelta(hours=26), lambda: _outside(stage))
    stage.plan(end - timedelta(hours=9), lambda: _to_release(stage))
    stage.plan(end - timedelta(hours=8), lambda: _price_rose_after_placing(stage))
    stage.plan(end - timedelta(minutes=50), lambda: _at_the_warehouse(stage))
    stage.plan(end - timedelta(hours=5), lambda: _stuck_payment(stage, "tomas"))
    stage.plan(end - timedelta(hours=3), lambda: _stuck_order(stage))
    stage.plan(end - timedelta(minutes=4), lambda: _unclear_payment(stage))
    stage.plan(end - timedelta(minutes=2), lambda: _in_carts(stage))


ABOVE_AGREEMENT = 6_500  # yuan: 1688 debits without a password only up to 5,000
LARGE = 16_000  # yuan: above what is paid at once after approval
WAITING = (
    (52, "ana", "Tote bags for the winter fair", (("1688", "帆布袋", 300),)),
    (40, "tomas", "Stickers and badges", (("1688", "徽章", 200),)),
    (33, "jonas", "Pallet labels, spring", (("1688", "标签", 300),)),
    (28, "luca", "Test cables, all lengths", (("taobao", "数据线", 25), ("taobao", "充电器", 6))),
    (22, "hannah", "Plates and cups, canteen", (("taobao", "餐具", 40), ("taobao", "马克杯", 40))),
    (16, "ana", "Hoodies for the crew", (("1688", "卫衣", 160),)),
    (11, "priya", "Safety shoes for the yard", (("1688", "劳保鞋", 90),)),
    (6, "ana", "Notebooks with the new logo", (("1688", "笔记本", 150), ("taobao", "中性笔", 60))),
    (2, "luca", "Desk mats for the lab", (("taobao", "桌垫", 12),)),
)


LEFT_UNPAID = (
    # days ago, who, purpose, words; the even ones are cancelled, the odd ones run out
    (64, "jonas", "Cartons, second supplier", "纸箱"),
    (45, "tomas", "Umbrellas, cancelled event", "雨伞"),
    (38, "luca", "Lamps, other model", "台灯"),
    (23, "hannah", "Boxes for the move", "收纳箱"),
)


def _left_unpaid(stage: Stage, who: str, purpose: str, words: str, days: int) -> None:
    """Too large to be paid at once, and finance never released it."""
    request = _placed_worth(stage, who, purpose, words, LARGE)
    if request is None:
        return
    if days % 2 == 0:
        stage.plan(clock.now() + timedelta(hours=6), lambda: cancel_unpaid(stage, request))
    else:
        stage.plan(clock.now() + timedelta(days=6), lambda: _read_all(request))


def _read_all(request: PurchaseRequest) -> None:
    for order in PurchaseOrder.objects.filter(request=request).select_related("sub_account"):
        reading.read_now(order=order)


def _bought_outside(stage: Stage, user_id: str, words: str) -> None:
    """An order placed by a signed call that the desk's books know nothing of."""
    buyer = stage.company["ana" if user_id.endswith("1") else "hannah"]
    offer = choose(stage, buyer, "1688", words, 30)
    sku = next((s for s in offer.skus if s.orderable), None) if offer else None
    if offer is None or sku is None:
        return
    lines = [
        {
            "order_item_id": offer.order_item_id,
            "order_sku_id": sku.order_sku_id,
            "quantity": max(30, offer.moq),
        }
    ]
    _raw_create(stage.company.accounts[user_id], stage.company.ship_to[0].as_json(), lines)


def _wait(
    stage: Stage, who: str, purpose: str, wants: tuple[tuple[str, str, int], ...], number: int
) -> None:
    """A request that stays open; the second one's price rises 6 % after it was asked."""
    person = stage.company[who]
    if not fill_cart(stage, person, wants):
        return
    request = ask(stage, person, purpose)
    if request is not None and number == 0:
        for line in request.lines.all():
            _raise_price(stage, line, 6)


def _raise_price(stage: Stage, line: RequestLine, percent: int) -> None:
    stage.other.post(f"/goods/{line.marketplace}/{line.item_id}/price", percent=percent)


def _sent_back(stage: Stage, who: str, purpose: str) -> None:
    person = stage.company[who]
    if fill_cart(stage, person, (("taobao", "毛巾" if who == "ana" else "桌布", 20),)):
        request = ask(stage, person, purpose)
        if request is not None:
            say_no(stage, request, refused=False)


def _placed(
    stage: Stage, who: str, purpose: str, wants: tuple[tuple[str, str, int], ...]
) -> PurchaseRequest | None:
    """Ask and approve now; the commands are queued, not yet sent."""
    person = stage.company[who]
    if not fill_cart(stage, person, wants):
        return None
    request = ask(stage, person, purpose)
    if request is not None:
        approve(stage, request)
    return request


def _placed_worth(
    stage: Stage, who: str, purpose: str, words: str, yuan: int
) -> PurchaseRequest | None:
    """The same for one 1688 item, in such a number that it costs at least so much."""
    person = stage.company[who]
    if not fill_worth(stage, person, "1688", words, yuan):
        return None
    request = ask(stage, person, purpose)
    if request is not None:
        approve(stage, request)
    return request


def _partly(stage: Stage) -> None:
    """Two sellers; one takes its goods off the shelf between approval and placing."""
    request = _placed(
        stage,
        "ana",
        "Cups and bottles for the raffle",
        (("taobao", "保温杯", 20), ("1688", "马克杯", 60)),
    )
    if request is None:
        return
    line = request.lines.filter(marketplace="taobao").first() or request.lines.first()
    if line is not None:
        stage.other.post(f"/goods/{line.marketplace}/{line.item_id}/off-shelf")


def _cancelled_at_taobao(stage: Stage, who: str, words: str) -> None:
    """Above what is paid at once, and taken back before finance released it."""
    person = stage.company[who]
    if not fill_worth(stage, person, "taobao", words, LARGE):
        return
    request = ask(stage, person, f"Spare parts, {words}")
    if request is not None:
        approve(stage, request)
        stage.plan(clock.now() + timedelta(hours=5), lambda: cancel_unpaid(stage, request))


def _part_shipped(stage: Stage, marketplace: str, words: str) -> None:
    """Two lines of one seller's order; the seller sends a part of it."""
    person = stage.company["jonas"]
    offer = choose(stage, person, marketplace, words, 40)
    skus = [s for s in offer.skus if s.orderable and s.stock > 100][:2] if offer else []
    if offer is None or len(skus) < 2:
        return
    pieces = str(max(40, offer.moq) // (offer.batch or 1) * (offer.batch or 1) or offer.batch)
    wanted = [cart.Wanted(sku.sku_id, pieces) for sku in skus]
    cart.add_to_cart(person=person, marketplace=marketplace, item_id=offer.item_id, wanted=wanted)
    request = ask(stage, person, "Two sorts for the stockroom")
    if request is not None:
        approve(stage, request)
        stage.plan(clock.now() + timedelta(hours=3), lambda: _ship_a_part(stage, request))


def _ship_a_part(stage: Stage, request: PurchaseRequest) -> None:
    paid = PurchaseOrder.objects.filter(request=request).select_related("sub_account")
    for order in paid:
        reading.read_now(order=order)
        order.refresh_from_db()
        if order.state == OrderState.PAID:
            stage.other.order(order.remote_id, "ship-part")
            reading.read_now(order=order)


def _at_the_warehouse(stage: Stage) -> None:
    """Some of what is on the way arrives today, and nobody has counted it yet."""
    moving = PurchaseOrder.objects.filter(
        state__in=tracking.ON_THE_WAY[1:], received_count=0
    ).select_related("sub_account")
    for order in moving.order_by("-placed_at")[1:8]:
        stage.other.order(order.remote_id, "deliver")
        reading.read_now(order=order)
        tracking.read_parcels(order=order)


def _outside(stage: Stage) -> None:
    """Two payments that a person has to make at 1688: amounts above the password-free agreement."""
    for who, purpose, words in (
        ("jonas", "Cartons for the peak season", "纸箱"),
        ("ana", "Power banks for dealers", "充电宝"),
    ):
        _placed_worth(stage, who, purpose, words, ABOVE_AGREEMENT)


def _to_release(stage: Stage) -> None:
    """Placed, approved, above what is paid at once: finance releases them."""
    for who, purpose, words in (
        ("tomas", "Umbrellas for the roadshow", "雨伞"),
        ("luca", "Lamps for the model flat", "台灯"),
        ("jonas", "Vests for all sites", "反光衣"),
    ):
        _placed_worth(stage, who, purpose, words, LARGE)


def _price_rose_after_placing(stage: Stage) -> None:
    """An order waits for finance; its seller raises the price; finance tries to pay it."""
    request = _placed_worth(stage, "hannah", "Mascots for the lobby", "毛绒", LARGE)
    stage.plan(clock.now() + timedelta(minutes=3), lambda: _raise_and_pay(stage, request))


def _raise_and_pay(stage: Stage, request: PurchaseRequest | None) -> None:
    order = PurchaseOrder.objects.filter(
        request=request, state=OrderState.PLACED, payments__released=False
    ).first()
    if order is None:
        return
    stage.other.order(order.remote_id, "price", percent=6)
    payment = order.payments.first()
    if payment is not None and payment.state == PaymentState.APPROVED:
        paying.release(payment=payment, by=stage.company["frank"])
        stage.plan(clock.now() + timedelta(seconds=15), lambda: work(stage))


def _pay_into(stage: Stage, who: str, purpose: str, words: str, pieces: int) -> None:
    """A payment whose call is cut before the platform does anything."""
    stage.other.fault("taobao_order.purchase_pay", "cut", when="before")
    _placed(stage, who, purpose, (("taobao", words, pieces),))


def _stuck_payment(stage: Stage, who: str) -> None:
    _pay_into(stage, who, "Candles for the client gift", "蜡烛", 24)
    for minutes in (15, 22, 30, 40):
        stage.plan(clock.now() + timedelta(minutes=minutes), resolve_due)


def _unclear_payment(stage: Stage) -> None:
    """Cut a few minutes ago: still being asked about when somebody comes in."""
    _pay_into(stage, "tomas", "Mugs for the press lunch", "马克杯", 18)


def _stuck_order(stage: Stage) -> None:
    """A 1688 order whose answer was lost, and one exactly alike that somebody placed outside."""
    request = _placed(stage, "jonas", "Tape for the night shift", (("1688", "胶带", 90),))
    if request is None:
        return
    stage.other.fault("alibaba_order.create", "cut", when="after")
    stage.plan(clock.now() + timedelta(seconds=25), lambda: _twin(request))
    for minutes in (1, 2, 4):
        stage.plan(clock.now() + timedelta(minutes=minutes), resolve_due)


def _twin(request: PurchaseRequest) -> None:
    """The same goods again, by a signed raw call that the desk's books know nothing of."""
    command = RemoteCommand.objects.filter(
        state=CommandState.UNKNOWN,
        kind="place",
        payload__planned__in=list(request.planned.values_list("pk", flat=True)),
    ).first()
    if command is None:
        return
    _raw_create(command.sub_account, command.payload["address"], command.payload["lines"])


def _raw_create(account: SubAccount, address: dict[str, str], lines: list[dict[str, Any]]) -> None:
    client_for(account).raw(
        "alibaba_order.create",
        {
            "flow": "general",
            "addressParam": {
                "fullName": address["receiver"],
                "mobile": address["mobile"],
                "provinceText": address["province"],
                "cityText": address["city"],
                "areaText": address["district"],
                "address": address["street"],
                "postCode": address["post_code"],
            },
            "cargoParamList": [
                {
                    "offerId": int(line["order_item_id"]),
                    "specId": line["order_sku_id"],
                    "quantity": line["quantity"],
                }
                for line in lines
            ],
        },
    )


def _in_carts(stage: Stage) -> None:
    """Something in the carts of those whose cards are on the log-in page."""
    fill_cart(stage, stage.company["ana"], (("1688", "挂绳", 120), ("taobao", "笔记本", 20)))
    fill_cart(stage, stage.company["jonas"], (("1688", "手套", 80),))


def summary() -> dict[str, int]:
    """How much there is, for the line the command prints."""
    return {
        "requests": PurchaseRequest.objects.count(),
        "orders": PurchaseOrder.objects.count(),
        "payments": Payment.objects.count(),
        "waiting": Approval.objects.filter(state="waiting").count(),
        "unclear": RemoteCommand.objects.filter(state=CommandState.UNKNOWN).count(),
    }
