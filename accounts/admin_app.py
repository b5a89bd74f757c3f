"""Django's admin app, told to use our site. Named in INSTALLED_APPS in place of its own."""

from django.contrib.admin.apps import AdminConfig


class HouseAdminConfig(AdminConfig):
    default_site = "accounts.admin_site.HouseAdminSite"
