"""Where every message of a citizen comes in, whichever channel brought it."""

from enum import IntEnum

from bot.clock import Clock
from bot.post.duty import Duty, is_tap
from bot.taking.allowance import Allowance
from bot.taking.flood import Flood, Pace
from bot.taking.turns import Taken, Turns
from bot.taking.village_line import VillageLine
from conversations.messages import Inbound
from conversations.village.lines import is_line
from storage.store import StoreUnavailable

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
        self.counts = dict.fromkeys((*(taken.value for taken in Taken), *TURNED_AWAY), 0)

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
        match self._flood.pace(inbound.sender, self._clock.now()):
            case Pace.PASS_OVER:
                self.counts["flooded"] += 1
                return Received.COMMITTED
            case Pace.ASK_FOR_PATIENCE:
                return await self._ask_for_patience(inbound)
            case Pace.ANSWER:
                return await self._answer(inbound)

    async def _answer(self, inbound: Inbound) -> Received:
        try:
            taken = await self._take(inbound)
        except StoreUnavailable:
            self.counts["refused"] += 1
            return self._again(inbound)
        self.counts[taken.value] += 1
        return self._again(inbound) if taken is Taken.CROWDED else Received.COMMITTED

    async def _take(self, inbound: Inbound) -> Taken:
        if is_tap(inbound):
            return await self._turns.survive(inbound, self._duty.take)
        if self._village is not None and is_line(inbound):
            form = await self._village.form(inbound)
            if form is None:
                return await self._turns.survive(inbound, self._village.take)
            return await self._turns.take(form)
        return await self._turns.take(inbound)

    async def _ask_for_patience(self, inbound: Inbound) -> Received:
        self.counts["flooded"] += 1
        try:
            taken = await self._turns.excuse(inbound, "door.slow_down")
        except StoreUnavailable:
            taken = Taken.CROWDED
        return self._again(inbound) if taken is Taken.CROWDED else Received.COMMITTED

    def _again(self, inbound: Inbound) -> Received:
        """Ask for another delivery, which then does not count against the sender."""
        self._flood.forgive(inbound.sender)
        return Received.DELIVER_AGAIN
