"""Tables of this app, one module a noun."""

from procurement.models.address import ShipTo
from procurement.models.cart import CartLine
from procurement.models.order import GoodsReceipt, OrderLine, PurchaseOrder
from procurement.models.parcel import Parcel, ParcelEvent
from procurement.models.payment import Payment
from procurement.models.request import PlannedOrder, PurchaseRequest, RequestLine

__all__ = [
    "CartLine",
    "GoodsReceipt",
    "OrderLine",
    "Parcel",
    "ParcelEvent",
    "Payment",
    "PlannedOrder",
    "PurchaseOrder",
    "PurchaseRequest",
    "RequestLine",
    "ShipTo",
]
