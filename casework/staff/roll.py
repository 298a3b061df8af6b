"""Who has an account, and where they are signed in, as pages show it."""

from datetime import datetime

from casework.staff.sittings import is_over
from casework.staff.views import AccountView, SessionView
from storage.store import Store


class Roll:
    """Shows accounts and sessions; changes nothing. Everything raises StoreUnavailable."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def everybody(self) -> tuple[AccountView, ...]:
        """Return every account, by what people call them."""
        found = map(AccountView.of, await self._store.accounts())
        return tuple(sorted(found, key=lambda one: one.called.casefold()))

    async def one(self, number: str) -> AccountView | None:
        """Return the account with the id *number*."""
        account = await self._store.account(number)
        return AccountView.of(account) if account else None

    async def sessions(self, number: str, now: datetime) -> tuple[SessionView, ...]:
        """Return the sessions of an account that hold, the last used first."""
        found = await self._store.sessions_of(number)
        return tuple(SessionView.of(one) for one in found if not is_over(one, now))
