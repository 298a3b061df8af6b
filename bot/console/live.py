"""News for open consoles: what commits do to cases, told to whom it concerns, codes alone."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterable
from datetime import datetime
from functools import partial

import structlog
from aiohttp import web
from redis.asyncio import Redis

from bot.assembly import House
from bot.clock import wall_of
from bot.console.live_redis import Relay
from bot.running.background import Background
from bot.running.loops import forever
from casework.access.hearing import hears
from casework.staff.person import Staff
from casework.staff.sittings import is_over, person
from referrals.district.directory import District
from storage.database.errors import StoreUnavailable
from storage.onlooking import Stir, stirred, unseats
from storage.store import Store
from storage.unit import Unit
from web.console.listener import Happening, Listener
from web.console.live import LivePages, add_live
from web.pages import PAGES

FILES = ("live.css", "live.js")
MOST_EACH = 8  # streams of one account: a browser opens one for each tab in sight
MOST = 1000  # streams of one process
PAUSE = 0.2  # seconds in which what happens is told together
MOST_TOLD = 200  # cases told of at a time; where there are more, pages are to be loaded again
LOOKS = 30.0  # seconds between looks at what gets urgent

log = structlog.get_logger()

Pass = Callable[[Iterable[Happening]], None]


class Feed:
    """Tells listeners what is theirs to hear. While nobody listens, commits do nothing here."""

    def __init__(self, store: Store, district: District, now: Callable[[], datetime]) -> None:
        self._store = store
        self._district = district
        self._now = now
        self._listeners: set[Listener] = set()
        self._waiting: dict[tuple[str, str], Happening] = {}
        self._news = asyncio.Event()
        self._looked: datetime | None = None
        self._pass_on: Pass | None = None

    def share(self, pass_on: Pass) -> None:
        """Have what happens here told to other processes too."""
        self._pass_on = pass_on
        self._store.onlooker = self.hear

    def listen(self, staff: Staff, alive: Callable[[], bool]) -> Listener | None:
        """Have *staff* told of what is theirs; None where they, or all, listen too often."""
        here = [one for one in self._listeners if one.alive()]
        if len(here) >= MOST or Counter(one.staff.id for one in here)[staff.id] >= MOST_EACH:
            return None
        listener = Listener(staff, alive)
        self._listeners.add(listener)
        self._store.onlooker = self.hear
        return listener

    def leave(self, listener: Listener) -> None:
        """Tell *listener* nothing more."""
        self._listeners.discard(listener)
        if not self._listeners and self._pass_on is None:
            self._store.onlooker = None

    def hear(self, unit: Unit) -> None:
        """Take in what *unit* did, which was just kept."""
        if unseats(unit):
            self.doubt_all()
        if kinds := stirred(unit):
            at = int(self._now().timestamp() * 1000)
            found = [Happening(code, kind.value, at) for code, kind in kinds.items()]
            self.take(found)
            if self._pass_on:
                self._pass_on(found)

    def take(self, happenings: Iterable[Happening]) -> None:
        """Have what happened, here or in another process, told soon."""
        if not self._listeners:
            return
        for one in happenings:
            self._waiting[one.code, one.kind] = one
        self._news.set()

    def missed(self) -> None:
        """Have every page loaded again: something may have happened that nobody heard of."""
        for one in self._listeners:
            one.lose()

    async def run(self) -> None:
        """Tell what happens, for ever."""
        await asyncio.gather(
            forever("live news", self._tell_next, PAUSE),
            forever("live clocks", self.look_at_clocks, LOOKS),
        )

    async def look_at_clocks(self) -> None:
        """Take in what got urgent, or late, since the last look."""
        since, now = self._looked, self._now()
        self._looked = now
        if not self._listeners or since is None:
            return
        at = int(now.timestamp() * 1000)
        codes = await self._store.nearing(since, now, MOST_TOLD + 1)
        self.take(Happening(code, Stir.DUE.value, at) for code in codes)

    def doubt_all(self) -> None:
        """Look whose sessions still hold: one of them may be over."""
        for one in self._listeners:
            one.doubt()

    def close(self) -> None:
        """End every stream."""
        for one in self._listeners:
            one.end()

    async def _tell_next(self) -> None:
        await self._news.wait()
        self._news.clear()
        told, self._waiting = self._waiting, {}
        if len(told) > MOST_TOLD:
            self.missed()
            return
        try:
            for one in told.values():
                await self._tell(one)
        except StoreUnavailable:
            self.missed()
            raise

    async def _tell(self, happening: Happening) -> None:
        ticket = await self._store.bare_ticket(happening.code)
        if ticket is None:
            return
        for one in self._listeners:
            if hears(one.staff, ticket, self._district):
                one.tell(happening)


FEED = web.AppKey("feed", Feed)


def open_live(app: web.Application, house: House) -> None:
    """Serve the stream of what happens; through Redis, where there is one, of all processes."""
    app[PAGES].files.add(*FILES)
    store, district, now = house.store, house.district, house.clock.now
    app[FEED] = feed = Feed(store, district, now)
    holds = partial(_holder, store, district, wall_of(house.clock))
    add_live(app, LivePages(feed=feed, holds=holds, now=now))
    app.cleanup_ctx.append(partial(_running, feed, house.settings.redis_url))

    async def close(_app: web.Application) -> None:
        feed.close()

    app.on_shutdown.append(close)


async def _holder(
    store: Store, district: District, now: Callable[[], datetime], token: str
) -> Staff | None:
    """Return whose session *token* is, without its counting as a click."""
    found = await store.staff_session(token)
    if found is None or is_over(found[0], now()):
        return None
    return person(found[1], district.staff_roles)


async def _running(feed: Feed, redis_url: str, _app: web.Application) -> AsyncIterator[None]:
    work = Background()
    work.start(feed.run())
    redis = Redis.from_url(redis_url) if redis_url else None
    if redis is not None:
        relay = Relay(redis, feed.take, feed.missed)
        feed.share(relay.pass_on)
        work.start(relay.run())
    yield
    await work.close()
    if redis is not None:
        await redis.aclose()
