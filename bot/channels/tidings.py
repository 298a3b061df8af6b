"""What channels tell us besides messages: receipts, and addresses that change."""

from collections.abc import Awaitable, Callable

from bot.door import Received
from bot.taking.turns import Turns
from handlers.arrival import Receipt, Renumbered
from storage.database.errors import StoreUnavailable

Note = Callable[[Receipt], Awaitable[int]]


class Tidings:
    """Takes each once it is kept, and asks for another delivery otherwise.

    *note* keeps receipts; without it they are passed over.
    """

    def __init__(self, turns: Turns, note: Note | None = None) -> None:
        self._turns = turns
        self._note = note

    async def take(self, news: Receipt | Renumbered) -> int:
        """Keep *news* and return the HTTP status it earns."""
        if isinstance(news, Receipt):
            return await self._note(news) if self._note else Received.COMMITTED
        try:
            for old in news.olds:
                await self._turns.follow(old, news)
        except StoreUnavailable:
            return Received.DELIVER_AGAIN
        return Received.COMMITTED
