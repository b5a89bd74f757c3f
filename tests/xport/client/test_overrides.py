"""What may differ at the live platform, and one clear error for a mistake in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from moneyed import Money

from tests.xport.client.loopback import Platform, answers
from xport.client import BadOverrides, Client, ReadFailed, load_overrides
from xport.client.endpoints import taobao_product
from xport.client.overrides import parse_overrides

GOOD = """
[paths]
"taobao_product.get" = "/v9/get/{itemId}"
[money]
taobao_product = "yuan"
"alibaba_order.discount" = "yuan"
[refusals]
"taobao_order.purchase_pay" = ["NO_FUNDS", 4711]
before_effect = [1, "2"]
[sentences]
"51234" = "The platform rests until six."
"""


def test_a_file_overrides_paths_units_codes_and_sentences(
    platform: Platform, make_client: Callable[..., Client], tmp_path: Path
) -> None:
    file = tmp_path / "xport.toml"
    file.write_text(GOOD, "utf-8")
    overrides = load_overrides(file)
    client = make_client(overrides=overrides)
    request = taobao_product.GetRequest(item_id="7")
    platform.script = [answers({"itemId": 7, "title": "杯", "price": "12.90"}), answers(code=51234)]

    assert client.read(taobao_product.GET, request).value.price == Money("12.90", "CNY")
    assert platform.seen[0].target == "/api/v9/get/7"
    with pytest.raises(ReadFailed) as caught:
        client.read(taobao_product.GET, request)
    assert caught.value.sentence == "The platform rests until six."
    assert overrides.refusals == {"taobao_order.purchase_pay": frozenset({"NO_FUNDS", "4711"})}
    assert overrides.before_effect == frozenset({"1", "2"})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[paths", "not TOML"),
        ("[path]\n", "unknown table [path]"),
        ("paths = 3", "paths must be a table"),
        ('[paths]\n"taobao_product.sarch" = "/x"', "taobao_product.sarch: no such endpoint"),
        ('[paths]\n"taobao_product.search" = "x"', "a path such as"),
        ('[paths]\n"taobao_product.search" = "/../x"', "a path such as"),
        ('[paths]\n"taobao_product.search" = 3', "text expected"),
        ('[money]\ntaobao_produkt = "fen"', "no such section"),
        ('[money]\nbasics = "fen"', "no such section with money"),
        ('[money]\n"taobao_product.prise" = "fen"', "no money field prise"),
        ('[money]\ntaobao_product = "cent"', "fen or yuan expected"),
        ('[refusals]\n"x.y" = ["a"]', "x.y: no such endpoint"),
        ('[refusals]\n"taobao_order.purchase_pay" = "a"', "a list of codes"),
        ("[refusals]\nbefore_effect = [[1]]", "a list of codes"),
        ('[sentences]\n"1" = ""', "text expected"),
    ],
)
def test_a_mistake_is_one_error_that_names_file_and_place(
    tmp_path: Path, content: str, words: str
) -> None:
    file = tmp_path / "xport.toml"
    file.write_text(content, "utf-8")

    with pytest.raises(BadOverrides) as caught:
        load_overrides(file)

    assert words in str(caught.value)
    assert str(file) in str(caught.value)


def test_a_missing_or_unreadable_file_is_the_same_error(tmp_path: Path) -> None:
    (tmp_path / "latin.toml").write_bytes(b'[sentences]\n"1" = "\xe9"')

    for name in ("none.toml", "latin.toml"):
        with pytest.raises(BadOverrides, match=name):
            load_overrides(tmp_path / name)


def test_nothing_overrides_nothing() -> None:
    assert parse_overrides({}).before_effect is None
