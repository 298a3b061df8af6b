"""What an operator does with a bucket of files: look whether it works, and move into it."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.commands.diagnosis import Finding, Standing
from bot.commands.doctor_files import files_findings
from bot.files import folder_of
from bot.settings import Settings
from tests.fakes.bucket_server import KEY, SECRET, BucketServer, Mood

SEALED = {f"{number:032x}": bytes((number,)) * 500 for number in range(1, 4)}


@pytest.fixture
def server() -> Iterator[BucketServer]:
    """Give a server with an empty bucket "photos"."""
    with BucketServer() as running:
        running.make("photos")
        yield running


def settings_of(server: BucketServer, tmp_path: Path, url: str = "s3://photos/x") -> Settings:
    """Return settings that name a bucket of *server*."""
    return Settings(
        data_dir=tmp_path,
        files_url=url,
        files_endpoint=server.endpoint,
        files_access_key=KEY,
        files_secret_key=SECRET,
    )


async def found(settings: Settings) -> Finding:
    """Return what the doctor finds about files."""
    (one,) = [one async for one in files_findings(settings)]
    return one


async def test_the_doctor_puts_a_probe_into_the_bucket(
    server: BucketServer, tmp_path: Path
) -> None:
    """A bucket that can be written, read and cleared is fine, and nothing stays in it."""
    finding = await found(settings_of(server, tmp_path))
    assert finding.standing is Standing.FINE
    (written,) = {
        asked.partition(" ")[2] for asked in server.asked if asked.startswith("PUT /photos/")
    }
    assert server.holds(written.removeprefix("/")) is None


@pytest.mark.parametrize("mood", ["shut", "changed"])
async def test_the_doctor_finds_a_bucket_that_does_not_keep(
    server: BucketServer, tmp_path: Path, mood: Mood
) -> None:
    """What refuses our key, or gives back other bytes, is broken; no secret is printed."""
    server.mood = mood
    finding = await found(settings_of(server, tmp_path))
    assert finding.standing is Standing.BROKEN
    assert SECRET not in finding.text


async def test_the_doctor_names_the_wrong_setting(server: BucketServer, tmp_path: Path) -> None:
    """A key without its secret, or an address that is no bucket, is told by its name."""
    half = Settings(data_dir=tmp_path, files_url="s3://photos", files_access_key=KEY)
    assert "FILES_SECRET_KEY" in (await found(half)).text
    assert "FILES_URL" in (await found(settings_of(server, tmp_path, "photos"))).text


async def test_a_folder_is_probed_too(tmp_path: Path) -> None:
    """Without a bucket the doctor looks at the folder, once there is one, and leaves it empty."""
    settings = Settings(data_dir=tmp_path)
    assert [one async for one in files_findings(settings)] == []
    (tmp_path / "files").mkdir()
    assert (await found(settings)).standing is Standing.FINE
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


async def run(server: BucketServer, tmp_path: Path, **more: str) -> Result:
    """Run satupintu files to-bucket."""
    environment = {
        "SATUPINTU_DATA_DIR": str(tmp_path),
        "SATUPINTU_FILES_URL": "s3://photos/x",
        "SATUPINTU_FILES_ENDPOINT": server.endpoint,
        "SATUPINTU_FILES_ACCESS_KEY": KEY,
        "SATUPINTU_FILES_SECRET_KEY": SECRET,
    }
    told = {**environment, **more}
    return await asyncio.to_thread(
        lambda: CliRunner().invoke(main, ["files", "to-bucket"], env=told)
    )


async def test_files_move_into_the_bucket_as_they_are(
    server: BucketServer, tmp_path: Path
) -> None:
    """Every sealed content lies in the bucket afterwards; a second run copies none again."""
    folder = folder_of(Settings(data_dir=tmp_path))
    for number, sealed in SEALED.items():
        await folder.write(number, sealed)
    first = await run(server, tmp_path)
    assert (first.exit_code, "3 files copied" in first.output) == (0, True)
    for number, sealed in SEALED.items():
        assert server.holds(f"photos/x/{number[:2]}/{number}") == sealed
    again = await run(server, tmp_path)
    assert "0 files copied" in again.output


async def test_a_move_that_cannot_be_finished_says_so(
    server: BucketServer, tmp_path: Path
) -> None:
    """Without a bucket, or while it gives back other bytes, nothing is called copied."""
    await folder_of(Settings(data_dir=tmp_path)).write(*next(iter(SEALED.items())))
    unset = await run(server, tmp_path, SATUPINTU_FILES_URL="")
    assert "not set" in unset.output
    server.mood = "changed"
    broken = await run(server, tmp_path)
    assert broken.exit_code == 1
    assert "other than what was put there" in broken.output
