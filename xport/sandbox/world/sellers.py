"""Who sells: factories and shops whose names and cities fit their trade."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random

from .model import Marketplace, Seller, SellerScores
from .numbering import digest, number, opaque, seed

SELLERS_PER_TRADE = 12

_NAMES_TEXT = """\
鑫源 恒达 华诚 锦泰 宏宇 佳禾 瑞丰 盛邦 铭扬 卓越 優品 嘉悦 启航 东升 利民 博雅
天泽 景润 德隆 金帆 万佳 友邦 立信 晨光里 汇丰源 百川 同兴 欣悦 兴旺 中联 海纳 翔宇
联创 众诚 凯亿 艺信 诺贝 优尚 乐途 尚格 合众 精诚 南洋 泰和 永顺 鼎盛 新锐 易购
创美 格调 星河 远帆 聚力 拓普 安居 益民 康达 领航 简木 木禾 云帆 知行 小满 拾光
初见 青禾 暖屿 山野 白鹭 半夏 有风
"""
_NAMES = tuple(_NAMES_TEXT.split())


@dataclass(frozen=True, slots=True)
class Trade:
    """A line of business: where it is at home and what its firms are called."""

    cities: tuple[tuple[str, str], ...]
    firms: tuple[str, ...]
    shops: tuple[str, ...]


def _trade(cities: str, firms: str, shops: str) -> Trade:
    places = [(pair.split("/")[0], pair.split("/")[1]) for pair in cities.split()]
    return Trade(tuple(places), tuple(firms.split()), tuple(shops.split()))


TRADES: dict[str, Trade] = {
    "ceramics": _trade(
        "江西省/景德镇市 江西省/景德镇市 福建省/德化县 广东省/潮州市 湖南省/醴陵市",
        "陶瓷厂 陶瓷有限公司 瓷业有限公司 陶瓷工艺品厂", "陶瓷 瓷器 生活馆 家居"),
    "steelware": _trade(
        "浙江省/永康市 浙江省/永康市 浙江省/武义县 浙江省/金华市",
        "杯业有限公司 工贸有限公司 日用品有限公司 不锈钢制品厂", "水杯 杯壶 户外 家居"),
    "glassware": _trade(
        "山东省/淄博市 安徽省/凤阳县 河北省/河间市",
        "玻璃制品厂 玻璃制品有限公司 工艺玻璃有限公司", "玻璃 家居 茶具 生活馆"),
    "kitchenware": _trade(
        "广东省/阳江市 广东省/揭阳市 浙江省/永康市 浙江省/台州市",
        "五金制品厂 厨具有限公司 餐具有限公司 塑料制品厂", "厨具 厨房 餐厨 生活馆"),
    "daily": _trade(
        "浙江省/义乌市 浙江省/义乌市 浙江省/台州市 广东省/揭阳市",
        "日用品厂 日用百货有限公司 塑料制品厂 家居用品有限公司", "家居 百货 生活馆 收纳"),
    "textile": _trade(
        "江苏省/南通市 浙江省/绍兴市 河北省/高阳县 浙江省/义乌市",
        "纺织品有限公司 家纺有限公司 毛巾厂 布艺厂", "家纺 布艺 家居 生活馆"),
    "apparel": _trade(
        "广东省/广州市 福建省/石狮市 浙江省/杭州市 广东省/东莞市 江西省/南昌市",
        "服饰有限公司 制衣厂 服装有限公司 针织厂", "服饰 男装 女装 定制"),
    "childrenswear": _trade(
        "浙江省/湖州市 广东省/佛山市 广东省/汕头市",
        "童装厂 服饰有限公司 童装有限公司", "童装 母婴 童品"),
    "shoes": _trade(
        "福建省/晋江市 浙江省/温州市 福建省/莆田市",
        "鞋业有限公司 鞋厂 鞋服有限公司", "鞋业 运动 鞋店"),
    "socks": _trade(
        "浙江省/诸暨市 浙江省/诸暨市 吉林省/辽源市 浙江省/义乌市",
        "袜业有限公司 针织厂 织造厂", "袜业 服饰 内衣"),
    "bags": _trade(
        "浙江省/苍南县 河北省/白沟镇 浙江省/义乌市 广东省/广州市",
        "箱包有限公司 手袋厂 制袋厂 箱包厂", "箱包 皮具 包袋"),
    "stationery": _trade(
        "浙江省/宁海县 浙江省/义乌市 浙江省/苍南县 上海市/上海市",
        "文具有限公司 文具厂 办公用品有限公司 纸品厂", "文具 办公 文创"),
    "furniture": _trade(
        "浙江省/安吉县 广东省/佛山市 福建省/漳州市 江西省/赣州市",
        "家具有限公司 椅业有限公司 家具厂 办公家具有限公司", "家具 办公家具 家居"),
    "electronics": _trade(
        "广东省/东莞市 广东省/深圳市 广东省/深圳市 广东省/惠州市",
        "电子有限公司 电子科技有限公司 数码科技有限公司 电子厂", "数码 电子 科技 电脑"),
    "lighting": _trade(
        "广东省/中山市 广东省/中山市 广东省/深圳市 江苏省/常州市",
        "照明电器厂 照明有限公司 光电有限公司 灯饰厂", "照明 灯饰 光电"),
    "packaging": _trade(
        "广东省/东莞市 浙江省/义乌市 江苏省/苏州市 山东省/临沂市",
        "包装制品厂 包装材料有限公司 纸箱厂 胶粘制品有限公司", "包装 包材 纸品"),
    "safety": _trade(
        "山东省/临沂市 山东省/高密市 浙江省/义乌市 江苏省/南通市",
        "劳保用品有限公司 防护用品厂 安防科技有限公司 手套厂", "劳保 防护 安全"),
    "medical": _trade(
        "湖北省/仙桃市 浙江省/绍兴市 广东省/深圳市",
        "医疗用品有限公司 卫生用品厂 医疗器械有限公司", "健康 医疗 户外"),
    "hardware": _trade(
        "山东省/临沂市 浙江省/永康市 浙江省/义乌市 浙江省/宁波市",
        "五金工具厂 工具有限公司 五金制品厂", "五金 工具 机电"),
    "umbrella": _trade(
        "浙江省/杭州市 浙江省/绍兴市 福建省/晋江市",
        "伞业有限公司 制伞厂 雨具有限公司", "雨具 伞业 户外"),
    "gifts": _trade(
        "浙江省/义乌市 浙江省/苍南县 江苏省/昆山市 广东省/东莞市",
        "工艺品有限公司 礼品有限公司 工艺礼品厂 饰品厂", "礼品 文创 工艺 定制"),
    "toys": _trade(
        "广东省/汕头市 江苏省/扬州市 广东省/东莞市 浙江省/义乌市",
        "玩具厂 玩具有限公司 毛绒玩具厂 工艺玩具有限公司", "玩具 公仔 童趣"),
}  # fmt: skip


def _scores(rng: Random) -> SellerScores:
    def score(low: float) -> float:
        return round(rng.uniform(low, 5.0), 1)

    day = round(rng.uniform(82, 99.9), 1)
    return SellerScores(
        trade_medal_level=rng.randint(1, 5),
        composite_service=score(3.4),
        logistics=score(3.2),
        dispute=score(3.5),
        offer=score(3.4),
        consulting=score(3.2),
        after_sales=score(3.3),
        repeat_purchase_percent=round(rng.uniform(8, 62), 1),
        collected_24h_percent=day,
        collected_48h_percent=round(min(100.0, day + rng.uniform(0.1, 8)), 1),
        quality_refund_percent=round(rng.uniform(0.1, 3.5), 1),
    )


def _encrypted_id(text: str) -> str:
    """BBB and 22 characters, as 1688 writes `sellerOpenId`."""
    return "BBB" + opaque(text)


def _seller(marketplace: Marketplace, trade_key: str, place: int, name: str) -> Seller:
    rng = Random(seed(f"seller:{marketplace}:{trade_key}:{place}"))
    trade = TRADES[trade_key]
    province, city = rng.choice(trade.cities)
    firm = rng.choice(trade.firms)
    shop = rng.choice(trade.shops)
    company = f"{city}{name}{firm}"
    if marketplace == "taobao":
        suffix = rng.choice(("旗舰店", "专营店", "工厂店", "企业店", "小铺", "优选店"))
        nick, shop_name = f"{name}{shop}{rng.choice(('', '', '01', '88', '官方'))}", name + shop
        shop_name += suffix
        if rng.random() < 0.5:
            firm = rng.choice(("电子商务有限公司", "贸易有限公司", "网络科技有限公司"))
            company = f"{city}{name}{firm}"
    else:
        nick = f"{name}{rng.choice(('', shop))}{digest(company, 2).hex()}"
        shop_name = company
    text = f"{marketplace}:{trade_key}:{place}"
    return Seller(
        marketplace=marketplace,
        seller_id=number(f"seller-id:{text}", 13, "22"),
        nick=nick,
        shop_id=number(f"shop-id:{text}", 9),
        shop_name=shop_name,
        company_name=company,
        open_id=_encrypted_id(f"open-id:{text}"),
        province=province,
        city=city,
        scores=_scores(rng),
        years=rng.randint(1, 17),
        is_factory=firm.endswith("厂") or rng.random() < 0.35,
    )


def build_sellers(marketplace: Marketplace, trades: Iterable[str]) -> dict[str, tuple[Seller, ...]]:
    """The sellers of each trade; a name is used once within a trade."""
    made = {}
    for trade in trades:
        names = Random(seed(f"names:{marketplace}:{trade}")).sample(_NAMES, SELLERS_PER_TRADE)
        made[trade] = tuple(
            _seller(marketplace, trade, place, name) for place, name in enumerate(names)
        )
    return made
