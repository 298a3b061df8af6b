"""When the calendar changes, every open ticket is looked at anew."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from bot.district.reading import load
from casework.clocks.replanning import fingerprint
from referrals import commands
from referrals.due.watching import next_at
from storage.database.migrate import migrate
from tests.bot.living import live, settle, ticket_of
from tests.bot.playing import DISTRICT, KEY, Play, open_play
from tests.bot.test_watch import life, solved
from tests.bot.test_whole_loop import act, file_papers

A_DAY_OFF = "      - {date: 2026-11-25, kind: local, name: Hari jadi kabupaten}\n"
LATE_2027 = datetime(2027, 12, 30, 3, tzinfo=UTC)


def with_a_day_off(folder: Path) -> Path:
    """Return a copy of the district where Wednesday is a holiday of its own."""
    copy = Path(shutil.copytree(DISTRICT, folder / "district"))
    calendar = copy / "calendar.yaml"
    text = calendar.read_text()
    first = "      - {date: 2026-12-24"
    assert text.count(first) == 1
    calendar.write_text(text.replace(first, A_DAY_OFF + first))
    return copy


async def woken_at(play: Play, code: str) -> datetime:
    """Return when the ticket is looked at next, taking its timer away."""
    far = play.clock.now() + timedelta(days=900)
    found = await play.house.store.claim_timers("ticket", far, 9)
    return next(due.due_at for due in found if due.body.decode() == code)


async def test_a_new_holiday_moves_what_is_due(database_url: str, tmp_path: Path) -> None:
    """The next start counts by the new calendar, also for tickets that nobody touched."""
    migrate(database_url)
    before = await open_play(database_url, tmp_path)
    await settle(before)
    _, code = await file_papers(before)
    by_old = next_at(await ticket_of(before, code), before.house.district)
    await before.house.close()

    after = await open_play(database_url, tmp_path, district=with_a_day_off(tmp_path))
    await settle(after)
    by_new = await woken_at(after, code)
    await after.house.close()
    assert by_old
    assert by_new == by_old + timedelta(days=1)


async def test_the_same_calendar_wakes_nobody(play: Play, database_url: str) -> None:
    """A start that changes nothing leaves every timer as it was."""
    await settle(play)
    again = await open_play(database_url, play.house.settings.data_dir)
    assert await again.house.store.timers_due(again.clock.now()) == 0
    await again.house.close()


def test_what_a_due_date_rests_on() -> None:
    """Holidays, years and services' own days change the mark; words do not."""
    district = load(DISTRICT)
    calendar = replace(
        district.calendar, holidays=district.calendar.holidays | {date(2026, 11, 25)}
    )
    assert fingerprint(replace(district, calendar=calendar)) != fingerprint(district)
    assert fingerprint(replace(district, service_name="x")) == fingerprint(district)
    row = district.services["RTLH"]
    assert row.kind == "need"
    slower, unasked = replace(row, resolve_days=90), replace(row, kind="complaint")
    for other in (slower, unasked, replace(row, confidential=True)):
        services = district.services | {"RTLH": other}
        assert fingerprint(replace(district, services=services)) != fingerprint(district)


async def test_a_year_nobody_knows_is_no_crash(play: Play) -> None:
    """Where the calendar ends, what it cannot tell waits; the citizen is told all the same."""
    play.clock.time = LATE_2027
    await settle(play)
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    before = len(citizen.heard)
    await live(play, 30)

    story = await life(play, code)
    assert story.count("still_waiting") == 2
    assert "breached" not in story
    assert len(citizen.heard) == before + 2
    assert "sejak" in citizen.last.lower()


async def test_a_closed_ticket_is_woken_too(play: Play, database_url: str) -> None:
    """What was closed lately is still asked about after an update of the program."""
    citizen, code = await solved(play)
    await citizen.tap("Sudah")
    unit = play.house.store.unit()
    unit.drop_timer(f"ticket:{code}")
    unit.keep_note("calendar", "another one")
    await play.house.store.commit(unit)
    again = await open_play(database_url, play.house.settings.data_dir, key=KEY)
    await settle(again)
    assert await woken_at(again, code) > again.clock.now()
    await again.house.close()
