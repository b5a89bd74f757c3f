"""The colours and finishes that goods come in: Chinese and English name and the drawn colour."""

from __future__ import annotations

from dataclasses import dataclass

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour as a seller names it. `key` stands in picture names."""

    key: str
    zh: str
    en: str
    rgb: Rgb


def _colour(line: str) -> Colour:
    key, zh, en, code = line.split("|")
    return Colour(key, zh, en, (int(code[:2], 16), int(code[2:4], 16), int(code[4:], 16)))


_TABLE = """\
white|白色|White|f4f2ec
cream|米白色|Off-white|efe6d2
black|黑色|Black|2b2c30
grey|灰色|Grey|8d9299
lightgrey|浅灰色|Light grey|c9cdd1
darkgrey|深灰色|Dark grey|54595f
silver|银色|Silver|c3c8ce
gold|香槟金|Champagne gold|d3b37c
rosegold|玫瑰金|Rose gold|d9a398
red|红色|Red|cc3a3a
wine|酒红色|Wine red|80263a
pink|粉色|Pink|eea7b6
rose|玫红色|Rose|d14a7e
orange|橙色|Orange|ee8136
yellow|黄色|Yellow|f3c53c
lemon|荧光黄|Fluorescent yellow|d7e93a
brightorange|荧光橙|Fluorescent orange|ff7a2b
green|绿色|Green|4c9a5b
darkgreen|墨绿色|Dark green|2f5645
mint|薄荷绿|Mint|a3d9c2
olive|军绿色|Army green|6a7049
avocado|牛油果绿|Avocado green|b4c48a
lightblue|浅蓝色|Light blue|9cc6e6
blue|蓝色|Blue|3d7fc4
royal|宝蓝色|Royal blue|2a4fae
navy|藏青色|Navy|27375c
haze|雾霾蓝|Haze blue|7f9db5
purple|紫色|Purple|8a63b5
lilac|香芋紫|Lilac|c3aede
brown|棕色|Brown|7d573d
coffee|咖啡色|Coffee|57402f
khaki|卡其色|Khaki|bfa67e
beige|杏色|Apricot|e4cfae
wood|原木色|Natural wood|cfa26c
walnut|胡桃木色|Walnut|7c5436
kraft|牛皮色|Kraft|bd9464
clear|透明|Clear|dbe8ec
smoke|烟灰透明|Smoke clear|9aa4aa
amber|琥珀色|Amber|c58a3d
steel|不锈钢本色|Brushed steel|b9bec4
bronze|古铜色|Antique bronze|8c6a45
terracotta|砖红色|Terracotta|b5654a
"""

COLOURS: dict[str, Colour] = {c.key: c for c in map(_colour, _TABLE.splitlines())}
