"""Reading an item: fresh, remembered, stale, never seen."""

from __future__ import annotations

from datetime import timedelta

import pytest

from catalog.marketplaces.base import Query
from catalog.models import ItemSnapshot, OurName, SearchSnapshot
from catalog.services import FailureKind, get_offer, known_offers, search, tidy_snapshots, tidying
from catalog.services.offers import facts_of, keep_offer
from catalog.services.searching import digest_of
from desk import clock
from gateway.models import ChannelHour
from tests.catalog.conftest import MANUAL, make_offer, two_tiers

pytestmark = pytest.mark.django_db


def calls(sandbox, key):
    """How many calls the fault with this key has counted."""
    return next(f.calls for f in sandbox.engine.faults.all() if f.key == key)


def count(sandbox, key):
    """Count calls without hurting them."""
    sandbox.engine.faults.add({"key": key, "kind": "slow", "seconds": 0.001})


def break_down(sandbox, key="*"):
    sandbox.engine.faults.add({"key": key, "kind": "http_500"})


def test_an_offer_is_read_and_kept(sandbox, people):
    view = get_offer(person=people.ana, marketplace="taobao", item_id=MANUAL)

    assert view.failure is None
    assert not view.stale
    assert known_offers([("taobao", MANUAL)]) == {("taobao", MANUAL): view.offer}
    assert ChannelHour.objects.get(marketplace="taobao", channel="search").succeeded == 1


def test_a_fresh_offer_is_not_asked_for_again(sandbox, people):
    count(sandbox, "taobao_product.get")
    for _ in range(3):
        get_offer(person=people.ana, marketplace="taobao", item_id=MANUAL)
    assert calls(sandbox, "taobao_product.get") == 1

    get_offer(person=people.ana, marketplace="taobao", item_id=MANUAL, fresh_seconds=0)
    assert calls(sandbox, "taobao_product.get") == 2


def test_a_silent_platform_leaves_the_last_known_offer_with_its_age(sandbox, people):
    first = get_offer(person=people.ana, marketplace="taobao", item_id=MANUAL)
    break_down(sandbox)

    view = get_offer(
        person=people.ana, marketplace="taobao", item_id=MANUAL, fresh_seconds=0, deadline=0.5
    )

    assert view.offer == first.offer
    assert view.stale
    assert view.failure.kind in (FailureKind.DOWN, FailureKind.SLOW)
    assert view.failure.sentence == "Taobao has not answered."
    assert ChannelHour.objects.get(marketplace="taobao", channel="search").failed == 1


def test_never_seen_and_silent_is_nothing_but_a_failure(sandbox, people):
    break_down(sandbox)

    view = get_offer(person=people.ana, marketplace="taobao", item_id=MANUAL, deadline=0.5)

    assert view.offer is None
    assert not view.stale
    assert view.failure.may_pass


def test_an_unmapped_person_is_told_whom_to_ask(sandbox, people):
    view = get_offer(person=people.uma, marketplace="taobao", item_id=MANUAL)

    assert view.failure.kind == FailureKind.UNMAPPED
    assert "Ask an admin to map you to a sub-account" in str(view.failure)


def test_a_sub_account_may_be_given_instead_of_a_person(sandbox, people):
    view = get_offer(sub_account=people.account, marketplace="taobao", item_id=MANUAL)

    assert view.offer is not None


def test_what_is_gone_speaks_not_against_the_channel(sandbox, people):
    view = get_offer(person=people.ana, marketplace="1688", item_id="100000000")

    assert view.failure.kind == FailureKind.GONE
    assert ChannelHour.objects.get(marketplace="1688", channel="search").failed == 0


def test_an_older_offer_never_replaces_a_newer_one(db):
    now = clock.now()
    keep_offer(make_offer(as_of=now, title="new"))

    keep_offer(make_offer(as_of=now - timedelta(hours=1), title="old"))

    (offer,) = known_offers([("1688", "600000000001")]).values()
    assert offer.title == "new"


def test_a_snapshot_of_another_version_counts_as_never_read(sandbox, people):
    ItemSnapshot.objects.create(
        marketplace="taobao", item_id=MANUAL, offer={"title": "?"}, as_of=clock.now()
    )

    view = get_offer(person=people.ana, marketplace="taobao", item_id=MANUAL)

    assert view.offer.title_original == "天穹发布商品,测试请不要拍"


def test_facts_for_cards_need_one_query(db, django_assert_num_queries):
    keep_offer(make_offer(tiers=two_tiers(), extra={"ships_in_days": "3"}))
    OurName.objects.create(marketplace="1688", item_id="600000000001", name="Visitor mug")

    with django_assert_num_queries(1):
        facts = facts_of("1688", ["600000000001", "nothing"])

    assert list(facts) == ["600000000001"]
    assert facts["600000000001"].our_name == "Visitor mug"
    assert facts["600000000001"].tiers == two_tiers()
    assert facts["600000000001"].seller == "义乌某厂"
    assert facts["600000000001"].ships_in_days == 3


# -- searching ------------------------------------------------------------------------------------


def test_a_search_is_kept_and_serves_while_the_platform_is_silent(sandbox, people):
    query = Query("马克杯")
    first = search(person=people.ana, marketplace="1688", query=query)
    break_down(sandbox)

    again = search(person=people.ana, marketplace="1688", query=query)
    late = search(person=people.ana, marketplace="1688", query=query, fresh_seconds=0, deadline=0.5)

    assert again == first
    assert late.page == first.page
    assert late.stale
    assert late.failure.sentence == "1688 has not answered."


def test_the_quantity_asks_nothing_new_but_everything_else_does():
    query = Query("Mug ")

    assert digest_of(query) == digest_of(Query("mug", quantity=500))
    assert digest_of(query) != digest_of(Query("mug", page=2))
    assert digest_of(query) != digest_of(Query("mugs"))


def test_a_title_translated_by_search_stays_on_the_item(sandbox, people):
    page = search(person=people.ana, marketplace="taobao", query=Query("马克杯", size=40)).page
    hit = next(hit for hit in page.hits if hit.title != hit.title_original)

    view = get_offer(person=people.ana, marketplace="taobao", item_id=hit.item_id)
    kept = get_offer(person=people.ana, marketplace="taobao", item_id=hit.item_id)

    assert view.offer.title == kept.offer.title == hit.title
    assert view.offer.title_original == hit.title_original


def test_snapshots_are_bounded_and_grow_old(db, monkeypatch):
    now = clock.now()
    monkeypatch.setattr(tidying, "MOST_SEARCHES", 3)
    for number, days in enumerate((0, 1, 2, 3, 4, 30)):
        SearchSnapshot.objects.create(
            marketplace="1688", digest=str(number), page={}, as_of=now - timedelta(days=days)
        )
    for number, days in enumerate((0, 60)):
        ItemSnapshot.objects.create(
            marketplace="1688",
            item_id=f"t{number}",
            title_translated="Mug",
            as_of=now - timedelta(days=days),
        )

    deleted = tidy_snapshots()

    assert deleted == 4
    assert set(SearchSnapshot.objects.values_list("digest", flat=True)) == {"0", "1", "2"}
    assert ItemSnapshot.objects.get().item_id == "t0"
