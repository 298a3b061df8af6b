"""The one commit code: units in a transaction, each kept whole or left out whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import repeat

from storage import notes, timers
from storage.audit import notes as audit
from storage.cases import followers, parties, tickets
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
    tickets.LOG,
    tickets.WORDS,
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
    tickets.FORGET,
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

Pairs = list[tuple[Unit, Row]]


class Rows:
    """The rows of a transaction by statement, without those of units that were left out."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._by: defaultdict[Statement, Pairs] = defaultdict(list)
        self._whole = True
        for unit in units:
            unit.lost = None
            for statement, own in unit.rows.items():
                self._by[statement] += zip(repeat(unit), own)

    def of(self, statement: Statement) -> Pairs:
        """Return the rows that *statement* writes, each with its unit."""
        pairs = self._by.get(statement, [])
        return pairs if self._whole else [pair for pair in pairs if pair[0].lost is None]

    def leave_out(self, units: Iterable[Unit], loss: Loss) -> None:
        """Have *units* lose for the reason *loss*."""
        self._whole = False
        for unit in units:
            unit.lost = loss


async def keep(link: Link, units: Sequence[Unit]) -> None:
    """Write *units* in one transaction; one that fails a condition is left out and gets `lost`.

    Each round leaves out at least one unit, so there are at most as many rounds as units.
    """
    left = list(units)
    while True:
        rows = Rows(left)
        await link.begin()
        if await _conditions_hold(link, rows):
            break
        await link.rollback()
        left = [unit for unit in left if unit.lost is None]
    await _write(link, rows)
    await _end(link, rows.of(audit.NOTE))


async def _end(link: Link, notes: Pairs) -> None:
    """Write the audit's *notes*, if any, and commit; last, so that their lock is held shortly."""
    if not notes:
        await link.commit()
        return
    pen = notes[0][0].pen
    with pen.chain() as chain:
        await audit.write_notes(link, pen.sealer, chain, [row for _, row in notes])
        await link.commit()


async def _conditions_hold(link: Link, rows: Rows) -> bool:
    """Try all conditions; False when a unit failed one after it had written something.

    A unit that fails its first condition has written nothing: it is passed over, no harm done.
    """
    written: list[Pairs] = []
    for statement, loss in GUARDS.items():
        pairs = rows.of(statement)
        if not pairs:
            continue
        hits = await link.hits(statement, [row for _, row in pairs])
        if all(hits):
            written.append(pairs)
            continue
        written.append([pair for pair, hit in zip(pairs, hits, strict=True) if hit])
        missed = {unit for (unit, _), hit in zip(pairs, hits, strict=True) if not hit}
        rows.leave_out(missed, loss)
        if any(unit in missed for pairs in written for unit, _ in pairs):
            return False
    return True


async def _write(link: Link, rows: Rows) -> None:
    for statement in WRITES:
        if pairs := rows.of(statement):
            await link.run(statement, [row for _, row in pairs])
    if pairs := rows.of(outbox.SEND):
        await outbox.write_replies(link, dict.fromkeys(unit for unit, _ in pairs))
