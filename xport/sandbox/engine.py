"""The parts of one sandbox, put together. Holds no rules of its own.

Answers, the timetable and the other side's page all receive the engine and use its parts.
"""

from __future__ import annotations

from .clock import WorldClock
from .faults import Faults
from .ledger import Ledger
from .market import Market
from .options import Options
from .orders import OrderBook
from .outbox import Outbox
from .state import State
from .users import Users
from .world import World


class Engine:
    """State, clock, world and everything that stands on them."""

    def __init__(self, options: Options, world: World | None = None) -> None:
        self.options = options
        self.state = State(options.state)
        self.clock = WorldClock(self.state)
        self.world = world or World.generate()
        self.market = Market(self.world, self.state, self.clock)
        self.users = Users(self.state, options.users)
        self.ledger = Ledger(self.state)
        self.orders = OrderBook(self.state)
        self.faults = Faults(self.state, options.faults)
        self.outbox = Outbox(self.state, self.faults, options)
        self.public_url = (options.public_url or f"http://{options.host}:{options.port}").rstrip(
            "/"
        )

    def reset(self) -> None:
        """Forget everything that happened; the world is as on its first day."""
        self.state.clear()
        self.clock.set_offset(0)
        self.users.seed()
        self.faults.reload()
        self.market.reload()

    def picture(self, name: str | None, size: int | None = None) -> str | None:
        """The address under which the sandbox draws a picture."""
        if name is None:
            return None
        return f"{self.public_url}/img/{name}" + (f"?size={size}" if size else "")

    def close(self) -> None:
        """Write everything down."""
        self.state.close()
