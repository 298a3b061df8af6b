"""Who works in the console: accounts, sessions and invitations, found by macs and sealed."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from msgspec import Struct, msgpack

from storage.database.instants import from_number, to_number
from storage.database.link import Row
from storage.database.reads import Reads
from storage.database.statements import Statement
from storage.database.writes import Writes
from storage.tables.staff import staff, staff_invitations, staff_sessions


class Own(Struct, frozen=True, omit_defaults=True):
    """What is sealed of an account. Prints nothing of it."""

    name: str  # what they sign in as
    called: str  # what people call them
    email: str = ""
    password: str = ""  # argon2's own text, empty until they set one
    totp: str = ""  # secret of the second factor, empty where they use none
    step: int = 0  # the newest 30 seconds whose code was used: none counts twice

    def __repr__(self) -> str:
        return "Own(…)"


class Account(Struct, frozen=True, kw_only=True):
    """One account as it is kept. *version* is what the next change must have seen."""

    id: str
    role: str
    office: str
    areas: tuple[str, ...]
    state: str
    own: Own
    version: int
    made: datetime


class Sitting(Struct, frozen=True, kw_only=True):
    """One session: whose, since when, how long, and where."""

    mark: bytes
    staff: str
    began: datetime
    seen: datetime
    until: datetime
    where: str  # the browser, as it names itself, and its address


_pack = msgpack.Encoder().encode
_own = msgpack.Decoder(Own).decode

ADD = Statement(
    lambda given: given.insert(staff).on_conflict_do_nothing(), *staff.c, key=staff.c.id
)
CHANGED = tuple(c for c in staff.c if c.name not in {"id", "name", "version", "at"})
CHANGE = Statement(
    lambda given: (
        sa.update(staff)
        .values({c.name: given[c.name] for c in CHANGED} | {"version": given["version"] + 1})
        .where(staff.c.id == given["id"], staff.c.version == given["version"])
    ),
    staff.c.id,
    staff.c.version,
    *CHANGED,
    key=staff.c.id,
)
USE = Statement(
    lambda given: sa.delete(staff_invitations).where(
        staff_invitations.c.mark == given["mark"], staff_invitations.c.until > given["until"]
    ),
    staff_invitations.c.mark,
    staff_invitations.c.until,
    key=staff_invitations.c.mark,
)
WITHDRAW = Statement(
    lambda given: sa.delete(staff_invitations).where(staff_invitations.c.staff == given["staff"]),
    staff_invitations.c.staff,
)
INVITE = Statement(lambda given: given.insert(staff_invitations), *staff_invitations.c)
END_ALL = Statement(
    lambda given: sa.delete(staff_sessions).where(staff_sessions.c.staff == given["staff"]),
    staff_sessions.c.staff,
)
END = Statement(
    lambda given: sa.delete(staff_sessions).where(staff_sessions.c.mark == given["mark"]),
    staff_sessions.c.mark,
)
BEGIN = Statement(lambda given: given.insert(staff_sessions), *staff_sessions.c)
TOUCH = Statement(
    lambda given: (
        sa.update(staff_sessions)
        .values(seen=given["seen"])
        .where(staff_sessions.c.mark == given["mark"])
    ),
    staff_sessions.c.mark,
    staff_sessions.c.seen,
)

BY_NAME = Statement(
    lambda given: sa.select(*staff.c).where(staff.c.name == given["name"]),
    staff.c.name,
    alone=True,
)
BY_ID = Statement(
    lambda given: sa.select(*staff.c).where(staff.c.id == given["id"]), staff.c.id, alone=True
)
EVERYBODY = Statement(lambda _: sa.select(*staff.c).order_by(staff.c.id), alone=True)
SITTING = Statement(
    lambda given: (
        sa.select(*staff_sessions.c, *staff.c)
        .join(staff, staff.c.id == staff_sessions.c.staff)
        .where(staff_sessions.c.mark == given["mark"])
    ),
    staff_sessions.c.mark,
    alone=True,
)
SITTINGS = Statement(
    lambda given: (
        sa.select(*staff_sessions.c)
        .where(staff_sessions.c.staff == given["staff"])
        .order_by(staff_sessions.c.seen.desc())
    ),
    staff_sessions.c.staff,
    alone=True,
)
INVITED = Statement(
    lambda given: (
        sa.select(*staff.c)
        .join(staff_invitations, staff_invitations.c.staff == staff.c.id)
        .where(staff_invitations.c.mark == given["mark"])
        .where(staff_invitations.c.until > given["until"])
    ),
    staff_invitations.c.mark,
    staff_invitations.c.until,
    alone=True,
)


class StaffWrites(Writes):
    """Of a unit: accounts, sessions and invitations change."""

    def add_account(self, account: Account) -> None:
        """Keep a new *account*; the unit is lost where its id or name is taken."""
        mark = self.pen.sealer.mac("staff name", account.own.name)
        row = (account.role, account.office, " ".join(account.areas), account.state)
        made = to_number(account.made)
        self.add(
            ADD, (account.id, mark, *row, self._sealed_own(account), 1, made), account.id, mark
        )

    def change_account(self, account: Account) -> None:
        """Keep *account* as it is now; the unit is lost where somebody changed it meanwhile."""
        row = (account.role, account.office, " ".join(account.areas), account.state)
        key = account.id
        self.add(CHANGE, (key, account.version, *row, self._sealed_own(account)), key)

    def invite(self, token: str, account: str, until: datetime) -> None:
        """Keep that *token* lets whoever brings it set the password of *account*, *until* then.

        Earlier tokens of the account end.
        """
        mark = self.pen.sealer.mac("invitation", token)
        self.withdraw_invitations(account)
        self.add(INVITE, (mark, account, to_number(until)), mark)

    def withdraw_invitations(self, account: str) -> None:
        """Forget the tokens of *account*."""
        self.add(WITHDRAW, (account,), account)

    def use_invitation(self, token: str, now: datetime) -> None:
        """Have *token* used up; the unit is lost where it was before, or is over."""
        mark = self.pen.sealer.mac("invitation", token)
        self.add(USE, (mark, to_number(now)), mark)

    def begin_session(self, token: str, sitting: Sitting) -> None:
        """Keep that whoever brings *token* is the account of *sitting*, whose mark is not read."""
        mark = self.pen.sealer.mac("staff session", token)
        times = (to_number(sitting.began), to_number(sitting.seen), to_number(sitting.until))
        sealed = self.pen.sealer.seal(sitting.where.encode(), "staff")
        self.add(BEGIN, (mark, sitting.staff, *times, sealed), mark)

    def touch_session(self, mark: bytes, now: datetime) -> None:
        """Keep that the session *mark* was used *now*."""
        self.add(TOUCH, (mark, to_number(now)), mark)

    def end_session(self, mark: bytes) -> None:
        """End the session *mark*."""
        self.add(END, (mark,), mark)

    def end_sessions(self, account: str) -> None:
        """End every session of *account*."""
        self.add(END_ALL, (account,), account)

    def _sealed_own(self, account: Account) -> bytes:
        return self.pen.sealer.seal(_pack(account.own), "staff")


class StaffReads(Reads):
    """Of the store: who works in the console."""

    async def account_named(self, name: str) -> Account | None:
        """Return the account that signs in as *name*."""
        return self._one(await self._find(BY_NAME, (self._sealer.mac("staff name", name),)))

    async def account(self, number: str) -> Account | None:
        """Return the account with the id *number*."""
        return self._one(await self._find(BY_ID, (number,)))

    async def accounts_of(self, numbers: Iterable[str]) -> tuple[Account, ...]:
        """Return those of the accounts with the ids *numbers* that there are."""
        found = await self._find(BY_ID, *((number,) for number in numbers))
        return tuple(map(self._account, found))

    async def accounts(self) -> tuple[Account, ...]:
        """Return every account, by id."""
        return tuple(map(self._account, await self._fetch(EVERYBODY)))

    async def invited(self, token: str, now: datetime) -> Account | None:
        """Return whose password *token* lets set, None where it is over or was used."""
        mark = self._sealer.mac("invitation", token)
        return self._one(await self._find(INVITED, (mark, to_number(now))))

    async def staff_session(self, token: str) -> tuple[Sitting, Account] | None:
        """Return the session that *token* opens, over or not, and whose it is."""
        found = await self._find(SITTING, (self._sealer.mac("staff session", token),))
        if not found:
            return None
        width = len(staff_sessions.c)
        return self._sitting(found[0][:width]), self._account(found[0][width:])

    async def sessions_of(self, account: str) -> tuple[Sitting, ...]:
        """Return the sessions of *account*, over or not, the last used first."""
        return tuple(map(self._sitting, await self._find(SITTINGS, (account,))))

    def _one(self, rows: Iterable[Row]) -> Account | None:
        return next(map(self._account, rows), None)

    def _account(self, row: Row) -> Account:
        number, _, role, office, areas, state, sealed, version, at = row
        return Account(
            id=number,
            role=role,
            office=office,
            areas=tuple(areas.split()),
            state=state,
            own=_own(self._sealer.open(sealed, "staff")),
            version=version,
            made=from_number(at),
        )

    def _sitting(self, row: Row) -> Sitting:
        mark, account, began, seen, until, sealed = row
        return Sitting(
            mark=mark,
            staff=account,
            began=from_number(began),
            seen=from_number(seen),
            until=from_number(until),
            where=self._sealer.open(sealed, "staff").decode(),
        )
