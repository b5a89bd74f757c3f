"""Pieces of the other side's page: one order, one good, one row, and the sentence each says."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from . import steps
from .clock import china_text, utc
from .control import Control
from .faults import KINDS, Fault
from .orders import (
    ACCEPTED,
    CLOSED,
    FINANCE,
    FINISHED,
    PAID,
    RECEIVED,
    SHIPPED,
    TERMINATED,
    UNPAID,
    Due,
    Order,
    Parcel,
)
from .parcels import pieces
from .users import User

FOLDER = Path(__file__).with_name("pages")
MARKS = {"taobao": "TB", "1688": "1688"}
STATES = {
    UNPAID: ("Not paid", "wait-tone"),
    ACCEPTED: ("Payment taken in, not booked yet", "wait-tone"),
    FINANCE: ("Waiting for the finance system to pay the seller", "wait-tone"),
    PAID: ("Paid; the seller has to ship", "wait-tone"),
    SHIPPED: ("On the way to the warehouse", "good-tone"),
    RECEIVED: ("Receipt confirmed", "good-tone"),
    FINISHED: ("Finished", "good-tone"),
    CLOSED: ("Closed", "bad-tone"),
    TERMINATED: ("Ended by the seller, money back", "bad-tone"),
}
COMING = {
    steps.FINANCE: "goes to the finance system",
    steps.PAY: "the payment is booked",
    steps.DEBIT: "the bulk payment is debited",
    steps.CANCEL: "the cancellation ends",
    steps.CLOSE_UNPAID: "closes if nobody pays",
    steps.SHIP: "the seller ships",
    steps.DELIVER: "the parcel arrives",
    steps.CONFIRM: "is confirmed by itself",
    steps.FINISH: "is finished",
}
REASONS = {
    "BUYER_NO_PAY": "nobody paid in time",
    "BUYER_CANCEL": "the buyer cancelled",
    "buyerCancel": "the buyer cancelled",
    "SELLER_GOODS_LACK": "the seller has no goods",
}


@lru_cache(maxsize=16)
def template(name: str) -> str:
    """The text of a file in pages/."""
    return (FOLDER / name).read_text(encoding="utf-8")


def render(name: str, **values: object) -> Markup:
    """A template with its values, escaped unless they are Markup themselves."""
    return Markup(template(name)).format(**values)  # noqa: S704 - a file of this package


def money(fen: int | None) -> str:
    """¥1,234.50."""
    if fen is None:
        return ""
    sign = "−" if fen < 0 else ""
    return f"{sign}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def button(action: str, words: str, *, main: bool = False, **fields: object) -> Markup:
    """A form of one button."""
    hidden = Markup("").join(
        Markup('<input type="hidden" name="{}" value="{}">').format(name, value)
        for name, value in fields.items()
    )
    kind = Markup(' class="main"') if main else ""
    return Markup('<form method="post" action="{}">{}<button{}>{}</button></form>').format(
        action, hidden, kind, words
    )


def option(value: str, words: str) -> Markup:
    """One choice of a select."""
    return Markup('<option value="{}">{}</option>').format(value, words)


def empty(sentence: str) -> Markup:
    """What stands where a list has nothing."""
    return Markup('<p class="empty">{}</p>').format(sentence)


def said_box(sentence: str) -> Markup:
    """What the last button did, if anything."""
    if not sentence:
        return Markup("")
    return Markup('<p class="said" role="status">{}</p>').format(sentence)


def moment(ms: int) -> Markup:
    """A moment of the world in UTC, exact on hover."""
    return Markup('<time datetime="{}" title="{} in China">{}</time>').format(
        utc(ms).isoformat(timespec="seconds"), china_text(ms), f"{utc(ms):%d %b %H:%M}"
    )


def table(head: Iterable[str], rows: Iterable[Iterable[object]], label: str) -> Markup:
    """A table that scrolls inside itself where it is too wide."""
    top = Markup("").join(Markup('<th scope="col">{}</th>').format(word) for word in head)
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(Markup("<td>{}</td>").format(cell) for cell in row)
        )
        for row in rows
    )
    return Markup(
        '<div class="wide" tabindex="0" role="region" aria-label="{}"><table><thead><tr>{}</tr>'
        "</thead><tbody>{}</tbody></table></div>"
    ).format(label, top, body)


# -- orders -----------------------------------------------------------------------------------


def order_card(control: Control, order: Order, now: int) -> Markup:
    """One order with the buttons that make sense for it."""
    words, tone = STATES[order.status]
    if order.close_reason:
        words += f": {REASONS.get(order.close_reason, order.close_reason)}"
    left = sum(parcel.shipped for parcel in order.parcels)
    if order.status == PAID and left:
        words = f"{left} of {len(order.parcels)} parcels on the way"
    if order.status == SHIPPED and order.delivered_at:
        words = "Arrived at the warehouse, not confirmed"
    base = f"/_sandbox/orders/{order.order_id}"
    return render(
        "order.html",
        picture=order.lines[0].picture.replace("size=400", "size=160"),
        mark=MARKS[order.marketplace],
        number=order.order_id,
        user=f"{order.user_id} · {order.seller['nick']}",
        state=words,
        tone=tone,
        lines=" · ".join(f"{line.title} × {line.quantity}" for line in order.lines),
        next=_next(order.schedule),
        total=money(order.total),
        sum_note=_sum_note(order),
        buttons=Markup("").join(_order_buttons(order, base)),
        facts=_facts(order),
        parcels=Markup("").join(_parcel(parcel, now) for parcel in order.parcels),
        effects=ledger_table(
            control.engine.ledger.rows(order=order.order_id), f"Effects on {order.order_id}"
        ),
        push_buttons=Markup("").join(
            button(f"{base}/{verb}", said, anchor="messages")
            for verb, said in (
                ("push-again", "Push the last message again"),
                ("push-shuffled", "Push all messages in the wrong order"),
                ("push-forged", "Push a lie: paid ¥0.01"),
            )
        ),
    )


def _sum_note(order: Order) -> str:
    notes = [f"freight {money(order.freight)}"] if order.freight else []
    if order.discount:
        notes.append(f"price changed by {money(order.discount)}")
    if order.debited:
        notes.append(f"debited {money(order.debited)}")
    return ", ".join(notes)


def _next(schedule: list[Due]) -> Markup:
    if not schedule:
        return Markup("")
    due = schedule[0]
    return Markup("Next: {}, {}").format(COMING[due.what], moment(due.at))


def _order_buttons(order: Order, base: str) -> list[Markup]:
    if order.status == UNPAID:
        return [
            button(f"{base}/price", "Price +6 %", percent=6),
            button(f"{base}/price", "Price −5 %", percent=-5),
            button(f"{base}/close", "Close"),
        ]
    if order.status == PAID:
        made = [button(f"{base}/ship", "Ship")]
        waiting = [parcel for parcel in order.parcels if not parcel.shipped]
        if len(waiting) > 1 or sum(map(pieces, waiting)) > 1:
            made.append(button(f"{base}/ship-part", "Ship partly"))
        made.append(button(f"{base}/deliver", "Deliver"))
        if len(waiting) == len(order.parcels):
            made.append(button(f"{base}/close", "Close, money back"))
        return made
    if order.status == SHIPPED and not order.delivered_at:
        return [button(f"{base}/deliver", "Deliver")]
    return []


def _facts(order: Order) -> Markup:
    facts: list[tuple[str, object]] = [("Placed", moment(order.created))]
    if order.purchase_id:
        facts.append(("Purchase", order.purchase_id))
    if order.outer_id:
        facts.append(("Desk’s number", order.outer_id))
    facts.append(("Platform’s number", order.number))
    facts.append(("Seller", f"{order.seller['company']} · {order.seller['city']}"))
    facts += [
        ("Line", f"{line.line_id} · {line.title} · {line.variant} · {money(line.price)}")
        for line in order.lines
    ]
    if order.remark:
        facts.append(("Buyer’s note", order.remark))
    return Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(name, value) for name, value in facts
    )


def _parcel(parcel: Parcel, now: int) -> Markup:
    events = Markup("").join(
        Markup('<li class="{}" lang="zh-Hans">{} {}</li>').format(
            "been" if trace[0] <= now else "coming", moment(trace[0]), trace[4]
        )
        for trace in parcel.traces
    )
    count = pieces(parcel)
    return Markup('<div><strong lang="zh-Hans">{} {}</strong> · {} {}<ol>{}</ol></div>').format(
        parcel.carrier, parcel.waybill, count, "piece" if count == 1 else "pieces", events
    )


# -- goods, sub-accounts, faults, messages, ledger ---------------------------------------------


def good_card(good: dict[str, Any], text: str) -> Markup:
    """One good with its levers; `text` is the search to come back to."""
    base = f"/_sandbox/goods/{good['marketplace']}/{good['item_id']}"
    keep: dict[str, Any] = {"text": text, "anchor": "goods"}
    changed = []
    if good["permille"] != 1000:
        changed.append(f"price at {good['permille'] / 10:g} %")
    if good["off_shelf"]:
        changed.append("off the shelf")
    shelf = (
        ("on-shelf", "Back on the shelf") if good["off_shelf"] else ("off-shelf", "Off the shelf")
    )
    buttons = button(f"{base}/{shelf[0]}", shelf[1], **keep)
    if changed:
        buttons += button(f"{base}/restore", "As on the first day", **keep)
    return render(
        "good.html",
        picture=good["picture"],
        mark=MARKS[good["marketplace"]],
        title=good["title"],
        title_en=good["title_en"] or "",
        price=money(good["price"]),
        stock=f"{good['stock']:,}",
        item_id=good["item_id"],
        changed=f"· {', '.join(changed)}" if changed else "",
        base=base,
        keep=Markup(
            '<input type="hidden" name="text" value="{}">'
            '<input type="hidden" name="anchor" value="goods">'
        ).format(text),
        buttons=buttons,
    )


def user_row(user: User) -> Markup:
    """One sub-account with its levers."""
    may_call = button(
        "/_sandbox/users",
        "Allow" if user.suspended else "Suspend",
        user_id=user.user_id,
        suspended="off" if user.suspended else "on",
        anchor="money",
    )
    limit = money(user.agreement_limit) if user.agreement_limit else "never, always the cashier"
    return Markup(
        '<tr><td><span lang="zh-Hans">{}</span> <span class="quiet id">{}</span></td>'
        '<td class="number">{}</td><td class="number">{}</td><td>{}</td>'
        '<td><div class="inline">{} {}</div></td></tr>'
    ).format(
        user.name,
        user.user_id,
        money(user.balance),
        limit,
        button(f"/_sandbox/users/{user.user_id}/top-up", "+ ¥10,000", yuan=10_000, anchor="money"),
        "suspended" if user.suspended else "yes",
        may_call,
    )


def fault_table(faults: list[Fault]) -> Markup:
    """What is scripted to go wrong."""
    if not faults:
        return empty("Nothing is set to go wrong.")
    rows = [
        (
            KINDS[fault.kind][0],
            "everywhere" if fault.key == "*" else fault.key,
            fault.when,
            _how_often(fault),
            f"{fault.fired} of {fault.calls} calls",
            Markup('<div class="buttons">{}{}</div>').format(
                button(
                    f"/_sandbox/faults/{fault.id}/{'off' if fault.on else 'on'}",
                    "Switch off" if fault.on else "Switch on",
                    anchor="trouble",
                ),
                button(f"/_sandbox/faults/{fault.id}/remove", "Remove", anchor="trouble"),
            ),
        )
        for fault in faults
    ]
    head = ("What", "Where", "Effect", "How often", "Happened", "Change")
    return table(head, rows, "Faults")


def _how_often(fault: Fault) -> str:
    if not fault.on:
        return "off"
    words = [] if fault.probability == 1 else [f"{fault.probability * 100:g} % of calls"]
    if fault.nth is not None:
        words.append(f"at call {fault.nth}")
    if fault.count is not None:
        left = max(0, fault.count - fault.fired)
        words.append(f"{left} more" if left else "used up")
    if fault.seconds:
        words.append(f"{fault.seconds:g} s")
    return ", ".join(words) or "every time"


def push_table(pushes: list[dict[str, Any]]) -> Markup:
    """Messages to the desk and what it answered."""
    if not pushes:
        return empty("No message was sent yet.")
    rows = [
        (
            row["created"][:16].replace("T", " "),
            row["event"].replace("_", " "),
            row["order_id"] or "",
            _push_words(row),
            Markup("<details><summary>{}</summary><code>{}</code></details>").format(
                f"{len(row['body'])} characters", row["body"]
            ),
        )
        for row in pushes
    ]
    return table(("When", "What", "Order", "Answer", "Message"), rows, "Messages")


def _push_words(row: dict[str, Any]) -> str:
    status = row["status"]
    if status == "sent":
        return f"{row['answer']}, try {row['attempts']}"
    if status == "waiting" and row["attempts"]:
        return f"{row['answer']}; again {row['due'][11:16]}"
    return {"waiting": "waiting", "lost": "lost on purpose", "sending": "sending"}.get(
        status, f"given up: {row['answer']}"
    )


def ledger_table(rows: list[dict[str, Any]], label: str = "All effects") -> Markup:
    """Effects that happened."""
    if not rows:
        return empty("Nothing has happened yet.")
    shown = [
        (
            moment(row["at_ms"]),
            row["effect"].replace("_", " "),
            Markup('<span class="number">{}</span>').format(money(row["amount"])),
            Markup('<span class="id">{} {}</span>').format(
                MARKS.get(row["marketplace"] or "", ""), row["order_id"] or ""
            ),
            row["user_id"],
            row["detail"] or "",
            Markup('<span class="id quiet">{}</span>').format(row["request_id"] or "by itself"),
        )
        for row in rows
    ]
    head = ("When", "Effect", "Amount", "Order", "Sub-account", "Note", "Request")
    return table(head, shown, label)
