"""Proofs tried: five a day per person, and five per NIK or ticket, whoever tries (domain rule).

What is guessed at slowly is bounded too: wrong proofs of a NIK or ticket are counted for thirty
days. A wrong one becomes known only after it was tried, so it is counted by a unit of its own.
"""

from calendar import monthrange
from datetime import date, datetime

import sqlalchemy as sa

from conversations.messages import Address
from storage.reads import Reads
from storage.sealing import Sealer
from storage.statements import Given, Insert, Statement, constant
from storage.tables import proof_counts
from storage.writes import Writes

LIMIT = 5
WRONG_A_MONTH = 15  # of one NIK or ticket: 180 of 10 000 in a year, however patient one is
ONE = constant("1")


def _count(given: Given) -> Insert:
    insert = given.insert(proof_counts, n=ONE)
    return insert.on_conflict_do_update(
        index_elements=[proof_counts.c.key],
        set_={"n": proof_counts.c.n + ONE},
        where=proof_counts.c.n < constant(str(LIMIT)),
    )


COUNT = Statement(_count, proof_counts.c.key, proof_counts.c.day, key=proof_counts.c.key)
USED = Statement(
    lambda given: sa.select(proof_counts.c.n).where(proof_counts.c.key == given["key"]),
    proof_counts.c.key,
)

WRONG = Statement(
    lambda given: given.insert(proof_counts, n=ONE).on_conflict_do_update(
        index_elements=[proof_counts.c.key], set_={"n": proof_counts.c.n + ONE}
    ),
    proof_counts.c.key,
    proof_counts.c.day,
)


class ProofWrites(Writes):
    """Of a unit: a proof was tried."""

    def count_proof(self, citizen: Address, subject: str, now: datetime) -> None:
        """Count one try of *citizen* on *subject*, once per unit; the unit is lost at the limit.

        The day is *now*'s own calendar day: pass local time for a local day.
        """
        for key in _keys(self.pen.sealer, citizen, subject, now.date()):
            if key not in self.keys:
                self.add(COUNT, (key, now.date().toordinal()), key)

    def count_wrong(self, subject: str, now: datetime) -> None:
        """Count that a proof of *subject* was wrong, in *now*'s own calendar month."""
        key, last = _month(self.pen.sealer, subject, now.date())
        self.add(WRONG, (key, last.toordinal()))


class ProofReads(Reads):
    """Of the store: how often was tried."""

    async def proofs_used(self, citizen: Address, subject: str, now: datetime) -> int:
        """Return the tries on *now*'s day, of *citizen* or on *subject*, whichever is more."""
        keys = _keys(self._sealer, citizen, subject, now.date())
        found = await self._find(USED, *[(key,) for key in keys])
        return max([n for (n,) in found], default=0)

    async def guessed_at(self, subject: str, now: datetime) -> bool:
        """Tell whether *now*'s month saw WRONG_A_MONTH wrong proofs of *subject*, or more."""
        key, _ = _month(self._sealer, subject, now.date())
        return any(n >= WRONG_A_MONTH for (n,) in await self._find(USED, (key,)))


def _month(sealer: Sealer, subject: str, day: date) -> tuple[bytes, date]:
    """Return under which key a month's wrong proofs are counted, and its last day."""
    last = day.replace(day=monthrange(day.year, day.month)[1])
    return sealer.mac("tries", f"{day:%Y-%m}", "wrong", subject), last


def _keys(sealer: Sealer, citizen: Address, subject: str, day: date) -> tuple[bytes, bytes]:
    today = day.isoformat()
    return (
        sealer.mac("tries", today, "who", citizen.channel, citizen.id),
        sealer.mac("tries", today, "what", subject),
    )
