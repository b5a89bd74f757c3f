"""Django's handle on this app."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "desk"
    verbose_name = _("Exchange rates")

    def ready(self) -> None:
        from accounts.slots import plug_me_part
        from desk import people, slots
        from desk.me import notices_part

        plug_me_part(notices_part)
        slots.nav.plug(people.navigation)
        slots.home_parts.plug(people.home_part)
