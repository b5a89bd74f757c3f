"""Writes of the border: commands (queue, claim, settle, resolve) and the push inbox."""

from gateway.services.queueing import Duplicate, queue, undo

__all__ = ["Duplicate", "queue", "undo"]
