"""Every declared endpoint, one module a section; `ENDPOINTS` finds one by its key."""

from __future__ import annotations

from typing import Any

from xport.client.endpoint import Endpoint
from xport.client.endpoints import (
    alibaba_order,
    alibaba_product,
    basics,
    taobao_order,
    taobao_product,
)

SECTIONS = (taobao_product, taobao_order, alibaba_product, alibaba_order, basics)

ENDPOINTS: dict[str, Endpoint[Any, Any]] = {
    thing.key: thing
    for section in SECTIONS
    for thing in vars(section).values()
    if isinstance(thing, Endpoint)
}

__all__ = [
    "ENDPOINTS",
    "SECTIONS",
    "Endpoint",
    "alibaba_order",
    "alibaba_product",
    "basics",
    "taobao_order",
    "taobao_product",
]
