"""Section `alibaba_product`: search, detail and categories of 1688 offers.

Source: contract/alibaba_product.yaml. Prices are decimal yuan in text. Ordering wants `spec_id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from xport.client.endpoint import Endpoint, Paging, list_under
from xport.client.record import Record
from xport.client.wire import Flag, Id, Named, Number, NumberId, Text, Whole, Yuan

# -- search -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """`filter` is comma-joined names, `sort` JSON text such as `{"price":"asc"}`."""

    keyword: Text
    begin_page: Whole = 1
    page_size: Whole = 20
    country: Text = "en"
    filter: Text | None = None
    sort: Text | None = None
    out_member_id: Text | None = None
    price_start: Yuan | None = None
    price_end: Yuan | None = None
    category_id: Id | None = None


@dataclass(frozen=True, slots=True)
class PriceInfo(Record):
    """Wholesale price and its variants; any may be absent."""

    price: Yuan | None = None
    jxhy_price: Yuan | None = None
    pf_jxhy_price: Yuan | None = None
    consign_price: Yuan | None = None
    promotion_price: Yuan | None = None


@dataclass(frozen=True, slots=True)
class SearchRow(Record):
    """One found offer."""

    offer_id: Annotated[Id, Named("offerId", "offerMapId")]
    subject: Text = ""
    subject_trans: Text | None = None
    image_url: Text | None = None
    is_jxhy: Flag | None = None
    price_info: PriceInfo | None = None
    repurchase_rate: Text | None = None
    month_sold: Whole | None = None
    trace_info: Text | None = None
    is_one_psale: Annotated[Flag | None, Named("isOnePsale", "isOnePSale")] = None
    min_order_quantity: Whole | None = None
    trade_score: Text | None = None
    top_category_id: Id | None = None
    second_category_id: Id | None = None
    third_category_id: Id | None = None


@dataclass(frozen=True, slots=True)
class SearchResult(Record):
    """One page of offers. `total_page` is one too many when the hits divide evenly."""

    rows: Annotated[tuple[SearchRow, ...], Named("data", "records", "list", "rows", "items")] = ()
    total_records: Annotated[
        Whole | None, Named("totalRecords", "total", "totalCount", "resultsTotal")
    ] = None
    total_page: Whole | None = None
    page_size: Whole | None = None
    current_page: Whole | None = None


# -- detail -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DetailRequest:
    """`country` is the language; the page says to send en always."""

    offer_id: NumberId
    country: Text = "en"
    out_member_id: Text | None = None


@dataclass(frozen=True, slots=True)
class ProductImage(Record):
    images: tuple[Text, ...] = ()
    white_image: Text | None = None


@dataclass(frozen=True, slots=True)
class Attribute(Record):
    """A property of the offer; a name repeats where it has several values."""

    attribute_id: Id | None = None
    attribute_name: Text = ""
    value: Text | None = None
    attribute_name_trans: Text | None = None
    value_trans: Text | None = None


@dataclass(frozen=True, slots=True)
class SkuAttribute(Record):
    """One property of a SKU, such as colour: red, with its picture."""

    attribute_id: Id | None = None
    attribute_name: Text = ""
    attribute_name_trans: Text | None = None
    value: Text = ""
    value_trans: Text | None = None
    sku_image_url: Text | None = None


@dataclass(frozen=True, slots=True)
class Sku(Record):
    """One SKU; `spec_id` is what an order names, `amount_on_sale` is the stock."""

    sku_id: Id
    spec_id: Id | None = None
    amount_on_sale: Whole | None = None
    price: Yuan | None = None
    jxhy_price: Yuan | None = None
    pf_jxhy_price: Yuan | None = None
    consign_price: Yuan | None = None
    promotion_price: Yuan | None = None
    cargo_number: Text | None = None
    sku_attributes: tuple[SkuAttribute, ...] = ()


@dataclass(frozen=True, slots=True)
class PriceRange(Record):
    """A step of the price ladder: from `start_quantity` pieces on, `price` each."""

    start_quantity: Whole
    price: Yuan | None = None
    promotion_price: Yuan | None = None


@dataclass(frozen=True, slots=True)
class UnitInfo(Record):
    unit: Text | None = None
    trans_unit: Text | None = None


@dataclass(frozen=True, slots=True)
class SaleInfo(Record):
    """`quote_type`: 0 no SKUs, ladder on the offer; 1 priced per SKU; 2 SKUs, ladder on offer."""

    amount_on_sale: Whole | None = None
    price_range_list: tuple[PriceRange, ...] = ()
    quote_type: Whole | None = None
    unit_info: UnitInfo | None = None
    consign_price: Yuan | None = None
    jxhy_price: Yuan | None = None


@dataclass(frozen=True, slots=True)
class SkuShipping(Record):
    """Weight in grams and size of one SKU."""

    spec_id: Id | None = None
    sku_id: Id | None = None
    weight: Number | None = None
    length: Number | None = None
    width: Number | None = None
    height: Number | None = None


@dataclass(frozen=True, slots=True)
class ShippingInfo(Record):
    """Where it ships from; weight in kilograms, sizes in centimetres."""

    send_goods_address_text: Text | None = None
    weight: Number | None = None
    length: Number | None = None
    width: Number | None = None
    height: Number | None = None
    shipping_time_guarantee: Text | None = None
    sku_shipping_info_list: tuple[SkuShipping, ...] = ()


@dataclass(frozen=True, slots=True)
class Tag(Record):
    """A service tag and whether it holds."""

    key: Text
    value: Flag | None = None


@dataclass(frozen=True, slots=True)
class SellerData(Record):
    """Scores of the seller, decimal text as shown by the platform."""

    trade_medal_level: Text | None = None
    composite_service_score: Text | None = None
    logistics_experience_score: Text | None = None
    dispute_complaint_score: Text | None = None
    offer_experience_score: Text | None = None
    consulting_experience_score: Text | None = None
    repeat_purchase_percent: Text | None = None
    after_sales_experience_score: Text | None = None
    collect_30_day_within_48h_percent: Annotated[
        Text | None, Named("collect30DayWithin48HPercent")
    ] = None
    quality_refund_within_30_day: Annotated[Text | None, Named("qualityRefundWithin30Day")] = None


@dataclass(frozen=True, slots=True)
class Offer(Record):
    """One offer in full. An offer without SKUs is ordered with an empty spec id."""

    offer_id: Annotated[Id, Named("offerId", "offerMapId")]
    subject: Text
    subject_trans: Text | None = None
    category_id: Id | None = None
    category_name: Text | None = None
    description: Text | None = None
    main_video: Text | None = None
    detail_video: Text | None = None
    product_image: ProductImage | None = None
    product_attribute: tuple[Attribute, ...] = ()
    product_sku_infos: tuple[Sku, ...] = ()
    product_sale_info: SaleInfo | None = None
    product_shipping_info: ShippingInfo | None = None
    is_jxhy: Flag | None = None
    seller_open_id: Id | None = None
    min_order_quantity: Whole | None = None
    batch_number: Whole | None = None
    status: Text | None = None
    tag_info_list: tuple[Tag, ...] = ()
    trace_info: Text | None = None
    company_name: Annotated[Text | None, Named("companyName", "sellerCompanyName")] = None
    shop_url: Annotated[Text | None, Named("shopUrl", "shopURL")] = None
    seller_data_info: SellerData | None = None


# -- categories -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CategoryRequest:
    """`category_id` 0 asks for the roots."""

    category_id: NumberId = "0"
    language: Text | None = "en"
    out_member_id: Text | None = None


@dataclass(frozen=True, slots=True)
class Category(Record):
    """A category with its direct children; two upstream shapes are read."""

    category_id: Annotated[Id, Named("categoryId", "categoryID")]
    chinese_name: Annotated[Text | None, Named("chineseName", "name")] = None
    translated_name: Text | None = None
    language: Text | None = None
    leaf: Annotated[Flag | None, Named("leaf", "isLeaf")] = None
    level: Text | None = None
    parent_cate_id: Id | None = None
    children: Annotated[tuple[Category, ...], Named("children", "childCategorys")] = ()


def _one_category(data: Any) -> Any:
    """A bare list is read as the children of the root."""
    return {"categoryId": "0", "children": data} if isinstance(data, list) else data


# fmt: off
SEARCH = Endpoint("alibaba_product.search", "POST", "/alibaba/product/keywords/query", SearchRequest, SearchResult, "read", "partly", alt_paths=("/v2/alibaba/product/keywords/query",), paging=Paging("begin_page", "page_size", "rows", "total_records", 50), shape=list_under("data", null_is_empty=True))  # noqa: E501
DETAIL = Endpoint("alibaba_product.detail", "POST", "/alibaba/product/detail/get", DetailRequest, Offer, "read", "partly", alt_paths=("/v2/alibaba/product/detail/get",), null_means_none=True)  # noqa: E501
CATEGORY = Endpoint("alibaba_product.category", "POST", "/alibaba/product/category/get", CategoryRequest, Category, "read", "inferred", alt_paths=("/alibaba/category/get", "/v2/alibaba/product/category/get"), shape=_one_category)  # noqa: E501
# fmt: on
