"""Texts that ask for consent: few to one number, and few of one filer, whatever became of them.

They are counted where proofs are, and forgotten with them. A ticket that was taken back counts as
well: else anybody could have us write to a stranger without end.
"""

from datetime import datetime

from storage.chats.looks import COUNT
from storage.chats.proofs import USED, last_of_month
from storage.database.reads import Reads
from storage.database.sealing import Sealer
from storage.database.writes import Writes

ASKED_A_DAY = 2  # to one number
A_MONTH = 5

Count = tuple[bytes, int, int]  # under which key, until which day, how many at most


class AskWrites(Writes):
    """Of a unit: somebody is asked."""

    def count_ask(self, number: str, filer: str, now: datetime, most: int) -> None:
        """Count a text to *number*, and one of *filer*'s *most* on *now*'s own calendar day.

        The unit is lost beyond the limits: many at once are no way around them.
        """
        for row in _counts(self.pen.sealer, number, filer, now, most):
            self.add(COUNT, row, row[0])


class AskReads(Reads):
    """Of the store: whether somebody may be asked."""

    async def may_ask(self, number: str, filer: str, now: datetime, most: int) -> bool:
        """Tell whether *filer*, who has *most* a day, may have us text *number* by *now*."""
        counts = _counts(self._sealer, number, filer, now, most)
        found: dict[bytes, int] = dict(await self._find(USED, *[(key,) for key, _, _ in counts]))
        return all(found.get(key, 0) < limit for key, _, limit in counts)


def _counts(
    sealer: Sealer, number: str, filer: str, now: datetime, most: int
) -> tuple[Count, Count, Count]:
    day = now.date()
    today, month = day.isoformat(), f"{day:%Y-%m}"
    ends = last_of_month(day).toordinal()
    return (
        (sealer.mac("tries", today, "asked", number), day.toordinal(), ASKED_A_DAY),
        (sealer.mac("tries", month, "asked", number), ends, A_MONTH),
        (sealer.mac("tries", today, "asks", filer), day.toordinal(), most),
    )
