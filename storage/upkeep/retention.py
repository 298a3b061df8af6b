"""Finding what was kept long enough: keys, a page at a time, each after the last."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from msgspec import Struct

from storage.cases.tickets import OVER
from storage.database.instants import from_number, to_number
from storage.database.reads import Reads
from storage.database.statements import Statement, constant
from storage.registry.editions import NEWEST, Ranked
from storage.replies.outbox import PARKED
from storage.tables.audit import audit
from storage.tables.cases import tickets
from storage.tables.chats import consents, sessions
from storage.tables.files import files
from storage.tables.registry import people
from storage.tables.replies import agency_inbox, deliveries, outbox

PAGE = 500  # keys found at a time
UNTOUCHED = ("heads", "census", "retention")  # lines of the audit that hold nobody's data

_over = tickets.c.state.in_(OVER)
_vault = tickets.c.sensitivity == constant("'vault'")
_page = constant(str(PAGE))


def _tickets(*which: sa.ColumnElement[bool]) -> Statement:
    """Return what finds closed tickets of *which*, above a code and closed before an instant."""
    return Statement(
        lambda given: (
            sa.select(tickets.c.code)
            .where(_over, *which)
            .where(tickets.c.code > given["code"], tickets.c.since < given["before"])
            .order_by(tickets.c.code)
            .limit(_page)
        ),
        tickets.c.code,
        sa.column("before", sa.BigInteger),
        alone=True,
    )


def _has(column: sa.Column[Any], *which: sa.ColumnElement[bool]) -> sa.ColumnElement[bool]:
    """Return that a ticket's code stands in *column*."""
    return sa.exists().where(column == tickets.c.code, *which)


WITH_FILES = _tickets(_has(files.c.code), sa.not_(_vault))
WITH_LETTERS = _tickets(
    sa.or_(
        _has(agency_inbox.c.code),
        _has(deliveries.c.code, deliveries.c.sealed.is_not(sa.null())),
    )
)
_somebodys = sa.func.length(tickets.c.address) > constant("0")
NAMED = _tickets(_somebodys, sa.not_(_vault))
NAMED_VAULT = _tickets(_somebodys, _vault)


IDLE = Statement(
    lambda given: (
        sa.select(sessions.c.address, sessions.c.version, sessions.c.sealed, sessions.c.expires_at)
        .where(sessions.c.address > given["address"], sessions.c.expires_at < given["before"])
        .order_by(sessions.c.address)
        .limit(_page)
    ),
    sessions.c.address,
    sa.column("before", sa.BigInteger),
    alone=True,
)
SET_ASIDE = Statement(
    lambda given: (
        sa.select(outbox.c.id)
        .where(outbox.c.state == PARKED)
        .where(outbox.c.id > given["id"], outbox.c.due_at < given["before"])
        .order_by(outbox.c.id)
        .limit(_page)
    ),
    outbox.c.id,
    sa.column("before", sa.BigInteger),
    alone=True,
)
DETAILED = Statement(
    lambda given: (
        sa.select(audit.c.at, audit.c.chain, audit.c.seq)
        .where(audit.c.sealed.is_not(sa.null()), audit.c.at < given["before"])
        .where(audit.c.action.not_in([constant(f"'{action}'") for action in UNTOUCHED]))
        .where(
            sa.tuple_(given["at"], given["chain"], given["seq"])
            < sa.tuple_(audit.c.at, audit.c.chain, audit.c.seq)
        )
        .order_by(audit.c.at, audit.c.chain, audit.c.seq)
        .limit(_page)
    ),
    audit.c.at,
    audit.c.chain,
    audit.c.seq,
    sa.column("before", sa.BigInteger),
    alone=True,
)
FORGOTTEN = Statement(
    lambda given: (
        sa.select(consents.c.address)
        .where(consents.c.address > given["address"], consents.c.at < given["before"])
        .where(sa.not_(sa.exists().where(sessions.c.address == consents.c.address)))
        .where(sa.not_(sa.exists().where(tickets.c.address == consents.c.address)))
        .group_by(consents.c.address)
        .order_by(consents.c.address)
        .limit(_page)
    ),
    consents.c.address,
    sa.column("before", sa.BigInteger),
    alone=True,
)
UNLISTED = Statement(
    lambda given: (
        sa.select(people.c.nik)
        .where(people.c.nik > given["nik"], people.c.edition < given["edition"])
        .order_by(people.c.nik)
        .limit(_page)
    ),
    people.c.nik,
    people.c.edition,
    alone=True,
)


class Idle(Struct, frozen=True):
    """A conversation that nobody went on with."""

    key: bytes
    version: int
    body: bytes
    expires_at: datetime

    def __repr__(self) -> str:
        return f"Idle({self.version}, {self.expires_at})"


class RetentionReads(Reads):
    """Of the store: what was kept long enough. Each gives at most PAGE keys after the last one."""

    async def with_old_files(self, after: str, before: datetime) -> list[str]:
        """Return ordinary tickets that have files and were closed before *before*."""
        return await self._codes(WITH_FILES, after, before)

    async def with_old_letters(self, after: str, before: datetime) -> list[str]:
        """Return tickets that have letters and were closed before *before*."""
        return await self._codes(WITH_LETTERS, after, before)

    async def old_tickets(self, after: str, before: datetime, *, vault: bool) -> list[str]:
        """Return tickets, the *vault*'s or all others, that are somebody's and long closed."""
        return await self._codes(NAMED_VAULT if vault else NAMED, after, before)

    async def idle_talks(self, after: bytes, before: datetime) -> list[Idle]:
        """Return conversations that expire before *before*."""
        rows = await self._fetch(IDLE, after, to_number(before))
        return [
            Idle(key, version, self._sealer.open(sealed, "session"), from_number(expires_at))
            for key, version, sealed, expires_at in rows
        ]

    async def old_parked(self, after: int, before: datetime) -> list[int]:
        """Return replies set aside that were due before *before*."""
        return [item for (item,) in await self._fetch(SET_ASIDE, after, to_number(before))]

    async def old_details(
        self, after: tuple[int, str, int], before: datetime
    ) -> list[tuple[int, str, int]]:
        """Return instant, chain and number of lines whose details were written before *before*."""
        rows = await self._fetch(DETAILED, *after, to_number(before))
        return [(at, chain, seq) for at, chain, seq in rows]

    async def old_consents(self, after: bytes, before: datetime) -> list[bytes]:
        """Return who agreed before *before* and has neither conversation nor ticket."""
        rows = await self._fetch(FORGOTTEN, after, to_number(before))
        return [address for (address,) in rows]

    async def unlisted_people(self, after: bytes, rank: int) -> list[bytes]:
        """Return people whom the registry's editions since *rank* no longer have."""
        return [nik for (nik,) in await self._fetch(UNLISTED, after, rank)]

    async def edition_in_force(self) -> tuple[int, date] | None:
        """Return rank and date of the registry's newest edition, None where there is none."""
        found = await self._fetch(NEWEST)
        if not found:
            return None
        newest = Ranked._make(found[0])
        return newest.rank, newest.edition.as_of

    async def _codes(self, statement: Statement, after: str, before: datetime) -> list[str]:
        return [code for (code,) in await self._fetch(statement, after, to_number(before))]
