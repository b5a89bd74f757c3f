"""What the payments page shows: payments by what they wait for, sub-account and method."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from moneyed import Money

from accounts.choices import Right
from accounts.models import User
from desk import clock
from desk.money import company, from_minor
from gateway.choices import CommandState
from gateway.models import RemoteCommand
from procurement.choices import OrderState, PaymentState
from procurement.models import Payment
from procurement.order_forms import new_token
from procurement.querysets import payments_of
from procurement.sentences import Sentence, next_clock, of_payment
from procurement.services.paying import method_for

MOST = 200  # rows a section shows; what is beyond is counted
LATELY = timedelta(days=7)
SETTLED = 20


@dataclass(frozen=True, slots=True)
class Section:
    """One pile. `ticks`: its rows can be paid together; `verb`: what a row's button does."""

    key: str
    label: str | Promise
    rows: Q
    verb: str = ""
    ticks: bool = False
    none: str | Promise = ""


_PLACED = Q(order__state=OrderState.PLACED)
SECTIONS = (
    Section(
        "ready",
        gettext_lazy("Ready"),
        Q(state=PaymentState.APPROVED, released=False) & _PLACED,
        verb="pay",
        ticks=True,
        none=gettext_lazy("Nothing waits to be paid."),
    ),
    Section("failed", gettext_lazy("Failed"), Q(state=PaymentState.FAILED) & _PLACED,
            verb="again", ticks=True),
    Section("outside", gettext_lazy("Waiting outside"), Q(state=PaymentState.WAITING_OUTSIDE),
            verb="outside"),
    Section("unclear", gettext_lazy("Unclear, checking"), Q(state=PaymentState.UNKNOWN)),
    Section("paying", gettext_lazy("Being paid"),
            Q(state__in=(PaymentState.SENDING, PaymentState.ACCEPTED))
            | (Q(state=PaymentState.APPROVED, released=True) & _PLACED), verb="undo"),
    Section("asked", gettext_lazy("Asked again"), Q(state=PaymentState.ASKED) & _PLACED),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaymentRow:
    payment: Payment
    sentence: Sentence
    amount: Money
    there: Money
    clock: Any
    verb: str = ""
    undo_at: Any = None
    token: str = ""


@dataclass(slots=True)
class Group:
    """One sub-account and method; `total` in company currency."""

    account: str
    method: str
    rows: list[PaymentRow] = field(default_factory=list)
    total: Money | None = None


METHODS = {
    "balance": gettext_lazy("from the balance"),
    "agreement": gettext_lazy("paid by agreement"),
    "batch": gettext_lazy("paid in bulk"),
    "api": gettext_lazy("paid by the platform"),
    "voucher": gettext_lazy("proof of payment"),
}


def payments_context(person: User) -> dict[str, Any]:
    """Piles with their groups; finance gets buttons, who may only look gets none."""
    may_pay = person.may(Right.PAY)
    rows = payments_of(person)
    waiting = _open(rows)
    undoable = _undoable([payment.order_id for payment in waiting])
    piles = []
    for section in SECTIONS:
        own = [payment for payment in waiting if _belongs(payment, section)]
        if own or section.none:
            piles.append(_pile(section, own, undoable, may_pay))
    settled = list(
        rows.filter(state=PaymentState.SETTLED, settled_at__gte=clock.now() - LATELY).order_by(
            "-settled_at", "-id"
        )[:SETTLED]
    )
    return {
        "piles": piles,
        "settled": [_row(payment, "", {}) for payment in settled],
        "moving": any(pile["key"] == "paying" for pile in piles),
        "may_pay": may_pay,
        "company_currency": settings.COMPANY_CURRENCY,
        "anything": bool(waiting or settled),
    }


def _open(rows: QuerySet[Payment]) -> list[Payment]:
    """Everything that is not finished, the soonest to close first; one query."""
    wanted = Q(pk__in=())
    for section in SECTIONS:
        wanted |= section.rows
    found = rows.filter(wanted).order_by("order__closes_at", "created_at")
    return list(found[: MOST * 2])


def _belongs(payment: Payment, section: Section) -> bool:
    """The section's condition once more, over a row in hand."""
    placed = payment.order.state == OrderState.PLACED
    state = payment.state
    return {
        "ready": state == PaymentState.APPROVED and not payment.released and placed,
        "failed": state == PaymentState.FAILED and placed,
        "outside": state == PaymentState.WAITING_OUTSIDE,
        "unclear": state == PaymentState.UNKNOWN,
        "paying": state in (PaymentState.SENDING, PaymentState.ACCEPTED)
        or (state == PaymentState.APPROVED and payment.released and placed),
        "asked": state == PaymentState.ASKED and placed,
    }[section.key]


def _undoable(orders: list[int]) -> dict[int, Any]:
    """When the queued pay command of each order goes out."""
    rows = RemoteCommand.objects.filter(
        kind="pay", state=CommandState.QUEUED, subject__in=[f"order:{pk}" for pk in orders]
    )
    return {
        int(subject.partition(":")[2]): at
        for subject, at in rows.values_list("subject", "not_before")
    }


def _pile(
    section: Section, payments: list[Payment], undoable: dict[int, Any], may_pay: bool
) -> dict[str, Any]:
    def place(payment: Payment) -> tuple[str, str]:
        order = payment.order
        return order.sub_account.name, payment.method or method_for(order.marketplace)

    groups = []
    for (account, method), rows in groupby(sorted(payments, key=place), key=place):
        words = METHODS.get(method, method)
        found = [_row(payment, section.verb if may_pay else "", undoable) for payment in rows]
        total = company(sum(row.payment.company_approved for row in found))
        groups.append(Group(account, str(words), found, total))
    return {
        "key": section.key,
        "label": section.label,
        "none": section.none,
        "ticks": section.ticks and may_pay,
        "groups": groups,
        "count": len(payments),
    }


def _row(payment: Payment, verb: str, undoable: dict[int, Any]) -> PaymentRow:
    order = payment.order
    undo_at = undoable.get(order.pk)
    asked_again = payment.state == PaymentState.ASKED
    units = payment.approved if payment.paid is None else payment.paid
    return PaymentRow(
        payment,
        of_payment(payment),
        order.company_money if asked_again else payment.company_money,
        order.total_money if asked_again else from_minor(units, payment.currency),
        next_clock(order),
        "" if verb == "undo" and undo_at is None else verb,
        undo_at,
        new_token() if verb == "outside" else "",
    )
