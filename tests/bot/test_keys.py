"""No command works with keys that are not the database's own."""

import asyncio
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.commands.diagnosis import Standing
from bot.commands.doctor import findings
from bot.keys import fault_told, open_store
from bot.settings import Settings, SettingsError
from storage.database.migrate import migrate
from storage.database.sealing import Sealer
from storage.upkeep.key_checks import KeyFault, Misfit
from tests.bot.offices import with_rows
from tests.bot.playing import StillClock


@pytest.fixture
def sealed(tmp_path: Path) -> Settings:
    """Give settings of a database that was opened once, with the key made beside it."""
    settings = Settings(data_dir=tmp_path / "var", district=with_rows(tmp_path, {}))
    settings.data_dir.mkdir()
    migrate(settings.database)
    asyncio.run(opened(settings))
    return settings


async def opened(settings: Settings) -> None:
    """Open the database, and let go of it."""
    await (await open_store(settings, "one")).close()


async def looked_at(settings: Settings) -> list[tuple[Standing, str]]:
    """Return what the doctor says of the keys."""
    found = [one async for one in findings(settings, StillClock())]
    return [(one.standing, one.text) for one in found if one.text.startswith("keys:")]


def test_a_strange_key_opens_nothing(sealed: Settings) -> None:
    """One clear sentence names the setting, never the key; the right one still opens it."""
    key = Sealer.new_key()
    with pytest.raises(SettingsError, match=r"^SATUPINTU_KEY: .* first key is not") as told:
        asyncio.run(opened(replace(sealed, key=f"9:{key}")))
    assert key not in str(told.value)
    asyncio.run(opened(sealed))


def test_the_doctor_calls_a_strange_key_broken(sealed: Settings) -> None:
    """Whoever asks why nothing starts is told, and the doctor notes no key."""
    strange = replace(sealed, key=Sealer.new_key())
    (broken,) = asyncio.run(looked_at(strange))
    assert broken[0] is Standing.BROKEN
    assert "SATUPINTU_KEY: key 1 is not" in broken[1]
    assert [fine for fine, _ in asyncio.run(looked_at(sealed))] == [Standing.FINE]


def test_each_fault_names_its_own_setting() -> None:
    """The vault's keys have a setting of their own, and the made key lies in a file."""
    bare = Settings()
    assert fault_told(bare, KeyFault(Misfit.OTHER, 192)).startswith("SATUPINTU_VAULT_KEY: key 192")
    assert fault_told(bare, KeyFault(Misfit.MISSING, 2)).startswith("SATUPINTU_KEY (or DATA_DIR")
