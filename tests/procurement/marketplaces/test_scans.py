"""What carriers say, in our words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from procurement.choices import ParcelState
from procurement.marketplaces import port, ports
from procurement.marketplaces.base import ScanSnapshot, page_of
from procurement.marketplaces.scans import in_order, parcel_state

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        (["SIGN"], ParcelState.DELIVERED),
        (["unsign"], ParcelState.PROBLEM),
        (["DELIVERING", "派送中"], ParcelState.OUT),
        (["【杭州市】您的快件已签收,签收人:门卫。派件员 王师傅"], ParcelState.DELIVERED),
        (["已被 本人 签收"], ParcelState.DELIVERED),
        (["快递员正在派件,请您准备签收"], ParcelState.OUT),
        (["客户未签收,明日再派送"], ParcelState.PROBLEM),
        (["问题件:地址不详"], ParcelState.PROBLEM),
        (["SOMETHING_NEW", "快件已发往 广州中心"], ParcelState.MOVING),
    ],
)
def test_the_first_word_that_says_something_decides(words, state):
    assert parcel_state(words, moved=True) == state


def test_a_parcel_without_scans_and_with_an_unknown_word_says_nothing():
    assert parcel_state(["SOMETHING_NEW"], moved=False) is None


def test_scans_are_sorted_and_told_once():
    late, early = ScanSnapshot(NOON, "b"), ScanSnapshot(NOON - timedelta(hours=1), "a")

    assert in_order([late, early, late]) == (early, late)


def test_every_port_is_found_under_its_slug():
    assert [found.slug for found in ports().values()] == ["taobao", "1688"]
    assert port("1688").label == "1688"
    with pytest.raises(LookupError, match="poizon"):
        port("poizon")


@pytest.mark.parametrize(
    ("page", "rows", "total", "more"),
    [
        (1, 20, 40, True),
        (2, 20, 40, False),  # a platform that divides and adds one says there is a third
        (2, 5, 25, False),
        (1, 0, 25, False),
        (1, 20, None, True),
        (2, 7, None, False),
        (2, 10, 25, True),  # pages are capped at 10
        (2, 6, 25, True),  # one was added meanwhile
        (4, 0, 25, False),
    ],
)
def test_another_page_is_asked_for_by_rows_and_total(page, rows, total, more):
    found = page_of([], page=page, size=20, rows=rows, total=total, as_of=NOON)

    assert found.has_more is more
