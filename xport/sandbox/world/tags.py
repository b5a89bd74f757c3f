"""Service tags of 1688 offers, named as the contract's search filters name them."""

from __future__ import annotations

from random import Random

from .model import Seller

_FILTERS_TEXT = """\
shipInToday ksCiphertext shipIn24Hours shipIn48Hours certifiedFactory jxhy 1688Selection
isOnePsale isOnePsaleFreePost noReason7DReturn new7 new30 isQqyx isSelect
totalEpScoreLv1 totalEpScoreLv2 totalEpScoreLv3 totalEpScoreLv4
getRate24HLv1 getRate24HLv2 getRate24HLv3 getRate48HLv1 getRate48HLv2 getRate48HLv3
"""
FILTERS = frozenset(_FILTERS_TEXT.split())
"""contract/alibaba_product.yaml, alibaba_product.search, enums.filter."""


def tags_of(rng: Random, seller: Seller, days: int, moq: int, listed: int) -> frozenset[str]:
    """The filters an offer passes; whatever follows from its own data is not left to chance."""
    scores = seller.scores
    one_piece = moq == 1 and rng.random() < 0.8
    facts = {
        "shipInToday": days == 1 and rng.random() < 0.4,
        "shipIn24Hours": days <= 1,
        "shipIn48Hours": days <= 2,
        "certifiedFactory": seller.is_factory,
        "isOnePsale": one_piece,
        "isOnePsaleFreePost": one_piece and rng.random() < 0.3,
        "new7": listed <= 7,
        "new30": listed <= 30,
        "noReason7DReturn": rng.random() < 0.55,
        "jxhy": one_piece and rng.random() < 0.25,
        "1688Selection": rng.random() < 0.12,
        "isQqyx": rng.random() < 0.1,
        "isSelect": rng.random() < 0.3,
        "ksCiphertext": rng.random() < 0.7,
        _experience_level(scores.composite_service): True,
        _rate_level("getRate24H", scores.collected_24h_percent): True,
        _rate_level("getRate48H", scores.collected_48h_percent): True,
    }
    if scores.collected_24h_percent >= 95:
        facts["getRate24HLv2"] = True
    if scores.collected_48h_percent >= 95:
        facts["getRate48HLv2"] = True
    return frozenset(name for name, true in facts.items() if true)


def _experience_level(score: float) -> str:
    if score >= 5:
        return "totalEpScoreLv1"
    if score >= 4.5:
        return "totalEpScoreLv2"
    return "totalEpScoreLv3" if score >= 4 else "totalEpScoreLv4"


def _rate_level(name: str, percent: float) -> str:
    if percent >= 99:
        return f"{name}Lv3"
    return f"{name}Lv2" if percent >= 95 else f"{name}Lv1"
