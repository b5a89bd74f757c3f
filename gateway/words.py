"""Sentences that reach people from below the desk, marked so that the catalogue has them.

`xport` knows no gettext: its sentences are English, are stored as they come, and are said in the
reader's language where they are shown (`gettext(command.message)`, `{% trans row.reason %}`).
`tests/test_words.py` keeps this list and `xport.client.errors.SENTENCES` the same.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from xport.client.outcomes import NotSentKind

SENTENCES = (
    _("The platform does not accept our signature. An admin should check key and secret."),
    _("The platform says that our clock is wrong. An admin should check the server's time."),
    _("The platform has seen this call before and refused it. Try again."),
    _("The platform does not know our access key. An admin should check it."),
    _("The platform does not know this sub-account. An admin should check its user-id."),
    _("The platform has suspended this sub-account. An admin should ask the platform."),
    _("The platform did not understand what we sent."),
    _("The platform has nothing under this number."),
    _("The platform does not allow this in the present state. Look at the order again."),
    _("The platform asks us to slow down. Try again in a minute."),
    _("Something went wrong at the platform. Try again in a few minutes."),
    _("The platform cannot be reached at the moment. Try again in a few minutes."),
    _("The platform did not answer in time. Try again in a few minutes."),
    _("We are calling the platform as often as we may. Try again in a minute."),
    _("The platform points to another address. An admin should check the base URL."),
    _("The platform's answer could not be read. An admin should look at it."),
    _("The platform refused this."),
    _("The balance at the platform does not cover this payment."),
    _("The platform says that this order cannot be paid."),
    _("This variant cannot be bought at the moment."),
    _("The seller does not have that many."),
    _("This variant does not exist any more. Choose again on the item's page."),
    _("This item does not exist any more."),
    _("This item cannot be bought at the moment."),
    _("The seller has taken this item off sale."),
    _("The price has changed. Look at the new one and ask again."),
    _("The sum sent along was too low for these goods."),
    _("The platform does not accept this quantity."),
    _("The quantity is below the seller's minimum."),
    _("The seller sells in lots; the quantity is no multiple of one."),
    _("Goods of several sellers cannot be one order."),
    _("The platform does not accept the delivery address."),
    _("The seller does not offer this way of paying."),
    _("The order is closed."),
    _("The platform says that the order is paid already. Look at the order again."),
    _("The order's state does not allow this. Look at the order again."),
    _("The platform does not know this order."),
)

#: Why a command has not left us, by the client's word for it.
NOT_SENT: dict[NotSentKind, str] = {
    "late": _("The time for sending it had passed. It is sent again soon."),
    "limit": _("We are calling the platform as often as we may. It is sent soon."),
    "marked": _("The platform does not answer."),
    "connect": _("The platform cannot be reached at the moment."),
}

#: What the client writes down about an attempt, for whoever looks at the evidence. Reasons that
#: hold a number (seconds, an HTTP status) stay as they are.
REASONS = (
    _("no connection (refused, or the name is unknown)"),
    _("no connection in time"),
    _("no secure connection came about (TLS)"),
    _("the answer broke off"),
    _("the answer is too long"),
    _("the answer took too long"),
    _("the connection was cut before an answer came"),
    _("the platform answered with an error"),
    _("the platform says that it failed, without a code that we know as a refusal"),
    _("the proxy could not be reached"),
    _("the time for sending had passed"),
    _("our own limit left no turn in time"),
)
