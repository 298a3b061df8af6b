"""Carry letters to agencies: one try at a time each, many letters at once, each try kept.

`casework.post.couriers` decides what is done, `casework.post.carried` what follows. A letter is
sent outside any transaction and its outcome kept after it; docs/operations.md names the moment
in which a crash makes it go twice, under the same id.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any, Protocol

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from bot.clock import Clock
from bot.post.lanes import SLOW, Lanes
from casework.desk.seeing import Seeing
from casework.post.carried import TELLS_ANSWERS, Carried, Item, closed_key
from casework.post.couriers import (
    MOOT,
    Carriage,
    Lost,
    Rest,
    Step,
    Told,
    Try,
    mark_of,
    moot,
    next_step,
    pauses_of,
    told,
)
from casework.post.parcels import bare, full
from casework.telling.letters import Written
from casework.telling.reach import ways_to
from casework.ticket.again import again
from handlers.agencies.parcel import Gone, NotOpen, Parcel, Receipt
from handlers.delivery import DeliveryError, TryLater
from referrals.district.directory import District, Priority
from referrals.district.ways import Open311Way, WebhookWay, kind_of
from referrals.guards import is_vault
from storage.database.writes import Loss
from storage.replies.deliveries import Delivery, DeliveryState
from storage.replies.outbox import OutboxItem
from storage.store import Store
from storage.timers import DueTimer
from storage.unit import Outcome, Unit

LETTERS_AT_ONCE = 512  # letters under way or waiting for their turn, in one process
SEND = 45.0  # seconds for one try; with its commit well within a timer's lease
CROWDED = timedelta(seconds=10)  # until a letter is looked at again whose office is busy

log = structlog.get_logger()


class Carrier(Protocol):
    """A way to agencies as the couriers see it."""

    @property
    def pauses(self) -> Sequence[float]:
        """Seconds before each further try; after the last one the way has failed."""
        ...

    async def send(self, parcel: Parcel, to: Any) -> Receipt:  # noqa: ANN401 - its own row's type
        """Deliver *parcel* as the row *to* says, or raise a DeliveryError."""
        ...


class Post(Struct, frozen=True):
    """What couriers work with."""

    store: Store
    carried: Carried
    seeing: Seeing
    ways: Mapping[str, Carrier]  # by the kind of a row
    clock: Clock
    hand_over: Callable[[Iterable[OutboxItem]], None]


class Load(Struct, frozen=True):
    """A letter as it was found: what is known of it, and how it goes on."""

    item: Item
    carriage: Carriage


class Couriers:
    """Carries letters whose timers fall due."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._store = post.store
        self._lanes = Lanes()
        self._taken: dict[tuple[int, int], Receipt] = {}  # sent, but not kept: the database failed
        self.counts = dict.fromkeys((state.value for state in DeliveryState), 0)

    async def carry(self, due: DueTimer) -> None:
        """Do what is due for the letter that *due* names. Raises StoreUnavailable."""
        load = await self._load(int(due.key.rpartition(":")[2]))
        if load is None:
            await self._store.drop_timer(due)
            return
        step = await self._step(load)
        match step:
            case Rest():
                await self._store.drop_timer(due)
            case Lost():
                await self._keep(due, load, lambda unit, item: self._lose(unit, item, step))
            case Try():
                await self._try(due, load, step)

    async def _load(self, number: int) -> Load | None:
        letter = await self._store.letter(number)
        agency = self._district.agencies.get(letter.agency) if letter else None
        if letter is None or agency is None:
            return None
        written = msgspec.json.decode(letter.body, type=Written)
        stored = await self._store.ticket(letter.code) if letter.code else None
        ticket = stored.ticket if stored else None
        carriage = Carriage(
            letter=letter,
            written=written,
            ways=ways_to(self._district, agency, written.whom),
            news=await self._store.deliveries((number,)),
            urgent=ticket is not None and ticket.priority is Priority.P1,
            endless=agency.code == self._district.desk
            or (ticket is not None and is_vault(ticket)),
        )
        return Load(Item(letter, written, stored), carriage)

    async def _step(self, load: Load) -> Step:
        """Return what to do, past the ways that their office has closed for good."""
        agency = load.item.letter.agency
        closed = {
            mark_of(way)
            for way in load.carriage.ways
            if isinstance(way, WebhookWay | Open311Way)
            and await self._store.kept_note(closed_key(agency, way))
        }
        return next_step(load.carriage, closed, self._post.clock.now())

    async def _try(self, due: DueTimer, load: Load, step: Try) -> None:
        item, now = load.item, self._post.clock.now()
        leg = item.stored.ticket.leg(item.letter.leg) if item.stored else None
        if moot(item.written, leg):
            ended = replace(step.before, state=DeliveryState.FAILED, reason=MOOT, at=now)
            await self._keep(due, load, lambda unit, _: _keep_only(unit, ended))
            return
        outcome = await self._in_turn(load, step)
        if outcome is None:
            await self._store.postpone_timer(due, now + CROWDED)
            return
        await self._conclude(due, load, step, outcome)

    async def _in_turn(self, load: Load, step: Try) -> Receipt | DeliveryError | None:
        """Send the letter when it is its turn; None when that is not soon."""
        office, way = step.before.agency, step.before.way
        now = asyncio.get_running_loop().time
        async with self._lanes.place(office, way) as free:
            began = now()
            outcome = await self._outcome(load, step) if free else None
            if isinstance(outcome, TryLater) and now() - began > SLOW:
                self._lanes.rest(office, way)
        return outcome

    async def _conclude(
        self, due: DueTimer, load: Load, step: Try, outcome: Receipt | DeliveryError
    ) -> None:
        place = (step.before.letter, step.before.turn)
        if isinstance(outcome, Receipt):
            self._taken[place] = outcome
        else:
            log.warning(
                "a letter was not taken",
                way=step.before.way,
                agency=step.before.agency,
                why=type(outcome).__name__,
            )
        carrier = self._post.ways.get(step.before.way)
        table = pauses_of(load.carriage, step.before.turn, carrier.pauses if carrier else ())
        found = told(step, outcome, table, self._post.clock.now())
        if await self._keep(due, load, lambda unit, item: self._tell(unit, item, step, found)):
            self._taken.pop(place, None)
        self.counts[found.delivery.state.value] += 1

    def _tell(self, unit: Unit, item: Item, step: Try, found: Told) -> list[OutboxItem]:
        now = self._post.clock.now()
        if found.delivery.reason == Gone.__name__:
            self._post.carried.closed(unit, item, step.way, now)
        return self._post.carried.tried(unit, item, found, now)

    def _lose(self, unit: Unit, item: Item, lost: Lost) -> list[OutboxItem]:
        log.error("a letter reaches its office on no way", agency=item.letter.agency)
        return self._post.carried.lost(unit, item, lost, self._post.clock.now())

    async def _outcome(self, load: Load, step: Try) -> Receipt | DeliveryError:
        """Send the letter, unless it was taken before and only its outcome was lost."""
        before = self._taken.get((step.before.letter, step.before.turn))
        if before is not None:
            return before
        carrier = self._post.ways.get(kind_of(step.way))
        if carrier is None:
            return NotOpen()
        try:
            async with asyncio.timeout(SEND):
                return await carrier.send(await self._parcel(load, step), step.way)
        except DeliveryError as error:
            return error
        except TimeoutError:
            return TryLater()

    async def _parcel(self, load: Load, step: Try) -> Parcel:
        item = load.item
        parcel = bare(item.letter, item.written, step.before.turn)
        if item.stored is None or is_vault(item.stored.ticket):
            return parcel
        tells = step.before.way in TELLS_ANSWERS
        words = await self._store.ticket_words(item.letter.code) if tells else {}
        return full(parcel, item.stored.ticket, words, self._post.seeing)

    async def _keep(
        self,
        due: DueTimer,
        load: Load,
        write: Callable[[Unit, Item], list[OutboxItem]],
    ) -> bool:
        """Keep an outcome and be done with *due*, on the ticket as it stands at that moment.

        False says that nothing was kept: somebody else has the letter now, or will.
        """
        item = load.item

        async def attempt() -> bool | None:
            nonlocal item
            unit = self._store.unit()
            unit.finish_timer(due)
            items = write(unit, item)
            if await self._store.commit(unit) is Outcome.KEPT:
                self._post.hand_over(items)
                return True
            if unit.lost is Loss.TIMER:
                log.warning("somebody else took a letter over", agency=item.letter.agency)
                return False
            item = replace(item, stored=await self._store.ticket(item.letter.code))
            return None

        kept = await again(attempt)
        if kept is None:
            await self._store.postpone_timer(due, self._post.clock.now() + CROWDED)
        return kept is True

    @property
    def _district(self) -> District:
        return self._post.seeing.district


def _keep_only(unit: Unit, delivery: Delivery) -> list[OutboxItem]:
    unit.keep_delivery(delivery)
    return []
