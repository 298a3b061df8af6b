"""The audit as it is read in the console: who did what when, and never to whom.

No person stands in it: no NIK, no name, no number. A vault's ticket has no code either, and what
was done to it beside the same person's other tickets is not told of at all.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from casework.trail.actions import (
    CITIZEN,
    OPERATOR,
    PROGRAM,
    Action,
    office_actor,
    office_of,
    staff_actor,
)
from referrals.district.directory import District
from registry_client.masking import endless
from storage.audit.pages import Seen, Wanted
from storage.audit.reading import AuditLine
from storage.console.staff import Account
from storage.database.sealing import SealBroken
from storage.store import Store

MOST = 50  # lines of a page
LINK = "link"  # whoever holds a citizen's link
AUDIT_KINDS = (CITIZEN, OPERATOR, PROGRAM, LINK, "stranger")  # no accounts, and no offices
MACHINERY = (Action.HEADS.value, Action.CENSUS.value)  # shown only where somebody asks for it
LINKING = (CITIZEN, PROGRAM, LINK)
JOINING = tuple(
    one.value
    for one in (
        Action.EXPORT,
        Action.ERASE,
        Action.FILED,
        Action.SEARCH,
        Action.FIND,
        Action.FIND_REFUSED,
        Action.SPOKEN,
        Action.CLAIM,
    )
)
"""Deeds that are noted for a person's tickets one beside the other."""

WITH_REASON = frozenset({Action.EXPORT, Action.ASKED})  # of operators: the detail is the reason
_NUMBERS = re.compile(r"\+?\d(?:[\s().-]{0,3}\d){7,}")
_DAY = timedelta(days=1)


class Asked(Struct, frozen=True, omit_defaults=True):
    """What the list is narrowed to; what is left empty asks for nothing."""

    account: str = ""
    by: str = ""  # an office's code, or one of AUDIT_KINDS
    deed: str = ""
    code: str = ""
    since: date | None = None
    until: date | None = None  # that day as well

    @property
    def nothing(self) -> bool:
        """Whether it asks for nothing."""
        return self == Asked()


class Deed(Struct, frozen=True, kw_only=True):
    """One line as it is shown. Texts of people are masked."""

    at: datetime
    kind: str  # staff, agency, one of AUDIT_KINDS, or unknown
    name: str  # of an account, where it is one
    office: str  # a code, empty where there is none
    action: str
    code: str
    vault: bool  # it is about a vault's ticket, whose code is not told
    about: str  # the account that was changed, by its name
    why: str


class Listing(Struct, frozen=True):
    """A page of the audit; *after* names the next one, empty on the last."""

    deeds: tuple[Deed, ...]
    after: str
    chains: int
    anchored: datetime | None  # when a process last noted where all chains end


class Somebody(Struct, frozen=True):
    """Who can be asked for: an account by its id, and who that is. Prints by its id alone."""

    id: str
    called: str
    name: str  # what they sign in as

    def __repr__(self) -> str:
        return f"Somebody({self.id})"


class Detail(Struct, frozen=True):
    """What may be told of a line's sealed detail; all else in it stays there."""

    why: str = ""
    account: str = ""


class AuditReading:
    """Reads the audit for the console's people, which is itself in it. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District) -> None:
        self._store = store
        self._district = district

    async def people(self) -> tuple[Somebody, ...]:
        """Return everybody who has an account, by name."""
        rows = await self._store.accounts()
        found = (Somebody(row.id, row.own.called, row.own.name) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.called.casefold(), one.id)))

    async def page(self, reader: str, asked: Asked, after: str, now: datetime) -> Listing:
        """Return the page that *after* names of what is *asked*.

        That it was read by the account *reader* is kept.
        """
        people = {one.id: one for one in await self._store.accounts()}
        seen = await self._store.audit_page(self._wanted(asked, people.values()), after, MOST)
        chains, anchor = await self._store.audit_ends(), await self._anchor()
        unit = self._store.unit()
        unit.note(staff_actor(reader), Action.AUDIT, now, detail=msgspec.json.encode(asked))
        await self._store.commit(unit)
        deeds = tuple(self._deed(line, seen, people) for line in seen.lines)
        return Listing(deeds, seen.after, len(chains), anchor)

    async def _anchor(self) -> datetime | None:
        wanted = Wanted(linking=LINKING, joining=JOINING, actions=(Action.HEADS,))
        lines = (await self._store.audit_page(wanted, "", 1)).lines
        return lines[0].when if lines else None

    def _wanted(self, asked: Asked, people: Iterable[Account]) -> Wanted:
        return Wanted(
            linking=LINKING,
            joining=JOINING,
            actors=_actors(asked, people),
            actions=(asked.deed,) if asked.deed else (),
            but=() if asked.deed else MACHINERY,
            code=asked.code,
            since=self._midnight(asked.since) if asked.since else None,
            until=self._midnight(asked.until + _DAY) if asked.until else None,
        )

    def _midnight(self, day: date) -> datetime:
        return datetime.combine(day, time(), ZoneInfo(self._district.calendar.zone))

    def _deed(self, line: AuditLine, seen: Seen, people: Mapping[str, Account]) -> Deed:
        kind, _, number = line.actor.partition(":")
        who = people.get(number) if kind == "staff" else None
        vault = (line.chain, line.seq) in seen.vault
        detail = Detail() if vault else self._detail(line)
        changed = people.get(detail.account)
        return Deed(
            at=line.when,
            kind=_kind(line.actor, who),
            name=who.own.called if who else "",
            office=who.office if who else office_of(line.actor),
            action=line.action,
            code="" if vault else line.code,
            vault=vault,
            about=changed.own.called if changed else "",
            why=unnumbered(detail.why),
        )

    def _detail(self, line: AuditLine) -> Detail:
        """Return what *line* says besides; nothing where that was erased or is another text."""
        try:
            told = self._store.audit_detail(line) or b""
            if line.actor == OPERATOR and line.action in WITH_REASON:
                return Detail(told.decode())
            return msgspec.json.decode(told, type=Detail) if told else Detail()
        except (SealBroken, ValueError):
            return Detail()


def unnumbered(text: str) -> str:
    """Return *text* without the numbers of people: NIK, family card, telephone, account."""
    return _NUMBERS.sub("...", endless(text))


def _actors(asked: Asked, people: Iterable[Account]) -> tuple[str, ...]:
    """Return whose lines are asked for; an office's are those of its people and its links."""
    if asked.account:
        return (staff_actor(asked.account),)
    if not asked.by or asked.by in AUDIT_KINDS:
        return (asked.by,) if asked.by else ()
    return (
        office_actor(asked.by),
        *(staff_actor(one.id) for one in people if one.office == asked.by),
    )


def _kind(actor: str, who: Account | None) -> str:
    if who is not None:
        return "staff"
    if office_of(actor):
        return "agency"
    return actor if actor in AUDIT_KINDS else "unknown"


def words_of(asked: Asked) -> dict[str, str]:
    """Return *asked* as an address says it, without what asks for nothing."""
    return {name: str(value) for name, value in asdict(asked).items() if value}
