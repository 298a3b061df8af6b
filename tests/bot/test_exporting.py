"""What leaves the house as files, at the command line."""

import asyncio
import csv
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner, Result

from bot.cli import main
from storage.database.sealing import Sealer
from storage.store import Store
from tests.bot.offices import filed_papers
from tests.bot.playing import DISTRICT, KEY, MONDAY, Play
from tests.servers import POSTGRES


@pytest.fixture
def there(play: Play, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Give the folder of an operator on the house of *play*, in its time."""
    environment = {
        "KEY": KEY, "DATABASE_URL": play.house.settings.database, "DATA_DIR": str(tmp_path),
        "DISTRICT": str(DISTRICT),
    }  # fmt: skip
    for name, value in environment.items():
        monkeypatch.setenv(f"SATUPINTU_{name}", value)
    monkeypatch.setenv("PATH", f"{POSTGRES}{os.pathsep}{os.environ['PATH']}")
    with time_machine.travel(MONDAY, tick=False):
        yield tmp_path / "out"


def rows_in(file: Path) -> list[list[str]]:
    """Return the lines of a CSV file."""
    return list(csv.reader(file.read_text("utf-8-sig").splitlines()))


def copy_in(folder: Path) -> Path:
    """Return the copy of the database in *folder*, which nobody else may open."""
    assert folder.stat().st_mode & 0o077 == 0
    (copy,) = (file for file in folder.iterdir() if file.is_file())
    return copy


async def run(*words: object) -> Result:
    """Run a command in a thread of its own, as its loop is its own."""
    return await asyncio.to_thread(CliRunner().invoke, main, [str(word) for word in words])


async def test_figures_go_out_without_small_groups(play: Play, there: Path) -> None:
    """Six tickets of a kecamatan are a number; what four are would be four people."""
    for _ in range(6):
        await filed_papers(play, play.citizen())
    done = await run("export", "figures", there)
    assert done.exit_code == 0, done.output
    rows = rows_in(there / "services.csv")
    assert any("6" in row for row in rows)
    numbers = {int(cell) for row in rows for cell in row if cell.isdigit()}
    assert not numbers & {1, 2, 3, 4}


async def test_a_copy_is_whole_and_sealed(play: Play, there: Path) -> None:
    """It opens with the key, on the kind of database it came from, and holds every ticket."""
    code = await filed_papers(play, play.citizen())
    done = await run("export", "backup", there)
    assert done.exit_code == 0, done.output
    copy = copy_in(there)
    if copy.suffix == ".db":
        store = await Store.open(f"sqlite:///{copy}", Sealer.read(KEY), "restored")
        assert await store.ticket(code)
        await store.close()
    else:
        assert copy.read_bytes().startswith(b"PGDMP")
    again = await run("export", "backup", there)
    assert (again.exit_code, "is there already" in again.output) == (1, True)
