"""The demo keeps to databases of its own, and the server away from them."""

from pathlib import Path

import pytest
from click import ClickException

from bot import settings as reading
from bot.clock import SystemClock
from bot.commands import demo
from bot.commands.demo import defaults, fill
from bot.demo.claim import claim, is_demos
from bot.serving import Serving
from bot.settings import SettingsError
from storage.database.migrate import migrate
from tests.bot.offices import filed_papers
from tests.bot.playing import KEY, fill_registry, open_play


async def test_a_new_database_becomes_the_demos(database_url: str, tmp_path: Path) -> None:
    """From then on it is, and no server where citizens come runs on it."""
    migrate(database_url)
    play = await open_play(database_url, tmp_path)
    assert not await is_demos(play.house.store)
    assert await claim(play.house.store)
    assert await claim(play.house.store)
    await play.house.close()
    own = {"DATABASE_URL": database_url, "KEY": KEY, "DATA_DIR": str(tmp_path), "PORT": "0"}
    settings = reading.read({f"SATUPINTU_{name}": value for name, value in own.items()})
    with pytest.raises(SettingsError, match="accounts that everybody can open"):
        await Serving(settings, SystemClock()).run()


@pytest.mark.parametrize("kept", ["registry", "ticket"])
async def test_where_citizens_come_it_writes_nothing(
    sqlite_url: str, tmp_path: Path, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A registry or a ticket is enough: nobody invented is put beside it, and no account."""
    play = await open_play(sqlite_url, tmp_path)
    if kept == "registry":
        await fill_registry(play)
    else:
        await filed_papers(play, play.citizen())
    people = await play.house.store.people_count()
    own = {"DATABASE_URL": sqlite_url, "KEY": KEY, "DATA_DIR": str(tmp_path)}
    given = {f"SATUPINTU_{name}": value for name, value in own.items()}
    monkeypatch.setattr(demo, "furnish", None)  # would be called next
    with pytest.raises(ClickException, match="not the demo's"):
        await fill(reading.read({**defaults({}), **given}))
    assert await play.house.store.people_count() == people
    assert await play.house.store.accounts() == ()
    await play.house.close()
