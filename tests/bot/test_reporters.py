"""What whoever filed for somebody else does with the ticket, and as whom that is logged."""

from conversations.messages import Address, Channel
from handlers.delivery import Blocked
from referrals import commands
from referrals.roles import Role
from referrals.ticket import Actor
from tests.bot.living import live, settle
from tests.bot.officers import Officer
from tests.bot.playing import Play
from tests.bot.test_for_another import (
    NUMBER,
    filed_by_phone,
    filed_by_witness,
    gone,
    numbered,
    story,
)


async def test_whoever_filed_it_takes_it_back_meanwhile(play: Play) -> None:
    """BATAL before the person answered: nothing is left of it, and no agency ever heard of it."""
    reporter, subject, code = await filed_by_phone(play)
    await reporter.say(f"batal {code}")
    await reporter.say("orangnya sudah mengurus sendiri")
    told = await reporter.tap("Ya, batalkan")
    await settle(play)

    assert "isinya kami hapus" in told
    await gone(play, reporter, subject, code)
    entries = await play.house.store.entries(code)
    assert entries[-1].actor == Actor(Role.FACILITATOR)
    await subject.say(numbered(play, code))
    assert await story(play, code) == ["consent_awaited", "withdrawn"]


async def speaker_of(play: Play, code: str) -> Role:
    """Return as whom somebody did what happened last, the post's own notes left out."""
    entries = await play.house.store.entries(code)
    return [one.actor.role for one in entries if one.actor.role is not Role.SYSTEM][-1]


async def test_whoever_filed_it_speaks_for_the_person(play: Play) -> None:
    """What the reporter does for somebody without a telephone is not logged as that person's."""
    reporter, code = await filed_by_witness(play)
    await settle(play)
    officer = Officer(play, code, 1)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Resolve(leg=1))
    await settle(play)
    await reporter.tap("Sudah")
    assert (await story(play, code))[-1] == "confirmed"
    assert await speaker_of(play, code) is Role.FACILITATOR
    await live(play, days=29)
    await reporter.tap("Belum")
    assert (await story(play, code))[-1] == "not_received"
    assert await speaker_of(play, code) is Role.FACILITATOR


async def test_whoever_agreed_speaks_for_themself(play: Play) -> None:
    """From their own YA on it is the person's ticket, and what they do is their own."""
    _, subject, code = await filed_by_phone(play)
    await subject.say(numbered(play, code))
    await settle(play)
    await subject.say(f"batal {code}")
    await subject.say("sudah diperbaiki tetangga")
    asked = await subject.say("ya")
    assert (await story(play, code))[-1] == "referred"
    await subject.say(asked.removesuffix(".")[-6:])  # only their own telephone got the code
    assert (await story(play, code))[-1] == "withdrawn"
    assert await speaker_of(play, code) is Role.CITIZEN


async def test_whoever_filed_it_hears_that_nobody_could_be_asked(play: Play) -> None:
    """Where our text can never arrive, the reporter hears once what helps: a number, a witness."""
    play.phones.faults[Address(Channel.SMS, NUMBER)] = iter([Blocked()] * 9)
    reporter, subject, code = await filed_by_phone(play)
    assert subject.heard == []
    assert "nomor lain atau dengan saksi" in reporter.last
    assert await story(play, code) == ["consent_awaited"]
    count = len(reporter.heard)
    await live(play, days=6)
    assert len(reporter.heard) == count
    await live(play, days=2)
    assert "tidak dilanjutkan" in reporter.last
