"""How a paid order travels: parcels, carriers, waybill numbers and traces, planned once at payment.

The plan is drawn from the order's own number, so it is the same after a restart and on every
machine. timetable.py carries it out; a person may hurry it from the other side's page.
"""

from __future__ import annotations

import random
from typing import Any

from .clock import DAY, HOUR, MINUTE
from .orders import ALIBABA, CLOSED_LINE, Line, Order, Parcel

# name, code, how its waybill numbers look (# is a digit), relative share
CARRIERS: tuple[tuple[str, str, str, int], ...] = (
    ("顺丰速运", "SF", "SF#############", 16),
    ("中通快递", "ZTO", "7868##########", 26),
    ("圆通速递", "YTO", "YT#############", 22),
    ("申通快递", "STO", "77##############", 12),
    ("极兔速递", "JTSD", "JT#############", 12),
    ("韵达快递", "YUNDA", "43#############", 12),
)
LATE_SHARE, SPLIT_SHARE, SILENT_SHARE, REPEATED_SHARE, REORDERED_SHARE = 0.12, 0.2, 0.1, 0.08, 0.08
HUBS = ("杭州", "广州", "武汉", "郑州", "上海", "东莞", "合肥", "南京")

ACCEPTED, TRANSPORT, DELIVERING, SIGNED = "ACCEPT", "TRANSPORT", "DELIVERING", "SIGN"
STATUS_WORDS = {ACCEPTED: "已揽收", TRANSPORT: "运输中", DELIVERING: "派送中", SIGNED: "已签收"}


def plan_parcels(order: Order, paid_at: int) -> list[Parcel]:
    """The parcels an order will leave in, as things stand at payment."""
    rng = random.Random(f"{order.order_id}/parcels")
    late = rng.random() < LATE_SHARE
    ship_at = paid_at + (
        rng.randint(3 * DAY, 7 * DAY) if late else rng.randint(4 * HOUR, 48 * HOUR)
    )
    groups = _groups(order, rng)
    parcels = []
    for index, items in enumerate(groups):
        if index:
            ship_at += rng.randint(12 * HOUR, 60 * HOUR)
        parcels.append(make_parcel(order, items, ship_at, index, rng))
    return parcels


def make_parcel(
    order: Order, items: list[list[int]], ship_at: int, index: int, rng: random.Random
) -> Parcel:
    """One parcel with its whole journey."""
    carrier, code, pattern, _ = rng.choices(CARRIERS, [row[3] for row in CARRIERS])[0]
    waybill = "".join(str(rng.randint(0, 9)) if mark == "#" else mark for mark in pattern)
    traces = _journey(order, ship_at, rng)
    prefix = "LP" if order.marketplace == ALIBABA else "TB"
    return Parcel(
        parcel_id=f"{prefix}{rng.randint(10**13, 10**14 - 1)}",
        carrier=carrier,
        carrier_code=code,
        waybill=waybill,
        items=items,
        ship_at=ship_at,
        deliver_at=max(trace[0] for trace in traces),
        traces=traces,
    )


def split_parcel(order: Order, parcel: Parcel, now: int) -> list[Parcel]:
    """The same goods in two parcels: about half at once, the rest a day later.

    One piece alone cannot be split; the list then holds the parcel as it was.
    """
    rng = random.Random(f"{order.order_id}/{parcel.parcel_id}/split")
    halves = _halves(parcel.items)
    if halves is None:
        return [parcel]
    first, rest = halves
    return [
        make_parcel(order, first, now, 0, rng),
        make_parcel(order, rest, now + DAY, 1, rng),
    ]


def hurry(parcel: Parcel, now: int, order: Order) -> None:
    """Let the parcel arrive now: what was still to come is skipped, the signature is added."""
    parcel.traces = [trace for trace in parcel.traces if trace[0] < now and trace[1] != SIGNED]
    parcel.traces.append(_signed(order, now))
    parcel.deliver_at = now


def seen(parcel: Parcel, now: int) -> list[list[Any]]:
    """The events that have happened, in the order in which the carrier reported them."""
    return [trace for trace in parcel.traces if trace[0] <= now]


def _groups(order: Order, rng: random.Random) -> list[list[list[int]]]:
    items = [[line.line_id, line.quantity] for line in order.lines if line.status != CLOSED_LINE]
    halves = _halves(items) if rng.random() < SPLIT_SHARE else None
    return [items] if halves is None else list(halves)


def _halves(items: list[list[int]]) -> tuple[list[list[int]], list[list[int]]] | None:
    if len(items) > 1:
        middle = (len(items) + 1) // 2
        return items[:middle], items[middle:]
    line_id, quantity = items[0]
    if quantity < 2:
        return None
    return [[line_id, (quantity + 1) // 2]], [[line_id, quantity // 2]]


def _journey(order: Order, ship_at: int, rng: random.Random) -> list[list[Any]]:
    """Events from the seller's town to the warehouse; a few journeys are silent or muddled."""
    home_province = str(order.seller.get("province", "浙江省"))
    home = str(order.seller.get("city", "义乌市"))
    goal_province = str(order.receiver.get("province", ""))
    goal = str(order.receiver.get("city") or goal_province or "上海市")
    hub = rng.choice([name for name in HUBS if name not in home and name not in goal])
    steps: list[tuple[int, str, str, str, str]] = [
        (rng.randint(5, 180), ACCEPTED, home_province, home, f"【{home}】快件已被揽收"),
        (
            rng.randint(90, 400),
            TRANSPORT,
            home_province,
            home,
            f"【{home}】快件已发往 {hub}转运中心",
        ),
        (rng.randint(300, 1100), TRANSPORT, "", f"{hub}市", f"【{hub}市】快件已到达 {hub}转运中心"),
        (rng.randint(60, 500), TRANSPORT, "", f"{hub}市", f"【{hub}市】快件已发往 {goal}转运中心"),
        (
            rng.randint(300, 1300),
            TRANSPORT,
            goal_province,
            goal,
            f"【{goal}】快件已到达 {goal}营业点",
        ),
        (
            rng.randint(60, 700),
            DELIVERING,
            goal_province,
            goal,
            f"【{goal}】派件员 {rng.choice('王李张刘陈杨')}师傅 正在派件",
        ),
    ]
    silence_before = rng.randint(2, 4) if rng.random() < SILENT_SHARE else -1
    at, events = ship_at, []
    for index, (minutes, status, province, city, text) in enumerate(steps):
        at += minutes * MINUTE
        if index == silence_before:
            at += rng.randint(3 * DAY, 6 * DAY)
        events.append([at, status, province, city, text])
    events.append(_signed(order, at + rng.randint(20, 300) * MINUTE))
    return _muddle(events, rng)


def _muddle(events: list[list[Any]], rng: random.Random) -> list[list[Any]]:
    """Now and then a carrier reports an event twice, or two the wrong way round."""
    if rng.random() < REPEATED_SHARE:
        index = rng.randint(1, len(events) - 2)
        events.insert(index + 1, list(events[index]))
    if rng.random() < REORDERED_SHARE:
        index = rng.randint(1, len(events) - 3)
        events[index], events[index + 1] = events[index + 1], events[index]
    return events


def _signed(order: Order, at: int) -> list[Any]:
    goal = str(order.receiver.get("city") or "上海市")
    who = str(order.receiver.get("name") or "仓库")
    text = f"【{goal}】快件已签收,签收人:{who[:1]}**"
    return [at, SIGNED, str(order.receiver.get("province", "")), goal, text]


def pieces(parcel: Parcel) -> int:
    """How many pieces are in the parcel."""
    return sum(quantity for _, quantity in parcel.items)


def lines_of(order: Order, parcel: Parcel) -> list[tuple[Line, int]]:
    """The lines in a parcel, each with its pieces."""
    return [(order.line(line_id), quantity) for line_id, quantity in parcel.items]
