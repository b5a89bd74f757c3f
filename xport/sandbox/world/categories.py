"""The category trees: one shape (root, branch, kind), each marketplace with its own ids."""

from __future__ import annotations

from collections.abc import Sequence

from .kinds import Kind
from .model import Category, Marketplace
from .numbering import number

ROOTS = {
    "home": ("家居百货", "Home and daily use"),
    "office": ("办公文化", "Office and stationery"),
    "digital": ("数码电脑", "Digital and computers"),
    "lights": ("灯具照明", "Lighting"),
    "wear": ("服装鞋包", "Clothing, shoes and bags"),
    "pack": ("包装印刷", "Packaging and printing"),
    "safety": ("安全防护", "Safety and protection"),
    "hardware": ("五金工具", "Hardware and tools"),
    "gifts": ("礼品玩具", "Gifts and toys"),
}

BRANCHES = {
    "drinkware": ("home", "杯具茶具", "Drinkware and tea ware"),
    "kitchen": ("home", "厨房餐饮用具", "Kitchen and dining"),
    "textile": ("home", "家纺布艺", "Home textiles"),
    "living": ("home", "居家收纳", "Storage and living"),
    "stationery": ("office", "文具用品", "Stationery"),
    "furniture": ("office", "办公家具", "Office furniture"),
    "meeting": ("office", "会议展示", "Meeting and display"),
    "computer": ("digital", "电脑外设", "Computer peripherals"),
    "phone": ("digital", "手机配件", "Phone accessories"),
    "power": ("digital", "电源与存储", "Power and storage media"),
    "lighting": ("lights", "室内照明", "Indoor lighting"),
    "clothing": ("wear", "服装", "Clothing"),
    "children": ("wear", "童装", "Children's clothing"),
    "shoes": ("wear", "鞋靴", "Shoes"),
    "bags": ("wear", "箱包", "Bags"),
    "accessories": ("wear", "服饰配件", "Clothing accessories"),
    "packaging": ("pack", "包装材料", "Packaging materials"),
    "workwear": ("safety", "劳保用品", "Work safety"),
    "health": ("safety", "急救护理", "First aid"),
    "tools": ("hardware", "手动工具", "Hand tools"),
    "promo": ("gifts", "广告礼品", "Promotional gifts"),
    "toys": ("gifts", "毛绒玩具", "Soft toys"),
}

_DIGITS = {"taobao": ("5002", "5001", "1214"), "1688": ("", "10", "1033")}


def _id(marketplace: Marketplace, level: int, key: str) -> str:
    """Taobao ids have 8 or 9 digits; 1688's grow with the level."""
    lead = _DIGITS[marketplace][level - 1]
    digits = {1: 8, 2: 8, 3: 9}[level] if marketplace == "taobao" else {1: 3, 2: 6, 3: 7}[level]
    return number(f"category:{marketplace}:{level}:{key}", digits, lead)


def _leaf(marketplace: Marketplace, parent: tuple[str, ...], made: Kind, up: str) -> Category:
    root, branch, root_en, branch_en = parent
    return Category(
        _id(marketplace, 3, made.key),
        made.zh,
        made.en,
        3,
        up,
        (root, branch, made.zh),
        (root_en, branch_en, made.en),
    )


def build_tree(marketplace: Marketplace, kinds: Sequence[Kind]) -> Category:
    """Node "0" with the whole tree below; branches without a kind are left out."""
    roots = []
    for root_key, (root_zh, root_en) in ROOTS.items():
        root_id = _id(marketplace, 1, root_key)
        branches = []
        for key, (above, zh, en) in BRANCHES.items():
            leaves = [made for made in kinds if made.branch == key]
            if above != root_key or not leaves:
                continue
            branch_id = _id(marketplace, 2, key)
            names = (root_zh, zh, root_en, en)
            below = tuple(_leaf(marketplace, names, made, branch_id) for made in leaves)
            branches.append(
                Category(branch_id, zh, en, 2, root_id, (root_zh, zh), (root_en, en), below)
            )
        if branches:
            roots.append(
                Category(root_id, root_zh, root_en, 1, "0", (root_zh,), (root_en,), tuple(branches))
            )
    return Category("0", "根", "root", 0, None, (), (), tuple(roots))


def flatten(node: Category) -> list[Category]:
    """The node and everything below it, parents first."""
    return [node, *(below for child in node.children for below in flatten(child))]
