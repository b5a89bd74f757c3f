"""The other side of the wire: a stand-in of the whole platform, served over HTTP.

`python -m xport.sandbox` starts it; tests use `running_sandbox`. It is an opponent, not a mirror:
strict at the door, forgetful where the contract names no key, and as troublesome as it is told.
"""

from .app import Sandbox
from .options import PRACTICE_KEY, PRACTICE_SECRET, Options, UserSeed
from .server import running_sandbox, serve

__all__ = [
    "PRACTICE_KEY",
    "PRACTICE_SECRET",
    "Options",
    "Sandbox",
    "UserSeed",
    "running_sandbox",
    "serve",
]
