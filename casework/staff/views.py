"""What pages get to see of accounts and sessions: no password, no secret."""

from datetime import datetime
from typing import Self

from msgspec import Struct

from storage.console.staff import Account, Sitting


class AccountView(Struct, frozen=True, kw_only=True):
    """An account as it is shown. Prints by its id alone."""

    id: str
    role: str
    office: str
    areas: tuple[str, ...]
    state: str
    name: str  # what they sign in as
    called: str  # what people call them
    factor: bool  # whether they use a second factor
    made: datetime

    @classmethod
    def of(cls, account: Account) -> Self:
        """Return what may be shown of *account*."""
        return cls(
            id=account.id,
            role=account.role,
            office=account.office,
            areas=account.areas,
            state=account.state,
            name=account.own.name,
            called=account.own.called,
            factor=bool(account.own.totp),
            made=account.made,
        )

    def __repr__(self) -> str:
        return f"AccountView({self.id})"


class SessionView(Struct, frozen=True, kw_only=True):
    """A session as it is shown to who may end it."""

    mark: bytes  # names the session, and opens none
    began: datetime
    seen: datetime
    where: str  # the browser, as it names itself, and its address

    @classmethod
    def of(cls, sitting: Sitting) -> Self:
        """Return what may be shown of *sitting*."""
        return cls(mark=sitting.mark, began=sitting.began, seen=sitting.seen, where=sitting.where)
