"""Addresses of the shell: the box on top, pictures, and what machines ask."""

from django.conf import settings
from django.urls import path

from desk.views import health, jump, pictures, tries

urlpatterns = [
    path("healthz", health.health, name="health"),
    path("readyz", health.ready, name="ready"),
    path("jump/", jump.jump, name="jump"),
    path("tries/dismiss/", tries.dismiss, name="dismiss"),
    path("pictures/", pictures.show, name="pictures"),
]

if settings.DEBUG:
    from desk.views.parts import parts

    urlpatterns.append(path("parts/", parts, name="parts"))
