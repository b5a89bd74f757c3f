"""The marketplaces whose orders the desk handles, by slug. What differs stands in their modules."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from procurement.marketplaces import ali1688, taobao
from procurement.marketplaces.base import OrderPort

_PORTS: Mapping[str, OrderPort] = MappingProxyType(
    {found.slug: found for found in (taobao.PORT, ali1688.PORT)}
)


def ports() -> Mapping[str, OrderPort]:
    """Every port by its slug, in the order in which pages show them."""
    return _PORTS


def port(slug: str) -> OrderPort:
    """The port of a marketplace. Raises LookupError with the slug when there is none."""
    try:
        return _PORTS[slug]
    except KeyError:
        raise LookupError(f"no marketplace {slug!r}") from None
