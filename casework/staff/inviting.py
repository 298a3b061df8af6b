"""Invitations: a link by which somebody sets their own password, once, and nobody else knows it.

The same link is how somebody comes back who lost their password or telephone: it takes the
second factor away and ends every session and chat: the telephone may be in other hands.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from casework.staff.passwords import Passwords, fault_of
from casework.staff.sittings import ACTIVE
from casework.trail.actions import Action, staff_actor
from storage.console.staff import Account
from storage.store import Store
from storage.unit import Outcome

INVITATION_VALID = timedelta(days=3)
INVITED = "invited"  # an account whose password nobody has set yet
OVER = "over"  # the link was used, is too old, or never was one


class Inviting:
    """Takes invitations up."""

    def __init__(self, store: Store, passwords: Passwords) -> None:
        self._store = store
        self._passwords = passwords

    async def whose(self, token: str, now: datetime) -> Account | None:
        """Return the account that *token* is for, None for a link that leads nowhere."""
        account = await self._store.invited(token, now)
        return account if account is not None and account.state in {ACTIVE, INVITED} else None

    async def accept(self, token: str, password: str, now: datetime) -> str:
        """Set the *password* of whom *token* is for; return what is wrong, or nothing."""
        account = await self.whose(token, now)
        if account is None:
            return OVER
        if fault := fault_of(password, account.own.name):
            return fault
        own = replace(
            account.own, password=await self._passwords.hashed(password), totp="", step=0
        )
        unit = self._store.unit()
        unit.use_invitation(token, now)
        unit.change_account(replace(account, own=own, state=ACTIVE))
        unit.end_sessions(account.id)
        unit.let_chats_go(account.id)
        unit.clear_tries("account", account.id)
        unit.note(
            staff_actor(account.id), Action.ACCOUNT, now, detail=b"password set by invitation"
        )
        return "" if await self._store.commit(unit) is Outcome.KEPT else OVER
