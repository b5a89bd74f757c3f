"""The queue over files: whole messages, each to one reader, whatever else lies in the folder."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from queue import Empty

import pytest
from kombu import Connection
from kombu.transport import TRANSPORT_ALIASES

from config.filebroker import Channel


@pytest.fixture
def channel(tmp_path):
    options = {
        "data_folder_in": str(tmp_path / "broker"),
        "data_folder_out": str(tmp_path / "broker"),
        "control_folder": str(tmp_path / "control"),
    }
    (tmp_path / "broker").mkdir()
    with Connection("filesystem://", transport_options=options) as connection:
        yield connection.channel()


def test_the_url_means_our_transport(channel):
    assert TRANSPORT_ALIASES["filesystem"] == "config.filebroker:Transport"
    assert isinstance(channel, Channel)


def test_messages_come_out_in_the_order_they_went_in(channel):
    for number in range(5):
        channel._put("celery", {"body": number})

    assert [channel._get("celery")["body"] for _ in range(5)] == [0, 1, 2, 3, 4]
    with pytest.raises(Empty):
        channel._get("celery")


def test_a_torn_message_is_dropped_and_the_next_one_comes(channel, tmp_path):
    (tmp_path / "broker" / f"{0:020d}_a.celery.msg").write_bytes(b"")
    (tmp_path / "broker" / f"{0:020d}_b.celery.msg").write_bytes(b'{"body": ')
    (tmp_path / "broker" / f"{0:020d}_c.celery.msg").write_bytes(b"\xff\xfe\x00")
    channel._put("celery", {"body": "whole"})

    assert channel._get("celery") == {"body": "whole"}
    assert list((tmp_path / "broker").iterdir()) == []


def test_a_message_being_written_is_not_seen(channel, tmp_path):
    (tmp_path / "broker" / f"{0:020d}_a.celery.msg.1234.part").write_bytes(b'{"bo')

    with pytest.raises(Empty):
        channel._get("celery")


def test_each_message_has_one_reader_however_many_read(channel):
    for number in range(200):
        channel._put("celery", {"body": number})

    def take_all(_: int) -> list[int]:
        taken = []
        while True:
            try:
                taken.append(channel._get("celery")["body"])
            except Empty:
                return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [number for part in pool.map(take_all, range(4)) for number in part]

    assert sorted(taken) == list(range(200))


def test_another_queue_is_left_alone(channel):
    channel._put("other", {"body": 1})

    with pytest.raises(Empty):
        channel._get("celery")
    assert channel._get("other") == {"body": 1}


def test_bindings_of_processes_that_start_together_all_stay(channel):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: channel._queue_bind("celery", f"k{n}", "", "celery"), range(40)))

    assert {row.routing_key for row in channel.get_table("celery")} == {
        f"k{number}" for number in range(40)
    }


def test_no_binding_yet_means_no_queue(channel, tmp_path):
    (tmp_path / "control").mkdir()
    (tmp_path / "control" / "celery.exchange").write_text("")

    assert channel.get_table("celery") == []
