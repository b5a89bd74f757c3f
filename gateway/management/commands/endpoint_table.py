"""`manage.py endpoint_table`: the platform's reference and what of it is there."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict, fields
from typing import Any

from django.core.management.base import BaseCommand

from gateway.endpoint_table import Coverage, coverage, siblings

COLUMNS = tuple(item.name for item in fields(Coverage))


class Command(BaseCommand):
    """Prints every row, honest about what is missing."""

    help = (
        "Every entry of the platform's API reference: how it is called, whether it is declared,"
        " answered and pushed by the running sandbox (? where it does not run), and used by which"
        " module."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=("table", "json", "markdown"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        rows = coverage()
        if options["format"] == "json":
            self.stdout.write(
                json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=2)
            )
            return
        cells = [[_words(getattr(row, name)) for name in COLUMNS] for row in rows]
        if options["format"] == "markdown":
            self.stdout.write(_markdown(cells))
        else:
            self.stdout.write(_aligned(cells))
        declared = sum(row.declared for row in rows)
        self.stdout.write(f"\n{len(rows)} entries, {declared} declared.")
        self.stdout.write(f"Declared beside the reference: {', '.join(siblings()) or 'none'}.")


def _words(value: Any) -> str:
    if value is None:
        return "?"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _aligned(cells: list[list[str]]) -> str:
    lines = [list(COLUMNS), *cells]
    # Chinese titles take two columns a character on most terminals; the last column is free.
    widths = [max(_width(line[i]) for line in lines) for i in range(len(COLUMNS))]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if ord(mark) > 0x2E7F else 1 for mark in text)


def _markdown(cells: list[list[str]]) -> str:
    head = [f"| {' | '.join(COLUMNS)} |", "|" + " --- |" * len(COLUMNS)]
    body = [f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in cells]
    return "\n".join(head + body)
