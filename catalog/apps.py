"""Django's handle on this app."""

from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "catalog"
