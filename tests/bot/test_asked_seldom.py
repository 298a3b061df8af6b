"""Nobody can have us text a stranger without end by filing for them."""

from casework.citizen.asks import BY_CHAT, Ask
from conversations.messages import Address, Channel
from conversations.records.parties import Another, Method, Relation
from storage.unit import Outcome
from tests.bot.living import settle
from tests.bot.playing import Citizen, Play
from tests.bot.test_for_another import NUMBER, filed_by_phone

FILER = Address(Channel.TELEGRAM, "555001")


async def file_by_phone(reporter: Citizen, number: str = NUMBER) -> None:
    """Fill another form in up to the number of whom it is for."""
    await reporter.say("lampu jalan mati di depan rumah nenek")
    await reporter.tap("Laporan/Keluhan")
    await reporter.say("di gang belakang masjid RT 02")
    await reporter.tap("Lewati")
    await reporter.say("untuk ibu sebelah")
    await reporter.tap("Tetangga")
    await reporter.say(number)


async def taken_back(reporter: Citizen, code: str) -> None:
    """Have *reporter* take the ticket back."""
    for text in (f"BATAL {code}", "salah isi", "ya"):
        await reporter.say(text)


async def test_a_stranger_is_asked_twice_a_day_at_most(play: Play) -> None:
    """Taken back or not, each question counts, whoever files; then a witness is what helps."""
    for _ in range(2):
        reporter, subject, code = await filed_by_phone(play)
        await taken_back(reporter, code)
    await file_by_phone(reporter)
    assert "Tidak punya HP" in reporter.last
    await reporter.say("tidak punya HP")
    assert "menyaksikan" in reporter.last
    await settle(play)
    assert [one.text.count("Boleh diurus") for one in subject.heard] == [1, 1]
    assert await play.house.store.tickets_of(subject.address, 9) == ()


async def test_a_number_is_asked_five_times_a_month_at_most(play: Play) -> None:
    """Days and other filers are no way around it: a month's sixth question is not sent."""
    store, now = play.house.store, play.clock.now()
    for number in range(5):
        at = now.replace(day=1 + number)
        assert await store.may_ask(NUMBER, f"filer {number}", at, 5)
        unit = store.unit()
        unit.count_ask(NUMBER, f"filer {number}", at, 5)
        assert await store.commit(unit) is Outcome.KEPT
    assert not await store.may_ask(NUMBER, "another", now.replace(day=9), 5)
    unit = store.unit()
    unit.count_ask(NUMBER, "another", now.replace(day=9), 5)
    assert await store.commit(unit) is Outcome.LOST


async def test_one_filer_has_few_strangers_asked_on_a_day(play: Play) -> None:
    """Whoever names one stranger after another has five of them asked on a day."""
    store, now = play.house.store, play.clock.now()
    for number in range(BY_CHAT):
        unit = store.unit()
        Ask(Another(Relation.NEIGHBOUR, Method.REPLY, f"{NUMBER}{number}"), FILER).count(
            unit, play.house.district, now
        )
        assert await store.commit(unit) is Outcome.KEPT
    ask = Ask(Another(Relation.NEIGHBOUR, Method.REPLY, NUMBER), FILER)
    assert not await ask.fits(store, play.house.district, now)
    assert "Ask(…)" in repr(ask)
    at_work = Ask(ask.another, FILER, "staff:one")
    assert await at_work.fits(store, play.house.district, now)
