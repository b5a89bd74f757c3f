"""What Taobao answers on baskets and parcels. Orders are read beside their states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _
from moneyed import Money

from procurement.choices import ParcelState
from procurement.marketplaces.base import (
    Line,
    ParcelSnapshot,
    Placed,
    Quote,
    QuotedLine,
    ScanSnapshot,
    in_all,
)
from procurement.marketplaces.scans import in_order, parcel_state
from xport.client import Answer
from xport.client.endpoints import taobao_order as api

FEN = Decimal("0.01")


def read_quote(lines: Sequence[Line], answer: Answer[api.RenderV2Result]) -> Quote:
    """Sums over all sellers; every line asked for is priced or comes with a reason."""
    sellers = answer.value.render_item_list
    priced = {
        (row.item_id, row.sku_id): row for seller in sellers for row in seller.item_price_infos
    }
    missing = {(row.item_id, row.sku_id): row for row in answer.value.unavailable_sku_list}
    quoted = tuple(_quoted(line, priced, missing) for line in lines)
    goods = in_all(row.discount_price for seller in sellers for row in seller.item_price_infos)
    freight = in_all(seller.mainland_shipping_fee for seller in sellers)
    total = answer.value.total_real_pay_price or (
        in_all(seller.order_fee for seller in sellers) or goods + freight
    )
    reasons = dict.fromkeys(line.reason for line in quoted if not line.available)
    nothing_left = not any(line.available for line in quoted)
    return Quote(
        goods=goods,
        freight=freight,
        total=total,
        lines=quoted,
        as_of=answer.as_of,
        refused=" · ".join(reasons) if nothing_left else "",
    )


def _quoted(
    line: Line,
    priced: dict[tuple[str, str], api.ItemPrice],
    missing: dict[tuple[str | None, str | None], api.UnavailableSku],
) -> QuotedLine:
    key = (line.order_item_id, line.order_sku_id)
    if key in missing:
        row = missing[key]
        reason = row.reason or row.error_msg or row.error_code or _("The platform gave no reason.")
        return QuotedLine(*key, unit_price=None, available=False, reason=reason)
    if key not in priced:
        reason = _("The platform did not price this line.")
        return QuotedLine(*key, unit_price=None, available=False, reason=reason)
    price = priced[key]
    if price.discount_price is None:
        return QuotedLine(*key, unit_price=None)
    # The answer has the subtotal of the line; one piece is what people compare.
    each = price.discount_price.amount / (price.quantity or line.quantity)
    return QuotedLine(
        *key, unit_price=Money(each.quantize(FEN, ROUND_HALF_UP), price.discount_price.currency)
    )


def read_placed(lines: Sequence[Line], answer: api.CreateV2Result) -> Placed:
    """Lines that no made order lists were left out, unless the answer lists none at all."""
    rows = [row for order in answer.order_list for row in order.order_line_list]
    made = {row.order_line_no for row in rows if row.order_line_no}
    goods = {(row.item_id, row.sku_id) for row in rows if not row.order_line_no}
    reason = answer.error_message or answer.error_code or ""
    left_out = tuple(
        (line.order_item_id, line.order_sku_id, reason)
        for number, line in enumerate(lines, 1)
        if rows and str(number) not in made and (line.order_item_id, line.order_sku_id) not in goods
    )
    return Placed(tuple(order.purchase_id for order in answer.order_list), left_out)


def read_parcel(row: api.Parcel, line_id: str, answer: Answer[Any]) -> ParcelSnapshot:
    """One parcel as told for one line; times are UTC already."""
    scans = in_order(
        ScanSnapshot(
            at=trace.time,
            text=trace.standerd_desc or trace.status_desc or trace.status or trace.action or "",
            place=trace.facility_name or trace.city or "",
        )
        for trace in row.logistics_traces
        if trace.time
    )
    last = max((t for t in row.logistics_traces if t.time), key=_moment, default=None)
    words = [row.logistics_status, row.logistics_desc]
    words += [last.status, last.action, last.status_desc, last.standerd_desc] if last else []
    return ParcelSnapshot(
        tracking_no=row.mail_no or "",
        carrier=next((who.company for who in row.logistics_partner if who.company), ""),
        state=parcel_state((word for word in words if word), moved=bool(scans)),
        remote_status=row.logistics_status or row.logistics_desc or "",
        as_of=answer.as_of,
        pieces=row.goods_number,
        remote_line_ids=(line_id,),
        scans=scans,
    )


def _moment(trace: api.Trace) -> float:
    return trace.time.timestamp() if trace.time else 0.0


def merged(known: ParcelSnapshot | None, parcel: ParcelSnapshot) -> ParcelSnapshot:
    """The same parcel told for another line: both lines, all scans, the oldest age."""
    if known is None:
        return parcel
    return replace(
        parcel,
        as_of=min(known.as_of, parcel.as_of),
        remote_line_ids=known.remote_line_ids + parcel.remote_line_ids,
        scans=in_order(known.scans + parcel.scans),
        state=_further(known.state, parcel.state),
    )


def _further(one: str | None, other: str | None) -> str | None:
    if ParcelState.DELIVERED in (one, other):
        return ParcelState.DELIVERED
    return other or one
