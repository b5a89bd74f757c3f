"""Confirming receipt to the seller: the platform's act, irreversible, may release the money."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from desk import clock
from desk.choices import EventKind
from desk.models.event import record
from gateway import doorbell
from gateway.kinds import Absent, CommandKind, Finding, Found, Stop
from gateway.models import RemoteCommand
from procurement.choices import OrderState
from procurement.marketplaces import port
from procurement.models import PurchaseOrder
from procurement.services.adopting import adopt
from procurement.services.reading import read_order, ref_of
from procurement.states import ORDER
from xport.client import Client, Outcome


class Confirm(CommandKind):
    """Subject `order:<id>`; only where the marketplace offers it, and only once shipped."""

    name = "confirm"
    label = _("Confirm receipt to the seller")

    def recheck(self, command: RemoteCommand) -> None:
        if self._order(command).state != OrderState.SHIPPED:
            raise Stop(gettext_noop("The order is not on the way, so there is nothing to confirm."))

    def prepare(self, command: RemoteCommand, client: Client) -> dict[str, Any]:
        order = self._order(command)
        snapshot = read_order(order=order, client=client)
        adopt(order=order, snapshot=snapshot)
        order.refresh_from_db()
        if order.state != OrderState.SHIPPED:
            raise Stop(gettext_noop("The platform shows it as finished or not yet shipped."))
        return {"as_of": snapshot.as_of.isoformat()}

    def send(
        self, command: RemoteCommand, client: Client, *, send_by: datetime, deadline: float
    ) -> Outcome[bool]:
        return port(command.marketplace).confirm(
            client, ref_of(self._order(command)), send_by=send_by, deadline=deadline
        )

    def result(self, command: RemoteCommand, value: bool) -> dict[str, Any]:
        return {"confirmed": bool(value)}

    def find(self, command: RemoteCommand, client: Client) -> Finding:
        order = self._order(command)
        snapshot = read_order(order=order, client=client)
        adopt(order=order, snapshot=snapshot)
        order.refresh_from_db()
        done = OrderState.COMPLETED in {snapshot.state, order.state}
        return Found({"confirmed": True}) if done else Absent(snapshot.as_of)

    def apply(self, command: RemoteCommand, result: dict[str, Any]) -> None:
        order = self._order(command)
        PurchaseOrder.objects.filter(pk=order.pk).update(reread_at=clock.now())
        record(
            ORDER.subject(order),
            gettext_noop("Receipt confirmed to the seller."),
            kind=EventKind.MONEY,
            by=command.person,
        )

    def give_back(self, command: RemoteCommand, *, reason: str) -> None:
        record(
            ORDER.subject(self._order(command)),
            gettext_noop("Receipt could not be confirmed to the seller."),
            kind=EventKind.MONEY,
            note=reason,
        )

    def after_commit(self, command: RemoteCommand) -> None:
        doorbell.ring("procurement.read_order", command.payload["order"])

    def _order(self, command: RemoteCommand) -> PurchaseOrder:
        return PurchaseOrder.objects.select_related("sub_account").get(pk=command.payload["order"])
