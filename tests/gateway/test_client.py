"""The desk's client: whom it acts for, what it refuses, what all processes share."""

from __future__ import annotations

import logging
import multiprocessing
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from pyrate_limiter import Duration, InMemoryBucket, Rate

from accounts.models import SubAccount
from gateway import client as module
from gateway.client import SubAccountOff, client_for, log_attempt, seconds_until_up, shared_client
from gateway.guard import ensure_right_platform
from gateway.limits import SharedDownUntil, SharedLimiter, redis_bucket, sqlite_bucket
from gateway.models import PlatformMark
from xport.client import Attempt, NotSent, PlatformDown, ReadFailed
from xport.client.endpoints import alibaba_order, basics
from xport.sandbox import PRACTICE_SECRET

pytestmark = pytest.mark.django_db
REQUEST = basics.AddressesRequest()


@pytest.fixture
def ana():
    return SubAccount.objects.create(name="Desk one", user_id="2100000000001")


# -- whom it acts for -----------------------------------------------------------------------------


def test_it_acts_as_the_sub_account(sandbox, ana):
    client = client_for(ana)

    assert client.user_id == "2100000000001"
    assert client.read(basics.ADDRESSES, REQUEST).request_id


def test_one_client_a_process_serves_all_sub_accounts(sandbox, ana):
    other = SubAccount.objects.create(name="Desk two", user_id="2100000000002")

    assert client_for(ana)._transport is client_for(other)._transport
    assert client_for(ana)._limiter is shared_client()._limiter


def test_changed_settings_give_another_client(sandbox, settings):
    before = shared_client()
    settings.XPORT_BASE_URL = sandbox.base_url + "/other"

    assert shared_client().config.base_url != before.config.base_url


def test_an_inactive_sub_account_is_a_failure_with_a_sentence(ana):
    ana.is_active = False

    with pytest.raises(SubAccountOff, match="inactive") as caught:
        client_for(ana)

    assert isinstance(caught.value, ReadFailed)
    assert "Desk one" in caught.value.sentence


def test_overrides_come_from_the_file_in_the_settings(settings, tmp_path):
    file = tmp_path / "overrides.toml"
    file.write_text('[paths]\n"taobao_product.search" = "/open/product/item/search"\n')
    settings.XPORT_OVERRIDES = str(file)

    paths = module.client_config().overrides.paths

    assert paths == {"taobao_product.search": "/open/product/item/search"}


def test_the_secret_is_in_no_repr(sandbox):
    client = shared_client()

    for thing in (client, client.config, module._wiring()):
        assert PRACTICE_SECRET not in repr(thing)


# -- no call inside a transaction -----------------------------------------------------------------


def test_a_call_inside_a_transaction_is_refused_before_it_is_sent(sandbox, ana):
    client = client_for(ana)
    calls = [
        lambda: client.read(basics.ADDRESSES, REQUEST),
        lambda: client.raw("basics.addresses"),
        lambda: client.write(alibaba_order.PAY, alibaba_order.PayRequest("1")),
    ]
    for call in calls:
        with transaction.atomic(), pytest.raises(RuntimeError, match="transaction"):
            call()


@pytest.mark.django_db(transaction=True)
def test_the_guard_knows_a_real_transaction_too(sandbox, ana):
    client = client_for(ana)

    with transaction.atomic(), pytest.raises(RuntimeError):
        client.read(basics.ADDRESSES, REQUEST)
    assert client.read(basics.ADDRESSES, REQUEST)


# -- practice and live ----------------------------------------------------------------------------


def test_the_first_use_marks_the_database():
    ensure_right_platform()
    ensure_right_platform()

    assert PlatformMark.objects.get().is_practice is True


def test_a_practice_database_refuses_a_live_platform(settings):
    ensure_right_platform()
    settings.XPORT_BASE_URL = "https://www.xportcn.com/api"
    settings.XPORT_IS_PRACTICE = False

    with pytest.raises(ImproperlyConfigured, match="filled in practice"):
        ensure_right_platform()
    with pytest.raises(ImproperlyConfigured):
        shared_client()


def test_a_live_database_refuses_practice_and_another_platform(settings):
    PlatformMark.objects.create(base_url="https://www.xportcn.com/api", is_practice=False)

    with pytest.raises(ImproperlyConfigured, match="belongs to the live platform"):
        ensure_right_platform()
    settings.XPORT_IS_PRACTICE = False
    settings.XPORT_BASE_URL = "https://www.xportcn.com"
    ensure_right_platform()
    settings.XPORT_BASE_URL = "https://api.pandapon.com"
    with pytest.raises(ImproperlyConfigured, match="two platforms"):
        ensure_right_platform()


# -- the rate limit -------------------------------------------------------------------------------


def file_limiter(folder: Path, per_second: int, name: str = "calls") -> SharedLimiter:
    return SharedLimiter(
        lambda: sqlite_bucket(folder / "limits.sqlite3", name, per_second), per_second=per_second
    )


def test_two_limiters_on_one_file_share_their_turns(tmp_path):
    one, two = file_limiter(tmp_path, 4), file_limiter(tmp_path, 4)

    turns = [limiter.acquire(timeout=0) for limiter in (one, two, one, two, one, two)]

    assert turns == [True] * 4 + [False] * 2
    assert file_limiter(tmp_path, 4, "another_key").acquire(timeout=0)


def test_a_turn_is_waited_for_within_the_time_and_no_longer(tmp_path):
    limiter = file_limiter(tmp_path, 2)
    limiter.acquire(timeout=0)
    limiter.acquire(timeout=0)
    started = time.monotonic()

    assert limiter.acquire(timeout=0.05) is False
    assert time.monotonic() - started < 0.5
    assert limiter.acquire(timeout=3) is True
    assert 0.5 < time.monotonic() - started < 2.5


def take_turns(folder: Path) -> int:
    limiter = file_limiter(folder, 20)
    return sum(limiter.acquire(timeout=0) for _ in range(30))


def test_processes_never_exceed_the_limit_together(tmp_path):
    file_limiter(tmp_path, 20)
    started = time.monotonic()

    with multiprocessing.get_context("fork").Pool(3) as pool:
        turns = sum(pool.map(take_turns, [tmp_path] * 3))

    windows = 1 + int(time.monotonic() - started)
    assert 20 <= turns <= 20 * windows


def test_while_the_shared_store_is_away_a_process_keeps_the_limit_alone():
    limiter = SharedLimiter(lambda: redis_bucket("redis://127.0.0.1:1/0", "calls", 3), per_second=3)

    assert sum(limiter.acquire(timeout=0) for _ in range(6)) == 3


def test_the_shared_store_is_used_again_once_it_is_back():
    shared = InMemoryBucket([Rate(9, Duration.SECOND)])
    away = [True]

    def open_bucket():
        if away:
            raise OSError("away")
        return shared

    limiter = SharedLimiter(open_bucket, per_second=9)
    limiter.acquire(timeout=0)
    away.clear()
    limiter._alone_until = 0.0

    assert limiter.acquire(timeout=0)
    assert shared.count() == 1


# -- the mark that the platform is down -----------------------------------------------------------


def test_failures_in_a_row_mark_the_platform_down_for_every_process():
    cache.clear()
    mine, theirs = SharedDownUntil("p", after=2), SharedDownUntil("p", after=2)

    mine.failed()
    assert theirs.down_for() == 0.0
    mine.failed()
    assert 1.0 < theirs.down_for() <= 2.0
    mine.failed()
    assert 3.0 < theirs.down_for() <= 4.0
    theirs.answered()
    assert mine.down_for() == 0.0


def test_an_answer_in_between_forgets_the_failures():
    cache.clear()
    mark = SharedDownUntil("q", after=2)

    mark.failed()
    mark.answered()
    mark.failed()

    assert mark.down_for() == 0.0


def test_a_cache_that_is_away_stops_no_call(settings):
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": "redis://127.0.0.1:1/0"}}
    mark = SharedDownUntil("r", after=1)

    mark.failed()
    mark.answered()

    assert mark.down_for() == 0.0


def test_a_platform_that_is_down_spares_reads_and_writes(settings, ana):
    settings.XPORT_BASE_URL = "http://127.0.0.1:1/api"
    assert seconds_until_up() == 0.0
    client = client_for(ana)
    for _ in range(3):
        with pytest.raises(PlatformDown):
            client.read(basics.ADDRESSES, REQUEST, deadline=0.2)

    started = time.monotonic()
    outcome = client.write(alibaba_order.PAY, alibaba_order.PayRequest("1"))

    assert seconds_until_up() > 0
    assert isinstance(outcome, NotSent)
    assert time.monotonic() - started < 0.1


# -- the log --------------------------------------------------------------------------------------


def test_an_attempt_is_one_line_without_the_platforms_words(caplog):
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    attempt = Attempt(
        endpoint="alibaba_order.pay",
        user_id="2100000000001",
        started=moment,
        duration=0.0123,
        outcome="refused",
        http_status=200,
        code="CANT_PAY",
        request_id="r1",
        reason="陈晓 13800000000",
    )

    with caplog.at_level(logging.INFO):
        log_attempt(attempt)

    (record,) = caplog.records
    line = record.getMessage()
    for part in ("alibaba_order.pay", "2100000000001", "12.3", "refused", "CANT_PAY", "r1"):
        assert part in line
    assert "13800000000" not in line
    assert record.levelname == "WARNING"
