"""One call as an answer sees it, the parameters read strictly, and the list of who answers what."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xport.sandbox.engine import Engine
from xport.sandbox.envelope import MALFORMED, Refusal
from xport.sandbox.ledger import Cause
from xport.sandbox.users import User

MAX_PAGE = 100_000


@dataclass(frozen=True)
class Call:
    """A call that came through the door. `as_of` and `shift` are troubles of order lists."""

    engine: Engine
    user: User
    params: Mapping[str, Any]
    cause: Cause
    now: int
    as_of: int | None = None
    shift: int = 0

    def text(self, name: str, default: str | None = None) -> str:
        """A text (a number is taken as one). Missing and no default: refused, naming it."""
        value = self.params.get(name)
        if value is None or value == "":
            if default is None:
                raise Refusal(MALFORMED, f"缺少参数 {name}")
            return default
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise malformed(name)
        return str(value).strip()

    def optional(self, name: str) -> str | None:
        """A text, or None."""
        return self.text(name, "") or None

    def digits(self, name: str) -> str:
        """An id of ASCII digits, as text."""
        value = self.text(name)
        if not (value.isascii() and value.isdigit()) or not 0 < int(value[:20]) < 2**63:
            raise malformed(name)
        return value

    def number_id(self, name: str) -> str:
        """An id that this call wants as a JSON number, not as text."""
        value = self.params.get(name)
        if value is None:
            raise Refusal(MALFORMED, f"缺少参数 {name}")
        if isinstance(value, bool) or not isinstance(value, int) or value <= 0:
            raise malformed(name)
        return str(value)

    def whole(self, name: str, default: int, low: int = 0, high: int = 2**62) -> int:
        """A whole number, from JSON or the query, inside the limits."""
        value = self.params.get(name)
        if value is None or value == "":
            return default
        number = as_whole(value)
        if number is None or not low <= number <= high:
            raise malformed(name)
        return number

    def page(self, name: str) -> int:
        """A page number, from 1."""
        return self.whole(name, 1, 1, MAX_PAGE)

    def flag(self, name: str) -> bool:
        """A boolean, false when missing."""
        value = self.params.get(name)
        if value not in (None, "", True, False, "true", "false"):
            raise malformed(name)
        return value in (True, "true")

    def rows(self, name: str) -> list[dict[str, Any]]:
        """A non-empty list of objects, as JSON or as JSON text."""
        value = self.unpacked(name)
        if not isinstance(value, list) or not value:
            raise malformed(name)
        if not all(isinstance(row, dict) for row in value):
            raise malformed(name)
        return value

    def table(self, name: str) -> dict[str, Any]:
        """An object, as JSON or as JSON text."""
        value = self.unpacked(name)
        if not isinstance(value, dict):
            raise malformed(name)
        return value

    def unpacked(self, name: str) -> Any:
        """A value that may be encoded twice."""
        value = self.params.get(name)
        if value is None or value == "":
            raise Refusal(MALFORMED, f"缺少参数 {name}")
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except ValueError as error:
                raise malformed(name) from error
        return value


def as_whole(value: Any) -> int | None:
    """2, "2" and 2.0 as 2; anything else as None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    text = str(value).strip()
    return int(text) if text.lstrip("-").isdecimal() and text.isascii() else None


def row_text(row: Mapping[str, Any], name: str, where: str) -> str:
    """A needed text inside a list or object."""
    value = row.get(name)
    if value is None or value == "" or isinstance(value, bool | list | dict):
        raise Refusal(MALFORMED, f"缺少参数 {where}.{name}")
    return str(value).strip()


def malformed(name: str) -> Refusal:
    """The refusal for a parameter of the wrong shape."""
    return Refusal(MALFORMED, f"参数 {name} 格式错误")


Answer = Callable[[Call], Any]
ANSWERS: dict[str, Answer] = {}


def answers(key: str) -> Callable[[Answer], Answer]:
    """Register the function that answers an endpoint key of contract/navigation.yaml."""

    def register(function: Answer) -> Answer:
        ANSWERS[key] = function
        return function

    return register
