"""The one commit code: units in a transaction, each kept whole or left out whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from storage.inbox import FIRST_TIME
from storage.link import Link, Row
from storage.outbox import DEFER, LET_GO, LET_GO_ALL, PARK, SEND, SENT
from storage.proofs import COUNT
from storage.sessions import CARRY_ON, START
from storage.statements import Statement
from storage.unit import Unit
from storage.writes import Loss

# Conditions, in the order in which they are tried: what most often fails comes first.
GUARDS: dict[Statement, Loss] = {
    FIRST_TIME: Loss.MESSAGE,
    START: Loss.SESSION,
    CARRY_ON: Loss.SESSION,
    COUNT: Loss.PROOF,
}
# Plain writes, in an order that is the same in every transaction. What became of earlier replies
# comes before new ones are written, so that SEND sees which of them still wait.
WRITES: tuple[Statement, ...] = (SENT, DEFER, LET_GO_ALL, PARK)

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
    if SEND in rows:
        sent = await link.fetch(SEND, [row for _, row in rows[SEND]])
        if behind := {number for number, waits in sent if waits}:
            await link.run(LET_GO, [(number,) for number in behind])
            for unit in units:
                for item in unit.items:
                    item.behind = item.id in behind


def _by_statement(units: Iterable[Unit]) -> Rows:
    rows: Rows = defaultdict(list)
    for unit in units:
        for statement, own in unit.rows.items():
            rows[statement] += [(unit, row) for row in own]
    return rows
