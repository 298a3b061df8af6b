"""The one commit code: units in a transaction, each kept whole or left out whole."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import chain
from operator import methodcaller

from storage import notes, timers
from storage.audit import notes as audit
from storage.cases import followers, logs, parties, tickets
from storage.chats import inbox, linked, looks, proofs, sessions, spending, wishes
from storage.console import (
    case_notes,
    holdings,
    staff,
    staff_chats,
    staff_tries,
    village,
    worklist,
)
from storage.database.link import Link, Row
from storage.database.statements import Statement
from storage.database.writes import Loss
from storage.replies import deliveries, letters, outbox, sent, tolls
from storage.shelf import arrivals, files
from storage.unit import Unit
from storage.upkeep import erasing

# Conditions, in the order in which they are tried: what most often fails comes first.
GUARDS: dict[Statement, Loss] = {
    inbox.FIRST_TIME: Loss.MESSAGE,
    sessions.START: Loss.SESSION,
    sessions.CARRY_ON: Loss.SESSION,
    proofs.COUNT: Loss.PROOF,
    looks.COUNT: Loss.PROOF,
    timers.FINISH: Loss.TIMER,
    sent.ADVANCE: Loss.RECEIPT,
    sent.SETTLE: Loss.RECEIPT,
    tickets.OPEN: Loss.CODE,
    tickets.CHANGE: Loss.TICKET,
    files.MARK: Loss.REUSED,
    tickets.SAME: Loss.TICKET,
    staff_tries.COUNT: Loss.TRIES,
    staff_tries.COUNT_ADDRESS: Loss.TRIES,
    staff.ADD: Loss.STAFF,
    staff.CHANGE: Loss.STAFF,
    staff.USE: Loss.STAFF,
}
# Plain writes, in an order that is the same in every transaction. What became of earlier replies
# comes first, so that outbox.SEND sees which of them still wait; a toll counts while they do.
WRITES: tuple[Statement, ...] = (
    tolls.COUNT,
    tolls.COUNT_HOUR,
    outbox.SENT,
    outbox.DEFER,
    outbox.LET_GO_ALL,
    outbox.PARK,
    outbox.DROP_LATER,
    outbox.SEND_LATER,
    outbox.SET_ASIDE,
    sent.KEEP,
    sent.KEEP_PART,
    logs.LOG,
    logs.WORDS,
    letters.WRITE,
    linked.WITHDRAW,
    linked.OFFER,
    linked.CLOSE,
    linked.JOIN,
    linked.ADOPT,
    arrivals.ARRIVE,
    arrivals.SETTLE,
    arrivals.FILE,
    arrivals.FORGET,
    arrivals.FORGET_UNWANTED,
    files.DROP,
    files.KEEP,
    files.REMEMBER,
    files.LOOK,
    proofs.WRONG,
    looks.REMEMBER,
    spending.COUNT,
    followers.FOLLOW,
    parties.LEAVE,
    parties.JOIN,
    parties.MOVE,
    deliveries.KEEP,
    wishes.CONSENT,
    wishes.STOP,
    wishes.START,
    timers.SET,
    timers.DROP,
    notes.KEEP,
    logs.FORGET,
    worklist.LIST,
    holdings.TAKE,
    holdings.GIVE,
    holdings.LET_GO,
    case_notes.WRITE,
    case_notes.FORGET,
    village.HOLD,
    staff_chats.LET_GO,
    staff_chats.WITHDRAW,
    staff_chats.OFFER,
    staff_chats.BIND,
    staff_chats.TOUCH,
    staff.WITHDRAW,
    staff.INVITE,
    staff.END_ALL,
    staff.END,
    staff.BEGIN,
    staff.TOUCH,
    staff_tries.CLEAR,
    staff_tries.GIVE_BACK,
    *erasing.STATEMENTS,
)

GUARD_ORDER = {statement: place for place, statement in enumerate(GUARDS)}
WRITE_ORDER = {statement: place for place, statement in enumerate(WRITES)}


class Rows:
    """The rows of a transaction by statement, without those of units that were left out."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._all = [unit.rows for unit in units]
        self._wanted = set(chain.from_iterable(self._all))
        for unit in units:
            unit.lost = None

    def by(self, order: Mapping[Statement, int]) -> Iterator[tuple[Statement, list[Row]]]:
        """Give in *order* each of its statements that any unit wants, with the rows it writes."""
        for statement in sorted(order.keys() & self._wanted, key=order.__getitem__):
            if rows := self.of(statement):
                yield statement, rows

    def of(self, statement: Statement) -> list[Row]:
        """Return the rows that *statement* writes, unit after unit; no step of Python a row."""
        return list(chain.from_iterable(map(methodcaller("get", statement, ()), self._all)))

    def owners(self, statement: Statement) -> list[Unit]:
        """Return whose each of the rows is that *statement* writes."""
        return [unit for unit in self.units for _ in unit.rows.get(statement, ())]

    def leave_out(self, units: Container[Unit], loss: Loss) -> None:
        """Have *units* lose for the reason *loss*."""
        for unit in self.units:
            if unit in units:
                unit.lost = loss
        self.units = [unit for unit in self.units if unit.lost is None]
        self._all = [unit.rows for unit in self.units]


async def keep(link: Link, units: Sequence[Unit]) -> None:
    """Write *units* in one transaction; one that fails a condition is left out and gets `lost`.

    Each round leaves out at least one unit, so there are at most as many rounds as units.
    """
    left = units
    while True:
        rows = Rows(left)
        await link.begin()
        if await _conditions_hold(link, rows):
            break
        await link.rollback()
        left = rows.units
    await _write(link, rows)
    await _end(link, rows)


async def _end(link: Link, rows: Rows) -> None:
    """Write the audit's notes, if any, and commit; last, so that their lock is held shortly."""
    notes = rows.of(audit.NOTE)
    if not notes:
        await link.commit()
        return
    pen = rows.units[0].pen
    with pen.chain() as ours:
        await audit.write_notes(link, pen.sealer, ours, notes)
        await link.commit()


async def _conditions_hold(link: Link, rows: Rows) -> bool:
    """Try all conditions; False when a unit failed one after it had written something.

    A unit that fails its first condition has written nothing: it is passed over, no harm done.
    """
    tried: list[Statement] = []
    for statement, given in rows.by(GUARD_ORDER):
        hits = await link.hits(statement, given)
        if not all(hits):
            owners = rows.owners(statement)
            missed = {unit for unit, hit in zip(owners, hits, strict=True) if not hit}
            wrote = {unit for unit, hit in zip(owners, hits, strict=True) if hit}
            wrote.update(unit for one in tried for unit in rows.owners(one))
            rows.leave_out(missed, GUARDS[statement])
            if not missed.isdisjoint(wrote):
                return False
        tried.append(statement)
    return True


async def _write(link: Link, rows: Rows) -> None:
    for statement, given in rows.by(WRITE_ORDER):
        await link.run(statement, given)
    if replies := rows.of(outbox.SEND):
        await outbox.write_replies(link, rows.units, replies)
