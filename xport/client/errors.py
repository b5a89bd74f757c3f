"""What can go wrong, as exceptions and as sentences for people.

    XportError
    ├── InvalidRequest       our own values cannot be sent; nothing was
    ├── BadOverrides         the TOML file of XPORT_OVERRIDES is wrong
    ├── BadPush              a pushed message that is none
    └── ReadFailed           a read gave no answer: .endpoint .code .message .request_id .sentence
        ├── PlatformDown     not reached, cut off, 5xx, or marked down
        │   └── TimedOut     no answer in time
        ├── TooManyCalls     429, its envelope code, or our own limit
        ├── Redirected       3xx: the base URL is wrong; never followed
        ├── Unreadable       the answer is not what the contract describes: .field
        └── Rejected         an envelope with another code than 200
            ├── BadCredentials   signature, key, nonce or clock
            ├── BadSubAccount    user-id unknown or suspended
            └── NotFound         no such thing

Writes never raise `ReadFailed`: their failures are outcomes (`outcomes`). No message here holds a
secret, an address or a phone number; of the platform's words, phone numbers are struck out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

SUCCESS = "200"

#: Sentences by envelope code, or by our own word where no code came. `XPORT_OVERRIDES` adds to it.
SENTENCES: dict[str, str] = {
    "40101": "The platform does not accept our signature. An admin should check key and secret.",
    "40102": "The platform says that our clock is wrong. An admin should check the server's time.",
    "40103": "The platform has seen this call before and refused it. Try again.",
    "40104": "The platform does not know our access key. An admin should check it.",
    "40301": "The platform does not know this sub-account. An admin should check its user-id.",
    "40302": "The platform has suspended this sub-account. An admin should ask the platform.",
    "40001": "The platform did not understand what we sent.",
    "40401": "The platform has nothing under this number.",
    "40901": "The platform does not allow this in the present state. Look at the order again.",
    "42901": "The platform asks us to slow down. Try again in a minute.",
    "50000": "Something went wrong at the platform. Try again in a few minutes.",
    "down": "The platform cannot be reached at the moment. Try again in a few minutes.",
    "slow": "The platform did not answer in time. Try again in a few minutes.",
    "limit": "We are calling the platform as often as we may. Try again in a minute.",
    "redirect": "The platform points to another address. An admin should check the base URL.",
    "unreadable": "The platform's answer could not be read. An admin should look at it.",
    "empty": "The platform has nothing under this number.",
    "refused": "The platform refused this.",
    # Words inside answers, as upstream documents them.
    "BALANCE_NOT_ENOUGH": "The balance at the platform does not cover this payment.",
    "CANT_PAY": "The platform says that this order cannot be paid.",
    "SKU_UNAVAILABLE": "This variant cannot be bought at the moment.",
    "STOCK_NOT_ENOUGH": "The seller does not have that many.",
    "SKU_NOT_FOUND": "This variant does not exist any more. Choose again on the item's page.",
    "ITEM_NOT_FOUND": "This item does not exist any more.",
    "ITEM_UNAVAILABLE": "This item cannot be bought at the moment.",
    "OFFER_NOT_FOUND": "This item does not exist any more.",
    "OFFER_NOT_ON_SALE": "The seller has taken this item off sale.",
    "PRICE_CHANGED": "The price has changed. Look at the new one and ask again.",
    "AMOUNT_NOT_ENOUGH": "The sum sent along was too low for these goods.",
    "QUANTITY_INVALID": "The platform does not accept this quantity.",
    "QUANTITY_BELOW_MINIMUM": "The quantity is below the seller's minimum.",
    "QUANTITY_NOT_MULTIPLE": "The seller sells in lots; the quantity is no multiple of one.",
    "MULTIPLE_SELLERS": "Goods of several sellers cannot be one order.",
    "ADDRESS_INVALID": "The platform does not accept the delivery address.",
    "TRADE_TYPE_NOT_SUPPORTED": "The seller does not offer this way of paying.",
    "ORDER_CLOSED": "The order is closed.",
    "ALREADY_PAID": "The platform says that the order is paid already. Look at the order again.",
    "ORDER_STATUS_ERROR": "The order's state does not allow this. Look at the order again.",
    "ORDER_STATUS_NOT_ALLOWED": "The order's state does not allow this. Look at the order again.",
    "ORDER_NOT_FOUND": "The platform does not know this order.",
    "4003": "The platform does not know this order.",
}


def sentence_for(code: str, sentences: Mapping[str, str], fallback: str = "refused") -> str:
    """What a person reads for `code`."""
    return sentences.get(code) or sentences[fallback]


#: Telephone numbers: with a country code, or 7 to 11 digits. Dates and longer ids stay.
_PHONE = re.compile(
    r"(?<!\d)(?!\d{4}-\d\d-\d\d(?!\d))"
    r"(?:(?:\+|00)\d(?:[ \-]?\d){6,13}|86[ \-]?1(?:[ \-]?\d){10}"
    r"|0\d{2,3}[ \-]\d{7,8}|\d(?:[ \-]?\d){6,10})(?!\d)"
)
_WORDS_AT_MOST = 300


def safe_words(text: str) -> str:
    """The platform's words, fit for logs: no phone numbers, no line breaks, not endless."""
    return _PHONE.sub("…", " ".join(text[: 2 * _WORDS_AT_MOST].split()))[:_WORDS_AT_MOST]


class XportError(Exception):
    """Everything this library raises."""


class InvalidRequest(XportError, ValueError):
    """A value of ours does not fit the wire, such as an id with letters. Nothing was sent."""


class BadOverrides(XportError, ValueError):
    """The overrides file is wrong. The message names file, table and key."""


class BadPush(XportError, ValueError):
    """The body is no pushed message."""


class ReadFailed(XportError):
    """A read brought no answer.

    `code` is the envelope's code as text, or a word of ours (`down`, `slow`, `limit`, `redirect`,
    `unreadable`); `message` the platform's words; `sentence` is for people.
    """

    def __init__(
        self,
        *,
        endpoint: str,
        code: str,
        message: str = "",
        request_id: str = "",
        sentence: str = "",
        repeatable: bool = False,
        retry_after: float | None = None,
    ) -> None:
        self.endpoint = endpoint
        self.code = code
        self.message = safe_words(message)
        self.request_id = request_id
        self.sentence = sentence or sentence_for(code, SENTENCES)
        #: Whether the same read may succeed a moment later.
        self.repeatable = repeatable
        #: Seconds that the platform asked us to wait.
        self.retry_after = retry_after
        super().__init__(endpoint, code)

    def __str__(self) -> str:
        parts = [f"{self.endpoint}: {self.code}"]
        if self.message:
            parts.append(self.message)
        if self.request_id:
            parts.append(f"request {self.request_id}")
        return ", ".join(parts)

    def __reduce__(self) -> tuple[object, ...]:
        """Task queues and process pools pickle exceptions; keyword arguments need help."""
        return (_rebuild, (type(self), dict(vars(self))))


def _rebuild(kind: type[ReadFailed], state: dict[str, object]) -> ReadFailed:
    error = kind.__new__(kind, state["endpoint"], state["code"])
    error.__dict__.update(state)
    return error


class PlatformDown(ReadFailed):
    """Not reached, cut off, or broken at the platform's side."""


class TimedOut(PlatformDown):
    """No answer in time."""


class TooManyCalls(ReadFailed):
    """The platform's limit or our own."""


class Redirected(ReadFailed):
    """The platform answered with another address; it was not followed."""


class Unreadable(ReadFailed):
    """The answer lacks a needed field or holds something else there.

    `field` is the path of wire names, such as `skuList.0.skuId`.
    """

    def __init__(
        self,
        *,
        endpoint: str,
        field: str,
        reason: str,
        request_id: str = "",
        sentence: str = "",
    ) -> None:
        super().__init__(
            endpoint=endpoint,
            code="unreadable",
            message=f"{field}: {reason}" if field else reason,
            request_id=request_id,
            sentence=sentence,
        )
        self.field = field
        self.reason = reason


class Rejected(ReadFailed):
    """The platform answered with a code other than 200."""


class BadCredentials(Rejected):
    """Signature, access key, nonce or clock."""


class BadSubAccount(Rejected):
    """The user-id is unknown or suspended."""


class NotFound(Rejected):
    """The platform has no such thing."""


#: Which exception an envelope code becomes on a read.
REJECTIONS: dict[str, type[ReadFailed]] = {
    "40101": BadCredentials,
    "40102": BadCredentials,
    "40103": BadCredentials,
    "40104": BadCredentials,
    "40301": BadSubAccount,
    "40302": BadSubAccount,
    "40401": NotFound,
    "42901": TooManyCalls,
    "50000": PlatformDown,
}
#: Envelope codes that say our timestamp was outside the 600 s: a corrected clock cures them.
CLOCK_CODES = frozenset({"40102"})
