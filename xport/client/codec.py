"""Turns request dataclasses into JSON bodies and answers into response dataclasses.

One plan a class is built from its annotations and kept, so that a call only walks it. Tolerant on
reading: several names a field, unknown fields kept in `extra`, absent and null alike. What is
missing and needed raises `Misfit` with its path; `session` makes that an `Unreadable`.
Single values are left to `wire`.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from xport.client.wire import IN_UNIT, EncodedTwice, Misfit, MoneyUnit, Named, Scalar

R = TypeVar("R")

_NO_VALUE = object()


@dataclass(frozen=True, slots=True)
class Spec:
    """One field as declared: wire names (the first is written), kind, and its default."""

    attribute: str
    names: tuple[str, ...]
    kind: Any
    default: Any  # _NO_VALUE: needed


@dataclass(frozen=True, slots=True)
class ListOf:
    """A kind: a list of another kind."""

    item: Any


@dataclass(frozen=True, slots=True)
class JsonTextOf:
    """A kind: JSON text that holds another kind."""

    inner: Any


def camel(name: str) -> str:
    """`sub_item_id` becomes `subItemId`."""
    return re.sub(r"_([a-z0-9])", lambda match: match.group(1).upper(), name)


_specs: dict[type[Any], tuple[Spec, ...]] = {}


def specs(record: type[Any]) -> tuple[Spec, ...]:
    """The declared fields of a dataclass, `extra` left out; worked out once a class."""
    known = _specs.get(record)
    if known is None:
        known = _specs[record] = _read_specs(record)
    return known


def _read_specs(record: type[Any]) -> tuple[Spec, ...]:
    hints = get_type_hints(record, include_extras=True)
    found = []
    for item in fields(record):
        if item.name == "extra":
            continue
        kind, named = _kind_of(hints[item.name])
        names = named or (camel(item.name),)
        twin = () if item.name in names else (item.name,)
        default = item.default
        if default is MISSING:
            default = _NO_VALUE if item.default_factory is MISSING else item.default_factory()
        found.append(Spec(item.name, names + twin, kind, default))
    return tuple(found)


def _kind_of(hint: Any) -> tuple[Any, tuple[str, ...]]:
    """What a type annotation means on the wire, and the names it declares."""
    if get_origin(hint) is Annotated:
        inner, *marks = get_args(hint)
        names = next((mark.names for mark in marks if isinstance(mark, Named)), ())
        scalar = next((mark for mark in marks if isinstance(mark, Scalar)), None)
        if scalar:
            return scalar, names
        kind, inner_names = _kind_of(inner)
        if any(isinstance(mark, EncodedTwice) for mark in marks):
            kind = JsonTextOf(kind)
        return kind, names or inner_names
    if get_origin(hint) in (Union, types.UnionType):
        (inner,) = (part for part in get_args(hint) if part is not types.NoneType)
        return _kind_of(inner)
    if get_origin(hint) is tuple:
        return ListOf(_kind_of(get_args(hint)[0])[0]), ()
    if hint is Any or (isinstance(hint, type) and is_dataclass(hint)):
        return hint, ()
    raise TypeError(f"no wire kind for {hint!r}")


# -- reading ----------------------------------------------------------------------------------

Reader = Callable[[Any], Any]


class Codec:
    """Reads answers with the money units of one configuration. Used by many threads at once."""

    def __init__(self, money: Mapping[str, MoneyUnit] | None = None) -> None:
        self._money = dict(money or {})
        self._readers: dict[tuple[type, str], Reader] = {}

    def decode(self, record: type[R], data: Any, section: str = "") -> R:
        """`data` as a `record` of `section`. Raises Misfit with the path of what does not fit."""
        return self.reader(record, section)(data)

    def reader(self, record: type[Any], section: str) -> Reader:
        """The reader of a class, built once; a race builds it twice, to the same effect."""
        found = self._readers.get((record, section))
        if found is None:
            found = self._record_reader(record, section)
            self._readers[record, section] = found
        return found

    def _scalar(self, scalar: Scalar, names: tuple[str, ...], section: str) -> Scalar:
        if scalar.unit is None or not self._money:
            return scalar
        unit = next(
            (self._money[key] for name in names if (key := f"{section}.{name}") in self._money),
            self._money.get(section),
        )
        return IN_UNIT.get((scalar.name, unit), scalar) if unit else scalar

    def _read_kind(self, kind: Any, names: tuple[str, ...], section: str) -> Reader:
        if isinstance(kind, Scalar):
            return self._scalar(kind, names, section).read
        if isinstance(kind, ListOf):
            return _list_reader(self._read_kind(kind.item, names, section))
        if isinstance(kind, JsonTextOf):
            return _json_text_reader(self._read_kind(kind.inner, names, section))
        if kind is Any:
            return _as_is
        return lambda data: self.reader(kind, section)(data)  # late: a record may hold itself

    def _record_reader(self, record: type[Any], section: str) -> Reader:
        plan = []
        for spec in specs(record):
            blank = spec.kind.blank if isinstance(spec.kind, Scalar) else frozenset({""})
            read = self._read_kind(spec.kind, spec.names, section)
            plan.append((spec.attribute, spec.names[0], spec.names[1:], read, blank, spec.default))
        known = frozenset(name for spec in specs(record) for name in spec.names)
        keeps_extra = any(item.name == "extra" for item in fields(record))

        def read_record(data: Any) -> Any:
            if not isinstance(data, dict):
                raise Misfit(f"an object expected, {type(data).__name__} came")
            values: dict[str, Any] = {}
            for attribute, name, others, read, blank, default in plan:
                value = data.get(name)
                if value is None and others:
                    for other in others:
                        value = data.get(other)
                        if value is not None:
                            name = other
                            break
                if value is None or (value.__class__ in _HASHABLE and value in blank):
                    if default is _NO_VALUE:
                        raise _missing(attribute, record)
                    values[attribute] = default
                    continue
                try:
                    values[attribute] = read(value)
                except Misfit as misfit:
                    misfit.path.insert(0, name)
                    raise
            if keeps_extra and (unknown := data.keys() - known):
                values["extra"] = {name: data[name] for name in unknown}
            return record(**values)

        return read_record


_HASHABLE = (str, int)


def _missing(attribute: str, record: type[Any]) -> Misfit:
    spec = next(spec for spec in specs(record) if spec.attribute == attribute)
    misfit = Misfit("missing, and needed")
    misfit.path.append(spec.names[0])
    return misfit


def _as_is(value: Any) -> Any:
    return value


def _list_reader(read: Reader) -> Reader:
    def read_list(data: Any) -> tuple[Any, ...]:
        # Upstream answers a list of one as the bare thing.
        if not isinstance(data, list):
            data = [data]
        try:
            return tuple([read(item) for item in data if item is not None])
        except Misfit as misfit:
            misfit.path.insert(0, str(_position(read, data)))
            raise

    return read_list


def _position(read: Reader, data: list[Any]) -> int:
    """Where in a list the first misfit is; walked again only once something is wrong."""
    for position, item in enumerate(data):
        try:
            if item is not None:
                read(item)
        except Misfit:
            return position
    return 0


def _json_text_reader(read: Reader) -> Reader:
    def read_json_text(data: Any) -> Any:
        if isinstance(data, str):
            try:
                data = json.loads(data, parse_float=Decimal)
            except (ValueError, RecursionError):
                raise Misfit("JSON text expected") from None
        return read(data)

    return read_json_text


# -- writing ----------------------------------------------------------------------------------

Writer = Callable[[Any], Any]


def encode(request: Any) -> dict[str, Any]:
    """A request dataclass as a JSON-ready dict; None is left out. Raises Misfit with the path."""
    body: dict[str, Any] = {}
    for attribute, name, write in _writers(type(request)):
        value = getattr(request, attribute)
        if value is None:
            continue
        try:
            body[name] = write(value)
        except Misfit as misfit:
            misfit.path.insert(0, attribute)
            raise
    return body


_plans: dict[type[Any], tuple[tuple[str, str, Writer], ...]] = {}


def _writers(record: type[Any]) -> tuple[tuple[str, str, Writer], ...]:
    plan = _plans.get(record)
    if plan is None:
        plan = tuple((spec.attribute, spec.names[0], _writer(spec.kind)) for spec in specs(record))
        _plans[record] = plan
    return plan


def _writer(kind: Any) -> Writer:
    if isinstance(kind, Scalar):
        return kind.write
    if isinstance(kind, ListOf):
        item = _writer(kind.item)
        return lambda values: [item(value) for value in values]
    if isinstance(kind, JsonTextOf):
        inner = _writer(kind.inner)
        return lambda value: to_json(inner(value))
    return _as_is if kind is Any else encode


def to_json(value: Any) -> str:
    """Compact JSON, Chinese unescaped; a Decimal becomes a number with its own digits."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_decimal)


def _decimal(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
