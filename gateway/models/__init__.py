"""Tables of this app, one module a noun."""

from gateway.models.channel import ChannelHour
from gateway.models.command import CommandAttempt, RemoteCommand
from gateway.models.cursor import SyncCursor
from gateway.models.mark import PlatformMark
from gateway.models.push import PushMessage

__all__ = [
    "ChannelHour",
    "CommandAttempt",
    "PlatformMark",
    "PushMessage",
    "RemoteCommand",
    "SyncCursor",
]
