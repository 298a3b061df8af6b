"""Send what was committed: in order per citizen, again when it failed, never out of thin air."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Protocol

import structlog

from bot.clock import Clock
from bot.running.background import Background
from bot.running.loops import forever
from bot.sending.elsewhere import STRAIGHT, Routes, Stranded
from casework.ticket.receipts import REACHED, UNREACHED, is_news, receipt
from conversations.messages import Address, Channel, Reply
from handlers.delivery import DeliveryError, Sent
from storage.database.errors import StoreUnavailable
from storage.replies.outbox import OutboxItem
from storage.replies.sent import Fare
from storage.store import Store
from storage.timers import NewTimer

SWEEP = 1.0  # seconds between looks for rows that others left or that fell due
CLAIM = 500  # rows taken over at a time
WAIT_HERE = 30.0  # seconds; a longer pause goes back to the database
PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0, 300.0, 900.0, 3600.0)  # back-off, the last one repeats
HOPELESS = 30  # attempts with our own pauses: about a day

log = structlog.get_logger()


class Sender(Protocol):
    """A channel as the outbox sees it.

    *vouches* is whether its yes means that the message lies in the citizen's hands.
    """

    @property
    def vouches(self) -> bool: ...

    async def send(self, address: Address, reply: Reply, number: int = 0, /) -> Sent:
        """Deliver *reply*, or raise a DeliveryError that says what to do about it.

        *number* is the row's: the same in every try, for channels that let us name a message.
        """
        ...


class Outbox:
    """Delivers committed replies through their channels.

    *routes* know where one goes that its channel will never take, and where somebody reads news
    now; *zone* is the one whose days are counted. *charges* are the units paid for, by channel and
    tariff.
    """

    def __init__(
        self,
        store: Store,
        senders: Mapping[Channel, Sender],
        clock: Clock,
        routes: Routes = STRAIGHT,
        zone: tzinfo = UTC,
    ) -> None:
        self._store = store
        self._senders = senders
        self._clock = clock
        self._routes = routes
        self._zone = zone
        self._queues: dict[Address, list[OutboxItem]] = {}  # nearly always of one
        self._pumps = Background()
        self._resting: dict[
            Address, datetime
        ] = {}  # whose oldest reply was put off, and till when
        self.sent = 0
        self.failed = 0
        self.charges: Counter[tuple[str, str]] = Counter()

    def hand_over(self, items: Iterable[OutboxItem]) -> None:
        """Send *items*, which were just committed, after whatever waits for the same citizen."""
        for item in items:
            if item.behind or item.address.channel not in self._senders:
                continue
            queue = self._queues.get(item.address)
            if queue is not None:
                queue.append(item)
            elif self._resting and (due := self._rests(item.address)):
                self._store.mark_retry(item.id, due, item.attempts, "waits its turn")
            else:
                queue = self._queues[item.address] = [item]
                self._pumps.start(self._pump(item.address, queue))

    def _rests(self, address: Address) -> datetime | None:
        """Return until when an older reply to *address* waits, if one was just put off."""
        due = self._resting.get(address)
        return due if due and due > self._clock.now() else None

    async def run(self) -> None:
        """Take over, for ever, what a dead process or a long pause left behind."""
        await forever("outbox", self.sweep, SWEEP)

    async def sweep(self) -> None:
        """Say that we live, and take the rows that are due and nobody's."""
        now = self._clock.now()
        if not await self._store.beat(now):
            log.warning("taken for dead: another process may be sending our replies")
            await self._pumps.close()
        self._resting = {citizen: due for citizen, due in self._resting.items() if due > now}
        self.hand_over(await self._store.claim(now, CLAIM))

    @property
    def waiting(self) -> int:
        """How many replies this process holds."""
        return sum(len(queue) for queue in self._queues.values())

    async def close(self, patience: float) -> None:
        """Give replies under way up to *patience* seconds; the rest stay in the database."""
        await self._pumps.wait(patience)
        await self._pumps.close()

    async def _pump(self, address: Address, queue: list[OutboxItem]) -> None:
        """Send what waits for *address* in its *queue*, one after the other."""
        sender = self._senders[address.channel]
        whole = False
        try:
            while queue:
                item = queue[0]
                try:
                    if item.attempts or not is_news(item.about) or not await self._sent_on(item):
                        sent = await sender.send(item.address, item.reply, item.id)
                        self._note(sender, item, sent)
                except DeliveryError as error:
                    if not await self._try_again(sender, item, error):
                        break
                del queue[0]
            whole = True
        except asyncio.CancelledError:
            whole = True  # the end of this process: its next life takes the row back
            raise
        finally:
            del self._queues[address]
            if not whole:  # a bug: not lost, tried again later
                self._defer(queue[0], queue[0].attempts + 1, PAUSES[4], "interrupted")

    def _defer(self, item: OutboxItem, attempts: int, pause: float, why: str) -> None:
        due = self._clock.now() + timedelta(seconds=pause)
        self._resting[item.address] = due
        self._store.mark_retry(item.id, due, attempts, why)

    async def _try_again(self, sender: Sender, item: OutboxItem, error: DeliveryError) -> bool:
        """Go on after *error*; False when *item* and what follows it must wait."""
        attempts = item.attempts
        while True:
            attempts += error.after is None  # a pause the provider asked for is no failure
            self.failed += 1
            if not error.retry or attempts >= HOPELESS:
                return await self._give_up(item, error)
            pause = pause_before(attempts, error.after)
            if pause > WAIT_HERE:
                self._defer(item, attempts, pause, type(error).__name__)
                return False
            await asyncio.sleep(pause)
            try:
                sent = await sender.send(item.address, item.reply, item.id)
            except DeliveryError as again:
                error = again
            else:
                self._note(sender, item, sent)
                return True

    def _note(self, sender: Sender, item: OutboxItem, sent: Sent) -> None:
        """Keep that *sender*'s channel took *item*."""
        self.sent += 1
        if sender.vouches:
            self._store.mark_sent(item.id, self._receipt(REACHED, item) if item.about else None)
        else:
            self._mark_taken(item, sent)

    async def _sent_on(self, item: OutboxItem) -> bool:
        """Send news on to where its citizen writes now; False where that is here, or not known.

        Where the database does not say what became of the row, whoever claims it next goes on.
        """
        try:
            to = await self._routes.best(item.address)
        except StoreUnavailable:
            return False  # where it was meant to go is never wrong
        if to == item.address or to in item.past.failed or to.channel not in self._senders:
            return False
        try:
            self.hand_over(await self._store.redirect(item, to, self._clock.now(), failed=False))
        except StoreUnavailable:
            self._defer(item, item.attempts, PAUSES[4], "in doubt whether it was sent on")
        return True

    def _mark_taken(self, item: OutboxItem, sent: Sent) -> None:
        """Keep what *item* costs, and what its receipts will call it."""
        self.charges[item.address.channel.value, sent.tariff] += sent.units
        fare = Fare(
            references=sent.references,
            units=sent.units,
            tariff=sent.tariff,
            at=self._clock.now().astimezone(self._zone),
        )
        self._store.mark_taken(item, fare)

    async def _give_up(self, item: OutboxItem, error: DeliveryError) -> bool:
        """Send *item* to another address of theirs, or set it aside; False where it must wait."""
        failed = (*item.past.failed, item.address)
        try:
            to = await self.elsewhere(Stranded(item.reply, item.about, failed))
            if to is not None:
                self.hand_over(await self._store.redirect(item, to, self._clock.now()))
                return True
        except StoreUnavailable:
            self._defer(item, item.attempts, PAUSES[4], "nobody knows yet where else to")
            return False
        self._store.park(item.id, type(error).__name__, self._receipt(UNREACHED, item))
        return True

    async def elsewhere(self, stranded: Stranded) -> Address | None:
        """Return where *stranded* can be sent now, None where there is no such address."""
        to = await self._routes.elsewhere(stranded)
        known = to is not None and to.channel in self._senders and to not in stranded.failed
        return to if known else None

    def _receipt(self, kind: str, item: OutboxItem) -> NewTimer | None:
        """Return what follows *item* where somebody waits to hear that it arrived, or never."""
        return receipt(kind, item.about, self._clock.now()) if item.about else None


def pause_before(attempts: int, asked: float | None) -> float:
    """Return the seconds to wait before try *attempts* + 1; the provider's own word counts."""
    ours = PAUSES[min(max(attempts, 1), len(PAUSES)) - 1]
    return ours if asked is None else max(asked, 0.05)
