"""Addresses of Find and of item pages."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from catalog.views import find, item


class ItemId(StringConverter):
    """An id as people may type it, without the signs that no database can hold."""

    regex = r"[^/\x00-\x1f]+"


register_converter(ItemId, "item_id")

app_name = "catalog"
urlpatterns = [
    path("", find.find, name="find"),
    path("lanes/<slug:marketplace>/", find.lane, name="lane"),
    path("<slug:marketplace>/items/<item_id:item_id>/", item.show, name="item"),
    path("<slug:marketplace>/items/<item_id:item_id>/notes/", item.notes, name="notes"),
    path("<slug:marketplace>/items/<item_id:item_id>/name/", item.our_name, name="our-name"),
]
