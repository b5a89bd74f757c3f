"""The three commands against the sandbox over HTTP."""

from __future__ import annotations

import ast
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import SubAccount
from gateway.endpoint_table import PUSH_PATH, endpoints_named
from xport.client.endpoints import ENDPOINTS
from xport.client.navigation import NAVIGATION
from xport.sandbox import running_sandbox

pytestmark = pytest.mark.django_db
COLUMNS = (
    "key navigation direction method path retry known declared answered_by_sandbox pushed used_by"
)


@pytest.fixture(autouse=True)
def ana():
    return SubAccount.objects.create(name="Desk one", user_id="2100000000001")


def said(*args, **options):
    out = StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


# -- xport_call -----------------------------------------------------------------------------------


def test_a_raw_call_prints_the_whole_envelope(sandbox):
    envelope = json.loads(said("xport_call", "taobao_product.search", '{"keyword": "杯子"}'))

    assert envelope["code"] == 200
    assert {"requestId", "developId", "msg", "data"} <= envelope.keys()


def test_a_refusal_is_an_envelope_too(sandbox):
    envelope = json.loads(said("xport_call", "basics.addresses", "{}", "--as", "2100000000005"))

    assert envelope["code"] != 200


def test_a_path_that_is_not_modelled_can_be_called(sandbox):
    envelope = json.loads(said("xport_call", "/open/no/such/thing", "--yes"))

    assert envelope["code"] == 40401


@pytest.mark.parametrize("key", ["taobao_order.purchase_pay", "alibaba_order.pay", "/open/x"])
def test_what_may_take_effect_demands_yes(sandbox, key):
    with pytest.raises(CommandError, match="--yes"):
        said("xport_call", key, "{}")
    assert sandbox.engine.ledger.rows() == []


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("taobao_product.search", "{keyword}"), "not JSON"),
        (("taobao_product.search", "[1]"), "JSON object"),
        (("taobao_product.serch", "{}"), "Did you mean taobao_product.search"),
        (("poizon.search", "{}"), "not declared"),
    ],
)
def test_mistakes_are_told_clearly(args, words):
    with pytest.raises(CommandError, match=words):
        said("xport_call", *args)


def test_without_a_sub_account_it_asks_for_one(ana):
    ana.delete()

    with pytest.raises(CommandError, match="--as"):
        said("xport_call", "taobao_product.search", "{}")


def test_a_platform_that_is_not_there_is_a_sentence(settings):
    settings.XPORT_BASE_URL = "http://127.0.0.1:1/api"

    with pytest.raises(CommandError, match="cannot be reached"):
        said("xport_call", "taobao_product.search", "{}")


# -- xport_check ----------------------------------------------------------------------------------


def test_check_says_that_the_present_settings_are_accepted(sandbox):
    words = said("xport_check")

    assert "The present settings are accepted" in words
    assert f"XPORT_BASE_URL={sandbox.base_url}" in words
    assert sandbox.engine.ledger.rows() == []


def test_check_finds_another_unit_and_prefix_to_paste(settings):
    with running_sandbox(timestamp_unit="ms", prefix="") as other:
        settings.XPORT_BASE_URL = other.root_url + "/api"

        words = said("xport_check")

    assert "paste" in words
    assert f"XPORT_BASE_URL={other.root_url}\n" in words
    assert "XPORT_TIMESTAMP_UNIT=ms" in words


def test_check_ends_in_an_error_where_nothing_is_accepted(sandbox, settings):
    settings.XPORT_ACCESS_SECRET = "wrong"

    with pytest.raises(CommandError, match="signature"):
        said("xport_check")


def test_check_tells_a_suspended_sub_account_from_a_wrong_signature(sandbox):
    with pytest.raises(CommandError, match="suspended"):
        said("xport_check", "--as", "2100000000005")


# -- endpoint_table -------------------------------------------------------------------------------


def table():
    return {row["key"]: row for row in json.loads(said("endpoint_table", format="json"))}


def test_the_table_has_every_row_of_the_reference_in_its_order():
    rows = json.loads(said("endpoint_table", format="json"))

    assert [row["key"] for row in rows] == [row.key for row in NAVIGATION]
    assert len(rows) == 96
    assert set(rows[0]) == set(COLUMNS.split())


def test_what_is_missing_is_said_to_be_missing():
    row = table()["poizon.search"]

    assert (row["declared"], row["path"], row["used_by"]) == (False, "", [])


def test_what_is_there_is_told_with_its_users():
    row = table()["taobao_order.purchase_pay"]

    endpoint = ENDPOINTS["taobao_order.purchase_pay"]
    assert (row["declared"], row["path"]) == (True, endpoint.path)
    assert (row["method"], row["retry"], row["known"]) == ("POST", "never", "inferred")
    assert "procurement.marketplaces.taobao" in row["used_by"]


def test_without_a_sandbox_nobody_claims_to_know(settings):
    settings.XPORT_BASE_URL = "http://127.0.0.1:1/api"

    row = table()["taobao_order.purchase_pay"]

    assert (row["answered_by_sandbox"], row["pushed"]) == (None, None)
    assert "?" in said("endpoint_table")


class SaysWhatItAnswers(BaseHTTPRequestHandler):
    """The one page of the sandbox that the table asks for."""

    body = {"answers": ["taobao_order.purchase_pay"], "pushes": ["taobao_callback.refund"]}

    def do_GET(self):
        self.send_response(200 if self.path == "/_sandbox/endpoints" else 404)
        self.end_headers()
        self.wfile.write(json.dumps(self.body).encode())

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def telling(settings):
    server = HTTPServer(("127.0.0.1", 0), SaysWhatItAnswers)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    settings.XPORT_BASE_URL = f"http://127.0.0.1:{server.server_port}/api"
    yield
    server.shutdown()
    server.server_close()


def test_the_sandbox_is_asked_what_it_answers_and_pushes(telling):
    rows = table()

    assert rows["taobao_order.purchase_pay"]["answered_by_sandbox"] is True
    assert rows["poizon.search"]["answered_by_sandbox"] is False
    assert rows["taobao_callback.refund"]["pushed"] is True
    assert rows["alibaba_callback.refund"]["pushed"] is False


def test_the_sandbox_answers_every_declared_endpoint_and_says_so(sandbox):
    rows = table()

    declared = [row for row in rows.values() if row["declared"] and row["direction"] == "out"]
    assert all(row["answered_by_sandbox"] for row in declared)
    assert rows["poizon.search"]["answered_by_sandbox"] is False
    assert rows["taobao_callback.status_change"]["pushed"] is True


def test_a_live_platform_is_not_asked_for_it(telling, settings):
    settings.XPORT_IS_PRACTICE = False

    assert table()["taobao_order.purchase_pay"]["answered_by_sandbox"] is None


@pytest.mark.parametrize("kind", ["table", "markdown"])
def test_people_can_read_it(kind):
    words = said("endpoint_table", format=kind)

    assert "96 entries" in words
    assert "alibaba_order.detail" in words.splitlines()[-1]


def test_users_are_found_however_they_import():
    source = """
from xport.client.endpoints import taobao_order as api, basics
from xport.client.endpoints.alibaba_order import PAY as DEBIT
import xport.client.endpoints.alibaba_product as goods
from xport.client.pushes import parse_push
client.read(api.PURCHASE_PAGE); client.read(goods.SEARCH); client.write(DEBIT)
client.raw("taobao_product.get", {})
basics.AddressesRequest
"""
    assert endpoints_named(ast.parse(source)) == {
        "taobao_order.purchase_page",
        "alibaba_product.search",
        "alibaba_order.pay",
        "taobao_product.get",
        PUSH_PATH,
    }
