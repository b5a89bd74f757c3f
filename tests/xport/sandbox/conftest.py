"""A sandbox on a loopback port, a caller that signs, and goods that can be ordered."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from xport.client.endpoints import ENDPOINTS
from xport.client.signing import signature
from xport.sandbox import PRACTICE_KEY, PRACTICE_SECRET, Sandbox, running_sandbox

USER = "2100000000001"
CASHIER_USER = "2100000000004"
SUSPENDED_USER = "2100000000005"


def signed(
    user_id: str = USER,
    *,
    secret: str = PRACTICE_SECRET,
    access_key: str = PRACTICE_KEY,
    nonce: str | None = None,
    timestamp: str | None = None,
) -> dict[str, str]:
    """The five headers of one call."""
    nonce = nonce or secrets.token_hex(16)
    timestamp = timestamp or str(int(time.time()))
    return {
        "access-key": access_key,
        "timestamp": timestamp,
        "nonce-str": nonce,
        "once-str": nonce,
        "user-id": user_id,
        "signature": signature(access_key, timestamp, nonce, secret),
    }


class Caller:
    """Signed calls by endpoint key, and the levers of the other side."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.http = requests.Session()
        self.http.trust_env = False

    def send(
        self, key: str, params: Any = None, *, user: str = USER, timeout: float = 10, **headers: Any
    ) -> requests.Response:
        endpoint = ENDPOINTS[key]
        params = dict(params or {})
        path = endpoint.path
        for name in list(params):
            if "{" + name + "}" in path:
                path = path.replace("{" + name + "}", str(params.pop(name)))
        url = self.sandbox.base_url + path
        auth = signed(user, **headers)
        options: dict[str, Any] = {
            "headers": auth,
            "timeout": timeout,
            "allow_redirects": False,
        }
        if endpoint.method == "GET":
            return self.http.get(url, params=params, **options)
        return self.http.post(url, json=params, **options)

    def call(self, key: str, params: Any = None, **options: Any) -> dict[str, Any]:
        """The envelope."""
        return self.send(key, params, **options).json()

    def data(self, key: str, params: Any = None, **options: Any) -> Any:
        """The data of a success."""
        envelope = self.call(key, params, **options)
        assert envelope["code"] == 200, envelope
        return envelope["data"]

    def side(self, path: str, body: Any = None) -> Any:
        """The other side: a GET, or with a body a POST."""
        url = f"{self.sandbox.root_url}/_sandbox{path}"
        if body is None:
            answer = self.http.get(url, timeout=10)
        else:
            answer = self.http.post(url, json=body, timeout=10)
        assert answer.ok, answer.text
        return answer.json()

    def advance(self, **spans: float) -> Any:
        factors = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86_400}
        seconds = sum(factors[name] * value for name, value in spans.items())
        return self.side("/advance", {"seconds": seconds})

    def ledger(self, effect: str | None = None, order: str | None = None) -> list[dict[str, Any]]:
        query = "&".join(
            f"{name}={value}" for name, value in (("effect", effect), ("order", order)) if value
        )
        return self.side(f"/ledger?{query}")

    # -- baskets ------------------------------------------------------------------------------

    def taobao_line(self, word: str = "杯子", quantity: int = 2, skip: int = 0) -> dict[str, Any]:
        """A line of createV2 for a good that is in the channel and in stock."""
        items = self.data("taobao_product.search", {"keyword": word, "pageSize": 40})["items"]
        for item in items:
            product = self.data("taobao_product.detail_v2", {"itemId": item["itemId"]})
            if product["beginAmount"] > quantity:
                continue
            for sku in product["skuList"]:
                if sku["mpSkuId"] and sku["quantity"] >= 10 * quantity:
                    if skip:
                        skip -= 1
                        break
                    return {
                        "itemId": product["mpId"],
                        "skuId": sku["mpSkuId"],
                        "orderLineNo": "1",
                        "quantity": quantity,
                        "price": int(sku["promotionPrice"]),
                        "currency": "CNY",
                        "shop": product["shopId"],
                    }
        raise AssertionError("no good to order")

    def taobao_order(
        self, outer_id: str | None = None, lines: Any = None, **extra: Any
    ) -> dict[str, Any]:
        """A body for createV2."""
        lines = lines or [self.taobao_line()]
        return {
            "outerPurchaseId": outer_id or f"PO-{secrets.token_hex(6)}",
            "purchaseAmount": sum(line["price"] * line["quantity"] for line in lines),
            "orderLineList": lines,
            "receiver": RECEIVER,
            **extra,
        }

    def ali_order(self, word: str = "杯", lines: int = 1) -> dict[str, Any]:
        """A body for create of one shop."""
        rows = self.data(
            "alibaba_product.search",
            {"keyword": word, "beginPage": 1, "pageSize": 20, "country": "en"},
        )["data"]
        for row in rows:
            offer = self.data(
                "alibaba_product.detail", {"offerId": row["offerId"], "country": "en"}
            )
            quantity = max(offer["minOrderQuantity"], offer["batchNumber"] or 1, 2)
            quantity += -quantity % (offer["batchNumber"] or 1)
            skus = [sku for sku in offer["productSkuInfos"] if sku["amountOnSale"] >= 5 * quantity]
            if len(skus) >= lines:
                return {
                    "flow": "general",
                    "addressParam": ADDRESS,
                    "cargoParamList": [
                        {"offerId": offer["offerId"], "specId": sku["specId"], "quantity": quantity}
                        for sku in skus[:lines]
                    ],
                }
        raise AssertionError("no offer to order")

    def place_taobao(self, **options: Any) -> dict[str, Any]:
        """One placed Taobao order, as the list shows it."""
        body = self.taobao_order(**options)
        made = self.data("taobao_order.purchase_create_v2", body)
        assert made["success"], made
        return self.purchase(made["orderList"][0]["purchaseId"])

    def purchase(self, purchase_id: int) -> dict[str, Any]:
        page = self.data("taobao_order.purchase_page", {"purchaseIds": [purchase_id]})
        return page["records"][0]

    def place_ali(self, **options: Any) -> str:
        """One placed 1688 order; its id."""
        made = self.data("alibaba_order.create", self.ali_order(**options))
        assert made["success"], made
        return made["orderId"]

    def trade(self, order_id: str, user: str = USER) -> dict[str, Any]:
        return self.data(
            "alibaba_order.detail", {"webSite": "1688", "orderId": order_id}, user=user
        )


RECEIVER = {
    "name": "陈晓",
    "mobile_phone": "13800000000",
    "country": "中国",
    "state": "浙江省",
    "city": "杭州市",
    "district": "余杭区",
    "address": "样品路1号仓",
    "zip": "311121",
}
ADDRESS = {
    "fullName": "陈晓",
    "mobile": "13800000000",
    "phone": "",
    "postCode": "310000",
    "provinceText": "浙江省",
    "cityText": "杭州市",
    "areaText": "滨江区",
    "townText": "长河街道",
    "address": "测试路1号仓",
}


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def caller(sandbox: Sandbox) -> Caller:
    return Caller(sandbox)
