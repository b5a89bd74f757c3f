"""No secret, address or phone number in a repr, a log or an error."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable

import pytest

from tests.xport.client.conftest import SECRET
from tests.xport.client.loopback import (
    Behaviour,
    Platform,
    answers,
    answers_bytes,
    cuts,
    cuts_in_the_middle,
)
from xport.client import Attempt, Client, ClientConfig, InvalidRequest, ReadFailed
from xport.client.calls import call_of
from xport.client.endpoints import alibaba_order, basics, taobao_order
from xport.client.errors import safe_words

PHONE, STREET = "13800001234", "测试路77号"
PRIVATE = (SECRET, PHONE, STREET)
ADDRESS = alibaba_order.AddressParam("王小明", PHONE, "浙江省", "杭州市", STREET)
CREATE = alibaba_order.CreateRequest(ADDRESS, (alibaba_order.CargoParam("1", "a", 1),))
SAVED = [{"id": 1, "name": "王小明", "phone": PHONE, "address": STREET, "new": PHONE}]


def clean(text: str) -> bool:
    return not any(word in text for word in (*PRIVATE, "王小明"))


def test_config_client_requests_and_answers_print_nothing_private(
    platform: Platform, client: Client
) -> None:
    platform.always = answers(SAVED)
    answer = client.read(basics.ADDRESSES, basics.AddressesRequest())

    assert answer.value.addresses[0].phone == PHONE
    assert clean(repr(answer))
    assert clean(repr(client)) and clean(repr(client.config))
    assert clean(repr(CREATE)) and clean(str(CREATE))
    assert clean(repr(call_of(client.config, alibaba_order.CREATE, CREATE)))
    assert clean(repr(taobao_order.Receiver(name="王小明", mobile_phone=PHONE, address=STREET)))


@pytest.mark.parametrize(
    "behaviour",
    [
        cuts,
        cuts_in_the_middle,
        answers(code=12345, msg=f"收货人电话 {PHONE} 无效 +86 138-0000-1234"),
        answers(SAVED, status=500),
        answers({"addresses": [{"id": {PHONE: STREET}}]}),
        answers([{"phone": PHONE, "address": STREET}]),
        answers_bytes(f"<p>{PHONE} {STREET}".encode()),
        answers(status=307, Location=f"http://x/?phone={PHONE}"),
    ],
)
def test_errors_outcomes_logs_and_observations_say_nothing_private(
    platform: Platform,
    make_client: Callable[..., Client],
    caplog: pytest.LogCaptureFixture,
    behaviour: Behaviour,
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[Attempt] = []
    client = make_client(observer=seen.append)
    platform.always = behaviour

    with pytest.raises(ReadFailed) as caught:
        client.read(basics.ADDRESSES, basics.AddressesRequest())
    outcome = client.write(alibaba_order.CREATE, CREATE)

    error = caught.value
    printed = "".join(traceback.format_exception(error))
    assert clean(printed + repr(error) + str(error.args) + error.message + error.sentence)
    assert "138-0000" not in printed
    assert clean(repr(outcome))
    assert clean(repr(seen))
    assert clean(caplog.text)


def test_an_invalid_request_names_the_field_and_not_the_value(client: Client) -> None:
    with pytest.raises(InvalidRequest) as caught:
        client.write(alibaba_order.CANCEL, alibaba_order.CancelRequest(order_id=PHONE + "x"))

    assert "order_id" in str(caught.value)
    assert clean(str(caught.value))


def test_an_address_with_credentials_is_refused_as_base_url() -> None:
    with pytest.raises(ValueError, match="base_url") as caught:
        ClientConfig(f"https://user:{SECRET}@host/api", "key", SECRET)
    assert clean(str(caught.value))


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("call 13800001234 now", "call … now"),
        ("tel +86 138 0000 1234.", "tel …."),
        ("订单2059624776425880794不存在", "订单2059624776425880794不存在"),
        (
            "0571-88886666, 2026-05-20 (purchaseId 200049919063)",
            "…, 2026-05-20 (purchaseId 200049919063)",
        ),
        ("8613800001234 0049 170 1234567 user 2100000000005", "… … user 2100000000005"),
        ("two\nlines\tand  more", "two lines and more"),
        ("库存不足 3 件", "库存不足 3 件"),
        ("x" * 1000, "x" * 300),
    ],
)
def test_the_platforms_words_are_kept_without_phone_numbers(words: str, safe: str) -> None:
    assert safe_words(words) == safe
