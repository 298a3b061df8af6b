"""Proofs tried: five a day per person, and five per NIK or ticket, whoever tries (domain rule).

What is guessed at slowly is bounded too: wrong proofs of a NIK or ticket are counted for a month.
Whoever proved it before may try on counts of their own, which strangers cannot use up.
"""

from calendar import monthrange
from datetime import date, datetime

import sqlalchemy as sa
from msgspec import Struct

from conversations.messages import Address
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.statements import Statement, constant
from storage.database.writes import Writes
from storage.tables.chats import proof_counts

LIMIT = 5
WRONG_A_MONTH = 15  # of one NIK or ticket: 180 of 10 000 in a year, however patient one is
ONE_MORE = constant("1")


COUNT = Statement(
    lambda given: given.insert(proof_counts, n=ONE_MORE).on_conflict_do_update(
        index_elements=[proof_counts.c.key],
        set_={"n": proof_counts.c.n + ONE_MORE},
        where=proof_counts.c.n < constant(str(LIMIT)),
    ),
    proof_counts.c.key,
    proof_counts.c.day,
    key=proof_counts.c.key,
)
USED = Statement(
    lambda given: sa.select(proof_counts.c.key, proof_counts.c.n).where(
        proof_counts.c.key == given["key"]
    ),
    proof_counts.c.key,
)

WRONG = Statement(
    lambda given: given.insert(proof_counts, n=ONE_MORE).on_conflict_do_update(
        index_elements=[proof_counts.c.key], set_={"n": proof_counts.c.n + ONE_MORE}
    ),
    proof_counts.c.key,
    proof_counts.c.day,
)


class Tried(Struct, frozen=True):
    """How often proofs were tried."""

    used: int  # on this day, by the citizen or on the subject, whichever is more
    guessed: bool  # this month saw WRONG_A_MONTH wrong ones


class ProofWrites(Writes):
    """Of a unit: a proof was tried."""

    def count_proof(
        self, citizen: Address, subject: str, now: datetime, *, own: bool = False
    ) -> None:
        """Count one try of *citizen* on *subject*, once per unit; the unit is lost at the limit.

        With *own*, apart from what others try on it. The day is *now*'s own calendar day: pass
        local time for a local day.
        """
        for key in _keys(self.pen.sealer, citizen, subject, now.date(), own=own):
            if key not in self.keys:
                self.add(COUNT, (key, now.date().toordinal()), key)

    def count_wrong(self, subject: str, now: datetime, by: Address | None = None) -> None:
        """Count that a proof of *subject* was wrong in *now*'s calendar month, *by* them alone."""
        key = _month(self.pen.sealer, subject, now.date(), by)
        self.add(WRONG, (key, last_of_month(now.date()).toordinal()))


class ProofReads(Reads):
    """Of the store: how often was tried."""

    async def tried(
        self, citizen: Address, subject: str, now: datetime, *, own: bool = False
    ) -> Tried:
        """Return how often proofs were tried by *now*, of *citizen* or on *subject*.

        With *own*, only what *citizen* tried on *subject* apart from others.
        """
        day = now.date()
        keys = _keys(self._sealer, citizen, subject, day, own=own)
        wrong = _month(self._sealer, subject, day, citizen if own else None)
        found: dict[bytes, int] = dict(await self._find(USED, *[(key,) for key in (*keys, wrong)]))
        guessed = found.pop(wrong, 0) >= WRONG_A_MONTH
        return Tried(max(found.values(), default=0), guessed)


def last_of_month(day: date) -> date:
    """Return the last day of *day*'s month: until then wrong proofs count."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _month(sealer: Sealer, subject: str, day: date, by: Address | None) -> bytes:
    """Return under which key a month's wrong proofs are counted."""
    whose = (by.channel, by.id) if by else ()
    return sealer.mac("tries", f"{day:%Y-%m}", "wrong", subject, *whose)


def _keys(
    sealer: Sealer, citizen: Address, subject: str, day: date, *, own: bool
) -> tuple[bytes, bytes]:
    today, whose = day.isoformat(), (citizen.channel, citizen.id)
    return (
        sealer.mac("tries", today, "who", *whose),
        sealer.mac("tries", today, "what", subject, *(whose if own else ())),
    )
