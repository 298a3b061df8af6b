"""The demo's stage: the clock is moved, one tap signs in, and neither exists elsewhere."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.demo.staff import demo_staff
from conversations.messages import Address, Channel, Reply
from referrals import commands
from referrals.ticket import TicketState
from storage.unit import Outcome
from tests.bot.living import ticket_of
from tests.bot.officers import Officer
from tests.bot.staging import Stage, ahead, staged
from tests.browser.town import filed
from tests.web.console.listening import LIVE, Ear
from tests.web.stage import BROWSER, OURS, happenings
from web.demo.clock import CLOCK
from web.demo.seats import SEATS

STRANGERS = {**BROWSER, "Sec-Fetch-Site": "cross-site"}


@pytest.fixture
async def stage(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """Give a demo that runs."""
    async with staged(sqlite_url, tmp_path) as stage:
        yield stage


async def move(stage: Stage, by: str) -> int:
    """Move the clock as its page does; return the status."""
    return (await stage.client.post(CLOCK, json={"by": by}, headers=OURS)).status


async def sit(stage: Stage, role: str) -> tuple[int, str]:
    """Sign in as somebody of *role*; return the status, and where it leads."""
    answer = await stage.client.post(
        SEATS, data={"role": role}, headers=OURS, allow_redirects=False
    )
    return answer.status, answer.headers.get("Location", "")


async def test_three_working_days_pass_over_a_weekend(stage: Stage) -> None:
    """From Monday to Thursday, from Thursday to Tuesday, at the same time of day."""
    began = stage.house.clock.now()
    for days in (3, 8):
        assert await move(stage, "working_days") == 200
        assert stage.house.clock.now() - began == timedelta(days=days)


async def test_a_page_opened_anew_hears_the_time_of_now(stage: Stage) -> None:
    """Each leap of before is told again with what the clock says now: it never goes back."""
    for _ in range(2):
        await move(stage, "hour")
    heard = await happenings(stage.client, 2)
    assert [one["now"] for one in heard] == [stage.house.clock.now().timestamp()] * 2


async def test_what_falls_due_on_the_way_happens(stage: Stage) -> None:
    """Solved, and nothing said for two weeks: the citizen was asked again, and the ticket ends."""
    code = await filed(stage.play)
    await stage.house.timers.tick()
    await move(stage, "hour")
    officer = Officer(stage.play, code, 1)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Resolve(leg=1))
    stored = await stage.house.store.ticket(code)
    assert stored
    telephone = stage.play.phones.got[stored.contact.address]
    before = len(telephone)
    for _ in range(2):
        assert await move(stage, "fortnight") == 200
        await stage.house.outbox.sweep()
    await stage.play.phones.wait_for(stored.contact.address, before + 2)
    assert (await ticket_of(stage.play, code)).state is TicketState.CLOSED


async def test_what_waited_for_the_morning_goes_first(stage: Stage) -> None:
    """The night's news leave as the clock passes the morning, before anything that follows."""
    store, now = stage.house.store, stage.house.clock.now()
    somebody = Address(Channel.TELEGRAM, "990077")
    unit = store.unit()
    unit.send_later(somebody, Reply("Kabar malam"), now, now + timedelta(minutes=30), "482109379")
    assert await store.commit(unit) is Outcome.KEPT
    assert await move(stage, "hour") == 200
    await stage.play.phones.wait_for(somebody, 1)


async def test_a_due_date_comes_near(stage: Stage) -> None:
    """An office that does nothing for days: whose list it stands on hears that time runs out."""
    code = await filed(stage.play)
    await stage.house.timers.tick()
    await sit(stage, "supervisor")
    async with stage.client.get(LIVE, headers=BROWSER) as answer:
        ear, heard = Ear(answer), {}
        assert (await ear.next()).name == "hello"
        await move(stage, "working_days")
        while heard.get("kind") != "due":
            heard = (await ear.next()).told
    assert heard["code"] == code


async def test_a_restart_keeps_the_time(sqlite_url: str, tmp_path: Path) -> None:
    """What was promised yesterday was promised yesterday after a restart too."""
    async with staged(sqlite_url, tmp_path) as first:
        await move(first, "fortnight")
    async with staged(sqlite_url, tmp_path) as again:
        assert ahead(again.house) == timedelta(days=14)


async def test_time_ends_with_the_calendar(stage: Stage) -> None:
    """Nobody counts working days in a year whose holidays are unknown."""
    years = stage.house.district.calendar.years
    for _ in range(26 * (len(years) + 1)):
        before = stage.house.clock.now()
        if await move(stage, "fortnight") == 409:
            break
    assert stage.house.clock.now() == before
    assert before.year == max(years)


async def test_one_tap_signs_in_as_each(stage: Stage) -> None:
    """Each of the demo's people, in a frame of our own page, and nobody else."""
    for one in demo_staff():
        assert await sit(stage, one.role) == (303, "/console/")
        answer = await stage.client.get("/console/me", headers=BROWSER, allow_redirects=False)
        assert answer.status == 200, one
        assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    for nobody in ("", "root", "../verifier"):
        assert (await sit(stage, nobody))[0] == 404


async def test_who_is_signed_in_stays_so_when_the_clock_moves(stage: Stage) -> None:
    """Sessions and second factors go by the time that telephones in the world know."""
    await sit(stage, "verifier")
    await move(stage, "fortnight")
    answer = await stage.client.get("/console/me", headers=BROWSER, allow_redirects=False)
    assert answer.status == 200


async def test_other_sites_move_nothing(stage: Stage) -> None:
    """Neither the clock, nor who is signed in; nor does what is no leap."""
    for headers, body in ((STRANGERS, {"by": "hour"}), (OURS, {"by": "back"}), (OURS, [])):
        assert (await stage.client.post(CLOCK, json=body, headers=headers)).status in {400, 403}
    answer = await stage.client.post(
        SEATS, data={"role": "supervisor"}, headers=STRANGERS, allow_redirects=False
    )
    assert answer.status == 403
    assert ahead(stage.house) == timedelta()


async def test_elsewhere_there_is_neither(sqlite_url: str, tmp_path: Path) -> None:
    """Outside the demo nobody moves the clock or sits without a password, and no frame is ours."""
    async with staged(sqlite_url, tmp_path, demo="0") as other:
        for path, sent in ((CLOCK, {"json": {"by": "hour"}}), (SEATS, {"data": {"role": "trc"}})):
            answer = await other.client.post(path, headers=OURS, **sent)
            assert answer.status == 404
        page = await other.client.get("/console/sign-in", headers=BROWSER)
        assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
        assert ahead(other.house) == timedelta()


def test_the_servers_clock_cannot_be_moved() -> None:
    """What a server goes by has nothing that could move it."""
    assert not hasattr(SystemClock(), "ahead")


async def test_the_page_has_telephones_console_and_time(stage: Stage) -> None:
    """All in one place, each role one tap away."""
    page = await (await stage.client.get("/simulator", headers=BROWSER)).text()
    assert 'name="console"' in page
    assert all(f'value="{one.role}"' in page for one in demo_staff())
    assert all(f'data-leap="{by}"' in page for by in ("hour", "working_days", "fortnight"))
