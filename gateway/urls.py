"""Addresses of the border: connections, stuck commands, and the one that the platform calls."""

from django.urls import path

from gateway.views import callbacks, connections, stuck

app_name = "gateway"
urlpatterns = [
    path("connections/", connections.show, name="connections"),
    path("connections/read-again/", connections.read_again, name="read-again"),
    path("stuck/", stuck.listing, name="stuck"),
    path("stuck/<int:pk>/ask/", stuck.ask, name="stuck-ask"),
    path("stuck/<int:pk>/send-again/", stuck.send_again, name="stuck-send-again"),
    path("stuck/<int:pk>/pick/", stuck.pick, name="stuck-pick"),
    path("stuck/<int:pk>/give-up/", stuck.give_up, name="stuck-give-up"),
    path("callbacks/xport/<str:secret>/", callbacks.receive, name="callback"),
]
