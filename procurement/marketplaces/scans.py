"""What carriers say about a parcel, in our words, for all marketplaces: carriers are the same.

Read from the most structured word to the least: status code, action, then Chinese text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from procurement.choices import ParcelState
from procurement.marketplaces.base import ScanSnapshot

# Codes of the platforms (contract taobao_order.logistics, alibaba_order.tracking) and their kin.
CODES: dict[str, ParcelState] = {
    "CONSIGN": ParcelState.ANNOUNCED,
    "CREATE": ParcelState.ANNOUNCED,
    "WAIT_ACCEPT": ParcelState.ANNOUNCED,
    "ACCEPT": ParcelState.MOVING,
    "GOT": ParcelState.MOVING,
    "TRANSPORT": ParcelState.MOVING,
    "ALREADYSEND": ParcelState.MOVING,
    "DELIVERING": ParcelState.OUT,
    "SENT_SCAN": ParcelState.OUT,
    "SIGN": ParcelState.DELIVERED,
    "SIGNED": ParcelState.DELIVERED,
    "ALREADYSIGN": ParcelState.DELIVERED,
    "UNSIGN": ParcelState.PROBLEM,
    "FAILED": ParcelState.PROBLEM,
    "REJECT": ParcelState.PROBLEM,
}
# In this order: "out for delivery, please be ready to sign" must not read as signed for.
TEXTS: tuple[tuple[re.Pattern[str], ParcelState], ...] = (
    (re.compile("未签收|拒收|拒签|问题件|异常|退回|派送失败|投递失败"), ParcelState.PROBLEM),
    (re.compile("已签收|已被?[^,。]{0,8}签收|签收人|本人签收|妥投"), ParcelState.DELIVERED),
    (re.compile("派送|派件|准备签收|请[^,。]{0,8}签收"), ParcelState.OUT),
    (re.compile("签收"), ParcelState.DELIVERED),
    (re.compile("待揽收|等待揽收|已下单|包裹信息"), ParcelState.ANNOUNCED),
)


def state_from_code(word: str) -> ParcelState | None:
    """The state of a code, None for one that we do not know."""
    return CODES.get(word.strip().upper())


def state_from_text(text: str) -> ParcelState | None:
    """The state of a carrier's sentence, None where it only says that something happened."""
    return next((state for pattern, state in TEXTS if pattern.search(text)), None)


def parcel_state(words: Iterable[str], *, moved: bool) -> ParcelState | None:
    """The first word that says something decides. Otherwise a parcel that was scanned moves."""
    for word in words:
        state = state_from_code(word) or state_from_text(word)
        if state is not None:
            return state
    return ParcelState.MOVING if moved else None


def in_order(scans: Iterable[ScanSnapshot]) -> tuple[ScanSnapshot, ...]:
    """By time, without what a carrier reported twice."""
    return tuple(sorted(dict.fromkeys(scans), key=lambda scan: scan.at))
