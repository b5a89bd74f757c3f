"""supervisord, as `make run` wants it: a closed terminal ends the desk too.

supervisord itself takes SIGHUP for "start everything again", which would leave all of it running
with nobody to press Ctrl-C. Run as a file, not as a module, so that it imports nothing of ours.
"""

from __future__ import annotations

import signal
from pathlib import Path

from supervisor.options import ServerOptions
from supervisor.supervisord import go

CONFIGURATION = Path(__file__).with_name("supervisord.conf")


class Options(ServerOptions):  # type: ignore[misc]
    """As supervisord's, but for SIGHUP."""

    def get_signal(self) -> int | None:
        received: int | None = super().get_signal()
        return signal.SIGTERM if received == signal.SIGHUP else received


if __name__ == "__main__":
    options = Options()
    options.realize(["-c", str(CONFIGURATION)], doc=__doc__)
    options.first = True
    options.test = False
    go(options)
