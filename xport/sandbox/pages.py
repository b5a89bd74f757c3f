"""Draws the page of the other side and the cashier from the templates in pages/.

Reads only; Markup.format escapes every value. What one order, good or row says is in parts.py.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from xport.client.endpoints import ENDPOINTS

from . import parts
from .answers import ANSWERS
from .clock import DAY, HOUR, MINUTE, china_text, utc
from .control import Control, Values
from .faults import KINDS, ONCE
from .orders import Order
from .outbox import TAOBAO_STATUS
from .parts import button, money, render
from .payments import ALREADY_PAID, BALANCE_NOT_ENOUGH, BEING_PAID

SHOWN_ORDERS, SHOWN_EFFECTS, SHOWN_PUSHES = 30, 40, 25
STEPS = (("1 h", 3600), ("6 h", 6 * 3600), ("1 day", 86_400), ("3 days", 3 * 86_400))
ONCE_WORDS = {
    "split_create": "Split the next order line by line",
    "drop_line": "Leave the last line out of the next order",
    "refuse_cancel": "Refuse the next cancellation",
}
CASHIER_WORDS = {
    "PAID": "Paid. The desk reads it within moments.",
    ALREADY_PAID: "This order is paid already. Nothing was debited again.",
    BALANCE_NOT_ENOUGH: "The balance is too small. Nothing was paid.",
}


def style() -> str:
    """The style sheet."""
    return parts.template("style.css")


def overview(control: Control, values: Values) -> str:
    """The whole page."""
    control.settle()
    engine = control.engine
    now = engine.clock.now()
    text = str(values.get("text") or "").strip()
    order_text = str(values.get("order") or "").strip()
    orders = engine.orders.recent(SHOWN_ORDERS, order_text)
    body = render(
        "overview.html",
        now_iso=utc(now).isoformat(timespec="seconds"),
        now=f"{utc(now):%a %d %b %Y, %H:%M} UTC",
        china=china_text(now)[11:16],
        ahead=_ahead(engine.clock.offset_ms),
        advance=_joined(
            button("/_sandbox/advance", name, seconds=seconds) for name, seconds in STEPS
        ),
        clock_back=button("/_sandbox/clock", "Back to today", offset_seconds=0)
        if abs(engine.clock.offset_ms) > MINUTE
        else "",
        said=parts.said_box(str(values.get("said") or "")),
        order_text=order_text,
        order_count=_order_count(len(orders), order_text),
        orders=_joined(parts.order_card(control, order, now) for order in orders)
        or parts.empty("No order yet. Buy something at the desk and it appears here."),
        text=text,
        goods=_goods(control, text),
        once=_joined(
            button(f"/_sandbox/next/{kind}", ONCE_WORDS[kind], anchor="trouble") for kind in ONCE
        ),
        faults=parts.fault_table(engine.faults.all()),
        fault_form=_fault_form(),
        users=_joined(parts.user_row(user) for user in engine.users.all()),
        push_buttons=_push_buttons(control),
        push_state=_push_state(control),
        pushes=parts.push_table(engine.outbox.recent(SHOWN_PUSHES)),
        ledger=parts.ledger_table(engine.ledger.rows(limit=SHOWN_EFFECTS, newest_first=True)),
    )
    return render("layout.html", title="The other side", body=body)


def cashier(order: Order, token: str, said: str) -> str:
    """The page on which a person pays one 1688 order."""
    payable = order.status in BEING_PAID and not order.debited
    action = parts.said_box(CASHIER_WORDS.get(said, ""))
    if payable:
        action += button(f"/cashier/{token}", f"Pay {money(order.total)}", main=True)
    elif not said:
        action += parts.said_box("There is nothing to pay here any more.")
    body = render(
        "cashier.html",
        title="Pay this order" if payable else "This order",
        total=money(order.total),
        number=order.order_id,
        seller=order.seller["company"],
        lines="、".join(f"{line.title} × {line.quantity}" for line in order.lines),
        user=order.user_id,
        action=action,
    )
    return render("layout.html", title="1688 cashier", body=body)


def cashier_unknown() -> str:
    """For a link that the sandbox never gave out."""
    body = Markup(
        '<main class="cashier"><h1>This cashier link is not known</h1>'
        "<p>Ask the desk for a new one.</p></main>"
    )
    return render("layout.html", title="1688 cashier", body=body)


def _ahead(offset: int) -> str:
    if abs(offset) < MINUTE:
        return "The world runs with the real clock."
    size = abs(offset)
    days, hours = size // DAY, size % DAY // HOUR
    words = f"{days} days {hours} h" if days else f"{hours} h {size % HOUR // MINUTE} min"
    return f"The world is {words} {'ahead of' if offset > 0 else 'behind'} the real clock."


def _order_count(found: int, text: str) -> str:
    if text:
        return f"{found} with “{text}”."
    return f"The newest {found}." if found == SHOWN_ORDERS else ""


def _goods(control: Control, text: str) -> Markup:
    goods = control.goods({"text": text})
    if goods:
        return _joined(parts.good_card(good, text) for good in goods)
    if text:
        return parts.empty(f"Nothing is called “{text}” on either marketplace.")
    return parts.empty("Look for goods to change their price or stock. Changed ones stay here.")


def _fault_form() -> Markup:
    kinds = _joined(
        parts.option(kind, words) for kind, (words, _, _) in KINDS.items() if kind not in ONCE
    )
    keys = _joined(parts.option(key, key) for key in ENDPOINTS if key in ANSWERS)
    return render("fault_form.html", kinds=kinds, keys=keys)


def _push_buttons(control: Control) -> Markup:
    outbox = control.engine.outbox
    if outbox.url is None:
        return Markup("")
    switch = button(
        "/_sandbox/pushes",
        "Stop sending" if outbox.enabled else "Send again",
        enabled="off" if outbox.enabled else "on",
        anchor="messages",
    )
    return switch + button(
        "/_sandbox/pushes/forged", "Send a lie about a foreign order", anchor="messages"
    )


def _push_state(control: Control) -> str:
    outbox = control.engine.outbox
    if outbox.url is None:
        return "No address to send to: start the sandbox with --push-to."
    shape = "flat (KA)" if outbox.flavour == "ka" else "whole orders (standard)"
    verb = "Sent to" if outbox.enabled else "Held back; would go to"
    return f"{verb} {outbox.url} · 1688 bodies {shape} · Taobao type {TAOBAO_STATUS}"


def _joined(pieces: Iterable[Markup]) -> Markup:
    return Markup("").join(pieces)
