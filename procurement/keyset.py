"""Keyset paging: a page starts after a row, not after a count, so rows that arrive move nothing.

A cursor is the sort's value and the id of the row it stands at, in the address. It narrows rows
that were already filtered by who may see them, so a made-up one shows nothing new.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.db.models.expressions import Combinable

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by. `expression` is never null; `read` parses a cursor's value. Without an
    index only ids are sorted, and their rows fetched afterwards: sorting wide rows costs most."""

    expression: Combinable
    read: Callable[[Any], Any]
    indexed: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of one page; `before` and `after` are cursors, "" where the list ends."""

    rows: list[M]
    before: str = ""
    after: str = ""


def moment(value: Any) -> datetime:
    """An aware time from a cursor. Raises ValueError, TypeError, OverflowError (past the year
    9999 in UTC)."""
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise ValueError("a time without zone")
    return read.astimezone(UTC)


def whole(value: Any) -> int:
    """A whole number that every database can compare. Raises ValueError, TypeError."""
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= 2**63:
        raise ValueError("not a whole number")
    return value


def word(value: Any) -> str:
    """A short text. Raises ValueError."""
    if not isinstance(value, str) or len(value) > 300 or "\x00" in value:
        raise ValueError("not a text")
    return value


def page_of(
    rows: QuerySet[M],
    sorts: Mapping[str, Sort],
    *,
    sort: str,
    after: str = "",
    before: str = "",
    size: int = 50,
) -> Page[M]:
    """One page of `rows` sorted by `sort` ("-placed"), ties by id in the same direction."""
    by = sorts[sort.removeprefix("-")]
    backwards = bool(before)
    cursor = _decoded(before or after, sort, by)
    falling = sort.startswith("-") != backwards
    found_in: Any = rows.annotate(sort_value=by.expression)
    if cursor is not None:
        found_in = found_in.filter(_beyond(*cursor, falling=falling))
    order = ("-sort_value", "-pk") if falling else ("sort_value", "pk")
    found_in = found_in.order_by(*order)
    found: list[M] = list(found_in[: size + 1]) if by.indexed else _narrow(found_in, size + 1)
    more = len(found) > size
    found = found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Page([])
    has_before = more if backwards else cursor is not None
    has_after = more if not backwards else cursor is not None
    return Page(
        found,
        before=_encoded(sort, found[0]) if has_before else "",
        after=_encoded(sort, found[-1]) if has_after else "",
    )


def _narrow(rows: Any, size: int) -> list[Any]:
    """The first `size` rows, sorted as ids alone, then fetched in that order."""
    slim = rows.select_related(None).values_list("pk", "sort_value")[:size]
    values = dict(slim)
    fetched = rows.order_by().in_bulk(list(values)) if values else {}
    return [fetched[pk] for pk in values if pk in fetched]


def _beyond(value: Any, pk: int, *, falling: bool) -> Q:
    """Rows past the cursor. The plain bound lets the database start in its index."""
    way = "lt" if falling else "gt"
    bound = Q(**{f"sort_value__{way}e": value})
    return bound & (Q(**{f"sort_value__{way}": value}) | Q(sort_value=value, **{f"pk__{way}": pk}))


def _encoded(sort: str, row: Any) -> str:
    value = row.sort_value
    value = value.isoformat() if isinstance(value, datetime) else value
    text = json.dumps([sort, value, row.pk], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decoded(text: str, sort: str, by: Sort) -> tuple[Any, int] | None:
    """Value and id; None for a cursor of another sort or one that cannot be read."""
    if not text:
        return None
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        made_for, value, pk = json.loads(raw)
        return (by.read(value), whole(pk)) if made_for == sort else None
    except (ValueError, TypeError, OverflowError, binascii.Error):
        return None
