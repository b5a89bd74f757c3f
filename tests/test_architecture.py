"""The walls of docs/architecture.md as tests: arrows, marketplaces in their rooms, no shortcuts."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
ROOMS = ("accounts", "desk", "gateway", "catalog", "approvals", "procurement", "config")
TEMPLATES = sorted(
    path
    for folder in (HOME, *(HOME / room for room in ROOMS))
    for path in (folder / "templates").rglob("*.html")
)


def modules(*rooms: str) -> list[Path]:
    """Our own modules, without migrations."""
    return [
        path
        for room in rooms
        for path in sorted((HOME / room).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def found(paths: list[Path], pattern: str) -> list[str]:
    """`file:line text` of every line that matches."""
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(HOME)}:{number} {line.strip()}"
        for path in paths
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if wanted.search(line)
    ]


def test_the_arrows_between_rooms_hold():
    linter = Path(sys.executable).with_name("lint-imports")

    run = subprocess.run(
        [linter, "--no-cache"], cwd=HOME, capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout[-3000:]


# --- What differs between marketplaces lives in */marketplaces/ --------------------------------
def asks_which_marketplace(tree: ast.AST) -> Iterator[int]:
    """Lines that compare something called marketplace with one marketplace's name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(is_a_marketplace, sides)) and any(map(names_one, sides)):
                yield node.lineno
        elif isinstance(node, ast.Match) and is_a_marketplace(node.subject):
            yield node.lineno


def is_a_marketplace(node: ast.expr) -> bool:
    name = getattr(node, "attr", getattr(node, "id", ""))
    return "marketplace" in name.lower() and not name.lower().endswith("s") and not names_one(node)


def names_one(node: ast.expr) -> bool:
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str) and node.value != ""
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(map(names_one, node.elts))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return node.value.id == "Marketplace" and node.attr.isupper()
    return isinstance(node, ast.Attribute) and node.attr == "value" and names_one(node.value)


@pytest.mark.parametrize(
    "line",
    [
        "if marketplace == 'taobao': pass",
        "if order.marketplace == Marketplace.TAOBAO: pass",
        "if Marketplace.ALIBABA != line.marketplace: pass",
        "if order.marketplace in ('taobao', '1688'): pass",
        "if order.marketplace == Marketplace.TAOBAO.value: pass",
        "match order.marketplace:\n  case 'taobao': pass",
    ],
)
def test_a_question_about_one_marketplace_is_recognised(line):
    assert list(asks_which_marketplace(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "if cart.marketplace == line.marketplace: pass",
        "if marketplace in Marketplace.values: pass",
        "if marketplace == '': pass",
        "if marketplace in self.marketplaces: pass",
    ],
)
def test_other_comparisons_are_left_alone(line):
    assert not list(asks_which_marketplace(ast.parse(line)))


def test_only_adapters_ask_which_marketplace_it_is():
    asking = [
        f"{path.relative_to(HOME)}:{line}"
        for path in modules(*ROOMS)
        if "marketplaces" not in path.parts
        for line in asks_which_marketplace(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert asking == []


def test_templates_do_not_ask_which_marketplace_it_is():
    assert found(TEMPLATES, r"""{%\s*(el)?if[^%]*marketplace\s*[!=]=\s*["']""") == []


# --- Shortcuts that cost more than they save ----------------------------------------------------
def test_nothing_locks_rows_since_sqlite_would_ignore_it():
    assert found(modules(*ROOMS), r"select_for_update\s*\(") == []


def test_no_app_listens_to_django_signals():
    pattern = r"django\.(db\.models|core|test|contrib\.auth)\.signals|django\.dispatch"
    assert found(modules(*ROOMS), pattern) == []


def test_only_constants_are_called_safe_by_hand():
    calls = [
        (path, node)
        for path in modules(*ROOMS)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"mark_safe", "SafeString"}
    ]
    unsafe = [
        f"{path.relative_to(HOME)}:{node.lineno}"
        for path, node in calls
        if not (len(node.args) == 1 and isinstance(node.args[0], ast.Constant))
    ]
    assert unsafe == []
    # Made by libraries, of constants: Django's help texts (lists) and allauth's QR code.
    assert found(TEMPLATES, r"(?<!help_text)(?<!totp_svg)\|\s*safe\b|{%\s*autoescape\s+off") == []


def test_templates_keep_to_the_content_security_policy():
    inline = r"""<[^>]*\s(style|on[a-z]+)\s*=\s*["']|<style\b|javascript:"""

    assert found(TEMPLATES, inline) == []
    assert found(TEMPLATES, r"<script\b(?![^>]*\bsrc=)") == []


def test_static_modules_evaluate_nothing():
    scripts = sorted((HOME / "static" / "js").glob("*.js"))

    assert found(scripts, r"\beval\(|new Function\(|insertAdjacentHTML") == []


def test_every_module_says_what_it_is():
    silent = [
        str(path.relative_to(HOME))
        for path in modules(*ROOMS, "xport")
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []
