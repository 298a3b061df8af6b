"""What answers to one address cost on a day; counted where proofs are, and forgotten with them."""

from datetime import datetime

from conversations.messages import Address
from storage.chats.proofs import USED
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.chats import proof_counts


def _count(given: Given) -> Insert:
    insert = given.insert(proof_counts)
    return insert.on_conflict_do_update(
        index_elements=[proof_counts.c.key],
        set_={"n": proof_counts.c.n + insert.excluded["n"]},
    )


COUNT = Statement(_count, proof_counts.c.key, proof_counts.c.day, proof_counts.c.n)


class SpendWrites(Writes):
    """Of a unit: an answer costs something."""

    def count_spent(self, citizen: Address, units: int, now: datetime) -> None:
        """Count *units* for *citizen* on *now*'s own calendar day: pass local time."""
        key = _day(self.pen.sealer, citizen, now)
        self.add(COUNT, (key, now.date().toordinal(), units), key)


class SpendReads(Reads):
    """Of the store: what answers cost."""

    async def spent(self, citizen: Address, now: datetime) -> int:
        """Return the units that *citizen* was answered with on *now*'s calendar day."""
        found = await self._find(USED, (_day(self._sealer, citizen, now),))
        return int(found[0][1]) if found else 0


def _day(sealer: Sealer, citizen: Address, now: datetime) -> bytes:
    """Return under which key the day's answers to *citizen* are counted."""
    return sealer.mac("tries", now.date().isoformat(), "spent", citizen.channel, citizen.id)
