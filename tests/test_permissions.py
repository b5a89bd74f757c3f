"""Every address of the desk, for everybody who may try it: the table is `tests/permissions.py`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permission_world import LOG_IN, WHO, World, make_world, outcome, savepoint
from tests.permissions import DOES, GROUPS, MAY, NO, TABLE, Row

REFUSED = (LOG_IN, 403, 404, 405)
SAYS_NO = (*range(200, 400), 409, 422)


@pytest.fixture
def world(db: None, sandbox: Any, settings: Any) -> World:
    settings.PICTURE_HOSTS = [sandbox.base_url.removeprefix("http://").removesuffix("/api")]
    return make_world(sandbox)


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


def ask(world: World, who: str, row: Row, method: str = "GET") -> HttpResponse:
    """One try of one identity."""
    headers = {"HX-Request": "true"} if row.part else {}
    client = world.client(who)
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
