"""The word list and our names for items, for those who manage the desk."""

from django.contrib import admin

from accounts.admin_site import DeskAdmin
from catalog.models import OurName, SearchWord


@admin.register(SearchWord)
class SearchWordAdmin(DeskAdmin):
    list_display = ("word", "original")
    list_editable = ("original",)
    search_fields = ("word", "original")


@admin.register(OurName)
class OurNameAdmin(DeskAdmin):
    list_display = ("name", "marketplace", "item_id", "by", "at")
    list_filter = ("marketplace",)
    list_select_related = ("by",)
    search_fields = ("name", "item_id")
    readonly_fields = ("by", "at")
