"""Draws the pages for people from the templates in pages/."""

from __future__ import annotations

from pathlib import Path

from .control import Control, Values
from .orders import Order

FOLDER = Path(__file__).with_name("pages")


def style() -> str:
    return (FOLDER / "style.css").read_text(encoding="utf-8")


def overview(control: Control, values: Values) -> str:
    return "<!doctype html>"


def cashier(order: Order, token: str, said: str) -> str:
    return "<!doctype html>"


def cashier_unknown() -> str:
    return "<!doctype html>"
