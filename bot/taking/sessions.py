"""The conversations under way, kept in memory as long as the store agrees."""

from msgspec.structs import replace

from conversations import at_hand, codec
from conversations.hearing.tongue import begun_in
from conversations.messages import Address, Inbound
from conversations.say import LANGUAGES
from conversations.session import Session
from conversations.turn import Event
from storage.store import Store
from storage.upkeep.moving import News

REMEMBERED = 20_000  # conversations held in memory; the store holds all of them


class Sessions:
    """Reads sessions through a cache. A stale one costs a lost race, never a wrong answer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[Address, tuple[int, Session]] = {}

    def at_hand(self, citizen: Address) -> tuple[int, Session] | None:
        """Return the session with *citizen* and its version where memory holds it."""
        return self._known.get(citizen)

    async def of(self, citizen: Address, heard: Inbound | Event) -> tuple[int, Session]:
        """Return the session with *citizen* and its version, 0 for a new one."""
        if known := self._known.get(citizen):
            return known
        stored = await self._store.session(citizen) or await self._under_another(heard)
        if stored is None:
            inbound = heard if isinstance(heard, Inbound) else None
            language = begun_in(inbound.text, inbound.language) if inbound else None
            return 0, codec.fresh(citizen, language)
        version, body = stored
        return version, codec.load(body, citizen)

    async def _under_another(self, heard: Inbound | Event) -> tuple[int, bytes] | None:
        """Return what was said under another address of theirs, which is theirs from now on."""
        also = heard.also if isinstance(heard, Inbound) else None
        if also is None or not isinstance(heard, Inbound) or not await self._store.is_known(also):
            return None
        await self.move(also, heard.sender)
        return await self._store.session(heard.sender)

    async def move(self, old: Address, new: Address, news: News | None = None) -> None:
        """Give *new* all that is kept of whoever had *old*, as *news* told if any did."""
        await self._store.move_address(old, new, news)
        self.forget(old)
        self.forget(new)

    async def known(self, citizen: Address) -> Session | None:
        """Return the session with *citizen* as it stands; None where nothing was ever said."""
        if known := self._known.get(citizen):
            return known[1]
        stored = await self._store.session(citizen)
        return codec.load(stored[1], citizen) if stored else None

    def language_of(self, citizen: Address) -> str:
        """Return the language to speak with *citizen* without asking the store for it."""
        known = self._known.get(citizen)
        return known[1].language if known else LANGUAGES[0]

    def keep(self, citizen: Address, version: int, session: Session) -> None:
        """Remember what was just committed."""
        self._known.pop(citizen, None)
        self._known[citizen] = (version, session)
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]

    def part(self, citizen: Address, session: Session) -> None:
        """Forget *session*, which the store did, and its words; not that *citizen* wrote just now.

        Held here alone, that lets WhatsApp take our last word as an answer, not as news.
        """
        at_hand.let_go()
        stranger = codec.fresh(citizen, session.language)
        self.keep(citizen, 0, replace(stranger, seen=session.seen))

    def forget(self, citizen: Address) -> None:
        """Read *citizen*'s session afresh next time."""
        self._known.pop(citizen, None)
