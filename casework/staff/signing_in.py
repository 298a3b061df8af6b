"""Signing in: a name, a password, and where somebody wants it so a code of their telephone.

Every wrong try is answered alike and takes the same time, whether nobody has the name, the
password is wrong, the code is, or the account is not in use. Who guesses waits longer and longer
(`storage.console.staff_tries`), by account and by address; a browser in which somebody signed
in before is counted apart, so that no stranger keeps them out of it.
"""

import hmac
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from casework.staff.passwords import Passwords
from casework.staff.second_factor import step_of
from casework.staff.sittings import Sittings, person
from casework.trail.actions import Action, staff_actor
from referrals.district.directory import District
from storage.console.staff import Account
from storage.console.staff_tries import Kind
from storage.store import Store
from storage.unit import Outcome

LONGEST_NAME = 60
NOBODY = "?"  # in the audit: a name that nobody has

Tried = tuple[tuple[Kind, str], ...]


class Attempt(Struct, frozen=True, kw_only=True):
    """What somebody typed, and where. Prints nothing."""

    name: str
    password: str
    code: str = ""
    address: str = ""  # of the network they come from
    browsers: tuple[str, ...] = ()  # what `Welcome.browser` gave it before
    where: str = ""  # the browser's own name and address, for the list of sessions

    def __repr__(self) -> str:
        return "Attempt(…)"


class Welcome(Struct, frozen=True):
    """They are in: the session's token, and the word by which the browser is known again."""

    token: str
    browser: str

    def __repr__(self) -> str:
        return "Welcome(…)"


class Rejected(Struct, frozen=True):
    """They are not; *until* says when to try again, None at once."""

    until: datetime | None = None


class SigningIn:
    """Lets people in. *token* gives what nobody can guess."""

    def __init__(
        self,
        store: Store,
        district: District,
        passwords: Passwords,
        token: Callable[[], str],
    ) -> None:
        self._store = store
        self._roles = district.staff_roles
        self._sittings = Sittings(store, district)
        self._passwords = passwords
        self._token = token

    async def attempt(self, tried: Attempt, now: datetime) -> Welcome | Rejected:
        """Return what becomes of *tried*; it is counted before the password is looked at."""
        name = tidy(tried.name)
        account = await self._store.account_named(name)
        keys = self._keys(tried, name, account)
        if not await self._counted(keys, now):
            return Rejected(await self._store.free_at(*keys))
        fits = await self._passwords.fits(tried.password, account.own.password if account else "")
        welcome = None
        if account is not None and fits and person(account, self._roles) is not None:
            welcome = await self._let_in(account, tried, keys, now)
        if welcome is None:
            await self._note_refusal(account, now)
        return welcome or Rejected()

    async def proves(self, account: Account, password: str, now: datetime) -> bool:
        """Tell whether whoever is signed in as *account* knows its *password* as well.

        It is counted apart: guesses at the door keep nobody from changing a password.
        """
        keys: Tried = (("own", account.id),)
        if not await self._counted(keys, now):
            return False
        fits = await self._passwords.fits(password, account.own.password)
        if fits:
            unit = self._store.unit()
            unit.clear_tries("own", account.id)
            await self._store.commit(unit)
        return fits

    async def _counted(self, keys: Tried, now: datetime) -> bool:
        unit = self._store.unit()
        for kind, whose in keys:
            unit.count_try(kind, whose, now)
        return await self._store.commit(unit) is Outcome.KEPT

    async def _let_in(
        self, account: Account, tried: Attempt, keys: Tried, now: datetime
    ) -> Welcome | None:
        """Begin a session; None where the second factor is wrong, or was used meanwhile."""
        unit, own = self._store.unit(), account.own
        if own.totp:
            step = step_of(own.totp, tried.code, now, own.step)
            if not step:
                return None
            unit.change_account(replace(account, own=replace(own, step=step)))
        token = self._token()
        self._sittings.begin(unit, account, token, now, tried.where)
        for kind, whose in keys:
            unit.clear_tries(kind, whose)
        unit.note(staff_actor(account.id), Action.SIGN_IN, now)
        if await self._store.commit(unit) is not Outcome.KEPT:
            return None
        return Welcome(token, self._browser(account))

    async def _note_refusal(self, account: Account | None, now: datetime) -> None:
        unit = self._store.unit()
        unit.note(staff_actor(account.id if account else NOBODY), Action.SIGN_IN_REFUSED, now)
        await self._store.commit(unit)

    def _keys(self, tried: Attempt, name: str, account: Account | None) -> Tried:
        """Return under what a try is counted."""
        known = (one for one in tried.browsers if account and self._knows(account, one))
        if browser := next(known, ""):
            return (("browser", browser),)
        return (("account", account.id if account else name), ("address", tried.address))

    def _browser(self, account: Account) -> str:
        """Return the word by which a browser of *account* is known again; nobody can make one."""
        once = self._token()
        return f"{once}.{self._seal(account, once)}"

    def _knows(self, account: Account, browser: str) -> bool:
        once, _, seal = browser.partition(".")
        return bool(once) and hmac.compare_digest(seal, self._seal(account, once))

    def _seal(self, account: Account, once: str) -> str:
        return self._store.sealer.mac("staff device", account.id, once).hex()


def tidy(name: str) -> str:
    """Return *name* as accounts are found by it: capitals and spaces around it do not count."""
    return name.strip().casefold()[:LONGEST_NAME]
