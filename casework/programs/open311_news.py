"""What an office's Open311 server says of the cases we opened there: looked at until they end."""

from datetime import date, datetime, timedelta
from hashlib import sha256

import msgspec
import structlog
from msgspec import Struct
from msgspec.structs import replace

from casework.programs.agency_updates import AgencyUpdates
from casework.programs.office_news import Update, Verdict
from conversations.say import Voices
from handlers.agencies.open311 import TOKEN, Case, Open311
from handlers.delivery import DeliveryError
from referrals.district.days import day_in
from referrals.district.directory import District
from referrals.district.statuses import Means, OfficeStatus, status_named
from referrals.district.ways import Open311Way
from referrals.ticket import OPEN_LEGS
from storage.cases.tickets import StoredTicket
from storage.replies.deliveries import Delivery
from storage.store import Store
from storage.timers import DueTimer, NewTimer

OPEN311_TIMER = "open311"  # the kind of the timers that look
SOONEST, LATEST = timedelta(minutes=15), timedelta(hours=6)  # between two looks
SLOWER = 8  # a case of this many hours is looked at every hour
CLOSED = OfficeStatus(says="closed", means=Means.RESOLVE)
NOT_DONE = frozenset({Means.DECLINE, Means.RETURN})  # what a closed case may mean by its row
AGAIN = frozenset({Verdict.NOT_NOW, Verdict.BUSY})

log = structlog.get_logger()


class Watched(Struct, frozen=True, kw_only=True):
    """A case that is looked at: whose it is, and the news that were heard last."""

    letter: int
    turn: int
    agency: str
    code: str
    leg: int
    since: datetime
    seen: str = ""


class Read(Struct, frozen=True):
    """What a case's news mean: a status of the row's, and the words that came with it."""

    status: OfficeStatus
    words: str


def watch(delivery: Delivery, now: datetime) -> NewTimer:
    """Return the timer by which the case that *delivery* opened is looked at from now on."""
    watched = Watched(
        letter=delivery.letter,
        turn=delivery.turn,
        agency=delivery.agency,
        code=delivery.code,
        leg=delivery.leg,
        since=now,
    )
    return _timer(watched, now + SOONEST)


class Open311News:
    """Looks at cases, and has done what their news mean. May raise StoreUnavailable."""

    def __init__(
        self,
        store: Store,
        open311: Open311,
        updates: AgencyUpdates,
        district: District,
        voices: Voices,
    ) -> None:
        self._store = store
        self._open311 = open311
        self._updates = updates
        self._district = district
        self._voices = voices

    async def look(self, due: DueTimer, now: datetime) -> None:
        """Look at the case of *due* once, and say when to look again, if ever."""
        watched = msgspec.json.decode(due.body, type=Watched)
        way, stored = self._way(watched), await self._store.ticket(watched.code)
        if way is None or stored is None or not _goes_on(stored, watched.leg):
            await self._store.drop_timer(due)
            return
        try:
            case = await self._case(watched, way)
        except DeliveryError as error:
            log.warning("a case cannot be looked at", agency=watched.agency, why=str(error))
            asked = timedelta(seconds=error.after or 0)
            await self._store.postpone_timer(due, now + max(pause(watched, now), asked))
            return
        await self._hear(watched, case, read(case, way, self._silence(stored)), now)

    async def _hear(self, watched: Watched, case: Case, news: Read | None, now: datetime) -> None:
        """Have what is new done; a case is looked at as long as its leg is open with us."""
        mark = mark_of(case)
        again = replace(watched, seen=mark)
        if news is not None and mark != watched.seen:
            update = _update(watched, case, news, self._expected(case, now))
            shown = replace(update, files=await self._photos(watched, case, news))
            verdict = await self._updates.hear(watched.agency, news.status, shown, now)
            if verdict in AGAIN:
                again = watched
        unit = self._store.unit()
        unit.wind(_timer(again, now + pause(watched, now)))
        await self._store.commit(unit)

    async def _photos(self, watched: Watched, case: Case, news: Read) -> tuple[bytes, ...]:
        """Return the photo that the server shows of what is done, where there is one."""
        way = self._way(watched)
        if way is None or not case.media_url or news.status.means is not Means.RESOLVE:
            return ()
        photo = await self._open311.photo(case.media_url, way)
        return (photo,) if photo else ()

    async def _case(self, watched: Watched, way: Open311Way) -> Case:
        """Return how the case stands; its number is asked for while we hold a token alone."""
        (kept,) = (
            one
            for one in await self._store.deliveries([watched.letter])
            if one.turn == watched.turn
        )
        number = kept.reference
        if number.startswith(TOKEN):
            number = await self._open311.number(number, way)
            unit = self._store.unit()
            unit.keep_delivery(replace(kept, reference=number))
            await self._store.commit(unit)
        if number.startswith(TOKEN):
            return Case(closed=False)
        return await self._open311.case(number, way)

    def _way(self, watched: Watched) -> Open311Way | None:
        """Return the row by which the case was opened, if the office still has such a one."""
        agency = self._district.agencies.get(watched.agency)
        ways = agency.ways if agency else ()
        way = ways[watched.turn % len(ways)] if ways else None
        return way if isinstance(way, Open311Way) else None

    def _expected(self, case: Case, now: datetime) -> date | None:
        """Return the day here by which the office expects to be done, where that lies ahead."""
        end = case.expected_at
        return day_in(self._district.calendar.zone, end) if end and end > now else None

    def _silence(self, stored: StoredTicket) -> str:
        """Return what a citizen reads of a case that was closed without a word."""
        return self._voices[stored.contact.language]("notice.no_words")


def read(case: Case, way: Open311Way, silence: str) -> Read | None:
    """Return what *case* means by the row of *way*, None for nothing.

    Closed is never more than done by the office's own account: the citizen says whether it is.
    """
    head, _, rest = case.notes.partition(":")
    named = status_named(way.statuses, head)
    if case.closed:
        if named is not None and named.means in NOT_DONE:
            return Read(named, rest.strip() or case.notes)
        return Read(CLOSED, case.notes or silence)
    if named is not None:
        return Read(named, rest.strip())
    opened = status_named(way.statuses, "open")
    return Read(opened, case.notes) if opened else None


def pause(watched: Watched, now: datetime) -> timedelta:
    """Return how long to leave a case alone: the older, the longer; not all cases at once."""
    age = max((now - watched.since) / SLOWER, SOONEST)
    return min(age, LATEST) + timedelta(seconds=watched.letter % 60)


def mark_of(case: Case) -> str:
    """Return by what the news of *case* are known again, without keeping them.

    The address of a photo is no news: many servers sign it anew each time.
    """
    news = replace(case, media_url="")
    return sha256(msgspec.json.encode(news)).hexdigest()[:16]


def _goes_on(stored: StoredTicket, number: int) -> bool:
    leg = stored.ticket.leg(number)
    return leg is not None and leg.state in OPEN_LEGS


def _update(watched: Watched, case: Case, news: Read, expected: date | None) -> Update:
    return Update(
        id=f"{OPEN311_TIMER}:{watched.letter}:{mark_of(case)}",
        ticket=watched.code,
        leg=watched.leg,
        status=news.status.says,
        words=news.words,
        expected=expected,
        occurred_at=case.updated_at,
    )


def _timer(watched: Watched, due_at: datetime) -> NewTimer:
    return NewTimer(
        key=f"{OPEN311_TIMER}:{watched.letter}",
        kind=OPEN311_TIMER,
        due_at=due_at,
        body=msgspec.json.encode(watched),
    )
