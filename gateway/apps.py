"""Django's handle on this app, and what it plugs into the rooms below."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewayConfig(AppConfig):
    name = "gateway"
    verbose_name = _("Connections to the platform")

    def ready(self) -> None:
        from accounts import probes
        from desk import slots
        from gateway import desk_slots
        from gateway.probe import probe

        probes.register(probe)
        slots.nav.plug(desk_slots.navigation)
        slots.todos.plug(desk_slots.todos)
        slots.todo_counts.plug(desk_slots.todo_count)
        slots.home_parts.plug(desk_slots.home_parts)
