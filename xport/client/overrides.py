"""What may differ at the live platform, by key, from a TOML file (XPORT_OVERRIDES).

    [paths]                                   # by endpoint key
    "taobao_product.search" = "/open/product/item/search"
    [money]                                   # by section, or section.wireName
    taobao_product = "yuan"
    "alibaba_order.discount" = "yuan"
    [refusals]                                # by endpoint key: replaces its definite refusals
    "taobao_order.purchase_pay" = ["BALANCE_NOT_ENOUGH"]
    before_effect = ["40101", "40104"]        # replaces the table shared by all writes
    [sentences]                               # by code
    "51234" = "The platform is being maintained until six."

A mistake is one clear error at start, never a surprise at a payment.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from xport.client.codec import JsonTextOf, ListOf, specs
from xport.client.endpoints import ENDPOINTS
from xport.client.errors import BadOverrides
from xport.client.wire import MoneyUnit, Scalar


@dataclass(frozen=True, slots=True)
class Overrides:
    """The file's content, checked. `before_effect` None leaves the shared table as it is."""

    paths: Mapping[str, str] = field(default_factory=dict)
    money: Mapping[str, MoneyUnit] = field(default_factory=dict)
    refusals: Mapping[str, frozenset[str]] = field(default_factory=dict)
    before_effect: frozenset[str] | None = None
    sentences: Mapping[str, str] = field(default_factory=dict)


NO_OVERRIDES = Overrides()
_TABLES = ("paths", "money", "refusals", "sentences")


def load_overrides(file: Path | str) -> Overrides:
    """Reads and checks the file. Raises BadOverrides naming the file and what is wrong in it."""
    path = Path(file)
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadOverrides(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadOverrides(f"{path}: not TOML: {error}") from None
    try:
        return parse_overrides(content)
    except BadOverrides as error:
        raise BadOverrides(f"{path}: {error}") from None


def parse_overrides(content: Mapping[str, Any]) -> Overrides:
    """The same for content that is already parsed."""
    for name, table in content.items():
        if name not in _TABLES:
            raise BadOverrides(f"unknown table [{name}]; there are {', '.join(_TABLES)}")
        if not isinstance(table, dict):
            raise BadOverrides(f"{name} must be a table")
    refusals = dict(content.get("refusals", {}))
    before = refusals.pop("before_effect", None)
    return Overrides(
        paths={key: _path(key, value) for key, value in content.get("paths", {}).items()},
        money={key: _unit(key, value) for key, value in content.get("money", {}).items()},
        refusals={key: _codes(_known("refusals", key), value) for key, value in refusals.items()},
        before_effect=None if before is None else _codes("before_effect", before),
        sentences={
            key: _text("sentences", key, value)
            for key, value in content.get("sentences", {}).items()
        },
    )


def _known(table: str, key: str) -> str:
    if key not in ENDPOINTS:
        raise BadOverrides(f"[{table}] {key}: no such endpoint")
    return key


def _text(table: str, key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadOverrides(f"[{table}] {key}: text expected")
    return value


def _path(key: str, value: Any) -> str:
    path = _text("paths", _known("paths", key), value)
    if not path.startswith("/") or "?" in path or "#" in path or ".." in path:
        raise BadOverrides(f"[paths] {key}: a path such as /open/product/get expected")
    return path


def _unit(key: str, value: Any) -> MoneyUnit:
    section, _, name = key.partition(".")
    fields = money_fields(section)
    if not fields:
        raise BadOverrides(f"[money] {key}: no such section with money in it")
    if name and name not in fields:
        raise BadOverrides(f"[money] {key}: {section} has no money field {name}")
    if value == "fen" or value == "yuan":
        return "fen" if value == "fen" else "yuan"
    raise BadOverrides(f"[money] {key}: fen or yuan expected")


def _codes(key: str, value: Any) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(code, (str, int)) for code in value):
        raise BadOverrides(f"[refusals] {key}: a list of codes expected")
    return frozenset(str(code) for code in value)


@cache
def money_fields(section: str) -> frozenset[str]:
    """Wire names of all money fields of a section's answers."""
    seen: set[type] = set()
    names: set[str] = set()
    for endpoint in ENDPOINTS.values():
        if endpoint.section == section:
            names.update(_money_names(endpoint.response, seen))
    return frozenset(names)


def _money_names(record: type, seen: set[type]) -> Iterator[str]:
    if record in seen:
        return
    seen.add(record)
    for spec in specs(record):
        kind = spec.kind
        while isinstance(kind, (ListOf, JsonTextOf)):
            kind = kind.item if isinstance(kind, ListOf) else kind.inner
        if isinstance(kind, Scalar):
            if kind.unit:
                yield from spec.names
        elif kind is not Any:
            yield from _money_names(kind, seen)
