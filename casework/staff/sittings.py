"""Sessions of the console: opened at sign-in, ended by silence, by time, or at a word."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.district.staffing import StaffRole
from storage.console.staff import Account, Sitting
from storage.store import Store
from storage.unit import Unit

IDLE = timedelta(minutes=60)  # without a click
LONGEST = timedelta(hours=12)  # a working day, however busy
TOUCHED = timedelta(minutes=1)  # a click is kept at most this often
ACTIVE = "active"
MOST_WHERE = 200  # characters kept of how a browser names itself


class Open(Struct, frozen=True):
    """A session that holds, and who has it."""

    staff: Staff
    sitting: Sitting

    def __repr__(self) -> str:
        return f"Open({self.staff.id})"


class Sittings:
    """Opens, recognises and ends the sessions of whoever works in the console."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._roles = district.staff_roles

    def begin(self, unit: Unit, account: Account, token: str, now: datetime, where: str) -> None:
        """Write into *unit* that *token*, which nobody else knows, is a session of *account*."""
        sitting = Sitting(
            mark=b"",
            staff=account.id,
            began=now,
            seen=now,
            until=now + LONGEST,
            where=where[:MOST_WHERE],
        )
        unit.begin_session(token, sitting)

    async def of(self, token: str, now: datetime, *, click: bool = True) -> Open | None:
        """Return the session that *token* opens, None for one that is over or nobody's.

        What a page asks for by itself is no *click*: a desk that nobody sits at signs out. An
        account that was suspended, or whose role the district no longer has, has none.
        """
        found = await self._store.staff_session(token)
        if found is None:
            return None
        sitting, account = found
        staff = person(account, self._roles)
        if staff is None or is_over(sitting, now):
            return None
        if click and now - sitting.seen >= TOUCHED:
            unit = self._store.unit()
            unit.touch_session(sitting.mark, now)
            await self._store.commit(unit)
        return Open(staff, sitting)


def is_over(sitting: Sitting, now: datetime) -> bool:
    """Tell whether nobody may use *sitting* any more."""
    return now >= sitting.until or now - sitting.seen >= IDLE


def person(account: Account, roles: Mapping[str, StaffRole]) -> Staff | None:
    """Return who *account* is, None where it may not work."""
    role = roles.get(account.role)
    if role is None or account.state != ACTIVE:
        return None
    return Staff(
        id=account.id,
        name=account.own.called,
        role=role,
        office=account.office,
        areas=account.areas,
    )
