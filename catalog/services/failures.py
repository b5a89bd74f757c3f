"""Why a marketplace gave nothing, in words a person understands, with theirs beside ours."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from catalog.marketplaces import port
from catalog.marketplaces.base import Why
from xport.client import (
    BadCredentials,
    BadSubAccount,
    NotFound,
    PlatformDown,
    ReadFailed,
    TimedOut,
    TooManyCalls,
    Unreadable,
    XportError,
)


class FailureKind(StrEnum):
    """Drawings differ: gone, silent, and everything a person here must mend."""

    DOWN = "down"
    SLOW = "slow"
    LIMIT = "limit"
    GONE = "gone"
    UNREADABLE = "unreadable"
    ACCOUNT = "account"
    UNMAPPED = "unmapped"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Failure:
    """`sentence` is ours, `hint` what to do, `theirs` the platform's words, `reference` its id."""

    kind: FailureKind
    sentence: str
    hint: str = ""
    theirs: str = ""
    reference: str = ""

    def __str__(self) -> str:
        return f"{self.sentence} {self.hint}".strip()

    @property
    def may_pass(self) -> bool:
        """Whether trying again can help."""
        return self.kind not in (FailureKind.GONE, FailureKind.UNMAPPED)


_KINDS: tuple[tuple[type[XportError], FailureKind], ...] = (
    (TimedOut, FailureKind.SLOW),
    (PlatformDown, FailureKind.DOWN),
    (TooManyCalls, FailureKind.LIMIT),
    (NotFound, FailureKind.GONE),
    (BadSubAccount, FailureKind.ACCOUNT),
    (BadCredentials, FailureKind.ACCOUNT),
    (Unreadable, FailureKind.UNREADABLE),
)


def failure_of(error: ReadFailed, marketplace: str) -> Failure:
    """What to say about a failed read."""
    kind = next((kind for cls, kind in _KINDS if isinstance(error, cls)), FailureKind.REFUSED)
    label = port(marketplace).label
    silent = _("%(marketplace)s has not answered.") % {"marketplace": label}
    sentences = {
        FailureKind.SLOW: silent,
        FailureKind.DOWN: silent,
        FailureKind.LIMIT: _("We asked %(marketplace)s as often as we may.")
        % {"marketplace": label},
        FailureKind.GONE: _("%(marketplace)s has nothing under this number.")
        % {"marketplace": label},
        FailureKind.UNREADABLE: _("%(marketplace)s's answer could not be read.")
        % {"marketplace": label},
        FailureKind.ACCOUNT: _("%(marketplace)s does not let your sub-account in.")
        % {"marketplace": label},
        FailureKind.REFUSED: _("%(marketplace)s refused to answer.") % {"marketplace": label},
    }
    theirs = error.message if kind in (FailureKind.REFUSED, FailureKind.ACCOUNT) else ""
    hint = "" if kind in (FailureKind.SLOW, FailureKind.DOWN, FailureKind.GONE) else error.sentence
    return Failure(kind, sentences[kind], _(hint) if hint else "", theirs, error.request_id)


def unmapped(marketplace: str) -> Failure:
    """The person has no sub-account on this marketplace."""
    label = port(marketplace).label
    return Failure(
        FailureKind.UNMAPPED,
        _("You have no sub-account for %(marketplace)s.") % {"marketplace": label},
        _("Ask an admin to map you to a sub-account."),
    )


def why_sentence(why: str) -> str:
    """Why an item or variant cannot be ordered. A word we do not know is shown as it came."""
    known = {
        Why.GONE: _("No longer offered."),
        Why.OFF_SHELF: _("Taken off the shelf by the seller."),
        Why.NOT_IN_CHANNEL: _("Not sold through the platform, so it cannot be ordered here."),
        Why.UNCHECKED: _("Not known yet whether this can be ordered. Read it again."),
    }
    if why in set(Why):
        return known[Why(why)]
    return _("Cannot be ordered: %(reason)s") % {"reason": why}
