"""`manage.py demo`: practice data, made through the services and the sandbox. Practice only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.test.utils import override_settings
from django.utils import timezone

from accounts.models import SubAccount, User
from accounts.services.probing import test_sub_account
from procurement.demo.cast import found_company, later_changes
from procurement.demo.platform import OtherSide
from procurement.demo.story import Stage, seven_months
from procurement.demo.today import last_days, summary
from procurement.services import polling

MONTHS_BACK = timedelta(days=212)


class Command(BaseCommand):
    help = "Fills an empty practice desk with seven months of a small company."

    def handle(self, *args: Any, **options: Any) -> str:
        if not settings.XPORT_IS_PRACTICE:
            raise CommandError("Demo data is for practice: XPORT_BASE_URL is not on this machine.")
        if User.objects.exists():
            raise CommandError("There are people here already. `make demo-reset` starts anew.")
        end = timezone.now()
        start = end - MONTHS_BACK
        other = OtherSide()
        other.pushes(on=False)
        # Doorbells would only fill the file broker: the story rings for itself.
        with override_settings(CELERY_BROKER_URL="memory://"):
            company = found_company(start.date())
            stage = Stage(company, other, start, end)
            seven_months(stage)
            last_days(stage)
            stage.play()
            later_changes(company)
            other.no_faults()
            other.real_time()
            for account in SubAccount.objects.all():
                test_sub_account(sub_account=account, by=company["ingrid"])
                for slug in account.marketplaces:
                    polling.poll(sub_account=account, marketplace=slug)
        other.pushes(on=True)
        return ", ".join(f"{count} {name}" for name, count in summary().items())
