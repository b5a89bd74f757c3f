"""Odd words and numbers, in addresses, queries and forms: every page answers, none breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.urls import reverse

from tests.permission_world import WHO, World, savepoint
from tests.permissions import DOES, MAY, NO, TABLE, Row
from tests.test_permissions import address, ask

ODD = (
    "\x00",
    "a\x00b",
    "1" + "0" * 30,
    "-1",
    "9" * 5000,
    "１２３４５",
    "٣٤٥",
    "²",
    "1e400",
    "NaN",
    "\u202eنص\u2066",
    "😀" * 40,
    "\ud83d".encode("utf-8", "surrogatepass").decode("latin-1"),
    "' OR 1=1 --",
    "<script>alert(1)</script>",
    "%s%n{0}{{7*7}}",
    "9999-12-31",
    "0000-00-00",
    "0001-01-01",
    "WyItcGxhY2VkIiwiOTk5OS0xMi0zMVQyMzo1OTo1OS0xNDowMCIsMV0",
    "x" * 3000,
    f"R-{'9' * 400}",
    "R-1/",
    "X-",
)
NUMBERS = ("\x00", "1" + "0" * 30, "１２", "-1", "😀\u202e", "9" * 5000)
PARAMETERS = {
    "orders:list": (
        "q", "view", "sort", "after", "before", "panel", "marketplace", "since", "until",
        "requester", "sub_account", "seller", "cost_centre", "export",
    ),
    "catalog:find": (
        "q", "qty", "on", "sort", "price_from", "price_to", "view", "page", "as_typed",
    ),
    "receive:scan": ("code",),
    "jump": ("q",),
    "admin:accounts_user_changelist": ("q", "p", "o", "acts_as", "role", "all", "e"),
}  # fmt: skip
OTHERS = (
    "show", "seen", "again", "ship_to", "quotes", "correct", "checked", "late", "u", "s", "k",
    "next", "line", "sought", "here", "qty-1",
)  # fmt: skip
ALL = {name for names in PARAMETERS.values() for name in names} | set(OTHERS)


SPECIAL = {
    "q": ("\x00", "9" * 5000, f"R-{'9' * 400}"),
    "after": ("WyItcGxhY2VkIiwiOTk5OS0xMi0zMVQyMzo1OTo1OS0xNDowMCIsMV0", "W1tbW1tb", "\x00"),
    "since": ("9999-12-31", "0001-01-01"),
    "until": ("9999-12-31", "0001-01-01"),
    "acts_as": ("1" + "0" * 30, "9" * 5000),
    "code": ("\x00", "x" * 3000),
}


def get_rows() -> dict[str, Row]:
    """One row of each address that has a page."""
    return {f"{row.name}{row.args}{row.part}": row for row in TABLE if row.get}


@pytest.mark.parametrize("turn", range(4))
def test_odd_parameters_break_no_page(world: World, turn: int) -> None:
    """Every parameter of the desk on every page, each with another oddity at each turn."""
    odd = [(name, ODD[(place * 5 + turn * 7) % len(ODD)]) for place, name in enumerate(sorted(ALL))]
    together = urlencode([*odd, ("q[]", ODD[turn]), (ODD[turn], "x")])
    for row in get_rows().values():
        if row.name.startswith(("account", "mfa")):
            continue
        url = address(row, world).partition("?")[0]
        headers = {"HX-Request": "true"} if row.part else {}
        with savepoint():
            answer = world.client(_visitor(row)).get(f"{url}?{together}", headers=headers)
        assert answer.status_code < 500, url
        assert "<script>alert" not in _text(answer), url


@pytest.mark.parametrize("name", PARAMETERS)
def test_odd_parameters_one_by_one_break_no_search(world: World, name: str) -> None:
    client = world.client("admin" if name.startswith("admin") else "owner")
    for place, parameter in enumerate(PARAMETERS[name]):
        for odd in {*ODD[place % 3 :: 3], *SPECIAL.get(parameter, ())}:
            with savepoint():
                answer = client.get(reverse(name), {parameter: odd})
            assert answer.status_code < 500, (parameter, odd)
            assert "<script>alert" not in _text(answer), parameter


def _visitor(row: Row) -> str:
    """Somebody who sees the page."""
    seen = [who for who in ("owner", "finance", "manager") if row.get[WHO.index(who)] == 200]
    return seen[0] if seen else "admin"


def _text(answer: Any) -> str:
    return "" if answer.streaming else answer.content.decode("utf-8", "replace")


PATHS = {
    "owner": (
        "/orders/R-{}/1/", "/orders/R-1/{}/", "/orders/X-{}/", "/orders/R-{}/1/live/",
        "/requests/R-{}/", "/catalog/1688/items/{}/", "/catalog/taobao/items/{}/",
        "/catalog/{}/items/1/", "/catalog/lanes/{}/", "/checkout/quote/{}/",
        "/orders/R-{}/1/receive/", "/catalog/1688/items/{}/notes/", "/orders/R-{}/1/cancel/",
        "/requests/R-{}/withdraw/", "/cart/{}/quantity/", "/me/notices/{}/open/",
        "/catalog/1688/items/{}/name/", "/log-in/as/{}/", "/approvals/{}/",
    ),
    "finance": (
        "/approvals/{}/", "/approvals/{}/check/", "/approvals/{}/approve/", "/payments/{}/pay/",
        "/payments/{}/outside/", "/stuck/{}/ask/", "/callbacks/xport/{}/",
    ),
    "admin": ("/admin/accounts/user/{}/change/", "/admin/accounts/user/{}/test/", "/admin/{}/"),
}  # fmt: skip


@pytest.mark.parametrize("who", PATHS)
def test_odd_numbers_in_addresses_are_no_such_page(world: World, who: str) -> None:
    client = world.client(who)
    for path in PATHS[who]:
        for odd in NUMBERS:
            url = path.format(quote(odd))
            for method in (client.get, client.post):
                with savepoint():
                    assert method(url, {"name": "x"}).status_code < 500, (path, odd)


FIELDS = ("a\x00b", "a/b\n", "1" + "0" * 30, "9" * 5000, "\u202eنص😀", "-１" + "x" * 20_000)


@pytest.mark.parametrize("odd", FIELDS, ids=range(len(FIELDS)))
def test_odd_words_in_forms_break_no_page(world: World, odd: str) -> None:
    """Each field of each form in turn, sent by somebody who may send it."""
    for row in [row for row in TABLE if row.post and row.data]:
        senders = [who for who in WHO if row.post[WHO.index(who)] in (DOES, MAY, NO)]
        if not senders or row.name.startswith("account"):
            continue
        for field in row.data:
            changed = replace(row, data={**row.data, field: odd})
            with savepoint():
                answer = ask(world, senders[0], changed, "POST")
            assert answer.status_code < 500, (str(row), field)
