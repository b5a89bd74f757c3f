"""The test call of a sub-account: the one harmless read every sub-account may make.

`accounts` asks through `accounts.probes`; this room answers, because only it knows the platform.
"""

from __future__ import annotations

import json

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import SubAccount
from accounts.probes import ProbeResult
from gateway.client import client_for
from xport.client import ReadFailed
from xport.client.endpoints import basics

SECONDS = 8.0  # an admin waits for it, so no longer than a person would


def probe(sub_account: SubAccount) -> ProbeResult:
    """Read the sub-account's delivery addresses and say how many there are, never which.

    Every failure of the platform is a result. Not inside a transaction.
    """
    try:
        client = client_for(sub_account)
        answer = client.read(basics.ADDRESSES, basics.AddressesRequest(), deadline=SECONDS)
    except ReadFailed as error:
        envelope = {"code": error.code, "message": error.message, "requestId": error.request_id}
        return ProbeResult(False, _(error.sentence), error.request_id, _as_text(envelope))
    except ImproperlyConfigured as error:
        return ProbeResult(False, str(error))
    count = len(answer.value.addresses)
    found = ngettext(
        "The platform knows this sub-account: %(count)d delivery address.",
        "The platform knows this sub-account: %(count)d delivery addresses.",
        count,
    ) % {"count": count}
    envelope = {
        "code": "200",
        "requestId": answer.request_id,
        "data": f"{count} addresses, not kept here",
    }
    return ProbeResult(True, found, answer.request_id, _as_text(envelope))


def _as_text(envelope: dict[str, str]) -> str:
    return json.dumps(envelope, ensure_ascii=False, indent=1)
