"""Words people search by that sellers do not write: each stands for the listed ones as well."""

from __future__ import annotations

_TABLE = """\
杯子: 马克杯 保温杯 玻璃杯 水杯
"""

SYNONYMS: dict[str, tuple[str, ...]] = {
    word: tuple(others.split())
    for word, others in (line.split(": ") for line in _TABLE.splitlines())
}
