"""Under /me/notices/: what the desk told a person."""

from django.urls import path

from desk.views import notices

app_name = "notices"
urlpatterns = [
    path("read/", notices.read_all, name="read"),
    path("<int:notice_id>/open/", notices.open_one, name="open"),
]
