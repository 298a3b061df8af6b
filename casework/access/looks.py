"""How many people one account of the console may look up in a day, by whatever is known of them.

Each counts once, however often and in however many ways it is looked at; a telephone, a NIK and a
ticket's code are three. Whoever may look up no more is refused before anything is read, and that
is noted.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec import Struct

from casework.staff.person import Staff
from casework.trail.actions import Action, staff_actor
from referrals.district.directory import District
from referrals.district.working_days import local
from storage.store import Store
from storage.unit import Unit


class Look(Struct, frozen=True):
    """A look at *whom* that may be had; `count` has the unit count it that keeps who looked."""

    staff: str
    whom: str
    here: datetime  # local time: the day is the district's own
    most: int
    again: bool  # they were looked up before on this day

    def count(self, unit: Unit) -> None:
        """Count it in *unit*, which is lost where others at the same time used up the day."""
        if not self.again:
            unit.count_look(self.staff, self.whom, self.here, self.most)

    def __repr__(self) -> str:
        return f"Look({self.staff})"


class Looks:
    """Knows how many each account had. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    @property
    def most(self) -> int:
        """How many people an account may look up in a day."""
        return self._district.looks_a_day

    async def at(self, staff: Staff, whom: str, now: datetime) -> Look | None:
        """Return the look of *staff* at *whom*, a number or a code; None where it is refused."""
        here = local(self._district.calendar, now)
        looked = await self._store.looked(staff.id, whom, here)
        if looked.people >= self.most and not looked.among:
            await self.refuse(staff, now)
            return None
        return Look(staff.id, whom, here, self.most, again=looked.among)

    async def refuse(self, staff: Staff, now: datetime) -> None:
        """Have the audit keep that *staff* was refused; of whom they asked it keeps nothing."""
        unit = self._store.unit()
        unit.note(staff_actor(staff.id), Action.OVER_QUOTA, now)
        await self._store.commit(unit)

    async def today(self, staff: Iterable[str], now: datetime) -> Mapping[str, int]:
        """Return how many people each account of *staff* looked up so far on *now*'s day."""
        return await self._store.people_looked_up(staff, local(self._district.calendar, now))
