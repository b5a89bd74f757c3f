"""Django's handle on this app, and what it plugs into the desk."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalsConfig(AppConfig):
    name = "approvals"
    verbose_name = _("Approvals")

    def ready(self) -> None:
        from approvals import slots
        from desk import slots as desk_slots

        desk_slots.nav.plug(slots.navigation)
        desk_slots.todos.plug(slots.todos)
        desk_slots.home_parts.plug(slots.home_parts)
        desk_slots.todo_counts.plug(slots.todo_count)
