"""Reports of one place, told in words or by a pin: the desk gets a hint, and decides."""

import pytest

from casework.desk.deeds import Merge
from conversations.messages import Place
from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands
from referrals.codes import code_from
from referrals.ticket import ClosedBecause
from storage.unit import Outcome
from tests.bot.living import ticket_of
from tests.bot.officers import desk
from tests.bot.playing import Play

LAMP = "Lampu jalan mati sudah seminggu"
PIN, NEXT_DOOR, FAR_OFF = Place(-7.8, 110.3), Place(-7.8012, 110.3008), Place(-7.81, 110.3)


async def report(
    play: Play, where: str = "", pin: Place | None = None, story: str = LAMP, service: str = "LAIN"
) -> str:
    """File what somebody saw *where* they say; return the code."""
    house, clock = play.house, play.clock
    answers = (Answered("story", story, story), Answered("place", where, where, place=pin))
    record = OpenTicket(code_from(clock.token()), Draft(service, answers), "id")
    unit = house.store.unit()
    filing = house.turns._records._admitting._filing
    filing.open(unit, record, (await play.known()).address, clock.now(), clock.token())
    assert await house.store.commit(unit) is Outcome.KEPT
    return record.code


async def hints(play: Play, code: str) -> list[tuple[str, str]]:
    """Return which tickets the desk's page of *code* offers to join, and why."""
    page = await desk(play, code).sees()
    return [(twin.code, twin.same) for twin in page.twins]


async def test_a_village_in_free_words_is_a_hint(play: Play) -> None:
    """Two lamps in one village are shown to the desk, however its name is typed."""
    older = await report(play, "depan masjid RT 02 desa Mekarsari")
    newer = await report(play, "dekat jl pasar, mekarsri")
    await report(play, "depan balai Sukamaju")
    assert await hints(play, newer) == [(older, "words")]
    assert await hints(play, older) == [(newer, "words")]


async def test_the_story_is_read_where_the_place_names_no_village(play: Play) -> None:
    """A village that stands in the story only is found as well."""
    older = await report(play, "depan masjid", story="Lampu jalan di Suka Maju padam")
    newer = await report(play, "RT 03 Sukamaju")
    assert await hints(play, newer) == [(older, "words")]


async def test_two_pins_close_together_are_a_hint(play: Play) -> None:
    """A pin a few steps away is a hint, one in the next hamlet is none."""
    older = await report(play, pin=PIN)
    newer = await report(play, pin=NEXT_DOOR)
    await report(play, pin=FAR_OFF)
    assert await hints(play, newer) == [(older, "words")]


async def test_villages_of_one_name_are_told_apart(play: Play) -> None:
    """Of two villages of one name the kecamatan decides, where both name it."""
    here = await report(play, "Karanganyar, kec Mekar Jaya")
    await report(play, "Karanganyar kecamatan Tanjung Damai")
    unsaid = await report(play, "pasar karang anyar")
    assert await hints(play, here) == [(unsaid, "words")]


@pytest.mark.parametrize("where", ["depan warung Bu Tini", "Kecamatan Mekar Jaya", "jalan raya"])
async def test_no_village_is_no_hint(play: Play, where: str) -> None:
    """Words without a village hint at nothing, nor does a whole kecamatan."""
    await report(play, where)
    assert await hints(play, await report(play, where)) == []


async def test_another_service_is_no_hint(play: Play) -> None:
    """A lamp and a person in need are two cases, even in one street."""
    await report(play, "masjid Mekarsari", service="TERLANTAR")
    assert await hints(play, await report(play, "masjid Mekarsari")) == []


async def test_a_hint_refuses_nothing(play: Play) -> None:
    """Both reports go their way until a person says that they are one, and can say so."""
    older, newer = await report(play, "desa Mekarsari"), await report(play, "Mekarsari")
    for code in (older, newer):
        assert (await ticket_of(play, code)).legs
    await desk(play, newer).did(Merge(older), "")
    assert (await ticket_of(play, newer)).closed_because is ClosedBecause.DUPLICATE


async def test_who_only_asks_is_shown_nobody_elses_place(play: Play) -> None:
    """An office with a share of the ticket gets no hint: whose report is one is the desk's."""
    older = await report(play, "desa Mekarsari")
    await report(play, "desa Mekarsari")
    await desk(play, older).did(commands.AddAgency(agency="dinas-perkim", rule="by_hand"))
    view = await play.house.desk.see(await play.newest_token("dinas-perkim"), play.clock.now())
    assert view
    assert view.twins == ()
