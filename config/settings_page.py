"""Writes docs/reference/settings.md from `.env.example`; `--check` only says whether it is current.

`.env.example` itself is compared with config/settings.py by tests/test_settings.py.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

HOME = Path(__file__).resolve().parent.parent
SOURCE = HOME / ".env.example"
PAGE = HOME / "docs" / "reference" / "settings.md"
INTRODUCTION = """\
# Settings

Made from [.env.example](../../.env.example) by `make reference`; change it there. A setting comes
from the environment or from `.env`, and the environment wins. Any `NAME` may come as `NAME_FILE`
instead: the path of a file that holds the value.
"""


@dataclass(frozen=True)
class Setting:
    """One line of .env.example; settings that share a comment share `words`."""

    section: str
    name: str
    default: str
    words: str


def read_example(text: str) -> list[Setting]:
    """The settings of an .env.example, in its order."""
    settings: list[Setting] = []
    section, words = "", ""
    for line in text.splitlines():
        if heading := re.fullmatch(r"# --- (.+) ---", line):
            section, words = heading[1], ""
        elif setting := re.fullmatch(r"#?([A-Z][A-Z0-9_]*)=(.*)", line):
            settings.append(Setting(section, setting[1], setting[2], words.strip()))
        elif line.startswith("# "):
            words += line[1:]
        elif not line:
            words = ""
    return settings


def page(settings: list[Setting]) -> str:
    """The whole reference page."""
    parts, section = [INTRODUCTION], ""
    for setting in settings:
        if setting.section != section:
            section = setting.section
            parts.append(f"\n## {section}\n\n| setting | default | what it does |\n|---|---|---|\n")
        default = f"`{setting.default}`" if setting.default else "–"
        parts.append(f"| `{setting.name}` | {default} | {setting.words} |\n")
    return "".join(parts)


def main() -> int:
    wanted = page(read_example(SOURCE.read_text(encoding="utf-8")))
    if "--check" not in sys.argv:
        PAGE.write_text(wanted, encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != wanted:
        sys.stderr.write(f"{PAGE.relative_to(HOME)} is out of date: run `make reference`.\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
