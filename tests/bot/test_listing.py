"""The work list of an older version's tickets: filled beside everything else, and once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from casework.clocks.listing import LISTING_TIMER, LISTS_VERSION, TICKETS_A_PAGE
from referrals.codes import code_from
from storage.console.worklist_terms import Sieve
from storage.database.statements import Statement
from storage.tables.worklist import worklist
from tests.bot.playing import Play, open_play
from tests.bot.test_desk import filed

EVERY = Sieve(sensitivities=("ordinary", "sensitive", "vault"))
MORE = 5
EMPTY = Statement(lambda _: sa.delete(worklist).returning(worklist.c.code), alone=True)


@pytest.fixture
async def play(database_url: str, tmp_path: Path) -> AsyncIterator[Play]:
    """Give a house."""
    stage = await open_play(database_url, tmp_path)
    yield stage
    await stage.house.close()


async def forgotten(play: Play) -> None:
    """Leave the house as a version without work lists left it."""
    store = play.house.store
    await store._write(EMPTY, [()])
    unit = store.unit()
    unit.set_timer(LISTING_TIMER, LISTING_TIMER, play.clock.now(), b"")
    unit.keep_note(LISTING_TIMER, "")
    await store.commit(unit)


async def test_every_ticket_comes_onto_the_list(play: Play) -> None:
    """More than a page of them, open or not; then the house remembers that it was done."""
    citizen = play.citizen()
    codes = [code_from(str(number)) for number in range(1, TICKETS_A_PAGE + MORE)]
    for code in codes:
        await filed(play, citizen, "RTLH", "99.01.01.2001", code)
    await forgotten(play)
    assert await play.house.store.count_listed(EVERY, [()], TICKETS_A_PAGE + MORE) == (0,)
    await play.house.timers.tick()
    assert await play.house.store.count_listed(EVERY, [()], TICKETS_A_PAGE + MORE) == (len(codes),)
    assert await play.house.store.kept_note(LISTING_TIMER) == LISTS_VERSION


async def test_it_goes_on_where_it_stopped(play: Play) -> None:
    """A process that ends after a page leaves the next page to whoever comes."""
    first, second = sorted(code_from(str(number)) for number in (1, 2))
    for code in (first, second):
        await filed(play, play.citizen(), "RTLH", "99.01.01.2001", code)
    await forgotten(play)
    unit = play.house.store.unit()
    unit.set_timer(LISTING_TIMER, LISTING_TIMER, play.clock.now(), first.encode())
    await play.house.store.commit(unit)
    await play.house.timers.tick()
    listed = await play.house.store.listed(EVERY, None, 9)
    assert [row.ticket.code for row in listed] == [second]


async def test_a_vault_ticket_is_listed_without_its_channel(play: Play) -> None:
    """Where somebody wrote from about violence stands nowhere unsealed."""
    await filed(play, play.citizen(), "PPA")
    await forgotten(play)
    await play.house.timers.tick()
    (row,) = await play.house.store.listed(EVERY, None, 9)
    assert row.channel == ""
