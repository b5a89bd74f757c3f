"""The hook for test calls: the room that knows the platform plugs its probe in, in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from accounts.models import SubAccount


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """How the platform answered a harmless read: one sentence, its request id, and the envelope
    as text without personal data (empty where nothing came back)."""

    ok: bool
    sentence: str
    request_id: str = ""
    answer: str = ""


Probe = Callable[["SubAccount"], ProbeResult]
_probes: list[Probe] = []


def register(probe: Probe) -> Probe:
    """Make `probe` the one that is asked. The last one registered wins."""
    _probes[:] = [probe]
    return probe


def run_probe(sub_account: SubAccount) -> ProbeResult:
    """Call the platform as this sub-account. Failures of the platform are results, not errors."""
    if not _probes:
        return ProbeResult(False, _("This desk has no connection to the platform to test."))
    return _probes[0](sub_account)
