"""A request made ready: address, query and body, so that each attempt only has to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from xport.client.codec import encode, to_json
from xport.client.config import ClientConfig
from xport.client.endpoint import Endpoint
from xport.client.errors import InvalidRequest
from xport.client.wire import Misfit


@dataclass(frozen=True, slots=True)
class Call:
    """A request ready to be signed as often as needed. Not printed: it may hold an address."""

    key: str
    method: str
    url: str
    body: bytes | None

    def __repr__(self) -> str:
        return f"<Call of {self.key}>"


def call_of(config: ClientConfig, endpoint: Endpoint[Any, Any], request: Any) -> Call:
    """The call of a declared endpoint. Raises InvalidRequest naming the field that does not fit."""
    if not isinstance(request, endpoint.request):
        raise TypeError(f"{endpoint.key} takes a {endpoint.request.__name__}")
    try:
        params = encode(request)
    except Misfit as misfit:
        where = ".".join(misfit.path)
        raise InvalidRequest(f"{endpoint.key}: {where}: {misfit.reason}") from None
    return raw_call(config, endpoint.key, endpoint.method, path_of(config, endpoint), params)


def path_of(config: ClientConfig, endpoint: Endpoint[Any, Any]) -> str:
    """The endpoint's path, or the one that the overrides name."""
    return config.overrides.paths.get(endpoint.key, endpoint.path)


def raw_call(
    config: ClientConfig, key: str, method: str, path: str, params: dict[str, Any]
) -> Call:
    """The call of any path: parameters in the query of a GET, else as a JSON body."""
    if "{" in path:
        path, params = _fill(key, path, params)
    url = config.base_url + path
    try:
        if method != "GET":
            return Call(key, method, url, to_json(params).encode())
        query = urlencode({name: _in_query(value) for name, value in params.items()})
    except UnicodeError:
        raise InvalidRequest(f"{key}: text that is not Unicode") from None
    except TypeError as error:
        raise InvalidRequest(f"{key}: {error}") from None
    return Call(key, method, f"{url}?{query}" if query else url, None)


def _fill(key: str, path: str, params: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Puts parameters into the path's `{name}` places and takes them out of the rest."""
    left = dict(params)
    for name, value in params.items():
        place = "{" + name + "}"
        if place in path:
            text = str(value)
            if not text or set(text) <= {"."}:
                raise InvalidRequest(f"{key}: {name} cannot stand in a path")
            path = path.replace(place, quote(text, safe=""))
            del left[name]
    if "{" in path:
        raise InvalidRequest(f"{key}: the path needs {path[path.index('{') :]}")
    return path, left


def _in_query(value: Any) -> str:
    return value if isinstance(value, str) else to_json(value)
