"""Django's handle on this app."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "procurement"
