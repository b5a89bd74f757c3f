"""Reading the quotes of a request that waits for approval again.

What moved is shown as then/now; other figures are other content with another fingerprint, so that
a page opened before cannot approve them unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from approvals import services as approvals
from approvals.choices import ApprovalState
from approvals.models import Approval
from desk.money import Rate, convert, from_minor, minor
from gateway.services.queueing import fingerprint
from procurement.choices import PlannedState
from procurement.models import PlannedOrder, PurchaseRequest
from procurement.services import asking
from procurement.services.quoting import Group, quoted_unit_prices, read_quotes


def requote(*, approval: Approval, request: PurchaseRequest) -> None:
    """Ask the platform for every order's total, within a page's time, and pin what it says.

    Calls out, so no transaction may be open. Changes nothing once somebody has decided.
    """
    rows = list(request.planned.select_related("sub_account").prefetch_related("lines"))
    groups = [_group(planned) for planned in rows]
    read_quotes(groups, ship_to=request.ship_to, fresh=True)
    changes = [
        change
        for planned, group in zip(rows, groups, strict=True)
        for change in _changes(planned, group)
    ]
    with transaction.atomic():
        if _waits_still(approval):
            _take_quotes(rows, groups)
            _pin(approval, request, changes, groups)


def _group(planned: PlannedOrder) -> Group:
    return Group(
        planned.marketplace,
        planned.seller_id,
        planned.seller_name,
        planned.sub_account,
        lines=list(planned.lines.all()),
        rate=Rate(planned.currency, planned.rate, planned.rate_day),
    )


def _changes(planned: PlannedOrder, group: Group) -> list[dict[str, Any]]:
    """Then/now rows of one planned order, worst first."""
    if group.quote is None:
        return []
    rows: list[dict[str, Any]] = []
    titles = {(line.order_item_id, line.order_sku_id): line for line in group.lines}
    for gone in group.quote.unavailable:
        line = titles.get((gone.order_item_id, gone.order_sku_id))
        rows.append(
            {
                "what": "gone",
                "title": line.title if line else "",
                "reason": gone.reason,
                "weight": 9**9,
            }
        )
    for place, price in quoted_unit_prices(group.quote).items():
        line = titles.get(place)
        if line and price != line.unit_price:
            rows.append(
                {
                    "what": "price",
                    "title": f"{line.title} {line.variant}".strip(),
                    "then": line.unit_price,
                    "now": price,
                    "currency": line.currency,
                    "weight": (price - line.unit_price) * line.quantity,
                }
            )
    freight = minor(group.freight)
    if freight != planned.freight:
        rows.append(
            {
                "what": "freight",
                "title": planned.seller_name,
                "then": planned.freight,
                "now": freight,
                "currency": planned.currency,
                "weight": freight - planned.freight,
            }
        )
    return sorted(rows, key=lambda row: -row["weight"])


def _waits_still(approval: Approval) -> bool:
    """Whether it still waits with the figures we read for; also takes its row until we are done,
    so that nobody decides between the new figures and their new fingerprint."""
    waiting = Approval.objects.filter(
        pk=approval.pk, state=ApprovalState.WAITING, fingerprint=approval.fingerprint
    )
    return bool(waiting.update(fingerprint=approval.fingerprint))


def _take_quotes(rows: list[PlannedOrder], groups: list[Group]) -> None:
    """The figures asked about become the ones read now."""
    for planned, group in zip(rows, groups, strict=True):
        if group.quote is None or group.quote.refused:
            continue
        if planned.state != PlannedState.WAITING:
            continue
        prices = quoted_unit_prices(group.quote)
        for line in planned.lines.all():
            price = prices.get((line.order_item_id, line.order_sku_id))
            if price is not None and price != line.unit_price:
                total = from_minor(price * line.quantity, line.currency)
                rate = Rate(planned.currency, planned.rate, planned.rate_day)
                type(line).objects.filter(pk=line.pk).update(
                    unit_price=price, company_total=minor(convert(total, rate))
                )
        PlannedOrder.objects.filter(pk=planned.pk, state=PlannedState.WAITING).update(
            goods=minor(group.goods),
            freight=minor(group.freight),
            total=minor(group.total),
            company_total=minor(group.company_total) if group.company_total else 0,
            quoted_at=group.quote.as_of,
            quoted=True,
        )


def _pin(
    approval: Approval,
    request: PurchaseRequest,
    changes: list[dict[str, Any]],
    groups: Sequence[Group],
) -> None:
    """Store the changes beside what was shown; new figures make a new fingerprint."""
    checked = [group.quote.as_of for group in groups if group.quote]
    failures = [group.failure for group in groups if group.quote is None]
    total = sum(request.planned.values_list("company_total", flat=True))
    first = approval.shown.get("first_total", approval.amount)
    kept = {(row["what"], row["title"]): row for row in approval.shown.get("changes", ())}
    for row in changes:
        before = kept.get((row["what"], row["title"]))
        if before and "then" in before:
            row = row | {"then": before["then"]}
        kept[row["what"], row["title"]] = row
    shown = approval.shown | {
        "changes": [
            row
            for row in kept.values()
            if row.get("then") != row.get("now") or row["what"] == "gone"
        ],
        "first_total": first,
        "checked_at": min(checked).isoformat() if checked else approval.shown.get("checked_at"),
        "unread": bool(failures),
        "failure": failures[0] if failures else "",
    }
    mark = fingerprint(asking.content(request))
    if approvals.ask_anew(approval=approval, amount=total, fingerprint=mark, shown=shown):
        PurchaseRequest.objects.filter(pk=request.pk).update(total=total, fingerprint=mark)
