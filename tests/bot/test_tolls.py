"""What sending cost, as operators read it."""

from datetime import timedelta

from structlog.testing import capture_logs

from bot.clock import SystemClock
from bot.sending.toll_watch import TollWatch
from conversations.messages import Channel, Reply
from storage.replies.sent import Fare
from tests.bot.playing import Play
from tests.bot.test_post_commands import in_thread


async def charge(play: Play, units: int, tariff: str = "", days: int = 0) -> None:
    """Have a message cost *units*, some *days* from now."""
    store, citizen = play.house.store, play.citizen(Channel.SMS).address
    unit = store.unit()
    item = unit.send(citizen, Reply("hai"), play.clock.now())
    await store.commit(unit)
    at = play.clock.now() + timedelta(days=days)
    store.mark_taken(item, Fare(references=(), units=units, tariff=tariff, at=at))
    await store.commit(store.unit())


async def test_a_month_is_printed_by_channel_and_tariff(play: Play) -> None:
    """One line each, in whole units; other months are apart."""
    await charge(play, 3)
    await charge(play, 2, days=2)
    await charge(play, 1, "utility")
    await charge(play, 9, days=31)
    status, printed = await in_thread(play, "tolls", "--month", "2026-11")
    assert status == 0
    assert [line.split() for line in printed.splitlines()] == [
        ["2026-11", "sms", "-", "5"],
        ["2026-11", "sms", "utility", "1"],
    ]
    _, printed = await in_thread(play, "tolls", "--month", "2026-10")
    assert printed.strip() == "2026-10  nothing that costs was sent"


async def test_this_month_is_what_is_printed_unasked(play: Play) -> None:
    """Without a month it is the one that the district's calendar is in; the doctor says it too."""
    _, printed = await in_thread(play, "tolls")
    assert "nothing that costs was sent" in printed
    _, printed = await in_thread(play, "doctor")
    assert "tolls: nothing that costs was sent this month" in printed


async def test_a_dear_hour_is_told_once(play: Play) -> None:
    """Whichever process sees it first warns; the next hour may be warned of again."""
    house, most = play.house, play.house.district.sms.an_hour
    await charge(play, most)
    with capture_logs() as logged:
        await house.tolls.look()
        assert not logged
        await charge(play, 1)
        await house.tolls.look()
        await TollWatch(house.store, most, house.clock).look()
        assert [each["segments"] for each in logged] == [most + 1]
        play.clock.move(hours=1)
        await charge(play, most + 2)
        await house.tolls.look()
    assert [each["log_level"] for each in logged] == ["warning"] * 2
    assert house.tolls.segments == most + 2


async def test_the_doctor_asks_who_has_us_pay(play: Play) -> None:
    """The busiest hour of the last day is told, and is to do where it was dearer than expected."""
    _, printed = await in_thread(play, "doctor")
    assert "texts: 0 segments of SMS in the busiest hour" in printed
    play.clock.time = SystemClock().now()
    await charge(play, play.house.district.sms.an_hour + 1)
    _, printed = await in_thread(play, "doctor")
    assert "to do  texts: 1001 segments of SMS" in printed
