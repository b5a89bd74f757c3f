"""What people paste, and the item it means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.marketplaces import port
from catalog.marketplaces.links import is_short_link, looks_like_link
from catalog.services.jumping import bare_id, item_in_link

TAOBAO = "672991141190"
ALI = "706627393257"
OPAQUE = "WUnUC1cILiBjt-Jv3lDdlQ"

TAOBAO_LINKS = [
    f"https://item.taobao.com/item.htm?id={TAOBAO}",
    f"http://item.taobao.com/item.htm?spm=a1z.2.3&id={TAOBAO}&skuId=1",
    f"item.taobao.com/item.htm?id={TAOBAO}",
    f"https://detail.tmall.com/item.htm?id={TAOBAO}",
    f"https://detail.tmall.hk/hk/item.htm?id={TAOBAO}",
    f"https://m.intl.taobao.com/detail/detail.html?id={TAOBAO}",
    f"https://world.taobao.com/item/{TAOBAO}.htm",
    f"https://h5.m.taobao.com/awp/core/detail.htm?id={TAOBAO}",
    f"【淘宝】退货 https://item.taobao.com/item.htm?id={TAOBAO} 「马克杯」点击链接直接打开",
    f"看看这个https://item.taobao.com/item.htm?id={TAOBAO}，怎么样？",
    f"ＨＴＴＰＳ：／／item.taobao.com／item.htm？id={TAOBAO}",
    f"  {TAOBAO} ",
    "６７２９９１１４１１９０",
    "6729 9114 1190",
]
ALI_LINKS = [
    f"https://detail.1688.com/offer/{ALI}.html",
    f"https://detail.1688.com/offer/{ALI}.html?spm=a26.1#top",
    f"detail.1688.com/offer/{ALI}.html",
    f"https://m.1688.com/offer/{ALI}.html",
    f"https://detail.m.1688.com/page/index.html?offerId={ALI}",
    f"我在1688发现了好货：https://detail.1688.com/offer/{ALI}.html，快来看看",
    f"\u200bhttps://detail.1688.com/offer/{ALI}.html\u202c",
    ALI,
]
FOREIGN = [
    "",
    "mug",
    "马克杯 350ml",
    "https://www.amazon.de/dp/B01N5IB20Q",
    f"https://item.taobao.com.evil.example/item.htm?id={TAOBAO}",
    f"https://evil.example/?u=item.taobao.com/item.htm?id={TAOBAO}",
    f"https://item.taobao.com@evil.example/item.htm?id={TAOBAO}",
    f"https://faketaobao.com/item.htm?id={TAOBAO}",
    "https://item.taobao.com/item.htm",
    "https://item.taobao.com/item.htm?id=abc",
    "https://detail.1688.com/offer/.html",
    "https://[broken",
    "javascript:alert(1)",
]


@pytest.mark.parametrize("link", TAOBAO_LINKS)
def test_taobao_reads_its_own_links(link):
    assert port("taobao").item_id_from_link(link) == TAOBAO


@pytest.mark.parametrize("link", ALI_LINKS)
def test_1688_reads_its_own_links(link):
    assert port("1688").item_id_from_link(link) == ALI


@pytest.mark.parametrize("link", FOREIGN)
def test_other_sites_mean_no_item(link):
    assert port("taobao").item_id_from_link(link) is None
    assert port("1688").item_id_from_link(link) is None


def test_an_opaque_id_survives_in_link_and_alone():
    taobao = port("taobao")

    assert taobao.item_id_from_link(f"https://item.taobao.com/item.htm?id={OPAQUE}") == OPAQUE
    assert taobao.item_id_from_link(OPAQUE) == OPAQUE
    assert port("1688").item_id_from_link(OPAQUE) is None


@pytest.mark.parametrize("link", [link for link in ALI_LINKS if "1688.com" in link])
def test_a_link_names_its_marketplace(link):
    target = item_in_link(link)

    assert target is not None
    assert (target.marketplace, target.item_id) == ("1688", ALI)


def test_a_bare_number_names_none():
    assert item_in_link(ALI) is None
    assert bare_id(f" {ALI} ") == ALI
    assert bare_id("350") == ""


def test_words_are_no_link_and_short_links_are_known():
    assert not looks_like_link("马克杯 350ml 2.0")
    assert looks_like_link("https://example.com/x")
    assert looks_like_link("www.example.com")
    assert is_short_link("【淘宝】https://m.tb.cn/h.abc 「杯」")


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_links(text):
    for slug in ("taobao", "1688"):
        found = port(slug).item_id_from_link(text)
        assert found is None or found.isascii()


@given(
    st.integers(10**8, 10**14).map(str),
    st.text(alphabet="看这个好货，。「」 \n", max_size=20),
    st.text(alphabet="吧！？快来 \n", max_size=20),
)
def test_a_link_is_found_inside_chinese_text(number, before, after):
    text = f"{before}https://detail.1688.com/offer/{number}.html{after}"

    assert port("1688").item_id_from_link(text) == number


def test_digits_of_another_script_belong_to_the_number():
    assert port("1688").item_id_from_link("https://detail.1688.com/offer/70662739325٧.html") == ALI
