"""The test call of a sub-account: asked now, its answer kept where admins and its people see it."""

from __future__ import annotations

import structlog
from django.utils import timezone

from accounts import probes
from accounts.models import SubAccount, User
from accounts.probes import ProbeResult

log = structlog.get_logger(__name__)


def test_sub_account(*, sub_account: SubAccount, by: User) -> ProbeResult:
    """Call the platform as this sub-account and keep the answer. Not inside a transaction."""
    result = probes.run_probe(sub_account)
    line = f"request id {result.request_id}" if result.request_id else ""
    parts = (result.sentence, line, result.answer)
    sub_account.tested_at = timezone.now()
    sub_account.test_passed = result.ok
    sub_account.test_answer = "\n".join(part for part in parts if part)
    sub_account.save(update_fields=["tested_at", "test_passed", "test_answer"])
    log.info("sub-account tested", sub_account=sub_account.pk, passed=result.ok, by=by.pk)
    return result
