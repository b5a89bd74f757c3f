"""Section `taobao_product`: search, detail and buyability of Taobao items.

Source: contract/taobao_product.yaml. V1 item ids are digits, V2 ids opaque text; never mix them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from xport.client.endpoint import Endpoint, Paging, list_under
from xport.client.record import Record
from xport.client.wire import Fen, Id, JsonText, Named, Text, Whole, Yuan

# -- search -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`sort` is a word of the affiliate vocabulary: tk_rate_desc, total_sales_desc, price_asc …"""

    keyword: Text
    page_no: Whole = 1
    page_size: Whole = 20
    sort: Text | None = None


@dataclass(frozen=True, slots=True)
class Translation(Record):
    """Title and picture in another language; the original stays beside it."""

    title: Text | None = None
    main_image: Text | None = None
    language: Text | None = None


@dataclass(frozen=True, slots=True)
class SearchRow(Record):
    """One found item. Prices come as decimal text, so yuan."""

    item_id: Annotated[Id, Named("itemId", "tbItemId", "itemMapId")]
    title: Text = ""
    main_image_url: Annotated[Text | None, Named("mainImageUrl", "picUrl", "imageUrl")] = None
    price: Yuan | None = None
    coupon_price: Yuan | None = None
    inventory: Whole | None = None
    shop_name: Text | None = None
    mp_id: Id | None = None
    material: Annotated[Translation | None, Named("materialI18nVO", "materialI18nVo")] = None


@dataclass(frozen=True, slots=True)
class SearchResult(Record):
    """One page of found items."""

    items: Annotated[tuple[SearchRow, ...], Named("items", "data", "records", "list", "rows")] = ()
    total: Annotated[Whole | None, Named("total", "totalRecords", "totalCount", "resultsTotal")] = (
        None
    )


# -- detail -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GetRequest:
    """`item_id` is the Taobao number for GET, the opaque text for DETAIL_V2; in the query."""

    item_id: Id


@dataclass(frozen=True, slots=True)
class Property(Record):
    """One property of a SKU, such as colour: red."""

    prop_id: Id | None = None
    prop_name: Text = ""
    value_id: Id | None = None
    value_name: Text = ""


@dataclass(frozen=True, slots=True)
class Sku(Record):
    """One SKU. `mp_sku_id` None means that it cannot be ordered."""

    sku_id: Annotated[Id, Named("skuId", "skuMapId")]
    mp_sku_id: Annotated[Id | None, Named("mpSkuId", "mpSkuld")] = None
    pic_url: Text | None = None
    quantity: Whole | None = None
    price: Fen | None = None
    promotion_price: Fen | None = None
    post_fee: Fen | None = None
    status: Text | None = None
    properties: tuple[Property, ...] = ()


@dataclass(frozen=True, slots=True)
class Product(Record):
    """One item with its SKUs. `mp_id` and `mp_sku_id` are what orders and carts want."""

    item_id: Annotated[Id, Named("itemId", "itemMapId")]
    title: Text
    item_map_id: Id | None = None
    mp_id: Id | None = None
    description: Text | None = None
    pic_urls: tuple[Text, ...] = ()
    price: Fen | None = None
    promotion_price: Fen | None = None
    quantity: Whole | None = None
    begin_amount: Whole | None = None
    product_unit: Text | None = None
    category_id: Id | None = None
    category_name: Text | None = None
    category_path: Text | None = None
    shop_id: Id | None = None
    ali_shop_id: Id | None = None
    shop_name: Text | None = None
    user_nick: Text | None = None
    status: Text | None = None
    item_type: Text | None = None
    sku_list: tuple[Sku, ...] = ()


# -- buyability -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CheckItem:
    """An item and the SKUs of it that are asked about."""

    item_id: Id
    sku_ids: tuple[Id, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchCheckRequest:
    """`params` is JSON text inside the JSON body. Keep to about 20 items."""

    params: JsonText[tuple[CheckItem, ...]]


@dataclass(frozen=True, slots=True)
class MpSku(Record):
    """A SKU and the id under which it is bought."""

    sku_id: Id
    mp_sku_id: Annotated[Id | None, Named("mpSkuId", "mpSkuld")] = None


@dataclass(frozen=True, slots=True)
class MpProduct(Record):
    """An item that can be bought."""

    item_id: Id
    mp_id: Id | None = None
    sku_list: Annotated[tuple[MpSku, ...], Named("skuList", "mpSkuList", "skus")] = ()


@dataclass(frozen=True, slots=True)
class NoMpReason(Record):
    """Why an item cannot be bought."""

    item_id: Id | None = None
    reason: Annotated[Text, Named("reason", "errorMsg", "message")] = ""


@dataclass(frozen=True, slots=True)
class BatchCheckResult(Record):
    """Which items can be bought, which cannot, and why."""

    mp_products: tuple[MpProduct, ...] = ()
    no_mp_product_item_ids: tuple[Id, ...] = ()
    no_mp_reason_list: tuple[NoMpReason, ...] = ()


# fmt: off
SEARCH = Endpoint("taobao_product.search", "POST", "/v2/taobao/product/item/search", SearchRequest, SearchResult, "read", "partly", alt_paths=("/open/product/item/search",), paging=Paging("page_no", "page_size", "items", "total", 40), shape=list_under("items", null_is_empty=True))  # noqa: E501
GET = Endpoint("taobao_product.get", "GET", "/open/product/get", GetRequest, Product, "read", "documented", alt_paths=("/v2/taobao/product/get",), null_means_none=True)  # noqa: E501
DETAIL_V2 = Endpoint("taobao_product.detail_v2", "GET", "/v2/taobao/product/get", GetRequest, Product, "read", "partly", null_means_none=True)  # noqa: E501
BATCH_CHECK = Endpoint("taobao_product.batch_check", "POST", "/open/product/batch/check", BatchCheckRequest, BatchCheckResult, "read", "documented", alt_paths=("/v2/taobao/product/batch/check",))  # noqa: E501
# fmt: on
