"""Django's handle on this app."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "desk"
