"""The wire below: size, packing, proxies, cookies, threads and forks."""

from __future__ import annotations

import gzip
import json
import os
import threading
from collections.abc import Callable

import pytest

from tests.xport.client.loopback import Platform, answers, answers_bytes, chunked, free_port
from xport.client import Client, PlatformDown
from xport.client.endpoints import basics

ADDRESSES = (basics.ADDRESSES, basics.AddressesRequest())
ONE = [{"id": 1, "name": "收货人", "phone": "13800000000", "city": "杭州市"}]


def test_an_answer_beyond_the_size_limit_is_dropped(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    platform.always = answers("x" * 50_000)

    with pytest.raises(PlatformDown):
        make_client(max_answer_bytes=10_000, read_attempts=1).read(*ADDRESSES)


def test_a_packed_answer_counts_unpacked(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    body = gzip.compress(json.dumps({"code": 200, "data": ONE}).encode())
    bomb = gzip.compress(b" " * 3_000_000)
    platform.script = [
        answers_bytes(body, Content_Encoding="gzip"),
        answers_bytes(bomb, Content_Encoding="gzip"),
    ]
    client = make_client(max_answer_bytes=100_000, read_attempts=1)

    assert client.read(*ADDRESSES).value.addresses
    with pytest.raises(PlatformDown):
        client.read(*ADDRESSES)


def test_a_chunked_answer_is_read(platform: Platform, client: Client) -> None:
    platform.always = chunked(json.dumps({"code": 200, "data": ONE}).encode())

    assert client.read(*ADDRESSES).value.addresses


def test_proxies_and_credentials_of_the_environment_are_ignored(
    platform: Platform, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    dead = f"http://127.0.0.1:{free_port()}"
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, dead)
    monkeypatch.setenv("NO_PROXY", "")
    platform.always = answers(ONE)

    assert client.read(*ADDRESSES).value.addresses


def test_a_proxy_is_a_setting(platform: Platform, make_client: Callable[..., Client]) -> None:
    platform.always = answers(ONE)
    proxied = make_client(
        base_url="http://platform.invalid/api", proxy=f"http://127.0.0.1:{platform.port}"
    )

    assert proxied.read(*ADDRESSES).value.addresses
    assert platform.seen[0].target == "http://platform.invalid/api/open/address/get"


def test_cookies_do_not_travel_between_sub_accounts(platform: Platform, client: Client) -> None:
    platform.always = answers(ONE, Set_Cookie="session=of-the-first; Path=/")

    client.read(*ADDRESSES)
    client.as_user("2100000000002").read(*ADDRESSES)

    assert all("cookie" not in seen.headers for seen in platform.seen)


def test_one_client_serves_many_threads_on_pooled_connections(
    platform: Platform, client: Client
) -> None:
    platform.always = answers(ONE)
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            mine = client.as_user(f"21000000000{number:02d}")
            for _ in range(20):
                mine.read(*ADDRESSES)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []
    assert len(platform.seen) == 160
    assert len({seen.headers["nonce-str"] for seen in platform.seen}) == 160
    assert platform.connections <= 16


def test_a_forked_process_does_not_share_connections(
    platform: Platform, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    platform.always = answers(ONE)
    client.read(*ADDRESSES)
    client.read(*ADDRESSES)
    assert platform.connections == 1

    monkeypatch.setattr(os, "getpid", lambda: -1)
    client.read(*ADDRESSES)
    client.read(*ADDRESSES)
    assert platform.connections == 2
