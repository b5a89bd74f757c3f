"""Django's handle on this app."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "gateway"

    def ready(self) -> None:
        from accounts import probes
        from gateway.probe import probe

        probes.register(probe)
