"""Where every message of a citizen comes in, whichever channel brought it."""

from collections.abc import Awaitable
from enum import IntEnum

from bot.clock import Clock
from bot.post.duty import Duty, is_tap
from bot.taking.allowance import Allowance
from bot.taking.flood import Flood, Pace
from bot.taking.turns import Taken, Turns
from bot.taking.village_line import VillageLine
from conversations.messages import Inbound
from conversations.village.lines import is_line
from storage.database.errors import StoreUnavailable

TURNED_AWAY = ("refused", "flooded", "unserved")


class Received(IntEnum):
    """The answer to whoever delivered the message, as HTTP says it."""

    COMMITTED = 200
    DELIVER_AGAIN = 503


class Door:
    """Lets a message in once it is committed, and asks for another delivery otherwise."""

    def __init__(
        self, turns: Turns, duty: Duty, flood: Flood, allowance: Allowance, clock: Clock
    ) -> None:
        self._turns = turns
        self._duty = duty
        self._flood = flood
        self._allowance = allowance
        self._clock = clock
        self._village: VillageLine | None = None
        self.counts = dict.fromkeys((*map(str, Taken), *TURNED_AWAY), 0)

    def meet(self, village: VillageLine) -> None:
        """Have *village* answer the lines of villages' people from now on."""
        self._village = village

    async def receive(self, inbound: Inbound) -> Received:
        """Take *inbound*'s turn; COMMITTED only when nothing of it can be lost any more.

        A text from where we answer nobody is counted, and passed over before anything else.
        """
        if not self._allowance.serves(inbound.sender):
            self.counts["unserved"] += 1
            return Received.COMMITTED
        pace = self._flood.pace(inbound.sender, self._clock.now())
        if pace is not Pace.ANSWER:
            return await self._slow_down(inbound, pace)
        try:
            taken = await self._turn(inbound)
        except StoreUnavailable:
            self.counts["refused"] += 1
            return self._again(inbound)
        self.counts[taken] += 1
        return self._again(inbound) if taken is Taken.CROWDED else Received.COMMITTED

    def _turn(self, inbound: Inbound) -> Awaitable[Taken]:
        """Return what answers *inbound*, with no coroutine of its own around it."""
        if is_tap(inbound):
            return self._turns.survive(inbound, self._duty.take)
        if self._village is not None and is_line(inbound):
            return self._village_turn(self._village, inbound)
        return self._turns.take(inbound)

    async def _village_turn(self, village: VillageLine, inbound: Inbound) -> Taken:
        form = await village.form(inbound)
        if form is None:
            return await self._turns.survive(inbound, village.take)
        return await self._turns.take(form)

    async def _slow_down(self, inbound: Inbound, pace: Pace) -> Received:
        self.counts["flooded"] += 1
        if pace is Pace.PASS_OVER:
            return Received.COMMITTED
        try:
            taken = await self._turns.excuse(inbound, "door.slow_down")
        except StoreUnavailable:
            taken = Taken.CROWDED
        return self._again(inbound) if taken is Taken.CROWDED else Received.COMMITTED

    def _again(self, inbound: Inbound) -> Received:
        """Ask for another delivery, which then does not count against the sender."""
        self._flood.forgive(inbound.sender)
        return Received.DELIVER_AGAIN
