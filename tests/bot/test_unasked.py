"""Notices wait for the morning, hold nobody up, and are known to have arrived or not."""

from casework.desk.deeds import Brought
from handlers.delivery import Blocked
from referrals import commands
from referrals.ticket import TicketState
from tests.bot.living import letters_of, live, settle, story_of, ticket_of
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play
from tests.bot.test_desk import filed
from tests.bot.test_watch import life, solved
from tests.bot.test_whole_loop import act, file_papers, state_of

NIGHT, MORNING = 12, 9  # hours from ten in the morning to ten at night, and on to seven


async def test_news_of_the_night_waits_for_the_morning(play: Play) -> None:
    """What an officer does at ten in the evening is told at seven, in the order it happened."""
    citizen, _ = await file_papers(play)
    play.clock.move(hours=NIGHT)
    before = len(citizen.heard)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Resolve(leg=1), "sudah dicetak")
    await settle(play)
    play.clock.move(hours=MORNING, minutes=-1)
    await settle(play)
    assert len(citizen.heard) == before

    play.clock.move(minutes=1)
    await settle(play)
    told = [reply.text for reply in citizen.heard[before:]]
    assert len(told) == 2
    assert "mulai diproses" in told[0]
    assert "sudah dicetak" in told[1]


async def test_who_writes_at_night_is_answered_at_once(play: Play) -> None:
    """A notice kept back holds up no reply."""
    citizen, _ = await file_papers(play)
    play.clock.move(hours=NIGHT)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    answer = await citizen.say("menu")
    assert "mulai diproses" not in answer
    assert await citizen.say("bantuan")


async def test_what_was_answered_at_night_is_not_asked_in_the_morning(play: Play) -> None:
    """Whoever reads the status at night and says SUDAH is not asked at seven whether it is so."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    play.clock.move(hours=NIGHT)
    await act(play, commands.Resolve(leg=1), "sudah dicetak")
    await settle(play)
    await citizen.say(f"sudah {code}")
    before = len(citizen.heard)
    play.clock.move(hours=MORNING)
    await settle(play)
    assert len(citizen.heard) == before
    assert await state_of(play, code) is TicketState.CLOSED


async def test_lives_do_not_wait_for_the_morning(play: Play) -> None:
    """News of a P1 are told at any hour."""
    citizen = await play.known()
    play.clock.move(hours=NIGHT)
    code = await filed(play, citizen, "BENCANA", "99.01.01.2001")
    await act(play, commands.Accept(leg=1))
    await settle(play)
    assert (await ticket_of(play, code)).priority == "P1"
    assert "mulai diproses" in citizen.last


async def test_a_person_calls_whom_no_message_reaches(play: Play) -> None:
    """A notice that can never arrive starts no clock: the desk is asked to call or visit."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    play.phones.faults[citizen.address] = iter([Blocked()] * 99)
    await act(play, commands.Resolve(leg=1), "sudah dicetak")
    await settle(play)
    assert (await life(play, code))[-1] == "not_reached"
    assert ("satu-pintu", "unreached") in await letters_of(play, code)
    await live(play, 40)

    story = await life(play, code)
    assert await state_of(play, code) is TicketState.RESOLVED
    assert {"reached", "reminded", "auto_confirmed"}.isdisjoint(story)
    assert story.count("still_waiting") >= 2


async def test_a_gateways_yes_is_no_receipt(play: Play) -> None:
    """Where a channel only says that it will try, nobody's silence closes a ticket."""
    play.phones.vouches = False
    _, code = await solved(play)
    await live(play, 30)
    story = await story_of(play, code)
    assert "not_reached" in story
    assert {"reached", "auto_confirmed"}.isdisjoint(story)


async def test_reached_by_hand_the_clock_starts(play: Play) -> None:
    """Once somebody told them in person, ten days and three reminders close it after all."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await settle(play)
    play.phones.faults[citizen.address] = iter([Blocked()])
    await act(play, commands.Resolve(leg=1), "sudah dicetak")
    await settle(play)
    notice = (await ticket_of(play, code)).awaited
    assert notice
    token = await play.newest_token("satu-pintu")
    by_hand = commands.Reach(of=notice.of, by_hand=True)
    await play.house.desk.act(token, by_hand, Brought("ditelepon"), play.clock.now())
    await live(play, 11)
    assert await state_of(play, code) is TicketState.CLOSED
    assert "reached" in await story_of(play, code)


async def test_nothing_is_told_of_a_vault(play: Play) -> None:
    """No clock writes to its citizen, and its letters go to its own office, neutrally."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA", "99.01.01.2001")
    before = len(citizen.heard)
    await live(play, 5, steps=6)
    play.clock.move(days=60)
    await settle(play)

    letters = await letters_of(play, code)
    assert len(citizen.heard) == before
    assert {to.split()[0] for to, _ in letters} == {"uptd-ppa"}
    assert "acceptance_overdue" in await life(play, code)


async def solved_in_a_vault(play: Play) -> tuple[Citizen, str, Officer]:
    """Have a vault ticket solved; return its citizen, its code and the officer's own link."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA", "99.01.01.2001")
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Resolve(leg=1), "sudah didampingi")
    await settle(play)
    return citizen, code, Officer(play, code, 1)


async def test_a_vaults_officer_reminds_in_the_safe_way(play: Play) -> None:
    """Told in person, a vault's citizen is asked by its officer, to whom each reminder goes."""
    citizen, code, officer = await solved_in_a_vault(play)
    notice, before = (await ticket_of(play, code)).awaited, len(citizen.heard)
    assert notice
    assert "reached" in (await officer.sees()).actions
    await officer.did(commands.Reach(of=notice.of, by_hand=True), "bertemu di tempat aman")
    assert "reached" not in (await officer.sees()).actions
    await live(play, 9)

    asked = [one for one in await letters_of(play, code) if one[1] == "remind"]
    assert asked == [("uptd-ppa", "remind")] * 3
    assert len(citizen.heard) == before
    await live(play, 3)
    assert await state_of(play, code) is TicketState.CLOSED


async def test_a_vaults_answer_that_nobody_told_is_no_dead_end(play: Play) -> None:
    """After months its officer can still tell it; neutral letters ask, its head's too."""
    citizen, code, officer = await solved_in_a_vault(play)
    before = len(citizen.heard)
    days: dict[tuple[str, str], list[int]] = {}
    for day in range(1, 121):
        count = len(await letters_of(play, code))
        await live(play, 1)
        for one in (await letters_of(play, code))[count:]:
            days.setdefault(one, []).append(day)
    assert days == {
        ("uptd-ppa", "unreached"): [3, 34, 60, 112],
        ("uptd-ppa head", "breach_1"): [7, 14, 21],
    }
    kept = await play.house.inbox.letters("uptd-ppa", vault=True)
    assert len({(one.subject, one.text) for one in kept}) == 1
    assert len(citizen.heard) == before
    assert (await officer.sees()).actions == ("reached",)

    notice = (await ticket_of(play, code)).awaited
    assert notice
    await officer.did(commands.Reach(of=notice.of, by_hand=True), "bertemu di tempat aman")
    assert (await life(play, code))[-1] == "reached"
    _, told = (await officer.sees()).history[-1]
    assert "bertemu di tempat aman" in f"{told}"


async def test_after_berhenti_only_news(play: Play) -> None:
    """Reminders stay away but the last, which says that the ticket will be closed; so does C9."""
    citizen, code = await solved(play)
    await citizen.say("berhenti")
    before = len(citizen.heard)
    await live(play, 11)
    told = [reply.text for reply in citizen.heard[before:]]
    assert len(told) == 2
    assert "tiket kami tutup dulu" in told[0]
    assert (await life(play, code)).count("reminded") == 3
    await live(play, 30)
    assert (await life(play, code))[-1] == "outcome_asked"
    assert len(citizen.heard) == before + 2
