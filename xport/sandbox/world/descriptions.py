"""The long texts of a listing: specification rows and the pasted HTML of the details page."""

from __future__ import annotations

from html import escape
from random import Random

from .colours import Colour
from .kinds import Word
from .model import Attribute, Good
from .numbering import number
from .titles import Wording
from .variants import Matrix, main_colour, picture

PICTURE_BASE = {
    "taobao": "https://img.alicdn.com/bao/uploaded/",
    "1688": "https://cbu01.alicdn.com/img/ibank/",
}
"""Hosts as the live platforms write them; the server puts its own address in their place."""


def _row(zh: str, en: str, value: Word) -> Attribute:
    return Attribute(number(f"attribute:{zh}", 5), zh, value.zh, en, value.en)


def build_attributes(good: Good, matrix: Matrix, wording: Wording) -> tuple[Attribute, ...]:
    """What sellers fill in; colours and uses are repeated rows, as on 1688."""
    made = matrix.kind
    city = good.seller.city
    colours: tuple[Colour, ...] = matrix.colours or (main_colour(matrix),)
    rows = [
        _row("产品类别", "Product type", Word(made.zh, made.en)),
        _row("材质", "Material", wording.material),
        _row("风格", "Style", wording.style),
        _row("货号", "Item number", _plain(f"{made.key.upper()[:3]}{matrix.picture_stem[-4:]}")),
        *(_row("颜色", "Colour", Word(c.zh, c.en)) for c in colours),
        *(_row("功能特点", "Feature", feature) for feature in wording.features),
        *(_row("适用场景", "Use", use) for use in wording.uses),
        _row("产地", "Place of origin", _plain(f"{good.seller.province}{city}")),
        _row("包装尺寸", "Package size", _plain("×".join(map(str, good.size_cm)) + "cm")),
        _row("毛重", "Gross weight", _plain(f"{good.weight_g}g")),
    ]
    if made.axis:
        sizes = matrix.measures or ((wording.measure,) if wording.measure else ())
        rows[2:2] = [_row(made.axis.zh, made.axis.en, size) for size in sizes]
    return tuple(rows)


def _plain(text: str) -> Word:
    return Word(text, text)


_SHIPPING = (
    "现货48小时内发货，大货交期7-15天，具体以客服确认为准。",
    "默认发中通、圆通快递，偏远地区请联系客服。",
    "由于拍摄光线及显示器不同，实物与图片可能存在轻微色差，请以实物为准。",
    "手工测量存在1-3cm误差，属正常范围。",
    "支持来样定制，可印LOGO，起订量请咨询客服。",
    "签收前请务必当面验货，如有破损请及时拍照联系我们。",
)

# What a paste from an editor or an old template leaves behind: a sanitiser has to cope with it.
_JUNK = (
    '<p style="display:none;position:absolute;left:-9999px">关键词 爆款 热卖</p>',
    '<div id="offer-template-0"></div><o:p>&nbsp;</o:p>',
    '<script>window.desc_loaded=true;</script>',
    '<a href="javascript:void(0)" onclick="goShop()">点击进入店铺</a>',
    '<font color="#ff0000" size="5"><b>★收藏店铺，优先发货★</b></font><br><br>',
    '<map name="shopmap"><area shape="rect" coords="0,0,750,300" '
    'href="https://shop.example/index.htm" target="_blank"></map>',
)  # fmt: skip


def build_description(good: Good, matrix: Matrix, wording: Wording) -> str:
    """Chinese HTML: junk, a table, pictures, conditions."""
    rng = Random(matrix.seed + 1)
    base = PICTURE_BASE[good.marketplace]
    views = [picture(matrix.picture_stem, main_colour(matrix), v) for v in ("detail", "group")]
    if matrix.colours[1:]:
        views.append(picture(matrix.picture_stem, matrix.colours[1], "front"))
    rows = "".join(
        f'<tr><td width="120" bgcolor="#f5f5f5">{escape(a.name_zh)}</td>'
        f"<td>{escape(a.value_zh)}</td></tr>"
        for a in build_attributes(good, matrix, wording)[:9]
    )
    images = "".join(
        f'<p align="center"><img src="{base}{name}" usemap="#shopmap" width="750"></p>'
        for name in views
    )
    notes = "".join(f"<li>{note}</li>" for note in rng.sample(_SHIPPING, 3))
    before, after = rng.sample(_JUNK, 2)
    return (
        f'<div id="offer-detail" class="desc-lazyload-container">{before}'
        f'<p><span style="font-size:24px;color:#333">{escape(good.title_zh)}</span></p>'
        f"<p>{_sentence(good, matrix, wording)}</p>"
        f'<table border="1" cellspacing="0" width="750"><tbody>{rows}</tbody></table>'
        f"{images}<p><strong>买家须知</strong></p><ul>{notes}</ul>{after}</div>"
    )


def _sentence(good: Good, matrix: Matrix, wording: Wording) -> str:
    w = wording
    kind = matrix.kind
    return escape(
        f"本款{w.head.zh}采用{w.material.zh}材质，{w.style.zh}设计，{w.features[0].zh}、{w.features[1].zh}，"
        f"适合{w.uses[0].zh}、{w.uses[1].zh}使用。{good.seller.company_name}专业生产{kind.zh}"
        f"{good.seller.years}年，品质有保障。"
    )
