"""Seven months of requests, orders and parcels, in the order of time.

Every scene is a small function that runs at its moment, on both clocks: the desk's (clock.at) and
the sandbox's. Scenes plan later scenes. Nothing is written past the services.
"""

from __future__ import annotations

import heapq
import itertools
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

import structlog

from accounts.models import User
from approvals import services as approvals
from approvals.choices import ApprovalState, Reason
from approvals.models import Approval
from approvals.querysets import waiting_for
from catalog.marketplaces.base import Offer, OfferSku, Query
from catalog.services import check_quantity, get_offer, search
from desk import clock
from desk.services import add_comment
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from gateway.services import resolving, sending, sweeping
from procurement.choices import OrderState, ParcelState
from procurement.demo.cast import Company
from procurement.demo.platform import OtherSide
from procurement.demo.wishes import REFUSALS, REMARKS, SENT_BACK, WISHES
from procurement.models import CartLine, PurchaseOrder, PurchaseRequest
from procurement.services import asking, cart, ending, quoting, reading, receiving, tracking
from xport.client import ReadFailed

log = structlog.get_logger(__name__)

Scene = Callable[[], object]
LATELY = timedelta(days=10)  # before that, nothing is left waiting
READ_AFTER = (timedelta(days=3), timedelta(days=7), timedelta(days=17))


@dataclass
class Stage:
    """The clocks, the queue of scenes, and the dice. The same dice every time."""

    company: Company
    other: OtherSide
    start: datetime
    end: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(1688))
    queue: list[tuple[datetime, int, Scene]] = field(default_factory=list)
    count: itertools.count[int] = field(default_factory=itertools.count)
    used: set[tuple[str, str]] = field(default_factory=set)
    shelf: dict[tuple[str, str, str], list[str]] = field(default_factory=dict)

    def plan(self, moment: datetime, scene: Scene) -> None:
        """Scenes past the end never happen: they are the future of the person who practises."""
        if moment < self.end:
            heapq.heappush(self.queue, (moment, next(self.count), scene))

    def play(self) -> None:
        while self.queue:
            moment, _number, scene = heapq.heappop(self.queue)
            self.other.set_clock(moment)
            with clock.at(moment):
                try:
                    scene()
                except (ReadFailed, asking.AskRefused, cart.CartRefused) as trouble:
                    log.warning("a scene was skipped", why=str(trouble))

    def after(self, low: float, high: float) -> datetime:
        """A moment so many hours from now."""
        return clock.now() + timedelta(hours=self.dice.uniform(low, high))


# --- What people do -----------------------------------------------------------------------------
def choose(stage: Stage, person: User, marketplace: str, words: str, pieces: int) -> Offer | None:
    """An item nobody in this story has bought yet, that can be had in about this number."""
    key = (person.department.name if person.department else "", marketplace, words)
    if key not in stage.shelf:
        query = Query(words=words, size=40)
        found = search(person=person, marketplace=marketplace, query=query, fresh_seconds=10**9)
        stage.shelf[key] = [hit.item_id for hit in found.page.hits] if found.page else []
    for item_id in stage.shelf[key]:
        if (marketplace, item_id) in stage.used:
            continue
        stage.used.add((marketplace, item_id))
        view = get_offer(person=person, marketplace=marketplace, item_id=item_id, fresh_seconds=0)
        if view.offer and _choice(view.offer, pieces):
            return view.offer
    return None


def _choice(offer: Offer, pieces: int) -> tuple[OfferSku, int] | None:
    wanted = max(pieces, offer.moq)
    if offer.batch:
        wanted = -(-wanted // offer.batch) * offer.batch
    for sku in offer.skus:
        if sku.orderable and not check_quantity(offer, sku, wanted):
            return sku, wanted
    return None


def fill_cart(stage: Stage, person: User, wants: tuple[tuple[str, str, int], ...]) -> int:
    """Put what a wish names into a person's cart; how many lines."""
    lines = 0
    for marketplace, words, pieces in wants:
        varied = max(1, round(pieces * stage.dice.uniform(0.5, 1.4)))
        offer = choose(stage, person, marketplace, words, varied)
        chosen = _choice(offer, varied) if offer else None
        if offer is None or chosen is None:
            continue
        sku, quantity = chosen
        cart.add_to_cart(
            person=person,
            marketplace=marketplace,
            item_id=offer.item_id,
            wanted=[cart.Wanted(sku.sku_id, str(quantity))],
        )
        lines += 1
    return lines


def fill_worth(stage: Stage, person: User, marketplace: str, words: str, yuan: int) -> bool:
    """Put so many of one item into the cart that they cost at least `yuan`."""
    for _try in range(12):
        offer = choose(stage, person, marketplace, words, 1)
        if offer is None:
            return False
        pieces = int(yuan / max(min(s.price.amount for s in offer.skus), Decimal("0.01"))) + 1
        chosen = _choice(offer, pieces)
        if chosen is None:
            continue
        sku, quantity = chosen
        cart.add_to_cart(
            person=person,
            marketplace=marketplace,
            item_id=offer.item_id,
            wanted=[cart.Wanted(sku.sku_id, str(quantity))],
        )
        return True
    return False


def ask(stage: Stage, person: User, purpose: str, *, ship_to: int = 0) -> PurchaseRequest | None:
    """Ask for everything in the cart."""
    address = stage.company.ship_to[ship_to]
    groups = quoting.cart_groups(person)
    if not groups:
        return None
    quoting.read_quotes(groups, ship_to=address, deadline=10)
    if any(group.blocked for group in groups):
        CartLine.objects.filter(person=person).delete()
        return None
    request = asking.ask_for(
        person=person,
        wish=asking.Wish(
            token=f"demo-{person.pk}-{clock.now().timestamp():.0f}",
            purpose=purpose,
            cost_centre=person.department.cost_centre if person.department else "",
            ship_to=address,
            needed_by=(clock.now() + timedelta(days=stage.dice.randint(20, 45))).date(),
        ),
        groups=groups,
    )
    if stage.dice.random() < 0.25:
        add_comment(subject=f"request:{request.pk}", by=person, text=stage.dice.choice(REMARKS))
    return request


def approve(stage: Stage, request: PurchaseRequest) -> bool:
    """Whoever's turn it is approves, step by step; True when all did."""
    for _step in range(3):
        approval = Approval.objects.filter(subject=f"request:{request.pk}").first()
        if approval is None or approval.state != ApprovalState.WAITING:
            break
        decider = _decider(approval)
        if decider is None:
            return False
        approvals.approve(approval=approval, by=decider, seen=approval.fingerprint)
    stage.plan(clock.now() + timedelta(seconds=20), lambda: work(stage))
    return True


def agree(stage: Stage, approval: Approval) -> None:
    """A price that rose is approved, long ago."""
    approval.refresh_from_db()
    decider = _decider(approval)
    if approval.state == ApprovalState.WAITING and decider is not None:
        approvals.approve(approval=approval, by=decider, seen=approval.fingerprint)
        stage.plan(clock.now() + timedelta(seconds=20), lambda: work(stage))


def _decider(approval: Approval) -> User | None:
    people = User.objects.filter(is_active=True).exclude(pk=approval.requester_id)
    return next((p for p in people if waiting_for(p).filter(pk=approval.pk).exists()), None)


def work(stage: Stage) -> None:
    """What workers do: send what is due, and read what was made."""
    sweeping.end_leases()
    for pk in _due():
        sending.run_command(pk)
    if clock.now() < stage.end - LATELY:
        for approval in Approval.objects.filter(reason=Reason.CHANGE, state=ApprovalState.WAITING):
            stage.plan(stage.after(1, 6), partial(agree, stage, approval))
    fresh = PurchaseOrder.objects.filter(reread_at__lte=clock.now())
    for order in fresh.select_related("sub_account"):
        _read(order)
        stage.plan(clock.now() + timedelta(seconds=20), lambda: work(stage))
        stage.plan(clock.now() + timedelta(minutes=40), partial(settle, stage, order))


def _due() -> list[int]:
    rows = RemoteCommand.objects.filter(
        state=CommandState.QUEUED, not_before__lte=clock.now()
    ).order_by("not_before")
    return list(rows.values_list("pk", flat=True))


def settle(stage: Stage, order: PurchaseOrder) -> None:
    """The payment shows; later the parcels do."""
    _read(order)
    if order.state in (OrderState.PAID, OrderState.SHIPPED, OrderState.PARTLY_SHIPPED):
        for wait in READ_AFTER:
            later = clock.now() + wait * stage.dice.uniform(0.8, 1.2)
            stage.plan(later, lambda: follow(stage, order))


def follow(stage: Stage, order: PurchaseOrder) -> None:
    """Read the order and its parcels; count in what arrived."""
    order.refresh_from_db()
    if order.state == OrderState.COMPLETED:
        return
    _read(order)
    if order.received_count:
        return
    if order.state in (*tracking.ON_THE_WAY[1:], OrderState.COMPLETED):
        tracking.read_parcels(order=order)
    if order.parcels.filter(state=ParcelState.DELIVERED).exists():
        stage.plan(stage.after(3, 40), lambda: count_in(stage, order))


def count_in(stage: Stage, order: PurchaseOrder) -> None:
    """The warehouse counts; now and then a piece is missing."""
    order.refresh_from_db()
    if order.received_count:
        return
    counts = {
        line.pk: max(
            0, line.quantity - (stage.dice.randint(1, 2) if stage.dice.random() < 0.15 else 0)
        )
        for line in order.lines.all()
    }
    if any(counts.values()):
        receiving.count_in(
            order=order,
            by=stage.company["chenxiao"],
            counts=counts,
            note="",
            token=f"demo-{order.pk}",
        )


def _read(order: PurchaseOrder) -> None:
    order.refresh_from_db()
    reading.read_now(order=order)
    order.refresh_from_db()


# --- The seven months ----------------------------------------------------------------------------
def seven_months(stage: Stage) -> None:
    """Plan a hundred and ten asks over the time, busier towards fairs and the end of the year."""
    buyers = {
        "Marketing": ("ana", "tomas", "maria"),
        "Operations": ("jonas", "piotr", "priya"),
        "Product": ("luca", "sofie"),
        "Office": ("hannah", "oskar"),
    }
    days = (stage.end - stage.start).days - 4
    asks = 110
    for number in range(asks):
        wish = WISHES[number % len(WISHES)]
        purpose, department, wants = wish
        person = stage.company[stage.dice.choice(buyers[department])]
        share = (number + stage.dice.random()) / asks
        moment = stage.start + timedelta(days=days * share**0.9, hours=stage.dice.uniform(-3, 5))
        if number >= len(WISHES):
            purpose = f"{purpose}, again" if number < 2 * len(WISHES) else f"{purpose} ({number})"
        stage.plan(moment, partial(one_ask, stage, person, purpose, wants, number))


def one_ask(
    stage: Stage, person: User, purpose: str, wants: tuple[tuple[str, str, int], ...], number: int
) -> None:
    """One request, and what becomes of it."""
    if not person.is_active or not fill_cart(stage, person, wants):
        return
    request = ask(stage, person, purpose.removesuffix(f" ({number})"), ship_to=number % 5 == 4)
    if request is None:
        return
    if number % 31 == 7:
        stage.plan(stage.after(2, 30), lambda: say_no(stage, request, refused=True))
    elif number % 37 == 11:
        stage.plan(stage.after(2, 30), lambda: asking.withdraw(request=request, by=person))
    else:
        stage.plan(stage.after(0.3, 9), lambda: approve(stage, request))


def say_no(stage: Stage, request: PurchaseRequest, *, refused: bool) -> None:
    approval = Approval.objects.filter(subject=f"request:{request.pk}").first()
    decider = _decider(approval) if approval else None
    if approval is None or decider is None:
        return
    note = stage.dice.choice(REFUSALS if refused else SENT_BACK)
    act = approvals.refuse if refused else approvals.send_back
    act(approval=approval, by=decider, seen=approval.fingerprint, note=note)


def cancel_unpaid(stage: Stage, request: PurchaseRequest) -> None:
    """Cancel what is still unpaid (finance has not released it)."""
    for order in PurchaseOrder.objects.filter(request=request, state=OrderState.PLACED):
        try:
            ending.cancel_order(
                order=order,
                by=request.requester,
                reason="No longer needed",
                token="demo",  # noqa: S106
            )
        except ending.EndRefused:
            continue
        stage.plan(clock.now() + timedelta(seconds=30), lambda: work(stage))


def resolve_due() -> None:
    """Ask about everything unclear that is due."""
    for pk in RemoteCommand.objects.filter(
        state=CommandState.UNKNOWN, ask_at__lte=clock.now()
    ).values_list("pk", flat=True):
        resolving.resolve(pk)
