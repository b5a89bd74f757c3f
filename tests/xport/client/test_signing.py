"""Signatures, nonces and the corrected clock."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.xport.client.loopback import Platform, answers
from xport.client import Client, ClientConfig, ReadFailed
from xport.client.endpoints import alibaba_order, basics
from xport.client.outcomes import Done, Refused
from xport.client.signing import Signer, new_nonce, signature

ADDRESSES = (basics.ADDRESSES, basics.AddressesRequest())
CANCEL = (alibaba_order.CANCEL, alibaba_order.CancelRequest(order_id="2542285634920880794"))


def signer(**options: object) -> Signer:
    config = ClientConfig("http://127.0.0.1/api", "FAKE_ACCESS_KEY", "FAKE_SECRET", **options)
    return Signer(config, clock=lambda: 1700000000.9, nonce=lambda: "0123456789ABCDEF" * 2)


def test_the_golden_vector_is_signed() -> None:
    signed = signature("FAKE_ACCESS_KEY", "1700000000", "0123456789ABCDEF" * 2, "FAKE_SECRET")

    assert signed == "874581E9DC9098D33C86E7D103971CEF"


def test_the_five_headers_carry_the_nonce_under_both_spellings() -> None:
    assert signer().headers("2100000000001") == {
        "access-key": "FAKE_ACCESS_KEY",
        "timestamp": "1700000000",
        "nonce-str": "0123456789ABCDEF0123456789ABCDEF",
        "once-str": "0123456789ABCDEF0123456789ABCDEF",
        "user-id": "2100000000001",
        "signature": "874581E9DC9098D33C86E7D103971CEF",
    }


def test_nonce_header_and_timestamp_unit_are_settings() -> None:
    headers = signer(nonce_headers=("once-str",), timestamp_unit="ms").headers("1")

    assert "nonce-str" not in headers
    assert headers["timestamp"] == "1700000000900"
    assert headers["signature"] == signature(
        "FAKE_ACCESS_KEY", "1700000000900", headers["once-str"], "FAKE_SECRET"
    )


def test_a_nonce_is_32_letters_and_digits_and_never_the_same() -> None:
    nonces = {new_nonce() for _ in range(1000)}

    assert len(nonces) == 1000
    assert all(re.fullmatch("[0-9A-F]{32}", nonce) for nonce in nonces)


def test_two_attempts_of_one_read_never_share_a_nonce(platform: Platform, client: Client) -> None:
    platform.script = [answers(status=503), answers(status=503)]

    client.read(*ADDRESSES)

    nonces = [seen.headers["nonce-str"] for seen in platform.seen]
    assert len(nonces) == len(set(nonces)) == 3


def test_a_skewed_clock_is_corrected_from_the_date_header(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    platform.date_offset = 7200
    platform.script = [answers(code=40102, msg="timestamp")]
    client = make_client()

    client.read(*ADDRESSES)

    wrong, right = (int(seen.headers["timestamp"]) for seen in platform.seen)
    assert abs(right - wrong - 7200) < 5
    assert abs(client.clock_offset - 7200) < 3


def test_a_write_refused_for_a_clock_that_was_then_corrected_is_signed_once_more(
    platform: Platform, client: Client
) -> None:
    platform.date_offset = -3600
    platform.script = [answers(code=40102), answers(True)]

    assert isinstance(client.write(*CANCEL), Done)
    assert len(platform.seen) == 2


def test_a_write_refused_for_the_clock_is_not_repeated_when_the_clocks_agree(
    platform: Platform, client: Client
) -> None:
    platform.always = answers(code=40102)

    outcome = client.write(*CANCEL)

    assert isinstance(outcome, Refused)
    assert len(platform.seen) == 1


def test_a_small_difference_of_clocks_is_left_alone(platform: Platform, client: Client) -> None:
    platform.date_offset = 3

    client.read(*ADDRESSES)

    assert client.clock_offset == 0


@pytest.mark.parametrize("date", [None, "", "yesterday", "Mon, 99 Foo 2026", "-1"])
def test_an_odd_date_header_is_ignored(date: str | None) -> None:
    one = signer()

    assert one.learn(date, started=0.0, finished=1.0) == 0
    assert one.offset == 0


def test_the_offset_is_shared_by_the_sub_accounts(platform: Platform, client: Client) -> None:
    platform.date_offset = 900

    client.as_user("2100000000002").read(*ADDRESSES)

    assert client.clock_offset > 800
    assert platform.seen[0].headers["user-id"] == "2100000000002"


def test_a_call_without_a_sub_account_is_not_sent(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    for user_id in ("", "2100\r\nx: y", "２１"):
        with pytest.raises(Exception, match="no sub-account"):
            make_client(user_id=user_id).read(*ADDRESSES)
    assert platform.seen == []


def test_unequal_halves_of_a_credential_are_an_error() -> None:
    with pytest.raises(ValueError, match="belong together"):
        ClientConfig("http://127.0.0.1/api", "key", "")


def test_a_wrong_signature_is_an_error_that_says_what_to_do(
    platform: Platform, client: Client
) -> None:
    platform.always = answers(code="40101", msg="签名错误")

    with pytest.raises(ReadFailed) as caught:
        client.read(*ADDRESSES)

    assert caught.value.code == "40101"
    assert caught.value.message == "签名错误"
    assert "admin should check key and secret" in caught.value.sentence
