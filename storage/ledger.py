"""Every ticket with its whole log, a page at a time: what proofs and exports go through."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from referrals.log import Entry, first_broken, replay
from referrals.ticket import Ticket
from storage.broken import Broken
from storage.link import Row
from storage.reads import Reads
from storage.statements import Statement, constant
from storage.tables import ticket_events, tickets
from storage.tickets import LOG_OF, MOVING, moving, read_entry

PAGE = 500  # tickets read at a time
TRIES = 5  # times a ticket is read that changes meanwhile
FIXED = ("code", "service", "area")  # what the columns repeat of the body and never changes

ROWS = Statement(
    lambda given: (
        sa.select(*(tickets.c[name] for name in (*FIXED, *MOVING)))
        .where(tickets.c.code > given["code"])
        .order_by(tickets.c.code)
        .limit(constant(str(PAGE)))
    ),
    tickets.c.code,
    alone=True,
)
ROW = Statement(
    lambda given: sa.select(*(tickets.c[name] for name in (*FIXED, *MOVING))).where(
        tickets.c.code == given["code"]
    ),
    tickets.c.code,
    alone=True,
)
LOGS = Statement(
    lambda given: (
        sa.select(*ticket_events.c)
        .where(ticket_events.c.code > given["above"], ticket_events.c.code <= given["code"])
        .order_by(ticket_events.c.code, ticket_events.c.seq)
    ),
    sa.column("above", sa.Text),
    ticket_events.c.code,
    alone=True,
)
STRAYS = Statement(
    lambda _: (
        sa.select(ticket_events.c.code)
        .where(ticket_events.c.code.not_in(sa.select(tickets.c.code)))
        .group_by(ticket_events.c.code)
        .order_by(ticket_events.c.code)
        .limit(constant("20"))
    ),
    alone=True,
)

_read_ticket = msgspec.json.Decoder(Ticket).decode


class Told(Struct, frozen=True):
    """A ticket's row and its log."""

    row: Mapping[str, object]
    entries: Sequence[Entry]

    @property
    def code(self) -> str:
        """The ticket's code."""
        return str(self.row["code"])


class Ledger(Reads):
    """Of the store: every ticket."""

    async def ledger(self) -> AsyncIterator[Told]:
        """Yield every ticket with its log, by code; one that changes meanwhile may not agree."""
        above = ""
        while rows := await self._fetch(ROWS, above):
            logs = await self._fetch(LOGS, above, rows[-1][0])
            above = rows[-1][0]
            for told in _told(rows, logs):
                yield told

    async def broken_ticket(self, told: Told) -> Broken | None:
        """Return the first broken link of *told*, which is read afresh before it is accused."""
        if why_broken(told) is None:
            return None
        fresh = await self._read_one(told.code)
        why = why_broken(fresh) if fresh else None
        return Broken(f"ticket {told.code}, entry {why[0]}", why[1]) if why else None

    async def logs_without_tickets(self) -> list[str]:
        """Return codes that have a log and no row, at most twenty."""
        return [code for (code,) in await self._fetch(STRAYS)]

    async def _read_one(self, code: str) -> Told | None:
        """Return ticket *code* with the log it had in one instant, None while it keeps changing.

        A log only grows, and its row with it: a row that is the same before and after fits.
        """
        for _ in range(TRIES):
            before = await self._fetch(ROW, code)
            logs = await self._fetch(LOG_OF, code)
            if before and before == await self._fetch(ROW, code):
                return _told(before, [(code, *row) for row in logs])[0]
        return None


def why_broken(told: Told) -> tuple[int, str] | None:
    """Return the number of the first entry of *told* that does not hold, and why."""
    if (seq := first_broken(told.entries)) is not None:
        return seq, "the entry is not as it was written"
    events = told.row["events"]
    if len(told.entries) != events:
        return len(told.entries) + 1, f"{events} entries were written"
    if told.entries[-1].hash != told.row["last_hash"]:
        return len(told.entries), "it is not the last one that the ticket knows"
    return None if _agrees(told) else (len(told.entries), "the row says what the log does not")


def _agrees(told: Told) -> bool:
    """Tell whether the row is what its log makes of it."""
    try:
        ticket = replay(told.entries)
    except (ValueError, IndexError):
        return False
    made = moving(ticket, told.entries) | {name: getattr(ticket, name) for name in FIXED}
    same = all(made[name] == value for name, value in told.row.items() if name != "body")
    return same and _read_ticket(str(told.row["body"])) == ticket


def _told(rows: Sequence[Row], logs: Sequence[Row]) -> list[Told]:
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for code, *row in logs:
        entries[code].append(read_entry(tuple(row)))
    names = (*FIXED, *MOVING)
    return [Told(dict(zip(names, row, strict=True)), entries[row[0]]) for row in rows]
