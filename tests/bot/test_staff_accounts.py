"""Accounts from the command line, and the demo's own."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.cli import main
from bot.demo.staff import PHRASE, demo_staff, seat, seated
from casework.staff.passwords import Passwords
from casework.staff.signing_in import Attempt, SigningIn, Welcome
from tests.bot.playing import DISTRICT, KEY, open_play

MADE = ["people", "add", "kepala.meja", "supervisor", "satu-pintu", "--called", "Kepala meja"]


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path) -> CliRunner:
    """Give what runs commands on a fresh database."""
    given = {"DATABASE_URL": sqlite_url, "DATA_DIR": str(tmp_path), "KEY": KEY}
    return CliRunner(env={f"SATUPINTU_{k}": v for k, v in given.items()})


def test_the_first_account_is_made_at_the_command_line(run: CliRunner) -> None:
    """And its link is printed, for its owner alone."""
    told = run.invoke(main, MADE)
    assert told.exit_code == 0
    assert "/console/invited/" in told.output
    assert "for Kepala meja alone" in told.output


@pytest.mark.parametrize(
    ("place", "why"),
    [
        (["a", "king", "satu-pintu"], "no such role"),
        (["a", "officer", "nowhere"], "no such agency"),
        (["a", "officer", "dinkes", "--area", "1"], "no such area"),
        (["a", "vault_officer", "dinkes"], "a vault office is for vault roles only"),
        (["a", "facilitator", "dinkes"], "this role works in an area"),
        (["a b", "officer", "dinkes"], "a sign-in name has letters"),
    ],
)
def test_what_cannot_be_made_is_said_in_a_sentence(
    run: CliRunner, place: list[str], why: str
) -> None:
    """Nobody has to read a traceback."""
    told = run.invoke(main, ["people", "add", *place, "--called", "A"])
    assert told.exit_code == 1
    assert why in told.output


def test_a_new_link_is_made_for_who_is_there(run: CliRunner) -> None:
    """For a name that nobody has there is none, nor a second account of one name."""
    run.invoke(main, MADE)
    assert "/console/invited/" in run.invoke(main, ["people", "invite", "kepala.meja"]).output
    assert "nobody signs in by this name" in run.invoke(main, ["people", "invite", "b"]).output
    assert "satupintu people invite" in run.invoke(main, MADE).output


async def test_the_demo_has_one_of_each_role(sqlite_url: str, tmp_path: Path) -> None:
    """Each signs in by the role's code and the phrase; they are made once."""
    play = await open_play(sqlite_url, tmp_path, district=DISTRICT)
    store, district = play.house.store, play.house.district
    assert {one.role for one in demo_staff()} == set(district.staff_roles)
    assert not await seated(store)
    await seat(store, district, play.clock.now())
    assert await seated(store)
    door = SigningIn(store, district, Passwords(), play.clock.token)
    for role in ("supervisor", "vault_officer"):
        tried = Attempt(name=role, password=PHRASE)
        assert isinstance(await door.attempt(tried, play.clock.now()), Welcome)
    await play.house.close()
