"""One signed client a process, dressed as a sub-account. The only place that builds it."""

from __future__ import annotations

from functools import lru_cache

import structlog
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from accounts.models import SubAccount
from xport.client import Attempt, Client, ClientConfig

log = structlog.get_logger(__name__)
