"""Addresses of Find and of item pages."""

from django.urls import path

from catalog.views import find, item

app_name = "catalog"
urlpatterns = [
    path("", find.find, name="find"),
    path("lanes/<slug:marketplace>/", find.lane, name="lane"),
    path("<slug:marketplace>/items/<str:item_id>/", item.show, name="item"),
    path("<slug:marketplace>/items/<str:item_id>/notes/", item.notes, name="notes"),
    path("<slug:marketplace>/items/<str:item_id>/name/", item.our_name, name="our-name"),
]
