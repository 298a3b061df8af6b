"""The demo's past: invented, lawful, the same each time, and nobody's."""

from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from bot.demo.staff import account_of
from bot.district.reading import load
from bot.past.filling import fill_past, past
from bot.past.logged import Logged
from bot.past.saying import load_said
from casework.figures.looking import Asked, Look
from casework.figures.overview import overview
from casework.ticket.receipts import FILED
from casework.ticket.spoken import unpacked
from referrals import log
from referrals.district.directory import FieldKind
from referrals.due.watching import next_at
from referrals.roles import Sensitivity
from storage.console.worklist_terms import Sieve
from storage.database.sealing import Sealer
from storage.store import Store

CONTOH = load(Path(__file__).parents[2] / "districts" / "contoh")
NOW = datetime(2026, 11, 18, 4, tzinfo=UTC)
FEW = 40
OFFICE = ("dinsos-linjamsos",)  # of the demo's officer
NOBODYS = {FieldKind.NAME, FieldKind.NIK, FieldKind.KK, FieldKind.PHONE, FieldKind.PHOTO}


@pytest.fixture(scope="module")
def lives() -> list[Logged]:
    """Return a few lives of the past."""
    return list(islice(past(CONTOH, NOW), FEW))


def test_the_same_past_each_time(lives: list[Logged]) -> None:
    """Whoever starts a demo at the same time has the same tickets, to the last word."""
    again = list(past(CONTOH, NOW, FEW))
    assert [(one.entries, one.words) for one in again] == [
        (one.entries, one.words) for one in lives
    ]


def test_every_log_holds(lives: list[Logged]) -> None:
    """A log of the past tells its ticket, is whole and lies in the past, and nothing is late."""
    for life in lives:
        assert log.first_broken(life.entries) is None
        assert log.replay(life.entries) == life.ticket
        assert life.entries[-1].at <= NOW
        due = next_at(life.ticket, CONTOH)
        assert due is None or due > NOW


def test_the_past_is_nobodys(lives: list[Logged]) -> None:
    """No ticket of the past names anybody, or has a number, a card or a photo of anybody."""
    for life in lives:
        fields = {one.key: one.kind for one in CONTOH.services[life.ticket.service].fields}
        told = unpacked(life.words[FILED])
        assert not {fields[one.key] for one in told.answers} & NOBODYS
        assert life.entries[0].words == told.digest()


def test_words_fit_the_district() -> None:
    """What is said is about services and kecamatan that the demo's district has."""
    said = load_said()
    assert set(said.services) <= set(CONTOH.services)
    assert set(said.areas) == {one.code for one in CONTOH.areas.values() if not one.parent}


def test_offices_have_what_is_theirs(lives: list[Logged]) -> None:
    """No ticket was ever with an office that has none of its service's roles, but the desk."""
    said = load_said()
    for ticket in (one.ticket for one in lives):
        service = CONTOH.services[ticket.service]
        for leg in ticket.legs:
            roles = set(CONTOH.agencies[leg.agency].roles)
            others = (*said.services[service.code].beside, CONTOH.desk)
            assert leg.agency in others or roles & set(service.roles), (service.code, leg.agency)


async def test_figures_and_lists_are_filled(sqlite_url: str) -> None:
    """A demo that just began has figures by kecamatan, cases in hand, late ones and timers."""
    store = await Store.open(sqlite_url, Sealer.read(Sealer.new_key()), "test")
    await fill_past(store, CONTOH, NOW, 160)
    seen = await overview(store, CONTOH, Asked(weeks=52), Look(), NOW.date())
    areas = seen.table("areas")
    held = (account_of("officer"), NOW)
    ordinary = tuple(one.value for one in Sensitivity)
    assert areas is not None
    assert len(areas.lines) > 1
    assert not await store.unfigured("", 1)
    assert await store.listed(Sieve(sensitivities=ordinary, overdue_at=NOW), None, 1)
    assert await store.listed(
        Sieve(sensitivities=ordinary, shares_of=OFFICE, held_by=held), None, 1
    )
    due = await store.next_timer()
    assert due is not None
    assert due > NOW
    await store.close()
