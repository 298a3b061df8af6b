"""What a house of the version before kept is neither lost nor out of sight in this one."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from msgspec.structs import replace
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import create_async_engine

from casework.clocks.listing import LISTING_TIMER
from referrals import commands
from referrals.ticket import ClosedBecause
from storage.console.worklist_terms import Sieve
from storage.database.engine import read_url
from storage.database.migrate import is_current, migrate
from storage.database.upgrade import STEPS
from tests.bot.living import settle, ticket_of
from tests.bot.playing import Citizen, Play, open_play
from tests.bot.test_rebuilding import broken
from tests.bot.test_whole_loop import act, file_papers

BEFORE = "0003"  # the schema of the version before people had a console
EVERY = Sieve(sensitivities=("ordinary", "sensitive", "vault"))


def take_back(connection: Connection) -> None:
    """Undo the newest steps, which leaves the schema and the rows that the old version had."""
    config = Config()
    config.set_main_option("script_location", str(STEPS))
    config.attributes["connection"] = connection
    command.downgrade(config, BEFORE)


async def grow_old(database_url: str) -> None:
    """Make the database one of the version before."""
    url = read_url(database_url)
    if url.drivername == "sqlite":
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            take_back(connection)
        engine.dispose()
        return
    distant = create_async_engine(url.set(drivername="postgresql+asyncpg"))
    async with distant.begin() as connected:
        await connected.run_sync(take_back)
    await distant.dispose()


async def left_behind(play: Play, database_url: str) -> None:
    """Close the house, and leave what it kept as the version before would have."""
    unit = play.house.store.unit()
    unit.keep_note(LISTING_TIMER, "")  # no list of work
    await play.house.store.commit(unit)
    await play.house.close()
    await grow_old(database_url)


async def test_what_runs_goes_on_after_an_upgrade(
    play: Play, database_url: str, tmp_path: Path
) -> None:
    """An answer that waits for its citizen: listed, counted, proven, and SUDAH closes it."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Resolve(leg=1), "KTP baru sudah dicetak")
    await settle(play)
    before = await ticket_of(play, code)
    await left_behind(play, database_url)
    assert not is_current(database_url)

    assert migrate(database_url)
    new = await open_play(database_url, tmp_path)
    try:
        assert await ticket_of(new, code) == before
        await new.house.timers.tick()
        (row,) = await new.house.store.listed(EVERY, None, 9)
        assert row.ticket.code == code
        assert await new.house.store.unfigured("", 9) == [code]
        said = Citizen(new.house, new.phones, citizen.address.id).message(f"sudah {code}")
        await new.house.door.receive(replace(said, message_id="the first one after it"))
        assert (await ticket_of(new, code)).closed_because is ClosedBecause.CONFIRMED
        assert await broken(new) == []
    finally:
        await new.house.close()
