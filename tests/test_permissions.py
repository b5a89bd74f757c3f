"""Every address of the desk, for everybody who may try it: the table is `tests/permissions.py`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from procurement.models import (
    OrderLine,
    Payment,
    PlannedOrder,
    PurchaseOrder,
    PurchaseRequest,
    RequestLine,
)
from tests.permission_world import LOG_IN, WHO, World, outcome, savepoint
from tests.permissions import DOES, GROUPS, MAY, NO, TABLE, Row

REFUSED = (LOG_IN, 403, 404, 405)
SAYS_NO = (*range(200, 400), 409, 422)


def filled(text: str, world: World) -> str:
    return text.format(**world.names)


def address(row: Row, world: World) -> str:
    args = [filled(arg, world) for arg in row.args]
    url = reverse(
        row.name, args=[int(arg) if arg.isdigit() and len(arg) < 9 else arg for arg in args]
    )
    query = filled(row.query, world)
    if query.startswith("/"):
        return query
    return f"{url}?{query}" if query else url


def ask(world: World, who: str, row: Row, method: str = "GET", **more: Any) -> HttpResponse:
    """One try of one identity."""
    headers = {"HX-Request": "true"} if row.part else {}
    client = world.client(who, **more)
    if method == "POST":
        data = {filled(name, world): filled(value, world) for name, value in row.data.items()}
        return client.post(address(row, world), data, headers=headers)
    return client.generic(method, address(row, world), headers=headers)


def names(resolver: URLResolver, room: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield ":".join([*room, pattern.name or str(pattern.pattern)])
        else:
            yield from names(pattern, (*room, pattern.namespace) if pattern.namespace else room)


def test_every_address_is_in_the_table() -> None:
    there = {name for name in names(get_resolver("config.urls")) if not name.startswith(GROUPS)}
    in_table = {row.name for row in TABLE if not row.name.startswith(GROUPS)}

    assert there - in_table == set(), "give these a row in tests/permissions.py"
    assert in_table - there == set(), "these are no addresses any more"
    for group in GROUPS:
        assert any(row.name.startswith(group) for row in TABLE)


@pytest.mark.parametrize("who", WHO)
def test_who_sees_which_page(world: World, who: str) -> None:
    place, wrong = WHO.index(who), {}
    for row in TABLE:
        expected = row.get[place] if row.get else REFUSED
        with savepoint():
            got = outcome(ask(world, who, row))
        if got not in expected if isinstance(expected, tuple) else got != expected:
            wrong[str(row)] = f"expected {expected}, got {got}"

    assert not wrong


@pytest.mark.parametrize("who", WHO)
def test_who_may_write_what(world: World, who: str) -> None:
    before, place, wrong = world.facts(), WHO.index(who), {}
    for row in TABLE:
        expected = row.post[place] if row.post else REFUSED
        with savepoint():
            got = outcome(ask(world, who, row, "POST"))
            changed = world.facts() != before
        if not fits(expected, got, changed):
            happened = "changed something" if changed else "changed nothing"
            wrong[str(row)] = f"expected {expected}, got {got}, {happened}"

    assert not wrong


def fits(expected: Any, got: int | str, changed: bool) -> bool:
    if expected == DOES:
        return changed and got in range(200, 400)
    if expected == NO:
        return not changed and got in SAYS_NO
    if expected == MAY:
        return got in SAYS_NO
    allowed = expected if isinstance(expected, tuple) else (expected,)
    return got in allowed and not changed


OWN_REQUESTS = {"waiting"}
DEPARTMENT_REQUESTS = OWN_REQUESTS | {"of_manager"}
OWN_ORDERS = {"placed", "paying", "at_cashier", "cancelling", "shipped", "stuck_order"}
SEEN_IN_LISTS = {
    "other buyer": ({"sales"}, {"sales_request"}),
    "owner": (OWN_ORDERS, OWN_REQUESTS),
    "manager": (OWN_ORDERS, DEPARTMENT_REQUESTS),
    "other manager": ({"sales"}, {"sales_request"}),
    "finance": (OWN_ORDERS | {"sales", "outside"}, DEPARTMENT_REQUESTS | {"sales_request"}),
    "admin": (OWN_ORDERS | {"sales", "outside"}, DEPARTMENT_REQUESTS | {"sales_request"}),
}
ORDERS = OWN_ORDERS | {"sales", "outside"}
REQUESTS = DEPARTMENT_REQUESTS | {"sales_request"}


def named_in(text: str, world: World, kinds: set[str]) -> set[str]:
    return {kind for kind in kinds if re.search(rf"\b{re.escape(world.names[kind])}\b(?!/)", text)}


@pytest.mark.parametrize("who", SEEN_IN_LISTS)
def test_lists_files_and_searches_hold_ones_own_a_departments_or_all(
    world: World, who: str
) -> None:
    client = world.client(who)
    orders, requests = SEEN_IN_LISTS[who]

    def text(query: str) -> str:
        answer = client.get(f"/orders/?{query}")
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return str(body.decode())

    assert named_in(text(""), world, ORDERS) == orders
    assert named_in(text("export=csv"), world, ORDERS) == orders
    assert named_in(text("view=approval"), world, REQUESTS) == requests
    assert named_in(client.get("/").content.decode(), world, ORDERS | REQUESTS) <= orders | requests
    for kind in ORDERS - orders:
        foreign = world.order(kind)
        for sought in (foreign.number, foreign.remote_id, foreign.title):
            found = text(f"q={sought}&export=csv")
            assert named_in(found, world, ORDERS) <= orders, sought
        led = client.get(f"/jump/?q={foreign.number}")["Location"]
        assert not led.startswith("/orders/"), foreign.number


def spellings(units: int) -> set[str]:
    """An amount in minor units as a page may write it."""
    whole, cents = divmod(units, 100)
    grouped = f"{whole:,}.{cents:02}"
    swapped = grouped.translate(str.maketrans(",.", ".,"))
    spaced = {swapped.replace(".", space) for space in "\u00a0\u202f\u2009 "}
    return {grouped, f"{whole}.{cents:02}", swapped, f"{whole},{cents:02}", str(units), *spaced}


def amounts() -> set[int]:
    """Every amount of this world, in both currencies."""
    found: set[int] = set()
    for model in (PurchaseRequest, PlannedOrder, RequestLine, PurchaseOrder, OrderLine, Payment):
        fields = [f.name for f in model._meta.fields if f.get_internal_type() == "BigIntegerField"]
        for values in model.objects.values_list(*fields):
            found.update(value for value in values if value)
    found.update(line.unit_price for line in OrderLine.objects.all())
    return found


def prices_in(text: str, known: set[int]) -> set[str]:
    money = {spelled for units in known for spelled in spellings(units)}
    shown = set(re.findall(r"(?<![\w.,-])\d[\d., \u00a0\u202f\u2009]*\d(?![\w])", text))
    return (shown & money) | {sign for sign in ("¥", "￥", "€", "CNY", "EUR") if sign in text}


def test_the_warehouse_sees_no_price(world: World) -> None:
    known, seen = amounts(), {}
    assert len(known) > 20
    rows = [row for row in TABLE if row.get and row.get[WHO.index("warehouse")] == 200]
    assert len(rows) > 8
    for row in rows:
        with savepoint():
            found = prices_in(ask(world, "warehouse", row).content.decode(), known)
            if found:
                seen[str(row)] = found
    for row in [
        row for row in TABLE if row.post and row.post[WHO.index("warehouse")] in (DOES, NO)
    ]:
        with savepoint():
            found = prices_in(ask(world, "warehouse", row, "POST").content.decode(), known)
            if found:
                seen[f"POST {row}"] = found

    assert not seen
    shipped = world.client("owner").get(f"/orders/{world.names['shipped']}/").content.decode()
    assert len(prices_in(shipped, known)) > 3, "the search itself finds prices where there are some"


def anonymised(answer: HttpResponse, *words: str) -> str:
    """A page without what differs each time: tokens, the reference, the address asked for."""
    text = answer.content.decode()
    for word in (*words, answer["X-Correlation-Id"]):
        text = text.replace(word, "·")
    return re.sub(r"\b\w{64}\b", "token", text)


@pytest.mark.parametrize("who", ["other buyer", "other manager", "warehouse"])
def test_what_is_not_theirs_looks_like_what_does_not_exist(world: World, who: str) -> None:
    place, client, compared = WHO.index(who), world.client(who), 0
    for row in TABLE:
        for method, answers in (("get", row.get), ("post", row.post)):
            if not answers or answers[place] != 404 or not row.args or "guessed" in row.args:
                continue
            there = address(row, world)
            missing = re.sub(r"R-\d+|X-\d+|(?<=/)\d+", _guess, there)
            with savepoint():
                forbidden = getattr(client, method)(there)
                nothing = getattr(client, method)(missing)
            assert nothing.status_code == 404, missing
            assert anonymised(forbidden, there) == anonymised(nothing, missing), there
            compared += 1

    assert compared > 10


def _guess(found: re.Match[str]) -> str:
    return f"{found[0][:2]}98765" if found[0][0] in "RX" else "987654"


WRITERS = ("owner", "manager", "finance", "admin")


@pytest.mark.parametrize("who", ("anonymous", *WRITERS))
def test_writes_are_posts_and_nothing_else(world: World, who: str) -> None:
    before, place, wrong = world.facts(), WHO.index(who), {}
    for row in [row for row in TABLE if row.post and not row.name.startswith(GROUPS)]:
        for method in ("PUT", "PATCH", "DELETE", *(() if row.get else ("GET", "HEAD"))):
            with savepoint():
                got = outcome(ask(world, who, row, method))
                changed = world.facts() != before
            allowed = (405,) if row.post[place] == DOES else REFUSED  # type: ignore[index]
            if changed or got not in allowed:
                wrong[f"{method} {row}"] = (got, changed)

    assert not wrong


@pytest.mark.parametrize("who", WRITERS)
def test_a_form_without_its_token_writes_nothing(world: World, who: str) -> None:
    before, place, wrong, tried = world.facts(), WHO.index(who), {}, 0
    for row in TABLE:
        if row.post and row.post[place] in (DOES, MAY) and row.name != "gateway:callback":
            with savepoint():
                got = ask(world, who, row, "POST", enforce_csrf_checks=True).status_code
                changed = world.facts() != before
            tried += 1
            if got != 403 or changed:
                wrong[str(row)] = (got, changed)

    assert tried > 5
    assert not wrong
