"""Receipts: a channel tells what became of a reply that it took.

A reply is delivered when each of its parts is. One that failed is sent again, goes to another
address of the same person, or is set aside and its desk asked to call. A receipt may come before
we kept what it is about: then it waits in a timer, and so outlives us.
"""

from collections import Counter
from datetime import datetime, timedelta
from typing import Self

from msgspec import Struct, msgpack

from bot.clock import Clock
from bot.door import Received
from bot.sending.elsewhere import Stranded
from bot.sending.outbox import Outbox
from casework.ticket.receipts import REACHED, UNREACHED, is_news, receipt
from conversations.messages import Address
from handlers.arrival import Arrived, Receipt
from handlers.delivery import DeliveryError, Refused
from storage.database.errors import StoreUnavailable
from storage.database.writes import Loss
from storage.replies.enclosed import Enclosed, Past
from storage.replies.sent import ARRIVED, DELIVERED, FAILED, READ, TAKEN, SentReply
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit

RECEIPT_TIMER = "receipt"  # of timers: a receipt whose reply is not known yet
EARLY = tuple(timedelta(seconds=n) for n in (1, 5, 30, 120, 600))  # until it is looked for again
AGAIN = tuple(timedelta(minutes=n) for n in (1, 15, 120))  # until what failed is sent again
FRESH = timedelta(minutes=5)  # in which an answer is worth sending again: the talk goes on
MOST_TAKES = 6  # of a receipt that loses every race, before its channel must tell again
LETTERS = {
    Arrived.SENT: TAKEN,
    Arrived.DELIVERED: DELIVERED,
    Arrived.READ: READ,
    Arrived.FAILED: FAILED,
}

_encode = msgpack.Encoder().encode


class News(Struct, frozen=True, array_like=True):
    """A receipt, in what can be kept: *why* it failed in one word, and whether trying helps."""

    channel: str
    reference: str
    state: str  # a letter of storage.replies.sent
    why: str = ""
    retry: bool = False
    after: float = 0  # seconds that the channel asks us to wait
    to: tuple[str, ...] = ()  # whom it went to, as far as the channel says

    @classmethod
    def of(cls, told: Receipt) -> Self:
        """Return what *told* says."""
        channel, letter = told.channel.value, LETTERS[told.state]
        if letter != FAILED:
            return cls(channel, told.reference, letter, to=told.to)
        error: DeliveryError = told.error or Refused("failed")
        why, after = type(error).__name__, error.after or 0
        return cls(channel, told.reference, letter, why, error.retry, after, told.to)

    def is_of(self, sent: SentReply) -> bool:
        """Say whether it tells of *sent*, and not of another message that is called the same.

        WhatsApp knows people by a number and an id: only like is compared with like.
        """
        if sent.enclosed is None:
            return True
        whose = sent.enclosed.address.id
        alike = [one for one in self.to if one.isdecimal() == whose.isdecimal()]
        return not alike or whose in alike

    def __repr__(self) -> str:
        return f"News({self.channel}, {self.state})"


_decode = msgpack.Decoder(News).decode


class CrowdedError(Exception):
    """A receipt lost every race against others of the same reply."""


class Receipts:
    """Takes receipts, each once it is kept; *counts* are those taken, by state."""

    def __init__(self, store: Store, outbox: Outbox, clock: Clock) -> None:
        self._store = store
        self._outbox = outbox
        self._clock = clock
        self.counts: Counter[Arrived] = Counter()

    async def take(self, told: Receipt) -> int:
        """Keep what *told* says and return the HTTP status it earns: 200 or 503."""
        news = News.of(told)
        try:
            if not await self._note(news) and news.state != TAKEN:
                await self._hold(news)
        except (StoreUnavailable, CrowdedError):
            return Received.DELIVER_AGAIN
        self.counts[told.state] += 1
        return Received.COMMITTED

    async def look_again(self, due: DueTimer) -> None:
        """Take a receipt that came too early; one whose reply is never found is forgotten."""
        if await self._note(_decode(due.body), due):
            return
        if due.attempts >= len(EARLY):
            await self._store.drop_timer(due)
        else:
            await self._store.postpone_timer(due, self._clock.now() + EARLY[due.attempts])

    async def _hold(self, news: News) -> None:
        """Have *news* looked at again, for its reply may be on the way to the database."""
        mark = self._store.sealer.mac("receipt", news.channel, news.reference)
        key = f"{RECEIPT_TIMER}:{mark.hex()}:{news.state}"
        unit = self._store.unit()
        unit.set_timer(key, RECEIPT_TIMER, self._clock.now() + EARLY[0], _encode(news))
        await self._store.commit(unit)

    async def _note(self, news: News, due: DueTimer | None = None) -> bool:
        """Keep *news*, which ends the timer *due*; False when nothing is known of its reply."""
        for _ in range(MOST_TAKES):
            sent = await self._store.sent_reply(news.channel, news.reference)
            if sent is None or not news.is_of(sent):
                return False
            unit = self._store.unit()
            await self._write(unit, sent, news)
            if due is not None:
                unit.finish_timer(due)
            if not unit.rows:
                return True
            if await self._store.commit(unit) is Outcome.KEPT:
                self._outbox.hand_over(unit.items)
                return True
            if unit.lost is Loss.TIMER:  # somebody else took it over, and the receipt with it
                return True
        raise CrowdedError

    async def _write(self, unit: Unit, sent: SentReply, news: News) -> None:
        """Have *unit* keep what *news* changes of *sent*, and what follows from it."""
        parts = sent.risen(news.state)
        if parts == sent.parts:
            return
        arrived = ARRIVED.issuperset(parts)
        failed = news.state == FAILED
        if sent.enclosed is None or not (arrived or failed):
            unit.advance(sent, parts)
        else:
            unit.settle(sent, parts)
        if arrived and not ARRIVED.issuperset(sent.parts):
            self._wind(unit, REACHED, sent)
        elif failed and sent.enclosed is not None:
            await self._after_failure(unit, sent, sent.enclosed, news)

    async def _after_failure(
        self, unit: Unit, sent: SentReply, enclosed: Enclosed, news: News
    ) -> None:
        """Have what *sent* said sent again, or elsewhere, or set aside."""
        now, past = self._clock.now(), enclosed.past
        if news.retry and past.tries < len(AGAIN) and self._matters(sent, now):
            pause = max(AGAIN[past.tries], timedelta(seconds=news.after))
            anew = Enclosed(enclosed.address, enclosed.reply, Past(past.tries + 1, past.failed))
            unit.keep_back(anew, now, now + pause, sent.about)
            return
        failed = (*past.failed, enclosed.address)
        to = await self._elsewhere(sent, Stranded(enclosed.reply, sent.about, failed), now)
        if to is not None:
            unit.send(to, enclosed.reply, now, sent.about, Past(0, failed))
            return
        unit.set_aside(enclosed, now, sent.about, news.why)
        self._wind(unit, UNREACHED, sent)

    async def _elsewhere(
        self, sent: SentReply, stranded: Stranded, now: datetime
    ) -> Address | None:
        return await self._outbox.elsewhere(stranded) if self._matters(sent, now) else None

    def _matters(self, sent: SentReply, now: datetime) -> bool:
        """Say whether what *sent* said still helps: news do, an answer only while they wait."""
        return is_news(sent.about) or now - sent.at < FRESH

    def _wind(self, unit: Unit, kind: str, sent: SentReply) -> None:
        """Have *unit* set what follows where somebody waits to hear that it arrived, or never."""
        if sent.about and (timer := receipt(kind, sent.about, self._clock.now())):
            unit.wind(timer)
