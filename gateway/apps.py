"""Django's handle on this app."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    name = "gateway"
