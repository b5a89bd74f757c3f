"""Cancelling one unpaid order."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from desk import clock
from desk.choices import EventKind
from desk.states import StateError
from gateway import doorbell
from gateway.choices import CommandState
from gateway.kinds import Absent, CommandKind, Finding, Found, Stop
from gateway.models import RemoteCommand
from procurement.choices import LIVE_PAYMENT, OrderState
from procurement.marketplaces import port
from procurement.models import PurchaseOrder
from procurement.services.adopting import ENDED, adopt, hold_payment, tell_not_cancelled
from procurement.services.reading import read_order, ref_of
from procurement.states import ORDER
from xport.client import Client, Outcome


class Cancel(CommandKind):
    """Subject `order:<id>`. The order waits in CANCELLING until the platform shows it ended."""

    name = "cancel"
    label = _("Cancel the order")

    def recheck(self, command: RemoteCommand) -> None:
        order = self._order(command)
        if order.state != OrderState.CANCELLING:
            raise Stop(gettext_noop("The order is no longer to be cancelled."))
        if order.payments.filter(state__in=LIVE_PAYMENT).exists():
            raise Stop(gettext_noop("A payment of it is under way."))

    def prepare(self, command: RemoteCommand, client: Client) -> dict[str, Any]:
        order = self._order(command)
        snapshot = read_order(order=order, client=client)
        adopt(order=order, snapshot=snapshot)
        order.refresh_from_db()
        if order.state in ENDED:
            raise Stop(gettext_noop("It was closed already."))
        if order.state != OrderState.CANCELLING:
            raise Stop(gettext_noop("It was paid meanwhile, so it cannot be cancelled any more."))
        return {"as_of": snapshot.as_of.isoformat()}

    def send(
        self, command: RemoteCommand, client: Client, *, send_by: datetime, deadline: float
    ) -> Outcome[bool]:
        return port(command.marketplace).cancel(
            client,
            ref_of(self._order(command)),
            reason=command.payload["reason"],
            send_by=send_by,
            deadline=deadline,
        )

    def result(self, command: RemoteCommand, value: bool) -> dict[str, Any]:
        return {"accepted": bool(value)}

    def find(self, command: RemoteCommand, client: Client) -> Finding:
        order = self._order(command)
        snapshot = read_order(order=order, client=client)
        adopt(order=order, snapshot=snapshot)
        order.refresh_from_db()
        ended = bool({snapshot.state, order.state} & set(ENDED))
        return Found({"accepted": True}) if ended else Absent(snapshot.as_of)

    def apply(self, command: RemoteCommand, result: dict[str, Any]) -> None:
        """Only accepted: the end comes by reading the order."""
        PurchaseOrder.objects.filter(pk=command.payload["order"]).update(reread_at=clock.now())

    def give_back(self, command: RemoteCommand, *, reason: str) -> None:
        order = self._order(command)
        if order.state != OrderState.CANCELLING:
            return
        try:
            ORDER.move(
                order,
                OrderState.PLACED,
                by=None,
                why=gettext_noop("It could not be cancelled."),
                kind=EventKind.MONEY,
                note=reason,
            )
        except StateError:
            return  # a read moved it meanwhile, which says more
        if command.state != CommandState.UNDONE:
            hold_payment(order)
            tell_not_cancelled(order)

    def after_commit(self, command: RemoteCommand) -> None:
        doorbell.ring("procurement.read_order", command.payload["order"])

    def _order(self, command: RemoteCommand) -> PurchaseOrder:
        return PurchaseOrder.objects.select_related("sub_account").get(pk=command.payload["order"])
