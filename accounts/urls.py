"""Under /me/: what a person sees of themselves and sets for themselves."""

from django.urls import path

from accounts.views import me

app_name = "me"
urlpatterns = [
    path("", me.page, name="page"),
    path("settings/", me.save_settings, name="settings"),
    path("theme/", me.set_theme, name="theme"),
    path("language/", me.set_language, name="language"),
]
