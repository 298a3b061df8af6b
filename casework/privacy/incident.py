"""Whose data an incident touched: for the notice within 3 x 24 hours (UU 27/2022, article 46)."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from casework.trail.actions import CITIZEN, Action
from casework.trail.looking import Asker
from conversations.messages import Address, Channel
from registry_client.nik import Nik
from storage.audit.reading import AuditLine
from storage.database.sealing import SealBroken
from storage.store import Store

NOBODYS = frozenset({Action.HEADS, Action.CENSUS, Action.RETENTION, Action.ASKED})
DATA = {  # what of their data was touched, in the notice's words
    Action.LOOK_UP: "registry: programmes, desil",
    Action.LOOK_UP_REFUSED: "none: the proof was wrong",
    Action.FIND: "ticket: service, state",
    Action.FIND_REFUSED: "none: the proof was wrong",
    Action.PAGE: "ticket: what its office may see",
    Action.WORDS: "ticket: words",
    Action.FILE: "ticket: photo or document",
    Action.LETTER: "ticket: letter",
    Action.LINK: "ticket: a link that opens it",
    Action.EXPORT: "everything: a copy was made",
    Action.REFUSED: "none: refused",
}


class Window(Struct, frozen=True, kw_only=True):
    """Which looks are meant: from *since* to before *until*, of *actor*, at ticket *code*."""

    since: datetime
    until: datetime
    actor: str = ""
    code: str = ""

    def holds(self, line: AuditLine) -> bool:
        """Tell whether *line* is one of them."""
        theirs = self.actor in {"", line.actor} and self.code in {"", line.code}
        somebodys = line.code or line.subject or line.action == Action.LETTER
        return theirs and bool(somebodys) and line.action not in NOBODYS


class Affected(Struct, frozen=True, kw_only=True):
    """One person's data of one kind, touched by one actor. Prints without whose they are."""

    nik: str
    code: str
    data: str
    by: str  # an office, the operator, or who asked through which channel
    asker: Address | None
    first: datetime
    last: datetime
    times: int = 1

    def __repr__(self) -> str:
        return f"Affected({self.data!r}, {self.times} times)"


class Incident:
    """Reads the audit for everybody whom an incident touched."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def affected(self, window: Window) -> tuple[Affected, ...]:
        """Return who was touched within *window*, by when it began."""
        found: dict[tuple[object, ...], Affected] = {}
        async for line in self._lines(window):
            one = self._read(line)
            key = (one.nik, one.code, one.data, one.by, one.asker)
            before = found.get(key)
            if before:
                one = replace(one, first=before.first, times=before.times + 1)
            found[key] = one
        return tuple(found.values())

    async def contact(self, code: str) -> Address | None:
        """Return where the citizen of ticket *code* is reached; None where that is closed."""
        try:
            stored = await self._store.ticket(code) if code else None
        except SealBroken:
            return None
        return stored.contact.address if stored and stored.contact.address.id else None

    async def _lines(self, window: Window) -> AsyncIterator[AuditLine]:
        last = None
        while lines := await self._store.audit_between(window.since, window.until, last):
            last = lines[-1]
            for line in lines:
                if window.holds(line):
                    yield line

    def _read(self, line: AuditLine) -> Affected:
        asker = self._asker(line)
        return Affected(
            nik=asker.nik if asker else "",
            code=line.code,
            data=DATA.get(Action(line.action), line.action),
            by=line.actor,
            asker=Address(Channel(asker.channel), asker.id) if asker else None,
            first=line.when,
            last=line.when,
        )

    def _asker(self, line: AuditLine) -> Asker | None:
        """Return who asked; None for offices, and where that was erased."""
        detail = self._store.audit_detail(line) if line.actor == CITIZEN else None
        if not detail:
            return None
        try:
            return msgspec.json.decode(detail, type=Asker)
        except msgspec.DecodeError:
            return None


def rows(found: Iterable[tuple[Affected, Address | None]], *, opened: bool) -> list[list[str]]:
    """Return *found*, each with where the citizen is reached, masked unless *opened*."""
    return [_row(one, contact, opened=opened) for one, contact in found]


HEADINGS = ("nik", "contact", "ticket", "data", "by", "asked_from", "first", "last", "times")


def _row(one: Affected, contact: Address | None, *, opened: bool) -> list[str]:
    nik = (one.nik if opened else str(Nik(one.nik))) if one.nik else ""
    return [
        nik,
        _told(contact, opened=opened),
        one.code,
        one.data,
        one.by,
        _told(one.asker, opened=opened),
        one.first.isoformat(timespec="seconds"),
        one.last.isoformat(timespec="seconds"),
        str(one.times),
    ]


def _told(address: Address | None, *, opened: bool) -> str:
    if address is None:
        return ""
    return f"{address.channel}:{address.id}" if opened else repr(address)
