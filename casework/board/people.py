"""The console's people by their accounts' ids: what they are called, and who could take a case."""

from collections.abc import Iterable, Mapping

from casework.staff.person import Staff
from casework.staff.sittings import person
from referrals.district.directory import District
from storage.store import Store

GONE = "-"  # whose account is no longer there


class People:
    """Knows accounts."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def called(self, accounts: Iterable[str]) -> Mapping[str, str]:
        """Return what the people of *accounts* are called."""
        wanted = {*accounts} - {""}
        found = await self._store.accounts_of(sorted(wanted)) if wanted else ()
        return dict.fromkeys(wanted, GONE) | {one.id: one.own.called for one in found}

    async def who(self, account: str) -> Staff | None:
        """Return who has *account*, None where nobody works by it."""
        found = await self._store.account(account)
        return person(found, self._district.staff_roles) if found else None

    async def takers(self, staff: Staff) -> tuple[Staff, ...]:
        """Return who of *staff*'s office could be given cases, *staff* among them, by name."""
        accounts = await self._store.accounts()
        known = (person(one, self._district.staff_roles) for one in accounts)
        near = (one for one in known if one and one.office == staff.office and one.role.acts_as)
        return tuple(sorted(near, key=lambda one: (one.name, one.id)))
