"""Reads what the platform pushes into a small hint: which marketplace, which orders, what about.

Nothing says that pushes are signed, and they name no user-id, so nothing here is believed: the
receiver re-reads the orders named through the signed client. Two flavours exist, with bodies as
objects or as JSON text, type names with or without the marketplace in front; both end in the same
`Push`. Sources: contract/platform.yaml, taobao_callback.yaml, alibaba_callback.yaml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from xport.client.envelope import parse_json
from xport.client.errors import BadPush
from xport.client.wire import Misfit, read_id, read_text, read_time, read_whole

Platform = Literal["taobao", "1688"]
#: `verify` is the console's Verify button, or any other empty message.
PushKind = Literal["status", "price", "refund", "verify", "unknown"]

#: Largest body worth parsing; real ones have a few kilobytes.
MAX_PUSH_BYTES = 1_000_000

_PLATFORMS: dict[int, Platform] = {0: "taobao", 1: "1688"}
_PREFIXES = ("TAOBAO_", "1688_")

#: Type names without prefix that are no plain status messages.
_PRICE_TYPES = frozenset({"ORDER_BUYER_VIEW_ORDER_PRICE_MODIFY"})
_REFUND_WORD = "REFUND"
_STATUS_WORDS = ("STATUS", "ORDER_CREATE", "ORDER_CANCEL", "ORDER_PAY", "ORDER_BUYER_VIEW_")

#: Every spelling under which a body names an order, ours and theirs, head and lines.
ORDER_FIELDS = (
    "orderId", "idOfStr", "id", "salesOrderId", "purchaseId", "purchaseOrderId",
    "outerPurchaseId", "orderNo", "purchase_id", "outer_purchase_id", "sales_order_id",
    "purchaseOrderOuterId", "purchase_order_outer_id", "purchase_order_id",
)  # fmt: skip
_REFUND_FIELDS = ("refundId", "refund_id")
_HEADS = ("baseInfo", "purchaseOrderPriceDTO")
_LINES = ("subOrders", "skuList", "sku_list", "productItems")
#: In lines `id` is no order, and neither are the line's own ids.
_LINE_ORDER_FIELDS = tuple(name for name in ORDER_FIELDS if name not in ("id", "orderNo"))
_REFS_AT_MOST = 50


@dataclass(frozen=True, slots=True)
class Push:
    """A hint. `order_refs` holds every id that may name the order, head first, without repeats.

    `type` is the name without the marketplace's prefix, `sent_at` aware UTC or None. `raw` is the
    message as sent (body decoded), not printed: it may hold an address.
    """

    platform: Platform
    type: str
    kind: PushKind
    order_refs: tuple[str, ...]
    refund_ref: str | None
    sent_at: datetime | None
    raw: Mapping[str, Any] = field(repr=False, compare=False)


def parse_push(body: bytes) -> Push:
    """One pushed message. Raises BadPush where it is none; a new type is `unknown`, no error."""
    if len(body) > MAX_PUSH_BYTES:
        raise BadPush("the message is too long")
    if not body.strip():
        return Push("taobao", "", "verify", (), None, None, {})
    try:
        message = parse_json(body)
    except Misfit:
        raise BadPush("the message is not JSON") from None
    if not isinstance(message, dict):
        raise BadPush("the message is no JSON object")
    return read_push(message)


def read_push(message: Mapping[str, Any]) -> Push:
    """The same for a message that is already parsed."""
    if not message.get("messageType") and not message.get("messageBody"):
        return Push("taobao", "", "verify", (), None, None, dict(message))
    content = _content(message.get("messageBody"))
    name = _type_name(message.get("messageType"))
    refund = next(_texts(content, _REFUND_FIELDS), None)
    if refund is None:
        lines = (line for group in _LINES for line in _objects(content.get(group)))
        refund = next((ref for line in lines for ref in _texts(line, _REFUND_FIELDS)), None)
    return Push(
        platform=_platform(message),
        type=_bare(name),
        kind=_kind(_bare(name), content),
        order_refs=tuple(dict.fromkeys(_order_refs(content)))[:_REFS_AT_MOST],
        refund_ref=refund,
        sent_at=_time(message.get("timestamp")),
        raw={**message, "messageBody": content},
    )


def _content(body: Any) -> dict[str, Any]:
    """The body as an object; the KA manual sends it as JSON text."""
    if isinstance(body, str) and body.strip():
        try:
            body = parse_json(body.encode("utf-8", "replace"))
        except Misfit:
            raise BadPush("messageBody is no JSON") from None
    if body is None or body == "":
        return {}
    if not isinstance(body, dict):
        raise BadPush("messageBody is no object")
    return body


def _platform(message: Mapping[str, Any]) -> Platform:
    """From messagePlatform; where it is missing or odd, from the type's prefix."""
    try:
        return _PLATFORMS[read_whole(message["messagePlatform"])]
    except (KeyError, Misfit):
        name = _type_name(message.get("messageType"))
    if name.startswith("TAOBAO_"):
        return "taobao"
    if name.startswith("1688_"):
        return "1688"
    raise BadPush("messagePlatform names no marketplace")


def _type_name(value: Any) -> str:
    try:
        return read_text(value).strip().upper()[:100] if value is not None else ""
    except Misfit:
        raise BadPush("messageType is no text") from None


def _bare(name: str) -> str:
    return next(
        (name.removeprefix(prefix) for prefix in _PREFIXES if name.startswith(prefix)), name
    )


def _kind(name: str, content: Mapping[str, Any]) -> PushKind:
    """By type name; names not seen go by what the body holds, as the contract advises."""
    if name in _PRICE_TYPES or name.endswith("PRICE_MODIFY"):
        return "price"
    if _REFUND_WORD in name:
        return "refund"
    if any(word in name for word in _STATUS_WORDS):
        return "status"
    if any(content.get(field_name) for field_name in _REFUND_FIELDS):
        return "refund"
    head = content.get("baseInfo")
    if any("status" in part or "orderStatus" in part for part in (content, *_objects(head))):
        return "status"
    return "unknown"


def _order_refs(content: Mapping[str, Any]) -> Iterator[str]:
    for head in _HEADS:
        for part in _objects(content.get(head)):
            yield from _texts(part, ORDER_FIELDS)
    yield from _texts(content, ORDER_FIELDS)
    for group in _LINES:
        for line in _objects(content.get(group)):
            yield from _texts(line, _LINE_ORDER_FIELDS)


def _objects(value: Any) -> Iterator[Mapping[str, Any]]:
    items = value if isinstance(value, list) else [value]
    yield from (item for item in items if isinstance(item, dict))


def _texts(part: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    """Ids under any of the names; what is no id is skipped, for a hint owes us nothing."""
    for name in names:
        value = part.get(name)
        if value is None:
            continue
        try:
            text = read_id(value)
        except Misfit:
            continue
        if text and len(text) <= 64:
            yield text


def _time(value: Any) -> datetime | None:
    if value in (None, "", 0, "0"):
        return None
    try:
        return read_time(value)
    except Misfit:
        return None
