"""Whom we answer by SMS, and how much of it on a day."""

from datetime import datetime

import pytest
from msgspec.structs import replace

from bot.taking.allowance import FOR_DANGER, Allowance, Left
from bot.taking.turns import Taken
from conversations.messages import Address, Channel
from handlers.sms_parts import cost, messages
from referrals.district.directory import Texting
from referrals.district.working_days import local
from tests.bot.playing import Citizen, Play

A_DAY = Texting().a_day


async def used_up(play: Play, units: int = A_DAY) -> Citizen:
    """Return somebody who was answered with *units* today already."""
    citizen = play.citizen(Channel.SMS)
    unit = play.house.store.unit()
    unit.count_spent(citizen.address, units, today(play))
    await play.house.store.commit(unit)
    return citizen


def today(play: Play) -> datetime:
    """Return now by the district's own days."""
    return local(play.house.district.calendar, play.clock.now())


async def unheard(citizen: Citizen, text: str) -> bool:
    """Say whether *text* is taken and brings no answer."""
    before = len(citizen.heard)
    assert await citizen.deliver(citizen.message(text)) == 200
    return len(citizen.heard) == before


@pytest.mark.parametrize("number", ["+881612345679", "+23276000001", "+6221555123", "BANK"])
async def test_others_than_mobile_numbers_of_ours_are_passed_over(play: Play, number: str) -> None:
    """Whoever earns by what we send there gets nothing; the gateway is told that all is well."""
    stranger = Citizen(play.house, play.phones, number, Channel.SMS)
    assert await unheard(stranger, "halo")
    assert await play.house.store.session(stranger.address) is None
    assert play.house.door.counts["unserved"] == 1


async def test_a_district_may_answer_neighbours(play: Play) -> None:
    """Its row names their countries; chats have none."""
    house = play.house
    district = replace(house.district, sms=Texting(countries=("60",)))
    allowance = Allowance(house.store, district, house.voices, house.clock)
    assert allowance.serves(Address(Channel.SMS, "+60123456789"))
    assert not allowance.serves(Address(Channel.SMS, "+6591234567"))
    assert allowance.serves(Address(Channel.WHATSAPP, "6591234567"))


async def test_what_is_counted_is_what_the_gateway_charges(play: Play) -> None:
    """Answers by SMS count segment by segment; a chat's answers and news of tickets do not."""
    texter, chatter = play.citizen(Channel.SMS), await play.known()
    for text in ("darurat", "BANTU rumah bocor"):
        await texter.say(text)
    unit = play.house.store.unit()
    unit.send(texter.address, replace(texter.heard[0], unasked=True), play.clock.now(), "1")
    await play.house.store.commit(unit)
    charged = sum(cost(messages(reply)) for reply in texter.heard[:2])
    assert await play.house.store.spent(texter.address, today(play)) == charged
    assert await play.house.store.spent(chatter.address, today(play)) == 0


async def test_beyond_the_day_there_is_one_kind_word(play: Play) -> None:
    """Then silence until tomorrow, when the conversation goes on."""
    citizen = await used_up(play, A_DAY - 1)
    assert "0299000112" not in await citizen.say("halo")
    assert "0299000112" in await citizen.say("1")
    assert await unheard(citizen, "menu")
    assert play.house.door.counts["spent"] == 2
    assert await play.house.turns.excuse(citizen.message("x"), "door.slow_down") is Taken.SPENT
    play.clock.move(days=1)
    assert "0299000112" not in await citizen.say("menu")


async def test_danger_is_answered_a_little_longer(play: Play) -> None:
    """With its numbers alone; the safe path goes on. Both have an end, too."""
    citizen, victim = await used_up(play), await used_up(play)
    assert "113" in await citizen.say("rumah kami kebakaran")
    assert "129" in await victim.say("suami saya mukul saya")
    before = len(victim.heard)
    await victim.say("1")
    assert len(victim.heard) > before
    spent = await used_up(play, A_DAY + FOR_DANGER)
    allowance = play.house.turns._allowance
    assert await allowance.left(spent.address) is Left.NOTHING
    assert "0299000112" in await spent.say("rumah kami kebakaran")
    assert await unheard(spent, "rumah kami kebakaran")
