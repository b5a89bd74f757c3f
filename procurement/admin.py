"""Where goods go inside China, for those who manage the desk."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest

from accounts.admin_site import DeskAdmin
from procurement.models import ShipTo


@admin.register(ShipTo)
class ShipToAdmin(DeskAdmin):
    """One is the default. What was asked for keeps its address, so none that was used is deleted:
    it is switched off."""

    list_display = ("name", "city", "district", "receiver", "is_default", "is_active")
    list_filter = ("is_active",)
    search_fields = ("name", "city", "district", "street", "receiver")

    def save_model(self, request: HttpRequest, obj: ShipTo, form: Any, change: bool) -> None:
        """A new default takes the place of the one before."""
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            if obj.is_default:
                ShipTo.objects.exclude(pk=obj.pk).update(is_default=False)

    def has_delete_permission(self, request: HttpRequest, obj: ShipTo | None = None) -> bool:
        used = obj is not None and obj.purchaserequest_set.exists()
        return super().has_delete_permission(request, obj) and obj is not None and not used
