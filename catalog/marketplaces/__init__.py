"""The marketplaces goods are found on, one adapter a module, each exporting PORT."""

from __future__ import annotations

from catalog.marketplaces import ali1688, taobao
from catalog.marketplaces.base import ProductPort

_PORTS: dict[str, ProductPort] = {port.slug: port for port in (taobao.PORT, ali1688.PORT)}


class UnknownMarketplace(LookupError):
    """No adapter has this slug."""


def ports() -> dict[str, ProductPort]:
    """All adapters by slug, in the fixed order of pages."""
    return dict(_PORTS)


def port(slug: str) -> ProductPort:
    """The adapter of a marketplace. Raises UnknownMarketplace."""
    try:
        return _PORTS[slug]
    except KeyError:
        raise UnknownMarketplace(slug) from None


__all__ = ["UnknownMarketplace", "port", "ports"]
