"""The envelope of every answer: `requestId`, `code`, `developId`, `msg`, `data`.

JSON is read without floats, so that neither money nor a 19-digit id loses a digit.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xport.client.wire import Misfit, read_text

#: Escapes that JSON allows and that no database column takes: NUL and lone surrogates.
_SUSPECT = re.compile(rb"\\u(0000|[dD][89a-fA-F])")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Envelope:
    """An opened envelope; `code` is text, whether it came as number or text."""

    code: str
    message: str
    request_id: str
    data: Any


def parse_json(body: bytes) -> Any:
    """JSON with Decimals for fractions. Raises Misfit where it is none."""
    try:
        value = json.loads(body, parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Misfit("not JSON") from None
    return _storable(value) if _SUSPECT.search(body) else value


def open_envelope(answer: Any) -> Envelope:
    """The envelope in a parsed answer. Raises Misfit where there is none."""
    if not isinstance(answer, dict) or answer.get("code") is None:
        raise Misfit("no envelope with a code")
    return Envelope(
        code=read_text(answer["code"]).strip(),
        message=_text_or_none(answer.get("msg")),
        request_id=_text_or_none(answer.get("requestId")),
        data=answer.get("data"),
    )


def _text_or_none(value: Any) -> str:
    try:
        return "" if value is None else read_text(value)
    except Misfit:
        return ""


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return _UNSTORABLE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_storable(item) for item in value]
    if isinstance(value, dict):
        return {_storable(name): _storable(item) for name, item in value.items()}
    return value
