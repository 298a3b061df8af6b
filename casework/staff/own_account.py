"""What somebody of the console does with their own account: password, second factor, sessions."""

from datetime import datetime

from msgspec.structs import replace

from casework.staff.passwords import Passwords, fault_of
from casework.staff.second_factor import is_secret, step_of
from casework.staff.signing_in import SigningIn
from casework.trail.actions import Action, staff_actor
from storage.console.staff import Account, Own
from storage.store import Store
from storage.unit import Outcome, Unit

WRONG = "wrong_password"
CHANGED = "changed"


class OwnAccount:
    """Changes one's own account; each change asks for the password once more."""

    def __init__(self, store: Store, signing_in: SigningIn, passwords: Passwords) -> None:
        self._store = store
        self._signing_in = signing_in
        self._passwords = passwords

    async def end(self, number: str, mark: bytes, now: datetime) -> None:
        """End the session *mark*, where it is one of the account *number*."""
        if any(one.mark == mark for one in await self._store.sessions_of(number)):
            unit = self._store.unit()
            unit.end_session(mark)
            unit.note(staff_actor(number), Action.SIGN_OUT, now)
            await self._store.commit(unit)

    async def set_password(self, number: str, old: str, new: str, now: datetime) -> str:
        """Change the password and end every session; return what is wrong, or nothing."""
        account = await self._proven(number, old, now)
        if account is None:
            return WRONG
        if fault := fault_of(new, account.own.name):
            return fault
        own = replace(account.own, password=await self._passwords.hashed(new))
        return await self._keep(account, own, "password changed", now)

    async def use_second_factor(
        self, number: str, password: str, *, secret: str, code: str, now: datetime
    ) -> str:
        """Ask for a code from now on; the first *code* shows that *secret* arrived."""
        account = await self._proven(number, password, now)
        if account is None:
            return WRONG
        step = step_of(secret, code, now, 0) if is_secret(secret) else 0
        if not step:
            return "wrong_code"
        own = replace(account.own, totp=secret, step=step)
        return await self._keep(account, own, "second factor begun", now)

    async def drop_second_factor(self, number: str, password: str, now: datetime) -> str:
        """Ask for no code any more; return what is wrong, or nothing."""
        account = await self._proven(number, password, now)
        if account is None:
            return WRONG
        own = replace(account.own, totp="", step=0)
        return await self._keep(account, own, "second factor ended", now)

    async def _proven(self, number: str, password: str, now: datetime) -> Account | None:
        account = await self._store.account(number)
        if account is None or not await self._signing_in.proves(account, password, now):
            return None
        return account

    async def _keep(self, account: Account, own: Own, what: str, now: datetime) -> str:
        """Keep *own*, end every session and chat, and note *what* was done."""
        unit: Unit = self._store.unit()
        unit.change_account(replace(account, own=own))
        unit.end_sessions(account.id)
        unit.let_chats_go(account.id)
        unit.note(staff_actor(account.id), Action.ACCOUNT, now, detail=what.encode())
        return "" if await self._store.commit(unit) is Outcome.KEPT else CHANGED
