"""The time zones people may choose: the world's places, without the aliases of old systems."""

from __future__ import annotations

import zoneinfo
from functools import lru_cache

from django.conf import settings
from django.utils.translation import gettext as _

AREAS = (
    "Africa",
    "America",
    "Antarctica",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


@lru_cache(maxsize=1)
def zones() -> dict[str, tuple[str, ...]]:
    """Names by area, sorted: {"Europe": ("Europe/Amsterdam", …), …}."""
    names = sorted(zoneinfo.available_timezones())
    return {area: tuple(n for n in names if n.startswith(f"{area}/")) for area in AREAS}


def zone_choices() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """For a <select>: the company's zone first (stored as ""), then groups by area."""
    own = settings.TIME_ZONE.replace("_", " ")
    first = ("", _("The company's (%(zone)s)") % {"zone": own})
    groups = [
        (area, [(name, name.split("/", 1)[1].replace("_", " ")) for name in names])
        for area, names in zones().items()
    ]
    return [first, ("UTC", "UTC"), *groups]
