"""What machines ask: /healthz never looks further, /readyz tells each part apart."""

from __future__ import annotations

import pytest
from django.db.utils import ConnectionHandler

from desk import demo_mark, heartbeat
from desk.views import health


def test_healthz_answers_without_a_database(client):
    assert client.get("/healthz").json() == {"status": "up"}


@pytest.mark.django_db
def test_readyz_says_how_each_part_is(client, settings, tmp_path):
    settings.VAR_DIR = tmp_path

    answer = client.get("/readyz")

    assert answer.status_code == 200
    assert answer.json()["status"] == "ready"
    assert answer.json()["database"] == "ok"
    assert "no-cache" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_readyz_waits_for_demo_data(client, settings, tmp_path):
    settings.VAR_DIR, settings.DEMO = tmp_path, True

    demo_mark.write("making")
    assert client.get("/readyz").status_code == 503
    assert client.get("/readyz").json()["demo"] == "being made"

    demo_mark.write("finished")
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_tells_of_a_silent_database(client, monkeypatch):
    away = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/no/such/folder/db.sqlite3"}
    monkeypatch.setattr(health, "connection", ConnectionHandler({"default": away})["default"])

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["database"] == "does not answer (OperationalError)"


@pytest.mark.django_db
def test_readyz_shows_the_worker_and_does_not_need_it(client, settings, tmp_path):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert client.get("/readyz").json()["worker"] == {"heard": None, "seconds_ago": None}

    heartbeat.beat()

    assert 0 <= client.get("/readyz").json()["worker"]["seconds_ago"] < 10


def test_health_is_exempt_from_the_redirect_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 301


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405
    assert health.health.__doc__
