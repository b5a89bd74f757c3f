"""What of the platform's reference the project covers, row by row, without flattering itself.

Declared comes from the declarations, used_by from our source, answered and pushed from the running
sandbox (asked over HTTP; None where it does not run). Printing is left to the command.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from django.apps import apps
from django.conf import settings

from xport.client.endpoints import ENDPOINTS, SECTIONS, Endpoint
from xport.client.navigation import NAVIGATION, Row

ENDPOINTS_MODULE = "xport.client.endpoints"
PUSH_PATH = "/callbacks/xport/<secret>/"
#: The pushed messages that xport.client.pushes reads: a marketplace's section, and a kind.
READ_PUSHES = frozenset(
    f"{section}.{kind}"
    for section in ("taobao_callback", "alibaba_callback")
    for kind in ("price_correction", "status_change", "refund")
)
SANDBOX_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Coverage:
    """One row of the reference. None means: cannot be told now."""

    key: str
    navigation: str
    direction: str
    method: str
    path: str
    retry: str
    known: str
    declared: bool
    answered_by_sandbox: bool | None
    pushed: bool | None
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sandbox:
    """What the running sandbox says of itself."""

    answers: frozenset[str]
    pushes: frozenset[str]


def coverage() -> list[Coverage]:
    """All rows of the reference, in its order."""
    sandbox, users = ask_sandbox(), used_by()
    return [_row(row, sandbox, users) for row in NAVIGATION]


def siblings() -> list[str]:
    """Keys that are declared without being in the reference."""
    listed = {row.key for row in NAVIGATION}
    return sorted(key for key in ENDPOINTS if key not in listed)


def _row(row: Row, sandbox: Sandbox | None, users: dict[str, set[str]]) -> Coverage:
    endpoint = ENDPOINTS.get(row.key)
    incoming = row.direction == "in"
    readable = row.key in READ_PUSHES
    return Coverage(
        key=row.key,
        navigation=row.navigation,
        direction=row.direction,
        method="POST" if incoming else (endpoint.method if endpoint else ""),
        path=PUSH_PATH if incoming else (endpoint.path if endpoint else ""),
        retry=endpoint.retry if endpoint else "",
        known=endpoint.known if endpoint else "",
        declared=readable if incoming else endpoint is not None,
        answered_by_sandbox=row.key in sandbox.answers if sandbox else None,
        pushed=row.key in sandbox.pushes if sandbox else None,
        used_by=tuple(sorted(users[PUSH_PATH if readable else row.key])),
    )


# -- the sandbox ----------------------------------------------------------------------------------


def ask_sandbox() -> Sandbox | None:
    """The keys it answers and pushes; None when it does not run. A live platform is not asked."""
    if not settings.XPORT_IS_PRACTICE:
        return None
    parts = urlsplit(settings.XPORT_BASE_URL)
    session = requests.Session()
    session.trust_env = False
    try:
        answer = session.get(
            f"{parts.scheme}://{parts.netloc}/_sandbox/endpoints",
            timeout=SANDBOX_SECONDS,
            allow_redirects=False,
        )
        found: dict[str, Any] = answer.json() if answer.ok else {}
        return Sandbox(frozenset(found["answers"]), frozenset(found["pushes"]))
    except (requests.RequestException, ValueError, KeyError, TypeError):
        return None
    finally:
        session.close()


# -- our own source -------------------------------------------------------------------------------


def used_by() -> dict[str, set[str]]:
    """Modules of our apps by the key of the endpoint they name; pushes stand under PUSH_PATH."""
    users: dict[str, set[str]] = defaultdict(set)
    for module, path in _sources():
        tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
        for key in endpoints_named(tree):
            users[key].add(module)
    return users


def _sources() -> Iterator[tuple[str, Path]]:
    """Modules of the apps in this checkout, commands and migrations left out."""
    root = Path(settings.BASE_DIR)
    for config in apps.get_app_configs():
        folder = Path(config.path)
        if folder.parent != root:
            continue
        for path in sorted(folder.rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            if not {"migrations", "management"} & set(parts) and parts[-1] != Path(__file__).stem:
                yield ".".join(part for part in parts if part != "__init__"), path


def endpoints_named(tree: ast.AST) -> set[str]:
    """Keys of the endpoints that a module reaches by attribute, by name, or through `raw`."""
    constants = {
        f"{section.__name__}.{name}": thing.key
        for section in SECTIONS
        for name, thing in vars(section).items()
        if isinstance(thing, Endpoint)
    }
    names = _imports(tree)
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, (ast.Attribute, ast.Name)):
            key = constants.get(_dotted(node, names))
            if key:
                found.add(key)
        if isinstance(node, ast.Call) and node.args and isinstance(node.func, ast.Attribute):
            first = node.args[0]
            if node.func.attr == "raw" and isinstance(first, ast.Constant):
                found.update(key for key in ENDPOINTS if key == first.value)
    if {"parse_push", "read_push"} & {full.rpartition(".")[2] for full in names.values()}:
        found.add(PUSH_PATH)
    return found


def _imports(tree: ast.AST) -> dict[str, str]:
    """Local names and the full names they stand for."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                name = alias.asname or alias.name.partition(".")[0]
                names[name] = alias.name if alias.asname else name
    return names


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        before = _dotted(node.value, names)
        return f"{before}.{node.attr}" if before else ""
    return ""
