"""The kinds of data that are kept for a time: how each is found, and how it goes."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from casework.trail.actions import PROGRAM, Action
from storage.audit.proving import erasure_told
from storage.store import Store
from storage.unit import Unit

DAY, YEAR = timedelta(days=1), timedelta(days=365.25)


class When(Struct, frozen=True):
    """Now, and the instant before which things are old."""

    now: datetime
    before: datetime


Keys = Sequence[Any]  # of whatever names a row of the kind: each kind's functions agree on it
Find = Callable[[Store, Any, When], Awaitable[Keys]]
Erase = Callable[[Store, Unit, Keys, When], Awaitable[None]]


class Kind(Struct, frozen=True):
    """One kind of data: what people call it, the district's row for it, and how it goes."""

    name: str
    rule: str  # a field of referrals.district.directory.Retention; its name ends in its unit
    first: Any  # a key below all others
    find: Find
    erase: Erase

    def before(self, now: datetime, rows: Mapping[str, int]) -> datetime:
        """Return the instant before which it is old."""
        return now - rows[self.rule] * (YEAR if self.rule.endswith("_years") else DAY)


async def _parked(_: Store, unit: Unit, items: Sequence[int], __: When) -> None:
    for item in items:
        unit.erase_parked(item)


async def _files(store: Store, unit: Unit, codes: Sequence[str], _: When) -> None:
    for ticket in await store.bare_tickets(codes):
        unit.same_ticket(ticket)
        unit.drop_files(ticket.code)


async def _letters(store: Store, unit: Unit, codes: Sequence[str], _: When) -> None:
    for ticket in await store.bare_tickets(codes):
        unit.same_ticket(ticket)
        unit.erase_letters(ticket.code)


async def _tickets(store: Store, unit: Unit, codes: Sequence[str], _: When) -> None:
    for ticket in await store.bare_tickets(codes):
        unit.erase_ticket(ticket)


async def _details(
    _: Store, unit: Unit, places: Sequence[tuple[int, str, int]], when: When
) -> None:
    """Erase them together with a line that says so: a proof then knows that they may be gone."""
    unit.note(PROGRAM, Action.RETENTION, when.now, detail=erasure_told(when.before))
    for _at, chain, seq in places:
        unit.erase_details(chain, seq)


async def _consents(_: Store, unit: Unit, keys: Sequence[bytes], __: When) -> None:
    for key in keys:
        unit.erase_consents_by(key)


async def _unlisted(store: Store, after: bytes, when: When) -> Sequence[bytes]:
    newest = await store.edition_in_force()
    if newest is None or newest[1] >= when.before.date():
        return ()
    return await store.unlisted_people(after, newest[0])


async def _people(store: Store, unit: Unit, niks: Sequence[bytes], _: When) -> None:
    if newest := await store.edition_in_force():
        for nik in niks:
            unit.erase_registered(nik, newest[0])


ERASED_KINDS = (
    Kind(
        "replies that were never sent",
        "chat_days",
        0,
        lambda store, after, when: store.old_parked(after, when.before),
        _parked,
    ),
    Kind(
        "tickets with photos and documents",
        "media_days",
        "",
        lambda store, after, when: store.with_old_files(after, when.before),
        _files,
    ),
    Kind(
        "tickets with letters",
        "letter_days",
        "",
        lambda store, after, when: store.with_old_letters(after, when.before),
        _letters,
    ),
    Kind(
        "tickets with words and people",
        "ticket_years",
        "",
        lambda store, after, when: store.old_tickets(after, when.before, vault=False),
        _tickets,
    ),
    Kind(
        "violence tickets with words and people",
        "vault_years",
        "",
        lambda store, after, when: store.old_tickets(after, when.before, vault=True),
        _tickets,
    ),
    Kind(
        "looks with their details",
        "lookup_days",
        (0, "", 0),
        lambda store, after, when: store.old_details(after, when.before),
        _details,
    ),
    Kind(
        "consents of people long gone",
        "consent_years",
        b"",
        lambda store, after, when: store.old_consents(after, when.before),
        _consents,
    ),
    Kind("people no longer in the registry", "registry_days", b"", _unlisted, _people),
)
