"""The store: one door to the database, SQLite or PostgreSQL."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Self

import structlog
from msgspec import DecodeError

from conversations.messages import Address
from storage.audit.proving import Proving
from storage.cases.census import CensusReads
from storage.cases.earlier import EarlierReads
from storage.cases.followers import FollowerReads
from storage.cases.ledger import Ledger
from storage.cases.logs import LogReads
from storage.cases.parties import PartyReads
from storage.cases.persons import PersonReads
from storage.chats.asks import AskReads
from storage.chats.inbox import InboxReads
from storage.chats.linked import LinkReads
from storage.chats.looks import LookReads
from storage.chats.proofs import ProofReads
from storage.chats.sessions import SessionReads
from storage.chats.spending import SpendReads
from storage.chats.wishes import WishReads
from storage.console.case_notes import CaseNoteReads
from storage.console.holdings import HoldingReads
from storage.console.staff import StaffReads
from storage.console.staff_chats import StaffChatReads
from storage.console.staff_tries import TryReads
from storage.console.village import VillageReads
from storage.console.worklist import WorklistReads
from storage.database.engine import open_engine
from storage.database.errors import StoreOutdatedError, StoreUnavailable
from storage.database.ids import Ids
from storage.database.link import Engine
from storage.database.migrate import is_current
from storage.database.sealing import SealBroken, Sealer
from storage.database.writes import Pen
from storage.figures.counted import FigureReads
from storage.group_commit import GroupCommit
from storage.notes import NoteReads
from storage.onlooking import OnlookerReads
from storage.registry.families import FamilyReads
from storage.registry.importing import RegistryImport
from storage.registry.local import RegistryReads
from storage.replies import claims, workers
from storage.replies.ages import AgeReads
from storage.replies.claims import Claim
from storage.replies.deliveries import DeliveryReads
from storage.replies.enclosed import Past
from storage.replies.letters import LetterReads
from storage.replies.outbox import Claimed, OutboxItem, read_item
from storage.replies.parking import Parking
from storage.replies.sent import Fare, SentReads
from storage.replies.tolls import TollReads
from storage.shelf.arrivals import ArrivalReads
from storage.shelf.files import FileReads
from storage.timers import NewTimer, TimerReads
from storage.unit import Outcome, Unit
from storage.upkeep.housekeeping import Housekeeping
from storage.upkeep.key_checks import KeyChecks
from storage.upkeep.moving import Moving
from storage.upkeep.resealing import Resealing
from storage.upkeep.retention import RetentionReads

log = structlog.get_logger()


class Store(
    InboxReads,
    LinkReads,
    SessionReads,
    ProofReads,
    LookReads,
    SpendReads,
    AskReads,
    FollowerReads,
    LogReads,
    PartyReads,
    LetterReads,
    FileReads,
    ArrivalReads,
    FamilyReads,
    EarlierReads,
    FigureReads,
    DeliveryReads,
    WishReads,
    TimerReads,
    SentReads,
    TollReads,
    NoteReads,
    RegistryReads,
    RegistryImport,
    AgeReads,
    Parking,
    Housekeeping,
    Resealing,
    KeyChecks,
    Proving,
    CensusReads,
    Ledger,
    PersonReads,
    RetentionReads,
    Moving,
    StaffReads,
    TryReads,
    WorklistReads,
    HoldingReads,
    CaseNoteReads,
    VillageReads,
    StaffChatReads,
    OnlookerReads,
):
    """Everything that is kept. Each of its methods may raise StoreUnavailable: try again later."""

    def __init__(self, engine: Engine, pen: Pen, highest: int) -> None:
        super().__init__(engine, pen.sealer, pen.owner)
        self._pen = pen
        self._group = GroupCommit(engine, pen, self._kept)
        self._earlier = highest  # ids up to this one are from before this process
        self._in_hand: dict[int, Address] = {}  # replies given out and not yet dealt with
        self._pulse = workers.Pulse()
        self.onlooker: Callable[[Unit], None] | None = None  # called with what was kept

    @classmethod
    async def open(cls, url: str, sealer: Sealer, owner: str) -> Self:
        """Open the migrated database at *url* as worker *owner*, a name no living process has.

        Call `beat` right after. Raises StoreOutdatedError when the schema is not this version's.
        """
        if not await asyncio.to_thread(is_current, url):
            raise StoreOutdatedError("the schema is another version's: run satupintu migrate")
        engine = open_engine(url)
        try:
            node, highest = await engine.write(lambda link: workers.enter(link, owner))
        except StoreUnavailable:
            await engine.close()
            raise
        return cls(engine, Pen(sealer, owner, Ids(node, highest)), highest)

    async def close(self) -> None:
        """Write what waits, then let go of the database."""
        await self._group.drain()
        await self._engine.close()

    @property
    def sealer(self) -> Sealer:
        """What seals and opens in this process."""
        return self._pen.sealer

    def unit(self) -> Unit:
        """Return an empty unit of work."""
        return Unit(self._pen)

    def commit(self, unit: Unit) -> Awaitable[Outcome]:
        """Keep *unit*, all of it or nothing, together with whatever else waits."""
        return self._group.commit(unit)

    def _kept(self, units: Sequence[Unit]) -> None:
        """Take the replies of *units* in hand: whoever committed them is about to send them."""
        for unit in units:
            for item in unit.items:
                if not item.behind:
                    self._in_hand[item.id] = item.address
        if self.onlooker is not None:  # in a round of its own: a bug there breaks no commit off
            asyncio.get_running_loop().call_soon(self._show, units)

    def _show(self, units: Sequence[Unit]) -> None:
        for unit in units:
            if self.onlooker is not None:
                self.onlooker(unit)

    def mark_sent(self, item: int, then: NewTimer | None = None) -> None:
        """Forget reply *item*, with the very next transaction: its channel took it.

        *then* is set in that very transaction.
        """
        self._in_hand.pop(item, None)
        marks = self._group.marks()
        marks.mark_sent(item)
        if then is not None:
            marks.wind(then)

    def mark_taken(self, item: OutboxItem, fare: Fare) -> None:
        """Do as `mark_sent` for a channel that does not vouch; its receipts and price are kept."""
        self.mark_sent(item.id)
        marks = self._group.marks()
        marks.count_toll(item, fare)
        marks.keep_sent(item, fare)

    async def redirect(
        self, item: OutboxItem, to: Address, now: datetime, *, failed: bool = True
    ) -> list[OutboxItem]:
        """Have the reply of *item* sent *to* another address; with *failed*, its own will not do.

        Return what is ours to send. Raises StoreUnavailable; then *item* is still to be sent.
        """
        tried = (*item.past.failed, item.address) if failed else item.past.failed
        unit = self.unit()
        unit.mark_sent(item.id)
        unit.send(to, item.reply.sent_on(to.channel), now, item.about, Past(0, tried))
        await self.commit(unit)
        self._in_hand.pop(item.id, None)
        return unit.items

    def park(self, item: int, reason: str, then: NewTimer | None = None) -> None:
        """Set reply *item* aside with a *reason*, and set *then*; those after it may go."""
        self._in_hand.pop(item, None)
        marks = self._group.marks()
        marks.park(item, reason)
        if then is not None:
            marks.wind(then)

    def mark_retry(self, item: int, due_at: datetime, attempts: int, reason: str) -> None:
        """Let go of *item* until *due_at*, and of all that waits behind it for the same citizen.

        `claim` brings them back in order; a reply committed meanwhile is `behind`.
        """
        address = self._in_hand.pop(item, None)
        if address is None:
            return
        self._in_hand = {i: a for i, a in self._in_hand.items() if a != address}
        unit = self.unit()
        unit.defer(item, address, due_at, attempts, reason)
        self._group.post(unit)

    async def beat(self, now: datetime) -> bool:
        """Say that this worker lives, at least every 5 s; False when it was taken for dead.

        Then others may be sending what this process holds. Who was not seen for longer than half
        a lease takes nobody else for dead until a lease later.
        """
        node = await self._engine.write_now(lambda link: workers.beat(link, self._owner, now))
        self._pulse.beat(now)
        if node is not None:
            self._pen.ids.renumber(node)
        return node is None

    async def claim(self, now: datetime, limit: int) -> list[OutboxItem]:
        """Take over at most *limit* replies that are due and nobody's, in order per citizen.

        The first call also takes back what this owner's earlier life left, and each what an
        earlier call or commit may have kept without anybody here hearing of it.
        """
        wish = Claim(
            owner=self._owner,
            now=now,
            limit=limit,
            judges=self._pulse.judges(now),
            before=self._earlier,
        )
        doubtful = self._pen.doubtful
        before = tuple(doubtful)
        rows = await self._engine.write_now(lambda link: claims.claim(link, wish, doubtful))
        self._earlier = 0
        for number in (*before, *(row.id for row in rows)):
            doubtful.pop(number, None)
        return self._taken(rows)

    def _taken(self, rows: Sequence[Claimed]) -> list[OutboxItem]:
        items = []
        for row in rows:
            try:
                items.append(read_item(self._sealer, row))
            except (SealBroken, DecodeError) as error:
                log.error("a reply cannot be read and is set aside", why=type(error).__name__)  # noqa: TRY400 - the traceback could quote it
                self.park(row.id, type(error).__name__)
        self._in_hand.update((item.id, item.address) for item in items)
        return items
