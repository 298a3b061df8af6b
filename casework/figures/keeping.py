"""Keep what is counted in step with the logs, a few tickets at a time, and count all anew.

Turns and desks never wait for it: they change tickets, and this finds which went on since.
"""

import asyncio
from collections.abc import Sequence
from hashlib import sha256

import msgspec
import structlog

from casework.figures.counting import tally
from casework.figures.kinds import Kind
from referrals.district.directory import District
from referrals.log import Entry
from storage.database.instants import EPOCH
from storage.figures.counted import Tally
from storage.store import Store

EDITION = 1  # counts up when a log that was counted already would count for something else
MARK = "figures"  # the key of the note that says by which edition everything was counted
PAGE = 25  # tickets counted in one go; between two the event loop does other things
BREATH = 0.02  # seconds between two goes, when many are to be counted

log = structlog.get_logger()


class Keeping:
    """Counts tickets for the figures. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def catch_up(self, most: int | None = None) -> int:
        """Count what went on since, *most* tickets or all of them; return how many it were."""
        after, count = "", 0
        while count != most and (codes := await self._behind(after, count, most)):
            await self._count(codes)
            after, count = codes[-1], count + len(codes)
            await asyncio.sleep(BREATH if most is None else 0)
        return count

    async def keep_up(self) -> None:
        """Count all anew where another edition counted before, else what went on since."""
        if await self._store.kept_note(MARK) == self.edition():
            await self.catch_up()
        else:
            await self.rebuild()

    async def rebuild(self) -> int:
        """Count every ticket anew from its log; return how many there are."""
        for kind in Kind:
            await self._store.sum_figures(kind)
        after, count = "", 0
        while codes := await self._store.codes_to_watch(after, EPOCH, PAGE):
            await self._count(codes)
            after, count = codes[-1], count + len(codes)
            await asyncio.sleep(BREATH)
        unit = self._store.unit()
        unit.keep_note(MARK, self.edition())
        await self._store.commit(unit)
        log.info("all tickets are counted for the figures", count=count)
        return count

    def edition(self) -> str:
        """Return what changes whenever logs count for something else, or days for another."""
        calendar = self._district.calendar
        days = {code: row.resolve_days for code, row in sorted(self._district.services.items())}
        levels = {code: row.level for code, row in sorted(self._district.agencies.items())}
        areas = {code: row.parent for code, row in sorted(self._district.areas.items())}
        known = (
            *(calendar.zone, calendar.opens, calendar.closes, sorted(calendar.weekdays)),
            *(sorted(calendar.holidays), sorted(calendar.years)),
        )
        parts = (EDITION, known, days, levels, areas, self._district.desk)
        return sha256(msgspec.json.encode(parts)).hexdigest()

    async def _count(self, codes: Sequence[str]) -> None:
        logs = await self._store.logs(codes)
        await self._store.keep_figures(map(self._tally, codes, logs))

    async def _behind(self, after: str, count: int, most: int | None) -> list[str]:
        room = PAGE if most is None else min(PAGE, most - count)
        return await self._store.unfigured(after, room)

    def _tally(self, code: str, entries: Sequence[Entry]) -> Tally:
        """Return what is counted of *code*: nothing where its log, *entries*, tells no story."""
        try:
            return tally(code, entries, self._district)
        except ValueError:
            log.error("a log cannot be counted", ticket=code)  # noqa: TRY400 - `satupintu audit` says why
            return Tally(code, len(entries))
