"""The doctor tells apart what is fine, not used, still to do, and broken."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.commands.diagnosis import Standing
from bot.commands.doctor import findings, run
from bot.commands.doctor_channels import channel_findings
from bot.settings import Settings
from tests.bot.offices import with_rows
from tests.bot.playing import Play, StillClock
from tests.fakes.bot_api import TOKEN as BOT
from tests.fakes.bot_api import BotApi

TOKEN = "1:x"


async def told(settings: Settings) -> dict[str, Standing]:
    """Return how what the doctor looks at stands, by the first word of its line."""
    return {f.text.partition(":")[0]: f.standing async for f in findings(settings, StillClock())}


async def test_a_bare_install_is_not_called_broken(tmp_path: Path) -> None:
    """Nothing is set and nothing is there yet: that is to do, or off, and nothing is made."""
    bare = Settings(data_dir=tmp_path / "var", district=with_rows(tmp_path, {}))
    stands = await told(bare)
    assert stands["district"] is Standing.FINE
    assert stands["telegram"] is stands["sms"] is stands["mail"] is Standing.OFF
    waiting = {"database", "channels", "vault", "links"}
    assert {stands[name] for name in waiting} == {Standing.TO_DO}
    assert Standing.BROKEN not in stands.values()
    assert not (tmp_path / "var").exists()


async def test_a_database_that_is_away_is_broken(tmp_path: Path) -> None:
    """What was set up and does not answer is no matter of settings still to come."""
    url = "postgresql://u:p@127.0.0.1:1/x"
    away = Settings(data_dir=tmp_path, key="x", database_url=url, district=with_rows(tmp_path, {}))
    assert (await told(away))["database"] is Standing.BROKEN


async def test_mistakes_in_the_district_are_broken(tmp_path: Path) -> None:
    """The other rooms are looked at all the same."""
    none = Settings(data_dir=tmp_path, district=tmp_path / "none")
    stands = await told(none)
    assert stands["district"] is Standing.BROKEN
    assert "mail" not in stands
    assert stands["vault"] is Standing.TO_DO


async def test_the_demo_needs_nothing(tmp_path: Path) -> None:
    """What only a real kabupaten must do is not asked of the demo."""
    demo = Settings(data_dir=tmp_path, district=with_rows(tmp_path, {}), demo=True)
    stands = await told(demo)
    assert stands["vault"] is stands["links"] is Standing.FINE
    vault = Settings(data_dir=tmp_path, district=demo.district, vault_key="x")
    assert (await told(vault))["vault"] is Standing.FINE


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"telegram_token": TOKEN, "telegram_mode": "off"}, Standing.OFF),
        ({"telegram_token": TOKEN, "telegram_api_url": "http://127.0.0.1:1"}, Standing.BROKEN),
        ({}, Standing.OFF),
    ],
)
async def test_how_telegram_stands(changes: dict[str, str], standing: Standing) -> None:
    """Off is as the settings have it; a bot that does not answer is broken."""
    found = [finding async for finding in channel_findings(Settings(**changes))]  # type: ignore[arg-type]  # given by name
    assert found[0].standing is standing


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({"sms_gateway": "http"}, Standing.BROKEN),
        ({"sms_gateway": "http", "sms_http_url": "http://127.0.0.1:1"}, Standing.BROKEN),
    ],
)
async def test_how_sms_stands(changes: dict[str, str], standing: Standing) -> None:
    """A gateway without an address, or with one where nobody is, sends nothing."""
    found = [finding async for finding in channel_findings(Settings(**changes))]  # type: ignore[arg-type]  # given by name
    assert [f.standing for f in found if f.text.startswith("sms")] == [standing]


async def test_a_command_ends_with_what_it_found(
    play: Play, capsys: pytest.CaptureFixture[str]
) -> None:
    """A house that runs: its database answers, and the last line counts."""
    assert await asyncio.to_thread(run, play.house.settings, play.clock) == 0
    output = capsys.readouterr().out
    assert "ok     database: of this version, and it answers" in output
    assert output.splitlines()[-1].endswith("0 BROKEN")


def test_a_broken_thing_ends_with_status_1(tmp_path: Path) -> None:
    """So that a script sees it."""
    env = {"SATUPINTU_DATA_DIR": str(tmp_path), "SATUPINTU_DISTRICT": str(tmp_path / "none")}
    result = CliRunner(env=env).invoke(main, ["doctor"])
    assert result.exit_code == 1
    assert "BROKEN district" in result.output


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.TO_DO),
        ({"telegram_mode": "polling"}, Standing.FINE),
        ({"public_url": "https://bantuan.example"}, Standing.FINE),
    ],
)
async def test_telegram_must_find_us(changes: dict[str, str], standing: Standing) -> None:
    """A valid token is not enough for a webhook: updates need an address."""
    telegram = BotApi()
    await telegram.start()
    asked = Settings(telegram_token=BOT, telegram_api_url=telegram.url, **changes)  # type: ignore[arg-type]  # given by name
    found = [finding async for finding in channel_findings(asked)]
    await telegram.close()
    assert found[0].standing is standing
    assert "@satupintu_bot" in found[0].text
