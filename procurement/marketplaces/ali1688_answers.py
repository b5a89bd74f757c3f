"""What 1688 answers on baskets, payments and parcels. Orders are read beside their states."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from procurement.marketplaces.base import (
    Line,
    ParcelSnapshot,
    PayAnswer,
    PayStep,
    Placed,
    Quote,
    QuotedLine,
    ScanSnapshot,
    in_all,
)
from procurement.marketplaces.scans import in_order, parcel_state
from xport.client import Answer
from xport.client.endpoints import alibaba_order as api
from xport.client.endpoints.alibaba_trade import LogisticsItem, Trade


def read_quote(lines: Sequence[Line], answer: Answer[api.Preview]) -> Quote:
    """Sums over all orders in the making that can be placed; every line priced or with a reason."""
    value = answer.value
    parts = [part for part in value.order_previews if part.status is not False]
    cargo = {
        (row.offer_id, row.spec_id or ""): (row, part.status is not False)
        for part in value.order_previews
        for row in part.cargo_list
    }
    quoted = tuple(_quoted(line, cargo) for line in lines)
    goods = in_all(part.sum_payment_no_carriage for part in parts)
    freight = in_all(part.sum_carriage for part in parts)
    total = in_all(part.sum_payment for part in parts)
    discounts = [part.discount_fee for part in parts if part.discount_fee is not None]
    return Quote(
        goods=goods,
        freight=freight,
        total=total or goods + freight,
        lines=quoted,
        as_of=answer.as_of,
        discount=in_all(discounts) if discounts else None,
        refused=_refused(value, quoted),
        trade_types=_trade_types(parts),
    )


def _refused(value: api.Preview, quoted: tuple[QuotedLine, ...]) -> str:
    """The platform's words when nothing of the basket can be ordered, else nothing."""
    orderable = any(part.status is not False for part in value.order_previews)
    if value.success is not False and orderable and any(line.available for line in quoted):
        return ""
    parts = [part.message or part.result_code for part in value.order_previews]
    words = [value.error_msg or value.error_code, *parts, *(line.reason for line in quoted)]
    return next((word for word in words if word), _("The platform gave no reason."))


def _quoted(line: Line, cargo: dict[tuple[str, str], tuple[api.PreviewCargo, bool]]) -> QuotedLine:
    key = (line.order_item_id, line.order_sku_id)
    if key not in cargo:
        reason = _("The platform did not price this line.")
        return QuotedLine(*key, unit_price=None, available=False, reason=reason)
    row, _orderable = cargo[key]
    if row.result_code or row.message:
        reason = row.message or row.result_code or ""
        return QuotedLine(*key, unit_price=row.final_unit_price, available=False, reason=reason)
    return QuotedLine(*key, unit_price=row.final_unit_price)


def _trade_types(parts: Sequence[api.OrderPreview]) -> tuple[str, ...]:
    """Those that every order in the making allows, in the platform's order."""
    if not parts:
        return ()
    shared = set(parts[0].trade_mode_name_list).intersection(
        *(part.trade_mode_name_list for part in parts[1:])
    )
    return tuple(name for name in parts[0].trade_mode_name_list if name in shared)


def read_placed(lines: Sequence[Line], answer: api.CreateResult) -> Placed:
    """Ids of all orders that exist now; lines that failed, or that no full trade holds."""
    left_out = [
        (row.offer_id or "", row.spec_id or "", row.error_message or row.error_code or "")
        for row in answer.failed_offer_list
    ]
    rows = [row for trade in answer.trades for row in trade.product_items]
    if rows and all(row.product_id and row.spec_id for row in rows):
        made = {(row.product_id, row.spec_id) for row in rows}
        told = {(item, sku) for item, sku, _reason in left_out}
        left_out += [
            (line.order_item_id, line.order_sku_id, "")
            for line in lines
            if (line.order_item_id, line.order_sku_id) not in made | told
        ]
    return Placed(answer.order_ids, tuple(left_out))


def paid_or_linked(answer: api.PayResult) -> PayAnswer:
    """Debited by agreement, or a person has to pay behind the link."""
    if answer.protocol_pay_success:
        return PayAnswer(PayStep.PAID)
    return PayAnswer(PayStep.OUTSIDE, link=_web_link(answer.pay_url))


def submitted(answer: api.PayBatchResult) -> PayAnswer:
    """Taken in, never proof of payment; a bare link means that a person has to pay."""
    if answer.pay_url and not (answer.accepted or answer.protocol_pay_success):
        return PayAnswer(PayStep.OUTSIDE, link=_web_link(answer.pay_url))
    return PayAnswer(PayStep.ACCEPTED)


def _web_link(link: str | None) -> str:
    """Only web addresses are given to people; a browser would run some others."""
    return link if link and link.startswith(("https://", "http://")) else ""


def parcel_heads(trade: Trade | None) -> dict[str, LogisticsItem]:
    """The parcels that a trade names, by tracking number."""
    if trade is None or trade.native_logistics is None:
        return {}
    return {
        head.logistics_bill_no: head
        for head in trade.native_logistics.logistics_items
        if head.logistics_bill_no
    }


def read_parcel(
    row: api.Parcel, number: str, head: LogisticsItem | None, answer: Answer[Any]
) -> ParcelSnapshot:
    """Steps and trace nodes tell the same events; the nodes carry codes, the steps never miss."""
    places = {(node.accept_time, node.remark or ""): node for node in row.trace_node_list}
    events = {(step.accept_time, step.remark): None for step in row.logistics_steps} | places
    scans = in_order(
        ScanSnapshot(at=at, text=text, place=(node.facility_name or "") if node else "")
        for (at, text), node in events.items()
        if at is not None
    )
    words: list[str] = []
    if scans:
        node = places.get((scans[-1].at, scans[-1].text))
        words = [scans[-1].text]
        if node and node.action and node.action.upper() != "TRANSPORT":
            # The general action would hide "out for delivery" in the text.
            words.insert(0, node.action)
    status = (head.status or "") if head else ""
    return ParcelSnapshot(
        tracking_no=number,
        carrier=(head.logistics_company_name or "") if head else "",
        state=parcel_state([*words, status], moved=bool(scans)),
        remote_status=status or next(iter(words), ""),
        as_of=answer.as_of,
        remote_line_ids=_line_ids(head),
        scans=scans,
    )


def announced_parcel(number: str, head: LogisticsItem, answer: Answer[Any]) -> ParcelSnapshot:
    """A parcel that the order names and the carrier does not tell about yet."""
    return ParcelSnapshot(
        tracking_no=number,
        carrier=head.logistics_company_name or "",
        state=parcel_state([head.status or ""], moved=False),
        remote_status=head.status or "",
        as_of=answer.as_of,
        remote_line_ids=_line_ids(head),
    )


def _line_ids(head: LogisticsItem | None) -> tuple[str, ...]:
    ids = (head.sub_item_ids or "") if head else ""
    return tuple(part.strip() for part in ids.split(",") if part.strip())
