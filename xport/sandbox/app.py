"""The application: finds out what was called, lets it through the door, adds trouble, answers.

The platform lives under the prefix; `/_sandbox/` (control.py), `/cashier/` and `/img/` are this
sandbox's own.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterable
from typing import Any

from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from xport.client.endpoints import ENDPOINTS

from . import control, envelope, images, people, timetable
from .answers import ANSWERS, Call
from .door import Door, Visitor
from .engine import Engine
from .envelope import Refusal
from .faults import AFTER, BEFORE, Fault
from .ledger import Cause
from .options import Options
from .pushes import Postman
from .world import World

log = logging.getLogger(__name__)
LIST_KEYS = ("taobao_order.purchase_page", "alibaba_order.page")


class Sandbox:
    """One stand-in of the platform, as a WSGI application."""

    def __init__(self, options: Options, world: World | None = None) -> None:
        self.options = options
        self.engine = Engine(options, world)
        self.door = Door(options, self.engine.state, self.engine.users)
        self.postman = Postman(self.engine)
        self.pictures = images.Pictures(options.state)
        self.control = control.Control(self.engine, self.postman)
        self.people = people.People(self.control)
        self._closing = threading.Event()
        self._shifts = 0
        self._routes = Map(_rules(options.prefix))

    @property
    def base_url(self) -> str:
        """Where the platform's API begins, prefix included."""
        return f"http://{self.options.host}:{self.options.port}{self.options.prefix}"

    @property
    def root_url(self) -> str:
        """Where the sandbox's own pages begin."""
        return f"http://{self.options.host}:{self.options.port}"

    def start(self) -> None:
        """Let time pass and messages go out."""
        self.postman.start()

    def close(self) -> None:
        """Stop the background thread, wake whoever waits in a fault, write everything down."""
        self._closing.set()
        self.postman.stop()
        self.engine.close()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """WSGI."""
        request = Request(environ)
        try:
            response = self._respond(request)
        except HTTPException as error:
            response = error.get_response(environ)
        except Exception:
            # The platform, too, answers with an envelope when something of its own breaks.
            log.exception("the sandbox broke on %s", request.path)
            response = _refused(Refusal(envelope.BROKEN, "系统异常", 500))
        return response(environ, start_response)

    def _respond(self, request: Request) -> Response:
        if request.path.startswith("/_sandbox"):
            return self.people.respond(request)
        if request.path.startswith("/cashier/"):
            return self.people.cashier(request)
        if request.path.startswith("/img/"):
            return self.pictures.respond(request)
        if request.path == "/favicon.ico":
            return Response(status=204)
        if request.path == "/":
            return Response(status=302, headers={"Location": "/_sandbox/"})
        return self._platform(request)

    def _platform(self, request: Request) -> Response:
        if self.options.latency_ms:
            self._wait(self.options.latency_ms / 1000)
        try:
            visitor = self.door.admit(request.headers)
            key, path_params = self._routed(request)
            params = {**_params(request), **path_params}
        except Refusal as refusal:
            return _refused(refusal)
        return self._troubled(key, params, visitor)

    def _routed(self, request: Request) -> tuple[str, dict[str, Any]]:
        try:
            endpoint, values = self._routes.bind("").match(request.path, request.method)
        except MethodNotAllowed as error:
            allowed = "/".join(sorted(set(error.valid_methods or ()) - {"HEAD", "OPTIONS"}))
            message = f"请求方法不支持,应为{allowed}"
            raise Refusal(envelope.MALFORMED, message, 405) from error
        except (NotFound, HTTPException) as error:
            raise Refusal(envelope.NOT_FOUND, f"接口不存在: {request.path}", 404) from error
        return str(endpoint), dict(values)

    def _troubled(self, key: str, params: dict[str, Any], visitor: Visitor) -> Response:
        """The call with the faults that strike it, before and after its effect."""
        struck = self.engine.faults.strike(key)
        for fault in struck:
            if fault.when == BEFORE and (response := self._trouble(fault, None)):
                return response
        response = self._answered(key, params, visitor, struck)
        self.postman.wake()
        for fault in struck:
            if fault.when == AFTER and (changed := self._trouble(fault, response)):
                return changed
        return response

    def _answered(
        self, key: str, params: dict[str, Any], visitor: Visitor, struck: list[Fault]
    ) -> Response:
        engine = self.engine
        request_id = envelope.new_request_id()
        try:
            now = engine.clock.now()
            if not key.endswith(("_product.search", "_product.get", "_product.detail")):
                # Apart from the call: a refusal must not undo what time has done.
                timetable.settle(engine, now)
            with engine.state.transaction():
                as_of, shift = self._list_trouble(key, struck, now)
                call = Call(
                    engine=engine,
                    user=visitor.user,
                    params=params,
                    cause=Cause(request_id, visitor.nonce),
                    now=now,
                    as_of=as_of,
                    shift=shift,
                )
                data = ANSWERS[key](call)
        except Refusal as refusal:
            return _refused(refusal, request_id)
        return _json(envelope.pack(request_id, data))

    def _list_trouble(self, key: str, struck: list[Fault], now: int) -> tuple[int | None, int]:
        as_of: int | None = None
        shift = 0
        for fault in struck:
            if key in LIST_KEYS and fault.kind == "stale_list":
                as_of = now - round(fault.seconds * 1000)
            elif key in LIST_KEYS and fault.kind == "shifting_list":
                self._shifts += 1
                shift = -1 if self._shifts % 2 else 1
        return as_of, shift

    def _trouble(self, fault: Fault, answered: Response | None) -> Response | None:
        """What a fault makes of a call; None where the call goes on as it was."""
        kind = fault.kind
        if kind == "slow":
            self._wait(fault.seconds)
            return None
        if kind == "timeout":
            self._wait(fault.seconds)
            return _cut("all")
        if kind == "cut":
            return _cut("all")
        if kind == "half" and answered is not None:
            answered.headers["X-Cut"] = "half"
            return answered
        if kind == "unreadable":
            return Response(b'{"requestId":"0f3c\xff\xfe","code":2', content_type="text/html")
        if kind == "error":
            return _refused(Refusal(fault.code, fault.message))
        if kind.startswith("http_"):
            status = fault.status if kind == "http_500" else int(kind.removeprefix("http_"))
            return _bare(status)
        if kind == "redirect":
            moved = f"{self.options.prefix.rstrip('/')}/moved"
            return Response(status=307, headers={"Location": moved})
        return None

    def _wait(self, seconds: float) -> None:
        self._closing.wait(seconds)


def _rules(prefix: str) -> list[Rule]:
    rules = []
    for key, endpoint in ENDPOINTS.items():
        if key in ANSWERS:
            path = endpoint.path.replace("{", "<").replace("}", ">")
            methods = [endpoint.method]
            rules.append(Rule(prefix.rstrip("/") + path, endpoint=key, methods=methods))
    return rules


def _params(request: Request) -> dict[str, Any]:
    """The query of a GET, the JSON object of a POST. Big numbers stay exact."""
    if request.method == "GET":
        return dict(request.args.items())
    body = request.get_data()
    if not body:
        return {}
    try:
        found = json.loads(body)
        if b"\\ud" in body.lower():
            json.dumps(found, ensure_ascii=False).encode()  # half a character is no text
    except (ValueError, RecursionError) as error:
        raise Refusal(envelope.MALFORMED, "请求体不是合法的JSON") from error
    if not isinstance(found, dict):
        raise Refusal(envelope.MALFORMED, "请求体应为JSON对象")
    return found


def _json(body: bytes, status: int = 200) -> Response:
    return Response(body, status=status, content_type="application/json;charset=UTF-8")


def _refused(refusal: Refusal, request_id: str | None = None) -> Response:
    body = envelope.pack_refusal(
        request_id or envelope.new_request_id(), refusal.code, refusal.message
    )
    return _json(body, refusal.status)


def _bare(status: int) -> Response:
    """What a proxy in front of the platform would say."""
    response = Response(f"<html><body>{status}</body></html>", status, content_type="text/html")
    if status == 429:
        response.headers["Retry-After"] = "1"
    return response


def _cut(how: str) -> Response:
    return Response(b"", headers={"X-Cut": how})
