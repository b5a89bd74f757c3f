"""Under /log-in/: coming in as a demo person. Everything else about log-in is allauth's."""

from django.urls import path

from accounts.views import log_in

app_name = "accounts"
urlpatterns = [
    path("as/", log_in.become, name="become"),
    path("as/<int:person_id>/", log_in.come_in, name="come_in"),
]
