"""What an operator may know of a running process: counts and ages, never a person."""

from collections.abc import Mapping

from bot.assembly import House
from bot.running.loops import Loops
from storage.database.errors import StoreUnavailable
from web.health import Readiness


class Report:
    """Says whether the house can serve, and how much it did."""

    def __init__(self, house: House, loops: Loops) -> None:
        self._house = house
        self._loops = loops
        self._age = 0.0

    async def ready(self) -> Readiness:
        """Say whether the database keeps what we write, and whether all our work goes on."""
        now = self._house.clock.now()
        try:
            await self._house.store.beat(now)
            self._age = await self._house.store.outbox_age(now)
        except StoreUnavailable:
            return Readiness(database=False, loops=self._loops.alive)
        return Readiness(database=True, loops=self._loops.alive)

    def measures(self) -> Mapping[str, float]:
        """Return what was counted, by the metric's name."""
        house = self._house
        counted = {f"messages_{name}_total": n for name, n in house.door.counts.items()}
        costs = {_charged(*of): n for of, n in house.outbox.charges.items()}
        told = {
            f'receipts_total{{state="{state.value}"}}': n
            for state, n in house.receipts.counts.items()
        }
        return (
            counted
            | costs
            | told
            | {
                "replies_sent_total": house.outbox.sent,
                "replies_failed_total": house.outbox.failed,
                "replies_held": house.outbox.waiting,
                "outbox_age_seconds": self._age,
                "sms_segments_this_hour": house.tolls.segments,
            }
        )


def _charged(channel: str, tariff: str) -> str:
    """Return the name of what *channel* charges for; a tariff is a word of its gateway's row."""
    word = "".join(c for c in tariff if c.isalnum() or c in "-_. ")
    return f'charges_total{{channel="{channel}",tariff="{word}"}}'
