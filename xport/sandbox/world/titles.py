"""Listing titles, built as sellers build them: a chain of search words with the product inside.

Chinese and English come from the same choices, so that the twin says the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from .kinds import Kind, Word
from .kinds.model import words
from .model import Marketplace

_WHOLESALE_HOOKS = words(
    "跨境=Cross-border|跨境新款=New cross-border|现货=In-stock|"
    "厂家直销=Factory direct|外贸=Export|"
    "亚马逊热销=Amazon best-selling|源头工厂=Source factory|"
    "2026新款=2026 new|工厂现货批发=Factory wholesale|新款=New|"
    "热销=Hot-selling|=|="
)
_WHOLESALE_TAILS = words(
    "可定制logo=custom logo|批发=wholesale|一件代发=dropshipping|"
    "来图定制=made to your artwork|可印字=printing available|=|"
    "支持定做=made to order|企业采购=corporate purchasing|"
    "量大从优=volume discount"
)
_RETAIL_HOOKS = words(
    "=|=|新款=New|2026新款=2026 new|高颜值=Good-looking|"
    "网红=Trending|加厚=Heavy-duty|正品=Genuine|优质=Quality|"
    "爆款=Best-selling|质感=Premium"
)
_RETAIL_TAILS = words(
    "包邮=free postage|=|=|可定制=customisable|官方=official|"
    "送礼=for gifting|实用=practical|批量可优惠=bulk discount"
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The choices a title is made of; attributes and description use them too."""

    hook: Word
    style: Word
    second_style: Word
    material: Word
    head: Word
    features: tuple[Word, Word]
    uses: tuple[Word, Word]
    measure: Word | None
    tail: Word
    pattern: int


def choose_wording(rng: Random, made: Kind, marketplace: Marketplace) -> Wording:
    """One set of choices."""
    wholesale = marketplace == "1688"
    style, second = rng.sample(made.styles, 2)
    first_feature, second_feature = rng.sample(made.features, 2)
    use, second_use = rng.sample(made.uses, 2)
    material = rng.choice(made.materials)
    return Wording(
        hook=rng.choice(_WHOLESALE_HOOKS if wholesale else _RETAIL_HOOKS),
        style=style,
        second_style=second,
        material=material,
        head=rng.choice(_fitting(made.heads, material)),
        features=(first_feature, second_feature),
        uses=(use, second_use),
        measure=rng.choice(made.axis.values) if made.axis and _named_by_size(made) else None,
        tail=rng.choice(_WHOLESALE_TAILS if wholesale else _RETAIL_TAILS),
        pattern=rng.randrange(4),
    )


# A product word that names a material goes with that material only.
_MATERIAL_TEXT = """\
玻璃 不锈钢 陶瓷 硅胶 皮质 牛皮纸 亚克力 金属 纯棉 棉纱 丁腈 碱性 锂 珐琅 马口铁 铝膜 乳胶 大豆 防割
"""
_MATERIAL_WORDS = tuple(_MATERIAL_TEXT.split())
_SAME_MATERIAL = {"皮质": "皮", "金属": "锌合金", "珐琅": "铜", "防割": "HPPE", "大豆": "大豆蜡"}


def _fitting(heads: tuple[Word, ...], material: Word) -> list[Word]:
    """The product words that do not contradict the material; all when none fits."""

    def fits(head: Word) -> bool:
        named = (word for word in _MATERIAL_WORDS if word in head.zh)
        return all(_SAME_MATERIAL.get(word, word) in material.zh for word in named)

    return [head for head in heads if fits(head)] or list(heads)


def _named_by_size(made: Kind) -> bool:
    """Titles name a capacity or a length; nobody lists a garment in one size."""
    worn = ("尺码", "鞋码", "参考身高", "帽围", "适用型号")
    return made.axis is not None and made.axis.zh not in worn


def _overlap(text: str, part: str) -> int:
    """How many characters `part` repeats from the end of `text`: 编织 + 编织线 overlap by two."""
    for length in range(min(4, len(part) - 1), 1, -1):
        if text.endswith(part[:length]):
            return length
    return 0


def chinese_title(wording: Wording, named_measure: bool) -> str:
    """The Chinese chain. `named_measure`: the good comes in one size and the title says which."""
    w = wording
    measure = w.measure.zh if w.measure and named_measure else ""
    one, two = w.features[0].zh, w.features[1].zh
    parts = (
        (w.hook.zh, w.style.zh, measure, w.material.zh, w.head.zh, one, w.uses[0].zh, w.tail.zh),
        (w.hook.zh, w.style.zh, one, w.head.zh, measure, w.uses[0].zh, w.material.zh, w.tail.zh),
        (w.hook.zh, w.material.zh, w.head.zh, w.style.zh, measure, one, two, w.uses[0].zh),
        (w.uses[0].zh, w.style.zh, w.material.zh, w.head.zh, measure, w.second_style.zh, one,
         w.uses[1].zh, w.tail.zh),
    )[w.pattern]  # fmt: skip
    text = ""
    for part in parts:
        if not part or part in text or (part == w.material.zh and w.head.zh.startswith(part)):
            continue
        part = part[_overlap(text, part) :]
        # A keyword chain needs a gap only where two Latin words or a size would run together.
        gap = text and (text[-1].isascii() and part[0].isascii() or part == w.tail.zh)
        text += (" " if gap else "") + part
    return text


def english_title(wording: Wording, named_measure: bool) -> str:
    """The English twin: the same words in English order, first letter upper-case."""
    w = wording
    named: list[str] = []
    hook = w.hook.en if w.pattern != 3 else ""
    measure = w.measure.en if w.measure and named_measure else ""
    material = w.material.en if w.material.en.lower() not in w.head.en.lower() else ""
    for part in (hook, w.style.en, measure, material, w.head.en):
        if part and part.lower() not in " ".join(named).lower():
            if named and named[-1].split()[-1].lower() == part.split()[0].lower():
                part = part.partition(" ")[2] or part
            named.append(part)
    text = " ".join(named)
    text += _joined(w.features[0].en)
    if w.pattern == 2:
        text += f", {w.features[1].en}"
    text += f", for {w.uses[0].en}"
    if w.pattern == 3:
        text += f" and {w.uses[1].en}"
    if w.tail.en and w.pattern != 2:
        text += f", {w.tail.en}"
    return text[0].upper() + text[1:]


def _joined(feature: str) -> str:
    """A feature that starts with a preposition follows at once, any other after a comma."""
    return f" {feature}" if feature.startswith(("with ", "for ", "in ")) else f", {feature}"
