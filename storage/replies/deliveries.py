"""What became of each letter on each way to its agency."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from msgspec import Struct

from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.statements import Given, Insert, Statement
from storage.database.writes import Writes
from storage.tables.replies import deliveries


class DeliveryState(StrEnum):
    """Where one letter stands on one way."""

    WAITING = "waiting"  # to be tried again, or to be carried by somebody
    SENT = "sent"  # taken by who carries it; whether it arrived is not known
    DELIVERED = "delivered"
    FAILED = "failed"


OUT = frozenset({DeliveryState.SENT, DeliveryState.DELIVERED})  # of our hands


class Delivery(Struct, frozen=True, kw_only=True):
    """One letter on one way. *turn* counts the ways tried: 0, 1, … and on, round after round."""

    letter: int
    turn: int
    agency: str
    code: str  # of the ticket
    leg: int
    way: str  # the kind of the way's row
    state: DeliveryState
    at: datetime  # of the last try or news; aware, UTC
    reason: str = ""  # why it failed or waits: the name of an error
    attempts: int = 0
    reference: str = ""  # the other side's own number of it


def _keep(given: Given) -> Insert:
    insert = given.insert(deliveries)
    news = ("state", "reason", "attempts", "sealed", "at")
    return insert.on_conflict_do_update(
        index_elements=[deliveries.c.letter, deliveries.c.turn],
        set_={name: insert.excluded[name] for name in news},
    )


KEEP = Statement(_keep, *deliveries.c)
OF_LETTER = Statement(
    lambda given: (
        sa.select(*deliveries.c)
        .where(deliveries.c.letter == given["letter"])
        .order_by(deliveries.c.letter, deliveries.c.turn)
    ),
    deliveries.c.letter,
)
OF_LEG = Statement(
    lambda given: (
        sa.select(*deliveries.c)
        .where(deliveries.c.code == given["code"], deliveries.c.leg == given["leg"])
        .order_by(deliveries.c.letter, deliveries.c.turn)
    ),
    deliveries.c.code,
    deliveries.c.leg,
    alone=True,
)


class DeliveryWrites(Writes):
    """Of a unit: news of a letter."""

    def keep_delivery(self, delivery: Delivery) -> None:
        """Keep how *delivery* stands now, in the place of what was known of it before."""
        reference = delivery.reference.encode()
        row = (
            delivery.letter,
            delivery.turn,
            delivery.agency,
            delivery.code,
            delivery.leg,
            delivery.way,
            delivery.state.value,
            delivery.reason,
            delivery.attempts,
            self.pen.sealer.seal(reference, "letter") if reference else None,
            to_number(delivery.at),
        )
        self.add(KEEP, row, ("delivery", delivery.letter, delivery.turn))


class DeliveryReads(Reads):
    """Of the store: news of letters."""

    async def deliveries(self, letters: Iterable[int]) -> tuple[Delivery, ...]:
        """Return what became of *letters* on each way, in the order in which they were tried."""
        asked = [(letter,) for letter in dict.fromkeys(letters)]
        rows = await self._fetch_each(OF_LETTER, asked) if asked else []
        return tuple(sorted(map(self._delivery, rows), key=lambda d: (d.letter, d.turn)))

    async def deliveries_of(self, code: str, leg: int) -> tuple[Delivery, ...]:
        """Return what became of all letters about *leg* of ticket *code*."""
        return tuple(map(self._delivery, await self._fetch(OF_LEG, code, leg)))

    def _delivery(self, row: Row) -> Delivery:
        letter, turn, agency, code, leg, way, state, reason, attempts, sealed, at = row
        return Delivery(
            letter=letter,
            turn=turn,
            agency=agency,
            code=code,
            leg=leg,
            way=way,
            state=DeliveryState(state),
            reason=reason,
            attempts=attempts,
            reference=self._sealer.open(sealed, "letter").decode() if sealed else "",
            at=from_number(at),
        )
