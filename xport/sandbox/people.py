"""Requests under /_sandbox/ and /cashier/: JSON for tests and tools, pages and forms for people.

Unsigned, and for this machine only: a call from another address, or a form of another site, is
refused. The drawing is done by pages.py, the doing by control.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from . import pages
from .answers import ANSWERS
from .control import Control, Values, describe, said
from .envelope import Refusal, dump
from .outbox import PUSHED

CSP = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
ROUTES = (
    ("GET", "/", "page"),
    ("GET", "/style.css", "style"),
    ("GET", "/clock", "clock"),
    ("POST", "/clock", "set_clock"),
    ("POST", "/advance", "advance"),
    ("GET", "/ledger", "ledger"),
    ("GET", "/orders", "orders"),
    ("GET", "/orders/<order_id>", "order"),
    ("POST", "/orders/<order_id>/<verb>", "order_verb"),
    ("GET", "/goods", "goods"),
    ("POST", "/goods/<marketplace>/<item_id>/<verb>", "good_verb"),
    ("GET", "/users", "users"),
    ("POST", "/users", "save_user"),
    ("POST", "/users/<user_id>/top-up", "top_up"),
    ("GET", "/faults", "faults"),
    ("POST", "/faults", "add_fault"),
    ("POST", "/faults/clear", "clear_faults"),
    ("POST", "/faults/<int:fault_id>/<verb>", "fault_verb"),
    ("POST", "/next/<kind>", "next_time"),
    ("GET", "/pushes", "pushes"),
    ("POST", "/pushes", "set_pushes"),
    ("POST", "/pushes/forged", "forge"),
    ("POST", "/reset", "reset"),
    ("GET", "/endpoints", "endpoints"),
)
Answer = Callable[..., Any]


class People:
    """The other side's page and its JSON twin."""

    def __init__(self, control: Control) -> None:
        self._control = control
        self._map = Map(
            [
                Rule(f"/_sandbox{path}", endpoint=name, methods=[method])
                for method, path, name in ROUTES
            ]
        )

    def respond(self, request: Request) -> Response:
        """One request under /_sandbox/."""
        if request.path == "/_sandbox":
            return Response(status=302, headers={"Location": "/_sandbox/"})
        if not _is_local(request):
            return _json({"error": "the other side is open to this machine only"}, 403)
        try:
            name, found = self._map.bind("").match(request.path, request.method)
        except HTTPException as error:
            return _json({"error": f"nothing at {request.path}"}, error.code or 404)
        values: Values = {}
        try:
            values = _values(request)
            answer = getattr(self, f"_{name}")(values, **found)
        except (ValueError, TypeError, Refusal) as error:
            return _failed(request, values, said(error), 400)
        except KeyError as error:
            return _failed(request, values, said(error), 404)
        if isinstance(answer, Response):
            return answer
        if request.method == "POST" and _is_form(request):
            return _back(values, "Done.")
        return _json(answer)

    def cashier(self, request: Request) -> Response:
        """The 1688 cashier: a page where a person pays one order."""
        token = request.path.removeprefix("/cashier/")
        try:
            if request.method == "POST":
                code = self._control.pay_at_cashier(token)
                return Response(
                    status=303, headers={"Location": f"/cashier/{token}?said={code or 'PAID'}"}
                )
            order = self._control.cashier_order(token)
        except KeyError:
            return _html(pages.cashier_unknown(), 404)
        return _html(pages.cashier(order, token, request.args.get("said", "")))

    # -- answers, one a route -----------------------------------------------------------------

    def _page(self, values: Values) -> Response:
        return _html(pages.overview(self._control, values))

    def _style(self, values: Values) -> Response:
        return Response(pages.style(), content_type="text/css;charset=utf-8")

    def _clock(self, values: Values) -> Values:
        return self._control.clock()

    def _set_clock(self, values: Values) -> Values:
        return self._control.set_clock(values)

    def _advance(self, values: Values) -> Values:
        return self._control.advance(values)

    def _ledger(self, values: Values) -> list[Values]:
        self._control.settle()
        return self._control.engine.ledger.rows(
            order=values.get("order"),
            effect=values.get("effect"),
            user_id=values.get("user_id"),
            limit=int(values["limit"]) if values.get("limit") else None,
        )

    def _orders(self, values: Values) -> list[Values]:
        return self._control.orders(values)

    def _order(self, values: Values, order_id: str) -> Values:
        return describe(self._control.order(order_id))

    def _order_verb(self, values: Values, order_id: str, verb: str) -> Values:
        return self._control.order_verb(order_id, verb, values)

    def _goods(self, values: Values) -> list[Values]:
        return self._control.goods(values)

    def _good_verb(self, values: Values, marketplace: str, item_id: str, verb: str) -> Values:
        return self._control.good_verb(marketplace, item_id, verb, values)

    def _users(self, values: Values) -> list[Values]:
        return self._control.users()

    def _save_user(self, values: Values) -> Values:
        return self._control.save_user(values)

    def _top_up(self, values: Values, user_id: str) -> Values:
        return self._control.top_up(user_id, values)

    def _faults(self, values: Values) -> list[Values]:
        return self._control.engine.faults.as_json()

    def _add_fault(self, values: Values) -> Any:
        faults = self._control.engine.faults
        fields = {name: value for name, value in values.items() if name not in ("text", "order")}
        if isinstance(fields.get("faults"), list):
            faults.replace(fields["faults"])
        else:
            faults.add(fields)
        return faults.as_json()

    def _clear_faults(self, values: Values) -> list[Values]:
        self._control.engine.faults.clear()
        return []

    def _fault_verb(self, values: Values, fault_id: int, verb: str) -> list[Values]:
        faults = self._control.engine.faults
        if verb == "remove":
            faults.remove(fault_id)
        elif verb not in ("on", "off") or not faults.switch(fault_id, verb == "on"):
            raise KeyError(f"there is no fault {fault_id} to turn {verb}")
        return faults.as_json()

    def _next_time(self, values: Values, kind: str) -> Values:
        fault = self._control.engine.faults.add({"kind": kind.replace("-", "_")})
        return {"next": fault.kind, "id": fault.id}

    def _pushes(self, values: Values) -> Values:
        return self._control.pushes(values)

    def _set_pushes(self, values: Values) -> Values:
        return self._control.configure_pushes(values)

    def _forge(self, values: Values) -> Values:
        return self._control.forge(values)

    def _reset(self, values: Values) -> Values:
        return self._control.reset()

    def _endpoints(self, values: Values) -> Values:
        """What is answered and pushed, by the keys of the platform's reference."""
        return {"answers": sorted(ANSWERS), "pushes": list(PUSHED)}


def _failed(request: Request, values: Values, sentence: str, status: int) -> Response:
    if request.method == "POST" and _is_form(request):
        return _back(values, sentence)
    return _json({"error": sentence}, status)


def _values(request: Request) -> Values:
    """The query, with a JSON object or a form over it."""
    values: Values = dict(request.args.items())
    if request.method != "POST":
        return values
    if _is_form(request):
        return {**values, **request.form.to_dict()}
    body = request.get_data()
    found = json.loads(body) if body.strip() else {}
    if isinstance(found, list):
        found = {"faults": found}
    if not isinstance(found, dict):
        raise ValueError("the body is not a JSON object")
    return {**values, **found}


def _is_form(request: Request) -> bool:
    return (request.mimetype or "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    )


def _is_local(request: Request) -> bool:
    try:
        local = ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        local = False
    return local and request.headers.get("Sec-Fetch-Site", "none") != "cross-site"


def _back(values: Values, sentence: str) -> Response:
    """Back to the page, where the sentence is shown."""
    kept = {name: str(values[name]) for name in ("text", "order") if values.get(name)}
    query = urlencode({**kept, "said": sentence})
    anchor = str(values.get("anchor") or "")
    tail = f"#{anchor}" if anchor.isalnum() else ""
    return Response(status=303, headers={"Location": f"/_sandbox/?{query}{tail}"})


def _json(body: Any, status: int = 200) -> Response:
    return Response(dump(body), status, content_type="application/json;charset=UTF-8")


def _html(page: str, status: int = 200) -> Response:
    headers = {
        "Content-Security-Policy": CSP,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cache-Control": "no-store",
    }
    return Response(page, status, headers=headers, content_type="text/html;charset=utf-8")
