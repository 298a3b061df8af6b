"""Where somebody is reached who has several addresses: where they wrote last, else the next."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.sending.elsewhere import Stranded
from casework.citizen.held import NEVER, TRUSTED, held_until
from casework.ticket.receipts import is_news
from conversations.messages import Address, Channel
from conversations.session import Session
from storage.store import Store


class Known(Protocol):
    """Whoever knows the conversations."""

    async def known(self, citizen: Address) -> Session | None:
        """Return the conversation with *citizen*, None where there is none."""
        ...


class Reaching:
    """Chooses among a person's own addresses; each was linked by proof.

    *open_channels* are those that can be sent to. Until it meets the conversations it knows
    nobody's other addresses. May raise StoreUnavailable.
    """

    def __init__(self, store: Store, open_channels: Collection[Channel]) -> None:
        self._store = store
        self._open = open_channels
        self._conversations: Known | None = None

    def meet(self, conversations: Known) -> None:
        """Ask *conversations* from now on when somebody wrote."""
        self._conversations = conversations

    async def best(self, address: Address) -> Address:
        """Return where whoever has *address* wrote last: news goes there."""
        others = await self._others(address, ())
        return await self._latest((address, *others)) if others else address

    async def elsewhere(self, stranded: Stranded) -> Address | None:
        """Return where else *stranded* may go; an answer in a conversation stays where that is."""
        if not is_news(stranded.about):
            return None
        others = await self._others(stranded.failed[-1], stranded.failed)
        return await self._latest(others) if others else None

    async def _latest(self, addresses: Sequence[Address]) -> Address:
        """Return where somebody wrote last; where they never did, the first."""
        wrote = [await self._wrote(one) for one in addresses]
        return addresses[wrote.index(max(wrote))]

    async def _others(self, address: Address, failed: Collection[Address]) -> tuple[Address, ...]:
        """Return the other addresses of whoever has *address* that can be tried."""
        found = await self._store.linked_to(address)
        return tuple(one for one in found if one.channel in self._open and one not in failed)

    async def _wrote(self, address: Address) -> datetime:
        """Return when somebody wrote from *address*, as far as it is still theirs.

        A silent telephone number is somebody else's some day: what is written from it long after
        it was proven says nothing of whoever proved it.
        """
        if self._conversations is None:
            return NEVER
        session = await self._conversations.known(address)
        seen = (session.seen or NEVER) if session else NEVER
        until = await held_until(self._store, address)
        return seen if seen <= until else max(NEVER, until - TRUSTED)
