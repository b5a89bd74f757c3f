"""Memory of a running desk: the proportional set size (PSS) of supervisord and all below it.

PSS counts a page shared by n processes as 1/n each, so the sum is what the machine really gives.
`python benchmarks/memory.py [PID]`; without a PID, the desk started from this folder.
Exits with 1 above LIMIT. Linux only (/proc/<pid>/smaps_rollup).
"""

from __future__ import annotations

import sys
from pathlib import Path

LIMIT = 600.0  # MB
PIDFILE = Path(__file__).resolve().parent.parent / "var" / "supervisord.pid"


def tree(root: int) -> list[int]:
    """The process and everything below it, parents first."""
    found = [root]
    for pid in found:  # grows while it is walked
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            found += [int(child) for child in task.read_text().split()]
    return found


def pss(pid: int) -> float:
    """MB; 0 for a process that ended meanwhile."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return (
        sum(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")) / 1024
    )


def command(pid: int) -> str:
    """The command line, without the interpreter's path."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except FileNotFoundError:
        return "(ended)"
    return " ".join([Path(words[0]).name, *words[1:]])[:90]


def main() -> int:
    root = int(sys.argv[1]) if len(sys.argv) > 1 else int(PIDFILE.read_text())
    total = 0.0
    for pid in tree(root):
        size = pss(pid)
        total += size
        print(f"{size:8.1f} MB  {command(pid)}")
    print(f"{total:8.1f} MB  in all (limit {LIMIT:.0f})")
    return 1 if total > LIMIT else 0


if __name__ == "__main__":
    sys.exit(main())
