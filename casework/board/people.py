"""The console's people by their accounts' ids: what they are called, and who could take a case."""

from collections.abc import Iterable, Mapping

from casework.access.scope import claim_for
from casework.staff.person import Staff
from casework.staff.sittings import person
from referrals.directory import District
from referrals.ticket import Ticket
from storage.store import Store

GONE = "-"  # whose account is no longer there


class People:
    """Knows accounts."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def called(self, accounts: Iterable[str]) -> Mapping[str, str]:
        """Return what the people of *accounts* are called."""
        return {one: await self._called(one) for one in {*accounts} - {""}}

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

    def could_take(self, taker: Staff, ticket: Ticket) -> bool:
        """Tell whether *taker* may act on *ticket*."""
        return claim_for(taker, ticket, self._district) is not None

    async def _called(self, account: str) -> str:
        found = await self._store.account(account)
        return found.own.called if found else GONE
