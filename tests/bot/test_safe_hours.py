"""A vault ticket's citizen is contacted when they said it is safe, and never unasked by us."""

import pytest

from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from casework.telling.unasked import Unasked, send
from casework.ticket.appointments import CALL
from conversations.messages import Reply
from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands
from referrals.ticket import TicketState
from storage.cases.tickets import Contact
from storage.unit import Outcome
from tests.bot.living import letters_of, live, settle, ticket_of
from tests.bot.officers import Officer, links_of
from tests.bot.offices import front_door
from tests.bot.playing import Citizen, Play
from tests.web.stage import BROWSER, Page

CODE, OFFICE = "482109379", "uptd-ppa"
TOLD = ("Kekerasan", "PPA", "rahasia", "pagi", "Pagi", "aman")  # what no letter may give away
NIGHT, SIX = 12, 8  # hours from ten in the morning to ten at night, and on to six


async def reported(
    play: Play, hours: str = "pagi", way: str = "telepon", number: str = "+628110001"
) -> tuple[Citizen, Officer]:
    """Have somebody ask for contact *way* at their safe *hours*; return them and the officer."""
    citizen, house = await play.known(), play.house
    answers = [Answered("safe_now", "aman", "Ya, aman"), Answered("contact_way", way, way)]
    answers += [Answered("phone", number, number)] if number else []
    answers += [Answered("safe_hours", hours, hours)] if hours else []
    draft = Draft("PPA", tuple(answers))
    letters = Letters(house.district, house.voices, links_of(play))
    unit, now = house.store.unit(), play.clock.now()
    record = OpenTicket(CODE, draft, "id", "99.01.01")
    Filing(house.district, letters).open(unit, record, citizen.address, now, play.clock.token())
    assert await house.store.commit(unit) is Outcome.KEPT
    await settle(play)
    return citizen, Officer(play, CODE, 1)


async def calls(play: Play) -> list[str]:
    """Return the letters that ask the officer to make contact, by their wording."""
    asked = {"unreached", "remind"}
    return [occasion for _, occasion in await letters_of(play, CODE) if occasion in asked]


async def test_what_an_officer_does_at_night_sends_nothing(play: Play) -> None:
    """Neither at ten in the evening, nor when decent or safe hours come: its officer tells it."""
    citizen, officer = await reported(play)
    play.clock.move(hours=NIGHT)
    before = len(citizen.heard)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Resolve(leg=1), "sudah didampingi")
    await live(play, 3, steps=8)
    assert len(citizen.heard) == before


async def test_the_task_to_call_waits_for_the_safe_hour(play: Play) -> None:
    """What a clock asks of the officer at night is written at six, when the morning is safe."""
    _, officer = await reported(play)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Resolve(leg=1), "sudah didampingi")
    play.clock.move(days=2, hours=NIGHT)
    await settle(play)
    play.clock.move(days=1)
    await settle(play)
    early = await calls(play)
    play.clock.move(hours=SIX, minutes=-1)
    await settle(play)
    assert await calls(play) == early
    play.clock.move(minutes=2)
    await settle(play)
    assert await calls(play) == [*early, "unreached"]


async def test_who_asks_to_be_contacted_first_is_when_that_is_safe(play: Play) -> None:
    """HUBUNGI SAYA DULU at night: its officer is asked at six, when the morning is safe."""
    citizen, officer = await reported(play)
    await officer.did(commands.Accept(leg=1))
    play.clock.move(hours=NIGHT)
    await citizen.say(f"batal {CODE}")
    assert "tetap berjalan" in await citizen.tap("Hubungi")
    await settle(play)
    asked = ("uptd-ppa", "added")
    assert asked not in await letters_of(play, CODE)

    play.clock.move(hours=SIX, minutes=1)
    await settle(play)
    assert (await letters_of(play, CODE)).count(asked) == 1


async def test_who_may_be_contacted_now_is_asked_for_at_once(play: Play) -> None:
    """At a safe hour the officer's letter does not wait; once the ticket is over none goes."""
    citizen, officer = await reported(play, hours="sekarang", way="pesan")
    await officer.did(commands.Accept(leg=1))
    await citizen.say(f"batal {CODE}")
    await citizen.tap("Hubungi")
    await citizen.say(f"batal {CODE}")
    await citizen.say("ya")
    await settle(play)
    assert ("uptd-ppa", "added") not in await letters_of(play, CODE)

    assert (await ticket_of(play, CODE)).state is TicketState.CLOSED


async def test_letters_to_the_vault_name_nothing(play: Play) -> None:
    """Whatever they ask for: neither the matter, nor the hours, nor where."""
    _, officer = await reported(play)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Resolve(leg=1), "sudah didampingi")
    await live(play, 10, steps=4)
    kept = await play.house.inbox.letters(OFFICE, vault=True)
    assert kept
    for letter in kept:
        assert not [word for word in (*TOLD, "Sukamaju") if word in letter.subject + letter.text]


async def test_a_task_that_is_done_is_asked_for_no_more(play: Play) -> None:
    """Who told their citizen before the hour came gets no letter about it."""
    _, officer = await reported(play)
    await officer.did(commands.Accept(leg=1))
    await officer.did(commands.Resolve(leg=1), "sudah didampingi")
    play.clock.move(days=3, hours=NIGHT)
    await settle(play)
    early, notice = await calls(play), (await ticket_of(play, CODE)).awaited
    assert notice
    await officer.did(commands.Reach(of=notice.of, by_hand=True), "ia datang sendiri")
    play.clock.move(hours=SIX, minutes=1)
    await settle(play)
    assert await calls(play) == early


@pytest.mark.parametrize(
    ("occasion", "closed", "written"),
    [("remind", False, True), ("remind", True, False), ("unreached", False, True)],
)
async def test_a_reminder_has_its_hour_too(
    play: Play,
    occasion: str,
    closed: bool,  # noqa: FBT001 - one of two cases
    written: bool,  # noqa: FBT001 - one of two cases
) -> None:
    """It is written when its hour comes, as long as its citizen is still waited for."""
    _, officer = await reported(play, hours="sekarang", way="pesan")
    await officer.did(commands.Accept(leg=1))
    if not closed:
        await officer.did(commands.Resolve(leg=1), "sudah didampingi")
    house, now = play.house, play.clock.now()
    unit = house.store.unit()
    unit.set_timer("call:test", CALL, now, f'["{CODE}","{occasion}",1]'.encode())
    unit.set_timer("call:gone", CALL, now, f'["100000009","{occasion}",1]'.encode())
    assert await house.store.commit(unit) is Outcome.KEPT
    await settle(play)
    assert (occasion in await calls(play)) is written


@pytest.mark.parametrize("hours", ["", "pagi", "sekarang"])
async def test_nothing_is_ever_sent_unasked(play: Play, hours: str) -> None:
    """Not even what is urgent, at whatever hour: the last door before the outbox is shut."""
    citizen, _ = await reported(play, hours)
    ticket, contact = await ticket_of(play, CODE), Contact(citizen.address, "id")
    unit = play.house.store.unit()
    news = Unasked(ticket, contact, 1, Reply("Ada kabar.", unasked=True))
    assert send(unit, news, play.house.district, play.clock.now()) is None
    before = len(citizen.heard)
    await play.house.store.commit(unit)
    await live(play, 2, steps=6)
    assert len(citizen.heard) == before


async def test_who_gave_no_number_is_nobody_to_call(play: Play) -> None:
    """A safe hour without a safe number is none: the page does not send an officer to ring."""
    _, officer = await reported(play, number="")
    play.clock.move(hours=20)
    seen = await officer.sees()
    assert (seen.safe_now, seen.safe_next) == (False, None)


async def test_who_writes_is_answered_at_once(play: Play) -> None:
    """A reply to their own message comes at any hour, and a code alone tells no matter."""
    citizen, _ = await reported(play)
    play.clock.move(hours=NIGHT)
    told = await citizen.say(f"lacak {CODE}")
    assert not [word for word in ("Kekerasan", "PPA") if word in told]


@pytest.mark.parametrize(
    ("hours", "way", "moved", "told"),
    [
        ("pagi", "telepon", 20, "Sekarang jam aman"),
        ("pagi", "telepon", 12, "BELUM jam aman. Jangan menghubungi pelapor sekarang"),
        ("sekarang", "pesan", 0, "Sekarang jam aman"),
        ("sekarang", "pesan", 2, "Pelapor tidak menyebut jam atau nomor yang aman"),
        ("", "jangan", 0, "Pelapor tidak menyebut jam atau nomor yang aman"),
    ],
)
async def test_the_page_says_whether_it_is_safe_now(
    play: Play, hours: str, way: str, moved: int, told: str
) -> None:
    """Its officer reads it above all else, and until when to wait."""
    _, officer = await reported(play, hours, way)
    play.clock.move(hours=moved)
    async with front_door(play) as client:
        answer = await client.get(f"/agency/{officer.token}", headers=BROWSER)
        page = Page(await answer.text()).text
    assert told in page
    assert (await ticket_of(play, CODE)).state is TicketState.REFERRED
