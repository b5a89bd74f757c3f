"""Every entry of the platform's API reference, in its own order and wording, errors included.

Data only (source: contract/navigation.yaml). What of it is declared is told by `endpoints`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: out: we call it; in: the platform calls us.
Direction = Literal["out", "in"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the reference: our key, the platform's path through its menu, the direction."""

    key: str
    navigation: str
    direction: Direction


NAVIGATION: tuple[Row, ...] = (
    Row(
        "taobao_product.hot_recommendation",
        "Taobao / Product / Taobao Hot product recommendation",
        "out",
    ),
    Row("taobao_product.spu_list", "Taobao / Product / Taobao Spus list query interface", "out"),
    Row(
        "taobao_product.spu_detail", "Taobao / Product / Taobao Spus Details Query Interface", "out"
    ),
    Row("taobao_product.detail_v2", "Taobao / Product / Taobao Product Detail V2", "out"),
    Row("taobao_product.search", "Taobao / Product / Taobao product search API", "out"),
    Row("taobao_product.image_search", "Taobao / Product / Taobao product image search API", "out"),
    Row(
        "taobao_product.batch_check",
        "Taobao / Product / Batch query products according to Taobao product id",
        "out",
    ),
    Row("taobao_product.get", "Taobao / Product / Query product by Taobao product ID", "out"),
    Row("taobao_product.inquiry", "Taobao / Product / Taobao product inquiry", "out"),
    Row("taobao_order.purchase_page", "Taobao / Order / purchase order page list", "out"),
    Row("taobao_order.purchase_cancel", "Taobao / Order / purchase order cancel", "out"),
    Row("taobao_order.purchase_pay", "Taobao / Order / purchase order pay", "out"),
    Row("taobao_order.purchase_render", "Taobao / Order / purchase order render", "out"),
    Row("taobao_order.purchase_create_v2", "Taobao / Order / purchase order create V2", "out"),
    Row("taobao_order.purchase_render_v2", "Taobao / Order / purchase order render v2", "out"),
    Row("taobao_order.purchase_create", "Taobao / Order / purchase order create", "out"),
    Row("taobao_order.list", "Taobao / Order / Query the order list by page", "out"),
    Row("taobao_order.upload_voucher", "Taobao / Order / Upload payment voucher", "out"),
    Row("taobao_order.cancel", "Taobao / Order / Cancel an order", "out"),
    Row(
        "taobao_order.update_warehouse", "Taobao / Order / Modify order advance information", "out"
    ),
    Row("taobao_order.pay", "Taobao / Order / Pay an order", "out"),
    Row("taobao_order.im_link", "Taobao / Order / Get IM link", "out"),
    Row("taobao_order.detail", "Taobao / Order / Get order details based on the order ID", "out"),
    Row("taobao_order.logistics", "Taobao / Order / Get logistics details", "out"),
    Row(
        "taobao_aftersale.list", "Taobao / After-sale / After-sale single-column table query", "out"
    ),
    Row(
        "taobao_aftersale.render",
        "Taobao / After-sale / After-sale order rendering interface",
        "out",
    ),
    Row(
        "taobao_aftersale.return_render", "Taobao / After-sale / Return logistics rendering", "out"
    ),
    Row(
        "taobao_aftersale.return_submit", "Taobao / After-sale / Return logistics submission", "out"
    ),
    Row("taobao_aftersale.cancel", "Taobao / After-sale / After-sale order cancellation", "out"),
    Row(
        "taobao_aftersale.message_submit",
        "Taobao / After-sale / Submit After-sale order message",
        "out",
    ),
    Row("taobao_aftersale.submit", "Taobao / After-sale / After-sale order submission", "out"),
    Row(
        "taobao_aftersale.message_list",
        "Taobao / After-sale / After-sale order message list query",
        "out",
    ),
    Row("taobao_aftersale.modify", "Taobao / After-sale / After-sale order modification", "out"),
    Row("taobao_aftersale.query", "Taobao / After-sale / After-sale simple query", "out"),
    Row(
        "taobao_callback.price_correction",
        "Taobao / Message callback / Order price correction",
        "in",
    ),
    Row(
        "taobao_callback.status_change",
        "Taobao / Message callback / Order status modification callback",
        "in",
    ),
    Row("taobao_callback.refund", "Taobao / Message callback / Order after-sales refund", "in"),
    Row("taobao_cart.list", "Taobao / Shopping cart / Shopping cart list", "out"),
    Row("taobao_cart.add", "Taobao / Shopping cart / Add to shopping cart", "out"),
    Row("taobao_cart.delete", "Taobao / Shopping cart / Delete shopping cart item", "out"),
    Row("taobao_cart.edit_quantity", "Taobao / Shopping cart / Edit product quantity", "out"),
    Row("taobao_cart.preview", "Taobao / Shopping cart / Generate order preview", "out"),
    Row("taobao_cart.create_order", "Taobao / Shopping cart / Create order", "out"),
    Row("alibaba_product.category", "1688 / Product / category get", "out"),
    Row("alibaba_product.detail", "1688 / Product / Product details query", "out"),
    Row("alibaba_product.im_url", "1688 / Product / Convert decryption to Wang Wang URL", "out"),
    Row("alibaba_product.search", "1688 / Product / Product keyword query", "out"),
    Row("alibaba_product.image_search", "1688 / Product / Product image search", "out"),
    Row("alibaba_product.shop_search", "1688 / Product / Shop search", "out"),
    Row(
        "alibaba_order.preview", "1688 / Order / Preview the data before creating the order", "out"
    ),
    Row(
        "alibaba_order.preview_batch",
        "1688 / Order / Preview data before order creation (batch for different merchants)",
        "out",
    ),
    Row("alibaba_order.create", "1688 / Order / Create an order", "out"),
    Row(
        "alibaba_order.create_batch", "1688 / Order / Create an order (different merchants)", "out"
    ),
    Row("alibaba_order.cancel", "1688 / Order / Cancel the order before payment", "out"),
    Row("alibaba_order.pay", "1688 / Order / Order payment", "out"),
    Row("alibaba_order.confirm_receipt", "1688 / Order / Buyer confirms receipt of goods", "out"),
    Row(
        "alibaba_order.pay_batch",
        "1688 / Order / Developers submit bulk payment 1688 orders",
        "out",
    ),
    Row(
        "alibaba_order.tracking",
        "1688 / Order / Get logistics tracking information for orders",
        "out",
    ),
    Row("alibaba_order.page", "1688 / Order / Order list paging query", "out"),
    Row(
        "alibaba_aftersale.reasons",
        "1688 / After-sale / Find the reason for a refund return (to create a refund return)",
        "out",
    ),
    Row("alibaba_aftersale.upload_voucher", "1688 / After-sale / Upload refund receipt", "out"),
    Row("alibaba_aftersale.create", "1688 / After-sale / Create a refund return request", "out"),
    Row(
        "alibaba_aftersale.submit_return",
        "1688 / After-sale / Buyer submits refund information",
        "out",
    ),
    Row(
        "alibaba_aftersale.carriers",
        "1688 / After-sale / List of logistics companies - All logistics companies",
        "out",
    ),
    Row(
        "alibaba_aftersale.detail",
        "1688 / After-sale / Query the details of the after-sales order",
        "out",
    ),
    Row(
        "alibaba_callback.price_correction",
        "1688 / Message callback / Order price correction",
        "in",
    ),
    Row(
        "alibaba_callback.status_change",
        "1688 / Message callback / Order status modification interface",
        "in",
    ),
    Row("alibaba_callback.refund", "1688 / Message callback / 1688 order after sale refund", "in"),
    Row("alibaba_cart.list", "1688 / Shopping cart / Shopping cart list", "out"),
    Row("alibaba_cart.add", "1688 / Shopping cart / Add shopping cart", "out"),
    Row("alibaba_cart.delete", "1688 / Shopping cart / Delete shopping cart items", "out"),
    Row("alibaba_cart.edit_quantity", "1688 / Shopping cart / Edit quantity of goods", "out"),
    Row(
        "alibaba_cart.preview",
        "1688 / Shopping cart / Preview the data interface before creating the order",
        "out",
    ),
    Row("alibaba_cart.create_order", "1688 / Shopping cart / Create an order", "out"),
    Row("basics.addresses", "Basics / Get user address information", "out"),
    Row("basics.save_address", "Basics / Address added and updated", "out"),
    Row(
        "logistics.estimate",
        "Warehouse logistics / Please refer to the estimated overseas freight",
        "out",
    ),
    Row("logistics.preview", "Warehouse logistics / Order overseas freight preview", "out"),
    Row("logistics.book", "Warehouse logistics / Create international logistics orders", "out"),
    Row(
        "logistics.update_domestic",
        "Warehouse logistics / Update domestic logistics information",
        "out",
    ),
    Row("icbu.detail", "InternationalAlibaba / productDetailGet", "out"),
    Row("icbu.search", "InternationalAlibaba / productList", "out"),
    Row("icbu.order_list", "InternationalAlibaba / GetOrderList", "out"),
    Row("icbu.create_order", "InternationalAlibaba / CreateOrder", "out"),
    Row("major.detail", "bigMajor / 1688BigMajorProductDetail", "out"),
    Row("major.order_list", "bigMajor / Order list", "out"),
    Row(
        "major.preview",
        "bigMajor / Order Preview "
        "(The preview interface needs to be called before creating an order)",
        "out",
    ),
    Row("major.create_order", "bigMajor / Create an order", "out"),
    Row("major.order_detail", "bigMajor / Get order details", "out"),
    Row("major.parcel_inbound", "bigMajor / 包裹入库回调", "in"),
    Row("poizon.search", "Poizon / keyword serch", "out"),
    Row("poizon.detail", "Poizon / product detail", "out"),
    Row("poizon.pay", "Poizon / PayOrder", "out"),
    Row("poizon.order_list", "Poizon / OrderList", "out"),
    Row("poizon.create_order", "Poizon / CreateOrder", "out"),
    Row("poizon.preview", "Poizon / OrderPreview", "out"),
)
