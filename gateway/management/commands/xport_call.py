"""`manage.py xport_call KEY 'JSON'`: one signed call, and the envelope as it came."""

from __future__ import annotations

import difflib
import json
from argparse import ArgumentParser
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import SubAccount
from gateway.client import shared_client
from xport.client import InvalidRequest, ReadFailed
from xport.client.endpoints import ENDPOINTS
from xport.client.navigation import NAVIGATION


class Command(BaseCommand):
    """Calls and prints. Never repeats, judges or stores anything."""

    help = (
        "Make one signed call and print the whole envelope as JSON. KEY is an endpoint's key, or a"
        " path. A call that may change something needs --yes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", metavar="KEY", help="such as taobao_product.search")
        parser.add_argument("body", metavar="JSON", nargs="?", default="{}")
        parser.add_argument(
            "--as",
            dest="user_id",
            metavar="USER_ID",
            default="",
            help="sub-account; the first active one when left out",
        )
        parser.add_argument("--method", choices=("GET", "POST"), help="for a path; POST if not set")
        parser.add_argument("--yes", action="store_true", help="call although it may take effect")

    def handle(self, *args: Any, **options: Any) -> None:
        key, body = options["key"], read_body(options["body"])
        if may_take_effect(key) and not options["yes"]:
            raise CommandError(f"{key} may change something at the platform. Add --yes to call it.")
        client = shared_client().as_user(options["user_id"] or first_user_id())
        try:
            envelope = client.raw(key, body, method=options["method"])
        except ReadFailed as failure:
            raise CommandError(f"{failure.sentence} ({failure})") from None
        except InvalidRequest as error:
            raise CommandError(str(error)) from None
        self.stdout.write(json.dumps(envelope, ensure_ascii=False, indent=2, default=_number))


def read_body(text: str) -> dict[str, Any]:
    """The request's fields. Raises CommandError saying where the JSON breaks off."""
    try:
        # Decimals, so that an amount is sent with the digits that were typed.
        body = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise CommandError(f"The body is not JSON: {error.msg}, character {error.pos}.") from None
    if not isinstance(body, dict):
        raise CommandError('The body must be a JSON object, such as {"keyword": "杯子"}.')
    return body


def may_take_effect(key: str) -> bool:
    """False for declared reads only; of a path nothing is known. Raises CommandError for a key
    that is not declared."""
    if key.startswith("/"):
        return True
    if key in ENDPOINTS:
        return not ENDPOINTS[key].is_read
    if key in {row.key for row in NAVIGATION}:
        raise CommandError(
            f"{key} is in the reference but not declared yet. Give its path instead."
        )
    near = difflib.get_close_matches(key, ENDPOINTS, n=3)
    hint = f" Did you mean {' or '.join(near)}?" if near else " See manage.py endpoint_table."
    raise CommandError(f"There is no endpoint {key}.{hint}")


def first_user_id() -> str:
    """The user-id of the first active sub-account."""
    user_id = (
        SubAccount.objects.filter(is_active=True)
        .order_by("pk")
        .values_list("user_id", flat=True)
        .first()
    )
    if user_id is None:
        raise CommandError("There is no active sub-account. Say whom to call as: --as USER_ID.")
    return user_id


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
