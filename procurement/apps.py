"""Django's handle on this app, and what it plugs into the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = _("Purchasing")

    def ready(self) -> None:
        from approvals import subjects
        from catalog import slots as catalog_slots
        from desk import slots as desk_slots
        from gateway import kinds, push_handlers
        from gateway import slots as gateway_slots_
        from procurement import approval_subjects, gateway_slots, item_slots, slots
        from procurement.commands.cancel import Cancel
        from procurement.commands.confirm import Confirm
        from procurement.commands.pay import Pay, PayLink
        from procurement.commands.place import KeyedPlace, Place
        from procurement.services import pushes

        for kind in (Place(), KeyedPlace(), Pay(), PayLink(), Cancel(), Confirm()):
            kinds.register(kind)
        push_handlers.register(pushes.handle)
        gateway_slots_.about_commands.plug(gateway_slots.about)
        gateway_slots_.about_candidates.plug(gateway_slots.about_candidate)
        gateway_slots_.failed_things.plug(gateway_slots.failed)
        gateway_slots_.out_of_date.plug(gateway_slots.out_of_date)
        gateway_slots_.read_again.plug(gateway_slots.read_again)
        subjects.register("request", approval_subjects.RequestSubject())
        subjects.register("planned", approval_subjects.PlannedSubject())
        subjects.register("payment", approval_subjects.PaymentSubject())
        desk_slots.nav.plug(slots.navigation)
        desk_slots.todos.plug(slots.todos)
        desk_slots.todo_counts.plug(slots.todo_count)
        desk_slots.deadlines.plug(slots.deadlines)
        desk_slots.jumps.plug(slots.jump)
        desk_slots.home_parts.plug(slots.home_parts)
        desk_slots.item_asides.plug(item_slots.in_cart)
        catalog_slots.last_bought.plug(item_slots.last_bought)
        catalog_slots.policy_notes.plug(item_slots.policy_notes)
