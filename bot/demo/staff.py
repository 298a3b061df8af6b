"""The demo's people behind the door: one of each role, all with the same pass phrase."""

from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from casework.staff.accounts import Assignment, taken_up
from casework.staff.passwords import Passwords
from referrals.district.directory import District
from storage.console.staff import Own
from storage.store import Store

PHRASE = "peragaan satu pintu"
ROWS = Path(__file__).with_suffix(".yaml")


class DemoStaff(Struct, frozen=True):
    """One of them: the role's code, which they sign in by, and the agency's."""

    role: str
    office: str


def demo_staff() -> tuple[DemoStaff, ...]:
    """Return them all."""
    return msgspec.yaml.decode(ROWS.read_bytes(), type=tuple[DemoStaff, ...])


def account_of(role: str) -> str:
    """Return the id of the account of who has *role*."""
    return f"demo{role.replace('_', '')}"


async def seated(store: Store) -> bool:
    """Tell whether there are accounts: the demo's were made, or somebody made their own."""
    return bool(await store.accounts())


async def seat(store: Store, district: District, now: datetime) -> None:
    """Make their accounts, as far as *district* has the role and the office.

    One hash serves all, as one phrase does.
    """
    unit, password = store.unit(), await Passwords().hashed(PHRASE)
    for one in demo_staff():
        if one.role in district.staff_roles and one.office in district.agencies:
            own = Own(one.role, district.staff_roles[one.role].label.id, password=password)
            place = Assignment(one.role, one.office)
            unit.add_account(taken_up(account_of(one.role), own, place, now))
    await store.commit(unit)
