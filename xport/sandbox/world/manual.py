"""The one product the platform's development manual prints: 672991141190, as a good.

The server answers its `get` byte for byte from the manual; this is the same product for search,
detail, preview and orders. In the manual neither SKU has an mpSkuId; neither has one here.
"""

from __future__ import annotations

from .model import Attribute, Category, Good, GoodDetails, Seller, SellerScores, Sku, SkuProperty
from .numbering import opaque

ITEM_ID = "672991141190"
_PICTURE = "dress-67299114-red-front.jpg"

CATEGORY = Category(
    "121452038",
    "连衣裙",
    "Dresses",
    3,
    "50010404",
    ("童装/婴儿装/亲子装", "裙子(新)", "连衣裙"),
    ("Children's, babies' and family clothing", "Skirts (new)", "Dresses"),
)
BRANCH = Category(
    "50010404",
    "裙子(新)",
    "Skirts (new)",
    2,
    "50008165",
    CATEGORY.path_zh[:2],
    CATEGORY.path_en[:2],
    (CATEGORY,),
)
ROOT = Category(
    "50008165",
    "童装/婴儿装/亲子装",
    "Children's, babies' and family clothing",
    1,
    "0",
    CATEGORY.path_zh[:1],
    CATEGORY.path_en[:1],
    (BRANCH,),
)

SELLER = Seller(
    marketplace="taobao",
    seller_id="2206891060210",
    nick="测试账号tbc003",
    shop_id="268763467",
    shop_name="u[2206891060210]",
    company_name="测试账号tbc003",
    open_id="BBB" + opaque("open-id:manual"),
    province="浙江省",
    city="杭州市",
    scores=SellerScores(1, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 0.0, 95.0, 99.0, 0.0),
    years=5,
    is_factory=False,
)


def _sku(sku_id: str, value_id: str, zh: str, en: str) -> Sku:
    colour = SkuProperty("1627207", "颜色分类", "Colour", value_id, zh, en)
    height = SkuProperty("122216343", "参考身高", "Reference height", "3273546", "52cm", "52cm")
    return Sku(sku_id, None, None, (colour, height), 1, 1, 200, None, "")


SKUS = (
    _sku("3452545926724", "28326", "红色", "Red"),
    _sku("3452545926725", "28324", "黄色", "Yellow"),
)


def _details(_good: Good) -> GoodDetails:
    attributes = (
        Attribute("20000", "品牌", "测试", "Brand", "Test"),
        Attribute("122216343", "参考身高", "52cm", "Reference height", "52cm"),
    )
    return GoodDetails(SKUS, attributes, "测试", (_PICTURE,))


GOOD = Good(
    marketplace="taobao",
    item_id=ITEM_ID,
    map_id=opaque("map:manual"),
    mp_id="2048057995392326",
    title_zh="天穹发布商品,测试请不要拍",
    title_en=None,
    category=CATEGORY,
    seller=SELLER,
    kind="dress",
    main_picture=_PICTURE,
    price_fen=1,
    list_price_fen=1,
    tiers=(),
    moq=1,
    batch=None,
    unit_zh="件",
    unit_en="piece",
    weight_g=150,
    size_cm=(25, 20, 2),
    sold_30d=0,
    repurchase_percent=0,
    commission_permille=5,
    days_to_ship=2,
    tags=frozenset(),
    listed_days_ago=1600,
    status="active",
    in_channel=True,
    quote_type=1,
    keywords="红色 黄色 red yellow 52cm",
    details=_details,
)
