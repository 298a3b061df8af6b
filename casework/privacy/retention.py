"""What was kept long enough is erased, day by day; nothing of an open ticket ever is."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta

import msgspec
from msgspec import Struct

from casework.privacy.erasures import DAY, ERASED_KINDS, Keys, Kind, When
from casework.trail.actions import PROGRAM, Action
from conversations import codec
from referrals.district.directory import District
from storage.store import Store
from storage.unit import Outcome

TALKS_KEPT = timedelta(days=400)  # consent and language outlive what was said
AT_ONCE = 50  # keys in one transaction


class Went(Struct, frozen=True):
    """How much of one kind was erased, or would be."""

    kind: str
    rule: str  # as in district.yaml
    count: int


class Retention:
    """Erases by the rows of the district; a dry run only counts."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._rows: dict[str, int] = msgspec.structs.asdict(district.retention)

    async def run(self, now: datetime, *, dry: bool = False) -> tuple[Went, ...]:
        """Return what went, kind by kind; with *dry*, what would go."""
        went = tuple([one async for one in self._each(now, dry=dry)])
        if not dry and any(one.count for one in went):
            unit = self._store.unit()
            told = msgspec.json.encode({"went": {one.kind: one.count for one in went}})
            unit.note(PROGRAM, Action.RETENTION, now, detail=told)
            await self._store.commit(unit)
        return went

    async def _each(self, now: datetime, *, dry: bool) -> AsyncIterator[Went]:
        yield self._went("conversations", "chat_days", await self._talks(now, dry=dry))
        for kind in ERASED_KINDS:
            yield self._went(kind.name, kind.rule, await self._sweep(kind, now, dry=dry))

    def _went(self, kind: str, rule: str, count: int) -> Went:
        return Went(kind, f"{rule}: {self._rows[rule]}", count)

    async def _sweep(self, kind: Kind, now: datetime, *, dry: bool) -> int:
        when = When(now, kind.before(now, self._rows))
        count, last = 0, kind.first
        while keys := await kind.find(self._store, last, when):
            last = keys[-1]
            for some in _parts(keys):
                count += len(some) if dry or await self._erase(kind, some, when) else 0
        return count

    async def _erase(self, kind: Kind, keys: Keys, when: When) -> bool:
        """Erase *keys* together; not at all, until tomorrow, where one was just changed."""
        unit = self._store.unit()
        await kind.erase(self._store, unit, keys, when)
        return await self._store.commit(unit) is Outcome.KEPT

    async def _talks(self, now: datetime, *, dry: bool) -> int:
        """Empty conversations that nobody went on with; that somebody agreed stays."""
        before = now - self._rows["chat_days"] * DAY + TALKS_KEPT
        count, last = 0, b""
        while talks := await self._store.idle_talks(last, before):
            last = talks[-1].key
            for talk in talks:
                if (session := codec.emptied(talk.body)) is None:
                    continue
                unit = self._store.unit()
                body = codec.dump(session)
                unit.keep_session(session.sender, talk.version, body, talk.expires_at)
                count += dry or await self._store.commit(unit) is Outcome.KEPT
        return count


def _parts(keys: Keys) -> Iterator[Keys]:
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))
