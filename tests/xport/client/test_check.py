"""Finding the settings that a server accepts."""

from __future__ import annotations

import socket
import time

from tests.xport.client.loopback import Platform, Seen, answers, free_port
from xport.client import ClientConfig
from xport.client.check import check
from xport.client.signing import signature

SECRET = "secret"


def picky(nonce: str, unit: str, prefix: str, code: int = 200):
    """A server that takes one combination only."""

    def behave(platform: Platform, connection: socket.socket, seen: Seen) -> bool:
        headers = seen.headers
        moment = int(headers["timestamp"]) / (1000 if unit == "ms" else 1)
        right = (
            nonce in headers
            and seen.target == prefix + "/open/address/get"
            and abs(moment - time.time()) < 600
            and headers["signature"]
            == signature(headers["access-key"], headers["timestamp"], headers[nonce], SECRET)
        )
        return answers([], code=code if right else 40101)(platform, connection, seen)

    return behave


def trials(platform: Platform) -> list:
    config = ClientConfig(platform.base_url, "key", SECRET)
    return list(check(config, "2100000000001"))


def test_the_accepted_combination_is_found_and_printed_as_settings(platform: Platform) -> None:
    platform.always = picky("once-str", "ms", "")

    accepted = [trial for trial in trials(platform) if trial.accepted]

    assert [trial.settings for trial in accepted] == [
        (
            f"XPORT_BASE_URL=http://127.0.0.1:{platform.port}",
            f"XPORT_NONCE_HEADERS={names}",
            "XPORT_TIMESTAMP_UNIT=ms",
        )
        for names in ("nonce-str,once-str", "once-str")
    ]


def test_the_configured_combination_is_tried_first_and_every_one_once(platform: Platform) -> None:
    platform.always = picky("nonce-str", "s", "/api")

    tried = trials(platform)

    assert len(tried) == len({trial.settings for trial in tried}) == 12
    assert tried[0].accepted
    assert tried[0].timestamp_unit == "s"


def test_a_refused_sub_account_still_proves_the_signature(platform: Platform) -> None:
    platform.always = picky("nonce-str", "s", "/api", code=40301)

    first = trials(platform)[0]

    assert first.accepted
    assert first.code == "40301"
    assert "user-id" in first.sentence


def test_it_never_writes(platform: Platform) -> None:
    platform.always = answers(code=40101)

    trials(platform)

    assert {seen.method for seen in platform.seen} == {"GET"}
    assert all(seen.target.endswith("/open/address/get") for seen in platform.seen)


def test_an_unreachable_server_is_asked_once_a_prefix() -> None:
    config = ClientConfig(f"http://127.0.0.1:{free_port()}/api", "key", SECRET)

    tried = list(check(config, "2100000000001"))

    assert [trial.accepted for trial in tried] == [False, False]
    assert {trial.code for trial in tried} == {"down"}
