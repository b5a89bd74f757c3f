"""The signed client of the platform.

Endpoints are declared under `endpoints`; `Client` calls them. See docs of `errors` and `outcomes`
for everything that can come back.
"""

from xport.client.config import NONCE_HEADERS, ClientConfig
from xport.client.endpoint import Endpoint
from xport.client.errors import (
    BadCredentials,
    BadOverrides,
    BadPush,
    BadSubAccount,
    InvalidRequest,
    NotFound,
    PlatformDown,
    ReadFailed,
    Redirected,
    Rejected,
    TimedOut,
    TooManyCalls,
    Unreadable,
    XportError,
)
from xport.client.limits import Breaker, DownUntil, Limiter
from xport.client.outcomes import Answer, Done, NotSent, Outcome, Refused, Unknown
from xport.client.overrides import Overrides, load_overrides
from xport.client.pushes import Push, parse_push
from xport.client.session import Attempt, Client, Observer

__all__ = [
    "NONCE_HEADERS",
    "Answer",
    "Attempt",
    "BadCredentials",
    "BadOverrides",
    "BadPush",
    "BadSubAccount",
    "Breaker",
    "Client",
    "ClientConfig",
    "Done",
    "DownUntil",
    "Endpoint",
    "InvalidRequest",
    "Limiter",
    "NotFound",
    "NotSent",
    "Observer",
    "Outcome",
    "Overrides",
    "PlatformDown",
    "Push",
    "ReadFailed",
    "Redirected",
    "Refused",
    "Rejected",
    "TimedOut",
    "TooManyCalls",
    "Unknown",
    "Unreadable",
    "XportError",
    "load_overrides",
    "parse_push",
]
