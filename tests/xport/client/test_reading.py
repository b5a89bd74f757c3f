"""Reads: answers, errors, repeats and deadlines, over real sockets."""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from tests.xport.client.loopback import (
    REQUEST_ID,
    Behaviour,
    Platform,
    answers,
    answers_bytes,
    cuts,
    cuts_in_the_middle,
    drips,
    free_port,
    silent,
)
from xport.client import (
    BadCredentials,
    BadSubAccount,
    Client,
    DownUntil,
    InvalidRequest,
    NotFound,
    PlatformDown,
    ReadFailed,
    Redirected,
    Rejected,
    TimedOut,
    TooManyCalls,
    Unreadable,
)
from xport.client.endpoints import alibaba_order, basics, taobao_order, taobao_product

ADDRESSES = (basics.ADDRESSES, basics.AddressesRequest())
ONE = [{"id": 1, "name": "收货人", "phone": "13800000000", "city": "杭州市"}]


def test_an_answer_has_value_moment_and_request_id(platform: Platform, client: Client) -> None:
    platform.always = answers(ONE)
    before = datetime.now(UTC)

    answer = client.read(*ADDRESSES)

    assert [address.id for address in answer.value.addresses] == ["1"]
    assert before <= answer.as_of <= datetime.now(UTC)
    assert answer.as_of.tzinfo is UTC
    assert answer.request_id == REQUEST_ID


def test_a_get_goes_out_in_the_query_and_a_post_as_json(platform: Platform, client: Client) -> None:
    platform.script = [answers({"itemId": 1, "title": "杯"}), answers([])]

    client.read(taobao_product.GET, taobao_product.GetRequest(item_id="672991141190"))
    client.read(taobao_product.SEARCH, taobao_product.SearchRequest(keyword="杯子"))

    get, post = platform.seen
    assert (get.method, get.target) == ("GET", "/api/open/product/get?itemId=672991141190")
    assert get.body == b""
    assert post.target == "/api/v2/taobao/product/item/search"
    assert post.body == '{"keyword":"杯子","pageNo":1,"pageSize":20}'.encode()
    assert post.headers["content-type"].startswith("application/json")


def test_a_path_parameter_stands_in_the_path(platform: Platform, client: Client) -> None:
    platform.always = answers({"purchaseId": 1, "status": 10})

    client.read(taobao_order.DETAIL, taobao_order.DetailRequest(order_id="10/24?x"))

    assert platform.seen[0].target == "/api/open/order/10%2F24%3Fx"


@pytest.mark.parametrize("order_id", ["", ".", ".."])
def test_a_path_parameter_cannot_lead_elsewhere(
    platform: Platform, client: Client, order_id: str
) -> None:
    with pytest.raises(InvalidRequest):
        client.read(taobao_order.DETAIL, taobao_order.DetailRequest(order_id=order_id))
    assert platform.seen == []


@pytest.mark.parametrize(
    ("behaviour", "kind", "code"),
    [
        (answers(code=40101), BadCredentials, "40101"),
        (answers(code="40104", status=401), BadCredentials, "40104"),
        (answers(code=40301), BadSubAccount, "40301"),
        (answers(code=40302), BadSubAccount, "40302"),
        (answers(code=40401, status=404), NotFound, "40401"),
        (answers(code=77777), Rejected, "77777"),
        (answers(code=0), Rejected, "0"),
        (answers(status=404), Rejected, "http 404"),
        (answers_bytes(b"<html>", status=403), Rejected, "http 403"),
        (answers(status=307, Location="/api/open/address/get"), Redirected, "redirect"),
        (answers(status=302, Location="http://127.0.0.1:1/"), Redirected, "redirect"),
        (answers_bytes(b"<html>"), Unreadable, "unreadable"),
        (answers_bytes(b""), Unreadable, "unreadable"),
        (answers_bytes(b"[1]"), Unreadable, "unreadable"),
        (answers_bytes(b'{"code": NaN}'), Unreadable, "unreadable"),
        (answers_bytes(b"[" * 100_000), Unreadable, "unreadable"),
        (answers_bytes(b'{"code":200,"data":' + b"9" * 5000 + b"}"), Unreadable, "unreadable"),
        (answers_bytes(b"\xff\xfe\xfd"), Unreadable, "unreadable"),
    ],
)
def test_a_definite_error_is_raised_at_once(
    platform: Platform, client: Client, behaviour: Behaviour, kind: type[ReadFailed], code: str
) -> None:
    platform.always = behaviour

    with pytest.raises(kind) as caught:
        client.read(*ADDRESSES)

    assert caught.value.code == code
    assert caught.value.endpoint == "basics.addresses"
    assert caught.value.sentence.endswith((".", "!"))
    assert len(platform.seen) == 1


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (cuts, PlatformDown),
        (cuts_in_the_middle, PlatformDown),
        (answers_bytes(b"oops", status=500), PlatformDown),
        (answers(code=50000, status=500), PlatformDown),
        (answers(code=50000), PlatformDown),
        (answers(status=503), PlatformDown),
        (answers(status=429), TooManyCalls),
        (answers(code=42901), TooManyCalls),
    ],
)
def test_a_passing_error_is_repeated_and_then_raised(
    platform: Platform, client: Client, behaviour: Behaviour, kind: type[ReadFailed]
) -> None:
    platform.script = [behaviour, behaviour, answers(ONE)]
    assert client.read(*ADDRESSES).value.addresses

    platform.always = behaviour
    with pytest.raises(kind):
        client.read(*ADDRESSES)
    assert len(platform.seen) == 6


def test_a_silent_platform_is_a_time_out_inside_the_deadline(
    platform: Platform, client: Client
) -> None:
    platform.always = silent(3)
    began = time.monotonic()

    with pytest.raises(TimedOut) as caught:
        client.read(*ADDRESSES, deadline=0.3)

    assert time.monotonic() - began < 1
    assert caught.value.code == "slow"


@pytest.mark.parametrize("behaviour", [drips(0.02), silent(0.2)])
def test_the_deadline_holds_for_repeats_and_endless_answers(
    platform: Platform, client: Client, behaviour: Behaviour
) -> None:
    platform.always = behaviour
    began = time.monotonic()

    with pytest.raises(PlatformDown):
        client.read(*ADDRESSES, deadline=0.5)

    assert time.monotonic() - began < 1


def test_a_wait_asked_for_by_the_platform_is_kept_or_given_up(
    platform: Platform, client: Client
) -> None:
    platform.script = [answers(status=429, Retry_After="1"), answers(ONE)]
    began = time.monotonic()
    client.read(*ADDRESSES, deadline=5)
    assert time.monotonic() - began >= 1

    platform.script = [answers(status=429, Retry_After="60")]
    with pytest.raises(TooManyCalls):
        client.read(*ADDRESSES, deadline=5)
    assert len(platform.seen) == 3


def test_a_refused_connection_is_platform_down(make_client: Callable[..., Client]) -> None:
    client = make_client(base_url=f"http://127.0.0.1:{free_port()}/api")

    with pytest.raises(PlatformDown) as caught:
        client.read(*ADDRESSES)

    assert caught.value.code == "down"


def test_the_mark_makes_reads_fail_fast_and_ends(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    now = [0.0]
    breaker = DownUntil(after=2, first=10, monotonic=lambda: now[0])
    client = make_client(breaker=breaker, read_attempts=1)
    platform.always = cuts
    for _ in range(2):
        with pytest.raises(PlatformDown):
            client.read(*ADDRESSES)

    with pytest.raises(PlatformDown):
        client.as_user("2100000000002").read(*ADDRESSES)
    assert len(platform.seen) == 2

    now[0] = 11
    platform.always = answers(ONE)
    assert client.read(*ADDRESSES).value.addresses
    assert breaker.down_for() == 0


def test_no_turn_in_time_is_our_own_limit(
    platform: Platform, make_client: Callable[..., Client]
) -> None:
    class Full:
        def acquire(self, *, timeout: float) -> bool:
            return False

    with pytest.raises(TooManyCalls) as caught:
        make_client(limiter=Full()).read(*ADDRESSES)

    assert caught.value.code == "limit"
    assert platform.seen == []


def test_a_missing_field_names_endpoint_field_and_request(
    platform: Platform, client: Client
) -> None:
    platform.always = answers({"itemId": 1, "title": "杯", "skuList": [{"skuId": 1}, {"price": 1}]})

    with pytest.raises(Unreadable) as caught:
        client.read(taobao_product.GET, taobao_product.GetRequest(item_id="1"))

    assert caught.value.endpoint == "taobao_product.get"
    assert caught.value.field == "data.skuList.1.skuId"
    assert caught.value.request_id == REQUEST_ID
    assert REQUEST_ID in str(caught.value)


def test_null_is_nothing_found_for_goods_and_never_an_empty_list_of_orders(
    platform: Platform, client: Client
) -> None:
    platform.always = answers(None)

    with pytest.raises(NotFound):
        client.read(taobao_product.GET, taobao_product.GetRequest(item_id="1"))
    assert client.read(*ADDRESSES).value.addresses == ()
    assert client.read(taobao_product.SEARCH, taobao_product.SearchRequest("杯")).value.items == ()
    with pytest.raises(Unreadable):
        client.read(taobao_order.PURCHASE_PAGE, taobao_order.PurchasePageRequest())
    with pytest.raises(Unreadable):
        client.read(alibaba_order.PAGE, alibaba_order.PageRequest())


def test_raw_gives_the_whole_envelope(platform: Platform, client: Client) -> None:
    platform.script = [answers({"a": 1.50}), answers(code=40901, msg="不行"), answers(1)]

    assert client.raw("taobao_product.search", {"keyword": "杯子"})["data"] == {"a": Decimal("1.5")}
    assert client.raw("/open/odd/path", {"x": 1})["code"] == 40901
    assert client.raw("/open/odd/path", {"x": True}, method="GET")["requestId"] == REQUEST_ID
    assert [seen.target for seen in platform.seen] == [
        "/api/v2/taobao/product/item/search",
        "/api/open/odd/path",
        "/api/open/odd/path?x=true",
    ]


def test_raw_never_repeats_and_raises_where_no_envelope_came(
    platform: Platform, client: Client
) -> None:
    platform.always = cuts

    with pytest.raises(PlatformDown):
        client.raw("alibaba_order.pay", {"orderId": "1"})
    with pytest.raises(InvalidRequest, match="no declared endpoint"):
        client.raw("taobao_product.hot_recommendation")
    assert len(platform.seen) == 1


def test_a_read_is_not_written_and_a_write_not_read(platform: Platform, client: Client) -> None:
    pay = alibaba_order.PayRequest(order_id="1")

    with pytest.raises(TypeError):
        client.read(alibaba_order.PAY, pay)
    with pytest.raises(TypeError):
        client.write(*ADDRESSES)
    with pytest.raises(TypeError):
        client.read(basics.ADDRESSES, pay)
    assert platform.seen == []


def test_errors_survive_pickling() -> None:
    error = Unreadable(endpoint="a.b", field="data.x", reason="missing", request_id="r")

    twin = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes

    assert (type(twin), twin.field, str(twin)) == (Unreadable, "data.x", str(error))
