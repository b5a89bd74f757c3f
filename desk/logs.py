"""Logs: one line an event, JSON outside a terminal, without secrets or personal data."""

from __future__ import annotations

import logging.config
import sys
from typing import Any

import structlog


def configure(options: dict[str, Any]) -> None:
    """Set up structlog and the standard library's loggers alike (Django's LOGGING_CONFIG)."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: Any = (
        structlog.dev.ConsoleRenderer()
        if sys.stderr.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.processors.format_exc_info,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "line": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": shared,
                    "processors": [
                        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                        last,
                    ],
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
            "root": {"handlers": ["console"], "level": options.get("level", "INFO")},
            "loggers": {
                "django.server": {"level": "WARNING"},
                "celery": {"level": "WARNING"},
                "urllib3": {"level": "WARNING"},
                "kombu.connection": {"level": "ERROR"},  # warns that files have no host name
            },
        }
    )
