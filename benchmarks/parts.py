"""What small parts cost: the shared call limit, a search in the sandbox, a step of its clock.

Prints medians; nothing is asserted. `python -m benchmarks.parts`.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def median_ms(what: Callable[[], object], times: int) -> float:
    """Median of so many runs, in milliseconds."""
    spans = []
    for _ in range(times):
        started = time.perf_counter()
        what()
        spans.append(time.perf_counter() - started)
    return statistics.median(spans) * 1000


def main() -> None:
    from gateway.limits import SharedLimiter, sqlite_bucket
    from xport.sandbox import running_sandbox

    path = Path(tempfile.mkdtemp()) / "limits.sqlite3"
    limiter = SharedLimiter(lambda: sqlite_bucket(path, "calls", 100_000), per_second=100_000)
    print(
        f"a turn at the shared limit  {median_ms(lambda: limiter.acquire(timeout=1), 500):.3f} ms"
    )
    with running_sandbox() as sandbox:
        shelf = sandbox.engine.world.ali
        print(f"a search of the sandbox     {median_ms(lambda: shelf.search('杯子'), 200):.3f} ms")
        step = median_ms(lambda: sandbox.control.advance({"seconds": 3600}), 50)
        print(f"an hour of its clock        {step:.3f} ms")


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    import django

    django.setup()
    main()
