"""Every ticket with its whole log, a page at a time: what proofs and exports go through."""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping, Sequence

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from referrals.log import Entry, digest, first_broken, replay
from referrals.states import OVER
from storage.cases.broken import Broken
from storage.cases.logs import LOG_OF, LogRow, read_entry
from storage.cases.tickets import MOVING, WRITTEN, moving, read_ticket, seal_of
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.sealing import Purpose, SealBroken, VaultClosed
from storage.database.statements import Statement, constant
from storage.tables.cases import ticket_events, ticket_words, tickets

PAGE = 500  # tickets read at a time
TRIES = 5  # times a ticket is read that changes meanwhile
FIXED = ("code", "service", "area")  # what the columns repeat of the body and never changes
NAMES = (*FIXED, *WRITTEN)  # of the columns that are read

ROWS = Statement(
    lambda given: (
        sa.select(*(tickets.c[name] for name in NAMES))
        .where(tickets.c.code > given["code"])
        .order_by(tickets.c.code)
        .limit(constant(str(PAGE)))
    ),
    tickets.c.code,
    alone=True,
)
ROW = Statement(
    lambda given: sa.select(*(tickets.c[name] for name in NAMES)).where(
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
WORDS = Statement(
    lambda given: sa.select(*ticket_words.c).where(
        ticket_words.c.code > given["above"], ticket_words.c.code <= given["code"]
    ),
    sa.column("above", sa.Text),
    ticket_words.c.code,
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


class Salted(Struct, frozen=True):
    """What every kept word begins with: the salt of its digest."""

    salt: str


_read_salt = msgspec.json.Decoder(Salted).decode


class Told(Struct, frozen=True):
    """A ticket's row and its log."""

    row: Mapping[str, object]
    entries: Sequence[Entry]
    words: Mapping[int, tuple[Purpose, bytes]]  # sealed, by the number of their entry

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
            words = await self._fetch(WORDS, above, rows[-1][0])
            above = rows[-1][0]
            for told in _told(rows, logs, words):
                yield told

    async def broken_ticket(self, told: Told) -> Broken | None:
        """Return the first broken link of *told*, which is read afresh before it is accused."""
        if self._why_wrong(told) is not None:
            fresh = await self._read_one(told.code)
            why = self._why_wrong(fresh) if fresh else None
        else:
            why = self._broken_words(told) or await self._lost_words(told)
        return Broken(f"ticket {told.code}, entry {why[0]}", why[1]) if why else None

    def _why_wrong(self, told: Told) -> tuple[int, str] | None:
        """Return the number of the first entry of *told* that does not hold, and why."""
        if why := why_broken(told):
            return why
        last = told.entries[-1]
        if told.row["seal"] == seal_of(self._sealer, told.code, last.hash):
            return None
        return last.seq, "somebody without the key made it the last one"

    async def _lost_words(self, told: Told) -> tuple[int, str] | None:
        """Return the first entry of an open ticket whose words are gone: nobody erases those."""
        lost = next((e.seq for e in told.entries if e.words and e.seq not in told.words), None)
        if lost is None or not await self._stays_open(told.code):
            return None
        return lost, "its words are gone, and the ticket is still open"

    async def _stays_open(self, code: str) -> bool:
        row = await self._fetch(ROW, code)
        return bool(row) and _named(row[0])["state"] not in OVER

    def _broken_words(self, told: Told) -> tuple[int, str] | None:
        """Return the first entry whose words are not those that its digest was made of.

        Words that were erased are gone, and of those without a salt or a key nobody can tell.
        """
        for entry in told.entries:
            if entry.seq in told.words and not self._are_its_own(entry, *told.words[entry.seq]):
                return entry.seq, "its words are not those that were said"
        return None

    def _are_its_own(self, entry: Entry, purpose: Purpose, sealed: bytes) -> bool:
        try:
            said = self._sealer.open(sealed, purpose)
            salt = _read_salt(said).salt
        except (VaultClosed, msgspec.DecodeError):
            return True
        except SealBroken:
            return False
        return digest(said, salt) == entry.words

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
                return _told(before, logs, ())[0]
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
    same = all(made[name] == told.row[name] for name in (*FIXED, *MOVING) if name != "body")
    return same and read_ticket(str(told.row["body"])) == ticket


def _told(rows: Sequence[Row], logs: Sequence[Row], words: Sequence[Row]) -> list[Told]:
    spoken: defaultdict[str, dict[int, tuple[Purpose, bytes]]] = defaultdict(dict)
    for code, seq, purpose, sealed in words:
        spoken[code][seq] = (purpose, sealed)
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for row in map(LogRow._make, logs):
        entries[row.code].append(read_entry(row))
    told = map(_named, rows)
    return [Told(row, entries[str(row["code"])], spoken[str(row["code"])]) for row in told]


def _named(row: Row) -> dict[str, object]:
    """Return *row* by the names of its columns."""
    return dict(zip(NAMES, row, strict=True))
