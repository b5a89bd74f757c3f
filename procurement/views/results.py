"""Results of a POST over many rows, shown once on the page it leads back to.

Kept in the session, so that the answer to the POST is a redirect: a reload or the Back button
repeats nothing. Failures are named, and exactly they stay ticked.
"""

from __future__ import annotations

from typing import Any, TypedDict

from django.http import HttpRequest


class Result(TypedDict):
    """One row's result. `pick` is the value of its tick box, kept where it failed."""

    title: str
    url: str
    sentence: str
    tone: str
    pick: str


def keep_results(request: HttpRequest, page: str, results: list[Result]) -> None:
    request.session[f"results:{page}"] = results


def take_results(request: HttpRequest, page: str) -> dict[str, Any]:
    """Context `results`, `ticked` (values of boxes) and `failures`; empty the second time."""
    results: list[Result] = request.session.pop(f"results:{page}", [])
    bad = [result for result in results if result["tone"] == "bad"]
    return {"results": results, "failures": len(bad), "ticked": {r["pick"] for r in bad}}
