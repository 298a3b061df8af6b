"""What an operator may know of a running process: counts and ages, never a person."""

from collections.abc import Mapping

from bot.assembly import House
from storage.store import StoreUnavailable
from web.health import Readiness


class Report:
    """Says whether the house can serve, and how much it did."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def ready(self) -> Readiness:
        """Say whether the database answers, and how old the oldest unsent reply is."""
        try:
            age = await self._house.store.outbox_age(self._house.clock.now())
        except StoreUnavailable:
            return Readiness(database=False)
        return Readiness(database=True, outbox_age=age)

    def measures(self) -> Mapping[str, float]:
        """Return what was counted, by the metric's name."""
        house = self._house
        counted = {f"messages_{name}_total": n for name, n in house.door.counts.items()}
        return counted | {
            "replies_sent_total": house.outbox.sent,
            "replies_failed_total": house.outbox.failed,
            "replies_held": house.outbox.waiting,
        }
