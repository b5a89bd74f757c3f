"""What the platform answers, one module a section; `ANSWERS` finds an answer by endpoint key."""

from . import alibaba_order, alibaba_product, basics, taobao_order, taobao_product
from .call import ANSWERS, Call

__all__ = [
    "ANSWERS",
    "Call",
    "alibaba_order",
    "alibaba_product",
    "basics",
    "taobao_order",
    "taobao_product",
]
