"""The one commit code: units in a transaction, each kept whole or left out whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from storage import inbox, letters, outbox, proofs, sessions, tickets, timers, wishes
from storage.link import Link, Row
from storage.statements import Statement
from storage.unit import Unit
from storage.writes import Loss

# Conditions, in the order in which they are tried: what most often fails comes first.
GUARDS: dict[Statement, Loss] = {
    inbox.FIRST_TIME: Loss.MESSAGE,
    sessions.START: Loss.SESSION,
    sessions.CARRY_ON: Loss.SESSION,
    proofs.COUNT: Loss.PROOF,
    timers.FINISH: Loss.TIMER,
    tickets.OPEN: Loss.CODE,
    tickets.CHANGE: Loss.TICKET,
}
# Plain writes, in an order that is the same in every transaction. What became of earlier replies
# comes first, so that outbox.SEND sees which of them still wait.
WRITES: tuple[Statement, ...] = (
    outbox.SENT,
    outbox.DEFER,
    outbox.LET_GO_ALL,
    outbox.PARK,
    tickets.LOG,
    tickets.WORDS,
    letters.WRITE,
    wishes.CONSENT,
    wishes.STOP,
    wishes.START,
    timers.SET,
    timers.DROP,
)

Rows = dict[Statement, list[tuple[Unit, Row]]]


async def keep(link: Link, units: Sequence[Unit]) -> None:
    """Write *units* in one transaction; one that fails a condition is left out and gets `lost`.

    Each round leaves out at least one unit, so there are at most as many rounds as units.
    """
    left = list(units)
    for unit in left:
        unit.lost = None
    while True:
        await link.begin()
        if await _conditions_hold(link, left):
            break
        await link.rollback()
        left = [unit for unit in left if unit.lost is None]
    await _write(link, [unit for unit in left if unit.lost is None])
    await link.commit()


async def _conditions_hold(link: Link, units: Sequence[Unit]) -> bool:
    """Try all conditions; False when a unit failed one after it had written something.

    A unit that fails its first condition has written nothing: it is passed over, no harm done.
    """
    touched: set[Unit] = set()
    rows = _by_statement(units)
    for statement, loss in GUARDS.items():
        pairs = [(unit, row) for unit, row in rows.get(statement, ()) if unit.lost is None]
        if not pairs:
            continue
        hits = await link.hits(statement, [row for _, row in pairs])
        for (unit, _), hit in zip(pairs, hits, strict=True):
            if hit:
                touched.add(unit)
            else:
                unit.lost = loss
        if any(unit.lost for unit in touched):
            return False
    return True


async def _write(link: Link, units: Sequence[Unit]) -> None:
    rows = _by_statement(units)
    for statement in WRITES:
        if statement in rows:
            await link.run(statement, [row for _, row in rows[statement]])
    if outbox.SEND in rows:
        sent = await link.fetch(outbox.SEND, [row for _, row in rows[outbox.SEND]])
        if behind := {number for number, waits in sent if waits}:
            await link.run(outbox.LET_GO, [(number,) for number in behind])
            for unit in units:
                for item in unit.items:
                    item.behind = item.id in behind


def _by_statement(units: Iterable[Unit]) -> Rows:
    rows: Rows = defaultdict(list)
    for unit in units:
        for statement, own in unit.rows.items():
            rows[statement] += [(unit, row) for row in own]
    return rows
