"""The Celery app and its schedule.

Beat only rings: every task looks in the database for what is due. No eta and no countdown is
used anywhere, so a lost message costs a few seconds and never an order.
"""

import os

from celery import Celery
from celery.signals import setup_logging, task_postrun, worker_init
from django.conf import settings

from config import filebroker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

filebroker.install()
app = Celery("quayside")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def _our_logs(**_: object) -> None:
    """Celery leaves logging to desk.logs, so that worker and web lines look alike."""


@worker_init.connect
def _tidy_broker(**_: object) -> None:
    """Set aside messages that a killed process left half written; one such file stops the queue."""
    from gateway.doorbell import set_aside_torn_messages

    set_aside_torn_messages()


@task_postrun.connect
def _alive(**_: object) -> None:
    """/readyz and the connections page show when a worker was last heard."""
    from desk.heartbeat import beat

    beat()


@app.on_after_configure.connect
def _schedule(sender: Celery, **_: object) -> None:
    sender.conf.beat_schedule = {
        "sweep-commands": {"task": "gateway.sweep_commands", "schedule": settings.SWEEP_SECONDS},
        "sweep-pushes": {"task": "gateway.sweep_pushes", "schedule": settings.SWEEP_SECONDS},
        "poll-orders": {
            "task": "procurement.poll_orders",
            "schedule": float(settings.POLL_ORDERS_SECONDS),
        },
        "reread-orders": {"task": "procurement.reread_due", "schedule": settings.SWEEP_SECONDS},
        "poll-parcels": {
            "task": "procurement.poll_parcels",
            "schedule": float(settings.POLL_PARCELS_SECONDS),
        },
        "tidy": {"task": "gateway.tidy", "schedule": 3600.0},
    }
