"""Every address of the desk, by room."""

from django.contrib import admin
from django.urls import include, path

from accounts.views.closed import own_email
from config.home import home

urlpatterns = [
    path("", home, name="home"),
    path("admin/", admin.site.urls),
    path("log-in/", include("accounts.urls_login")),
    path("account/email/", own_email, name="account_email"),  # before allauth's own
    path("account/", include("allauth.urls")),
    path("me/notices/", include("desk.urls_notices")),
    path("me/", include("accounts.urls")),
    path("", include("desk.urls")),
    path("", include("gateway.urls")),
    path("catalog/", include("catalog.urls")),
    path("approvals/", include("approvals.urls")),
    path("", include("procurement.urls")),
]
handler404 = "desk.views.errors.not_found"
handler500 = "desk.views.errors.server_error"
handler403 = "desk.views.errors.forbidden"
