"""`manage.py xport_check`: which base URL, nonce header and timestamp unit the platform accepts."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gateway.client import client_config
from gateway.management.commands.xport_call import first_user_id
from xport.client.check import Trial, check

CLOCK_WORTH_SAYING = 30.0  # seconds; signatures hold for 600


class Command(BaseCommand):
    """Reads only, about a dozen times; prints the settings to paste."""

    help = (
        "Ask the platform for its saved addresses under each likely combination of prefix, nonce"
        " header and timestamp unit, and print the settings that it accepts. Never writes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as",
            dest="user_id",
            metavar="USER_ID",
            default="",
            help="sub-account; the first active one when left out",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        config = client_config()
        trials = []
        for trial in check(config, options["user_id"] or first_user_id()):
            trials.append(trial)
            self.stdout.write(_line(trial))
        accepted = [trial for trial in trials if trial.accepted]
        if not accepted:
            raise CommandError("The platform accepted none of these. " + _likely(trials))
        best = accepted[0]
        if abs(best.clock_offset) > CLOCK_WORTH_SAYING:
            self.stdout.write(f"The platform's clock is {best.clock_offset:+.0f} s from ours.")
        if best is trials[0]:
            self.stdout.write(self.style.SUCCESS("The present settings are accepted:"))
        else:
            self.stdout.write("The present settings are not accepted. These are; paste them:")
        for setting in best.settings:
            self.stdout.write(setting)
        if best.code:
            raise CommandError(best.sentence)  # signature taken, sub-account not


def _line(trial: Trial) -> str:
    mark = "accepted" if trial.accepted else "refused "
    headers = "+".join(trial.nonce_headers)
    code = f" ({trial.code})" if trial.code else ""
    return (
        f"{mark}  {trial.base_url}  {headers}  timestamp in {trial.timestamp_unit}"
        f"  {trial.sentence}{code}"
    )


def _likely(trials: list[Trial]) -> str:
    """The answer to the configured combination tells most."""
    return trials[0].sentence if trials else "Nothing was tried."
