"""`.env.example` and the reference page say what config/settings.py reads: no more, no less."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from config.settings_page import PAGE, SOURCE, page, read_example

HOME = Path(__file__).resolve().parent.parent
EXAMPLE = read_example(SOURCE.read_text(encoding="utf-8"))


def settings_read() -> dict[str, object]:
    """Names that config/settings.py reads from the environment; the default where it is literal."""
    found: dict[str, object] = {}
    for node in ast.walk(ast.parse((HOME / "config" / "settings.py").read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if not (isinstance(node.func.value, ast.Name) and node.func.value.id == "env"):
            continue
        if node.args and isinstance(node.args[0], ast.Constant):
            defaults = [word.value for word in node.keywords if word.arg == "default"]
            literal = defaults and isinstance(defaults[0], ast.Constant)
            found[node.args[0].value] = defaults[0].value if literal else ...
    return found


def load_settings(*expressions: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Import config.settings in a process of its own and print the expressions."""
    code = "from config import settings as s\n" + "\n".join(f"print({e})" for e in expressions)
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOME,
        env=kept | {"IGNORE_DOTENV": "1"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_setting_read_is_in_the_example():
    assert set(settings_read()) - {setting.name for setting in EXAMPLE} == set()


def test_the_example_lists_nothing_that_is_not_read():
    assert {setting.name for setting in EXAMPLE} - set(settings_read()) == set()


def test_no_setting_is_listed_twice_or_without_words():
    names = [setting.name for setting in EXAMPLE]

    assert len(names) == len(set(names))
    assert [setting.name for setting in EXAMPLE if len(setting.words) < 10] == []


def test_the_example_shows_the_real_defaults():
    read = settings_read()

    def spelled(value: object) -> str:
        return str(value).lower() if isinstance(value, bool) else str(value)

    different = {
        setting.name: (setting.default, read[setting.name])
        for setting in EXAMPLE
        if read.get(setting.name, ...) is not ... and setting.default != spelled(read[setting.name])
    }
    assert different == {}


def test_the_example_loads_as_it_stands(tmp_path):
    values = {setting.name: setting.default for setting in EXAMPLE}
    values |= {"SECRET_KEY": "x" * 50, "IGNORE_DOTENV": "true", "VAR_DIR": str(tmp_path)}

    loaded = load_settings("s.XPORT_IS_PRACTICE", "s.PORT", **values)

    assert loaded.stdout.split() == ["True", "8000"], loaded.stderr


def test_the_reference_page_is_current():
    assert PAGE.read_text(encoding="utf-8") == page(EXAMPLE)


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({}, "SECRET_KEY is empty"),
        ({"XPORT_ACCESS_KEY": "k"}, "Only one of XPORT_ACCESS_KEY and XPORT_ACCESS_SECRET"),
        ({"XPORT_ACCESS_SECRET": "s"}, "Only one of XPORT_ACCESS_KEY and XPORT_ACCESS_SECRET"),
        ({"XPORT_BASE_URL": "https://platform.example.com/api"}, "XPORT_ACCESS_SECRET are empty"),
        ({"XPORT_TIMESTAMP_UNIT": "minutes"}, "must be s or ms"),
        ({"COMMAND_CALL_SECONDS": "60"}, "must be well under COMMAND_LEASE_SECONDS"),
    ],
)
def test_what_cannot_work_is_refused_with_a_sentence(environment, sentence, tmp_path):
    key = {"SECRET_KEY": "x" * 50} if environment else {}

    loaded = load_settings(VAR_DIR=str(tmp_path), **key, **environment)

    assert loaded.returncode != 0
    assert sentence in loaded.stderr


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "secret").write_text("from-a-file")

    loaded = load_settings(
        "s.SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "secret"), VAR_DIR=str(tmp_path)
    )

    assert loaded.stdout.strip() == "from-a-file", loaded.stderr


def test_an_https_address_makes_cookies_secure_and_answers_its_own_host(tmp_path):
    loaded = load_settings(
        "s.SESSION_COOKIE_SECURE",
        "s.CSRF_COOKIE_SECURE",
        "'desk.example.com' in s.ALLOWED_HOSTS",
        SECRET_KEY="x" * 50,
        SITE_URL="https://desk.example.com/",
        VAR_DIR=str(tmp_path),
    )

    assert loaded.stdout.split() == ["True"] * 3, loaded.stderr
