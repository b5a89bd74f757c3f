"""The documents are true to the tree: links lead somewhere, named files and commands exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parent.parent
PAGES = [HOME / "README.md", HOME / "CONTRIBUTING.md", *sorted((HOME / "docs").rglob("*.md"))]
PICTURES = "docs/pictures/"  # taken by `make shots`


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(HOME)))
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))

    missing = [
        link
        for link in links
        if not link.startswith(PICTURES) and not (document.parent / link).resolve().exists()
    ]
    assert missing == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(HOME)))
def test_files_named_exist(document):
    named = re.findall(
        r"`((?:[\w.-]+/)+[\w.-]+\.(?:py|md|toml|conf|html))\b", document.read_text("utf-8")
    )

    assert [
        path for path in named if not any(HOME.glob(path)) and not any(HOME.glob(f"*/{path}"))
    ] == []


@pytest.mark.parametrize("document", PAGES, ids=lambda document: str(document.relative_to(HOME)))
def test_functions_named_are_in_their_files(document):
    named = re.findall(r"`([\w/]+\.py): (\w+)`", document.read_text(encoding="utf-8"))

    assert [
        (path, name)
        for path, name in named
        if f"def {name}(" not in (HOME / path).read_text(encoding="utf-8")
    ] == []


def test_commands_named_are_in_the_makefile():
    targets = set(re.findall(r"^([a-z0-9-]+):", (HOME / "Makefile").read_text(), re.MULTILINE))

    for document in PAGES:
        for command in re.findall(r"`make ([a-z0-9-]+)", document.read_text(encoding="utf-8")):
            assert command in targets, f"{document.name}: make {command}"
