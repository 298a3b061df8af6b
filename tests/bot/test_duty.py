"""Officers on duty answer by a tap, and paper is brought by hand."""

import pytest

from bot.door import Received
from bot.post.duty import Duty
from casework.post.handing import Handed
from handlers.delivery import TryLater
from referrals.roles import Role
from referrals.ticket import LegState, TicketState
from storage.replies.deliveries import DeliveryState
from tests.bot.officers import Officer
from tests.bot.playing import Citizen
from tests.bot.posting import CHAT, DUTY, Towns, carry, leg_of, news_of
from tests.bot.test_whole_loop import file_papers, state_of


def heard_of(citizen: Citizen, word: str) -> list[str]:
    """Return the notices in which the citizen read *word*."""
    return [reply.text for reply in citizen.heard if word in reply.text]


async def test_an_officer_on_duty_takes_the_leg_by_a_tap(towns: Towns) -> None:
    """Their chat stands in the office's row: that is who they are. A second tap says so."""
    play = await towns.open(CHAT)
    citizen, code = await file_papers(play)
    await carry(play)
    officer = Citizen(play.house, play.phones, "700")
    said = await officer.tap("Terima")
    assert "Dukcapil" in said
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    button = play.phones.got[DUTY][0].choices[0].value
    tap = officer.message(picked=button)
    for _ in range(2):
        await officer.deliver(tap)
    await play.phones.wait_for(DUTY, 3)
    assert "sudah" in officer.last
    assert len(officer.heard) == 3
    assert heard_of(citizen, "Dukcapil")


async def test_a_stranger_taps_in_vain(towns: Towns) -> None:
    """A copied button does nothing in another chat, and the try is noted."""
    play = await towns.open(CHAT)
    _, code = await file_papers(play)
    await carry(play)
    button = play.phones.got[DUTY][0].choices[0].value
    stranger = play.citizen()
    for picked in (button, "duty:accept:1", "duty:what"):
        await stranger.deliver(stranger.message(picked=picked))
    await play.phones.wait_for(stranger.address, 3)
    assert "petugas jaga" in stranger.last
    assert await state_of(play, code) is TicketState.REFERRED


FORGED = ("9" * 20, "9" * 5000, "\N{ARABIC-INDIC DIGIT ONE}", "-1", "1 ", "")


@pytest.mark.parametrize("number", FORGED, ids=("long", "endless", "arabic", "minus", "gap", "no"))
async def test_a_forged_number_is_a_strangers(towns: Towns, number: str) -> None:
    """A button whose number no letter can have is answered as any stranger's."""
    play = await towns.open(CHAT)
    stranger = play.citizen()
    message = stranger.message(picked=f"duty:accept:{number}")
    assert await play.house.door.receive(message) is Received.COMMITTED
    await play.phones.wait_for(stranger.address, 1)
    assert "petugas jaga" in stranger.last


async def test_a_bug_under_a_button_costs_an_apology(
    towns: Towns, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever fails behind a tap is excused and committed: it never comes again."""
    play = await towns.open(CHAT)
    monkeypatch.setattr(Duty, "_letter", _broken)
    officer = play.citizen()
    message = officer.message(picked="duty:accept:1")
    for _ in range(2):
        assert await play.house.door.receive(message) is Received.COMMITTED
    await play.phones.wait_for(officer.address, 1)
    assert officer.last.startswith("Maaf")
    assert play.house.door.counts["known"] == 1


async def _broken(*_: object) -> None:
    raise ZeroDivisionError


async def test_a_letter_to_who_cannot_take_it_now_waits(towns: Towns) -> None:
    """A telephone that is off is tried by the channel's own table."""
    play = await towns.open(CHAT)
    play.phones.faults[DUTY] = iter([TryLater(), None])
    _, code = await file_papers(play)
    await carry(play)
    await carry(play, seconds=2)
    assert await news_of(play, code) == [("telegram", DeliveryState.WAITING)]
    await carry(play, seconds=5)
    assert (await leg_of(play, code)).state is LegState.DELIVERED


async def test_paper_is_delivered_when_somebody_says_so(towns: Towns) -> None:
    """The desk gets a link to print it from; the citizen hears of it once it was handed over."""
    play = await towns.open("{kind: letter}")
    citizen, code = await file_papers(play)
    before = len(citizen.heard)
    await carry(play)
    assert await news_of(play, code) == [("letter", DeliveryState.WAITING)]
    assert (await leg_of(play, code)).state is LegState.QUEUED
    play.clock.move(days=1)
    (desk,) = await play.house.inbox.letters(play.house.district.desk)
    path = desk.link.rpartition("/agency/")[2]
    token, _, page = path.partition("/")
    assert page == "letter"
    now = play.clock.now()
    printed = await play.house.handing.sheets(token, now)
    assert printed
    assert [sheet.waits for sheet in printed.sheets] == [True]
    handed = play.house.handing.handed
    assert await handed(token, "Ibu di loket 2", now) is Handed.KEPT
    assert await handed(token, "Ibu di loket 2", now) is Handed.NOTHING
    assert (await leg_of(play, code)).state is LegState.DELIVERED
    await play.phones.wait_for(citizen.address, before + 1)
    (kept,) = await play.house.store.deliveries_of(code, 1)
    assert kept.reference == "Ibu di loket 2"
    assert await play.house.handing.sheets("forged", now) is None
    assert await handed("forged", "x", now) is Handed.NOTHING


async def test_the_desk_prints_by_the_letters_own_link(towns: Towns) -> None:
    """What its own link shows is not all meant for that office: by it nothing is printed."""
    play = await towns.open("{kind: letter}")
    _, code = await file_papers(play)
    await carry(play)
    own = Officer(play, code, 1, Role.VERIFIER, play.house.district.desk).token
    assert await play.house.handing.sheets(own, play.clock.now()) is None
    assert await play.house.handing.handed(own, "x", play.clock.now()) is Handed.NOTHING
