"""The accounts of the console: who is invited, in which role, and what changes. All is audited.

Nobody changes their own account here, and nobody gives, takes or touches a role that reads or
judges what their own may not: accounts of the vault, of who hears appeals and of who reads the
audit are made at the command line (`satupintu people add`).
"""

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct, json
from msgspec.structs import replace

from casework.staff.inviting import INVITATION_VALID, INVITED
from casework.staff.person import Staff
from casework.staff.signing_in import LONGEST_NAME, tidy
from casework.staff.sittings import ACTIVE
from casework.staff.views import AccountView
from casework.trail.actions import OPERATOR, Action, staff_actor
from referrals.district.directory import District
from referrals.district.places import within
from referrals.district.staffing import Power, Reach, StaffRole
from referrals.roles import Role, Sensitivity
from storage.console.staff import Account, Own
from storage.store import Store
from storage.unit import Outcome, Unit

SUSPENDED = "suspended"
LONGEST_CALLED = 80  # characters of what somebody is called
ID = 10  # characters of an account's id


class Assignment(Struct, frozen=True):
    """Where somebody works: in which role, for which office, in which areas."""

    role: str
    office: str
    areas: tuple[str, ...] = ()


class Named(Struct, frozen=True):
    """Who somebody new is: what they sign in as, what people call them. Prints nothing of it."""

    name: str
    called: str
    email: str = ""

    def __repr__(self) -> str:
        return "Named(…)"


class NotDone(Struct, frozen=True):
    """Why something is not done; *key* is a word for the page."""

    key: str


class Invited(Struct, frozen=True):
    """The account, and the token of the link by which they set their password. Prints neither."""

    account: AccountView
    token: str
    until: datetime

    def __repr__(self) -> str:
        return f"Invited({self.account.id})"


class Accounts:
    """Changes accounts. *by* is who does it; None is the operator at the command line."""

    def __init__(self, store: Store, district: District, token: Callable[[], str]) -> None:
        self._store = store
        self._district = district
        self._token = token

    async def add(
        self, by: Staff | None, named: Named, place: Assignment, now: datetime
    ) -> Invited | NotDone:
        """Make an account that its owner has to take up by the link."""
        own = Own(tidy(named.name), named.called.strip()[:LONGEST_CALLED], named.email)
        if fault := self._own_fault(own) or self.place_fault(by, place):
            return NotDone(fault)
        account = _new(self._token()[:ID], own, place, now)
        unit, token = self._store.unit(), self._token()
        unit.add_account(account)
        unit.invite(token, account.id, now + INVITATION_VALID)
        _note(unit, by, account, "made", now, after=place)
        if await self._store.commit(unit) is not Outcome.KEPT:
            return NotDone("name_taken")
        return Invited(AccountView.of(account), token, now + INVITATION_VALID)

    async def move(
        self, by: Staff | None, number: str, place: Assignment, now: datetime
    ) -> NotDone | None:
        """Give an account another role, office or areas, from the next click on."""
        account = await self._touchable(by, number)
        if isinstance(account, NotDone):
            return account
        if fault := self.place_fault(by, place):
            return NotDone(fault)
        unit = self._store.unit()
        unit.change_account(
            replace(account, role=place.role, office=place.office, areas=place.areas)
        )
        _note(unit, by, account, "moved", now, after=place)
        return await self._kept(unit)

    async def suspend(self, by: Staff | None, number: str, now: datetime) -> NotDone | None:
        """End an account's sessions, links and chats, and let it sign in no more."""
        account = await self._touchable(by, number)
        if isinstance(account, NotDone):
            return account
        unit = self._store.unit()
        unit.change_account(replace(account, state=SUSPENDED))
        unit.end_sessions(account.id)
        unit.let_chats_go(account.id)
        unit.withdraw_invitations(account.id)
        _note(unit, by, account, "suspended", now)
        return await self._kept(unit)

    async def restore(self, by: Staff | None, number: str, now: datetime) -> NotDone | None:
        """Let an account that was suspended sign in again, with the password it had."""
        account = await self._touchable(by, number)
        if isinstance(account, NotDone):
            return account
        unit = self._store.unit()
        state = ACTIVE if account.own.password else INVITED
        unit.change_account(replace(account, state=state))
        _note(unit, by, account, "restored", now)
        return await self._kept(unit)

    async def end_sessions(self, by: Staff | None, number: str, now: datetime) -> NotDone | None:
        """Sign an account out everywhere, of its chats too."""
        account = await self._touchable(by, number)
        if isinstance(account, NotDone):
            return account
        unit = self._store.unit()
        unit.end_sessions(account.id)
        unit.let_chats_go(account.id)
        unit.note(_who(by), Action.SIGN_OUT, now, detail=json.encode({"account": account.id}))
        return await self._kept(unit)

    async def invite(self, by: Staff | None, number: str, now: datetime) -> Invited | NotDone:
        """Make a new link for an account; earlier ones end, its password holds until then."""
        account = await self._touchable(by, number)
        if isinstance(account, NotDone):
            return account
        if account.state == SUSPENDED:
            return NotDone("suspended")
        unit, token = self._store.unit(), self._token()
        unit.invite(token, account.id, now + INVITATION_VALID)
        unit.note(_who(by), Action.INVITE, now, detail=json.encode({"account": account.id}))
        await self._store.commit(unit)
        return Invited(AccountView.of(account), token, now + INVITATION_VALID)

    def may_touch(self, by: Staff | None, account: Account | AccountView) -> bool:
        """Tell whether *by* may change *account* at all."""
        if by is None:
            return True
        place = Assignment(account.role, account.office, account.areas)
        return account.id != by.id and self._may_give(by, place)

    def place_fault(self, by: Staff | None, place: Assignment) -> str:
        """Return why nobody can work at *place*, or *by* may not send them there; else nothing."""
        role = self._district.staff_roles.get(place.role)
        office = self._district.agencies.get(place.office)
        if role is None:
            return "role"
        if office is None:
            return "office"
        if any(area not in self._district.areas for area in place.areas):
            return "areas"
        if office.vault is not (Sensitivity.VAULT in role.sensitivities):
            return "vault"
        if role.reach is Reach.AREA and not (place.areas or office.areas):
            return "no_area"
        return "" if by is None or self._may_give(by, place) else "not_yours"

    def _may_give(self, by: Staff, place: Assignment) -> bool:
        """Tell whether *by* reads whatever *place* would, so that nobody raises themself by it."""
        role = self._district.staff_roles.get(place.role)
        if role is not None and not _reads_no_more(role, by.role):
            return False
        return not by.areas or (
            bool(place.areas)
            and all(any(within(one, own) for own in by.areas) for one in place.areas)
        )

    async def _touchable(self, by: Staff | None, number: str) -> Account | NotDone:
        account = await self._store.account(number)
        if account is None:
            return NotDone("gone")
        if by is not None and account.id == by.id:
            return NotDone("own")
        return account if self.may_touch(by, account) else NotDone("not_yours")

    async def _kept(self, unit: Unit) -> NotDone | None:
        return None if await self._store.commit(unit) is Outcome.KEPT else NotDone("changed")

    def _own_fault(self, own: Own) -> str:
        """Return what is wrong with a name to sign in by, or with what somebody is called."""
        sound = own.name.isascii() and own.name.replace(".", "").replace("_", "").isalnum()
        if not sound or len(own.name) > LONGEST_NAME:
            return "name"
        return "" if own.called else "called"


def taken_up(number: str, own: Own, place: Assignment, now: datetime) -> Account:
    """Return an account whose owner has a password already, as the demo's do."""
    return replace(_new(number, own, place, now), state=ACTIVE)


def _new(number: str, own: Own, place: Assignment, now: datetime) -> Account:
    return Account(
        id=number,
        role=place.role,
        office=place.office,
        areas=place.areas,
        state=INVITED,
        own=own,
        version=1,
        made=now,
    )


def _reads_no_more(role: StaffRole, than: StaffRole) -> bool:
    """Tell whether *role* reads nothing that *than* does not: cases, or who looked at them.

    Whoever is watched by the audit's readers, or whose decisions appeals are about, neither
    chooses those people nor takes their place by a link.
    """
    audits = Power.AUDIT in role.powers and Power.AUDIT not in than.powers
    judges = Role.APPEAL_OFFICER in {role.acts_as} - {than.acts_as}
    return set(role.sensitivities) <= set(than.sensitivities) and not (audits or judges)


def _note(  # noqa: PLR0913 - who did what to whom, when, and what it is now
    unit: Unit,
    by: Staff | None,
    account: Account,
    what: str,
    now: datetime,
    *,
    after: Assignment | None = None,
) -> None:
    """Have the audit keep what was done to *account*, with how it was before."""
    before = Assignment(account.role, account.office, account.areas)
    detail = {"account": account.id, "done": what, "before": before, "after": after or before}
    unit.note(_who(by), Action.ACCOUNT, now, detail=json.encode(detail))


def _who(by: Staff | None) -> str:
    return staff_actor(by.id) if by else OPERATOR
