"""Whether this database's demo data is being made, or finished: a small file beside the data.

It is written by `config.start` around the demo command. Data without a mark is nobody's to throw
away; a mark that says "making" and no process making it is a demo that was interrupted.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import connection

State = Literal["", "making", "finished"]


def _path() -> Path:
    return Path(settings.VAR_DIR) / "demo.json"


def database_name() -> str:
    """Which database the mark is about, without user or password."""
    values = connection.settings_dict
    return f"{values['HOST']}:{values['PORT']}/{values['NAME']}"


def state() -> State:
    """The mark of the database in use; "" where there is none, or it is about another one."""
    try:
        mark = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    if not isinstance(mark, dict) or mark.get("database") != database_name():
        return ""
    found = mark.get("state")
    return found if found in ("making", "finished") else ""


def write(state: State) -> None:
    """Set the mark; "" removes it."""
    path = _path()
    if not state:
        path.unlink(missing_ok=True)
        return
    part = path.with_suffix(".part")
    part.write_text(json.dumps({"state": state, "database": database_name()}), encoding="utf-8")
    part.replace(path)
