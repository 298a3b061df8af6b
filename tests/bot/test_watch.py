"""What the clocks do with tickets that nobody looks after."""

import asyncio
from datetime import timedelta

import pytest

from casework.clocks.watch import Watch
from casework.telling.letters import Letters
from casework.ticket.appointments import appoint
from casework.ticket.spoken import Spoken
from referrals import commands
from referrals.choosing import Refusal
from referrals.clocks import Clock
from referrals.district.directory import Priority
from referrals.lifecycle import decide
from referrals.log import FIRST, append
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, ClosedBecause, LegState, TicketState
from storage.cases.tickets import Contact
from tests.bot.living import letters_of, live, settle, story_of, ticket_of
from tests.bot.playing import Citizen, Play, open_play
from tests.bot.test_desk import filed, links_of
from tests.bot.test_whole_loop import act, file_papers, state_of

POST = frozenset({"leg_sent", "leg_delivered"})  # what couriers note is tested with them


async def life(play: Play, code: str) -> list[str]:
    """Return what happened to the ticket, but not what its letters went through."""
    return [name for name in await story_of(play, code) if name not in POST]


async def solved(play: Play) -> tuple[Citizen, str]:
    """Have a ticket filed, accepted and solved, and its citizen told so."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Resolve(leg=1), "KTP sudah dicetak")
    await settle(play)
    return citizen, code


async def filed_for_another(play: Play) -> str:
    """Open a ticket whose subject still has to agree, and have it watched."""
    code, now, house = "482109379", play.clock.now(), play.house
    wish = commands.SubmitForAnother(
        code, "ADMINDUK", "99.01.01.2001", Priority.P3, Sensitivity.ORDINARY, "anak", "reply"
    )
    facilitator = Actor(Role.FACILITATOR)
    events = decide(None, wish, facilitator, now)
    assert not isinstance(events, Refusal)
    ticket, entries = append(None, FIRST, events, facilitator)
    unit, words = house.store.unit(), {1: Spoken(salt="s", text="ibu saya").packed()}
    unit.open_ticket(ticket, Contact(play.citizen().address, "id"), None, words, entries)
    appoint(unit, ticket, house.district, now)
    await house.store.commit(unit)
    return code


def watch_of(play: Play) -> Watch:
    """Return a second watcher of the house's tickets."""
    house = play.house
    letters = Letters(house.district, house.voices, links_of(play))
    return Watch(house.store, letters, play.clock.now, house.outbox.hand_over)


async def test_nobody_touches_it_for_seventy_days(play: Play) -> None:
    """Its citizen hears of each thing the clocks do, and is never left silent for two weeks."""
    citizen, code = await file_papers(play)
    before = len(citizen.heard)
    told = []
    for _ in range(70):
        heard = len(citizen.heard)
        await live(play, 1)
        told.append(len(citizen.heard) - heard)

    assert await life(play, code) == [
        "submitted",
        "referred",
        "acceptance_overdue",
        "leg_expired",
        "breached",
        "breached",
        *["still_waiting"] * 4,
    ]
    assert len(citizen.heard) - before == 8
    assert max(len(gap) for gap in "".join("x" if n else "." for n in told).split("x")) < 14
    assert "carikan instansi yang tepat" in citizen.last
    assert "27 November 2026" in citizen.last
    letters = [one for one in await letters_of(play, code) if one[1] != "by_hand"]
    assert letters == [
        ("desa-9901012004", "new"),
        ("desa-9901012004 head", "overdue"),
        ("desa-9901012004", "expired"),
        ("satu-pintu", "unaccepted"),
        ("satu-pintu head", "breach_desk"),
        ("sekda", "breach_2_desk"),
        *[("satu-pintu", "nudge_desk")] * 4,
    ]


async def test_silence_closes_only_what_was_delivered(play: Play) -> None:
    """The receipt starts the ten days; after reminders on days 1, 5 and 9 the ticket is closed."""
    citizen, code = await solved(play)
    assert "reached" in await life(play, code)
    before = len(citizen.heard)
    days = []
    for day in range(1, 12):
        await live(play, 1)
        if len(citizen.heard) > before:
            days.append(day)
            before = len(citizen.heard)

    ticket = await ticket_of(play, code)
    assert days == [1, 5, 9, 10]
    assert ticket.closed_because is ClosedBecause.AUTO_CONFIRMED
    assert "3 Desember 2026" in citizen.heard[-2].text
    assert [c.value for c in citizen.heard[-2].choices] == [
        f"ticket:sudah:{code}",
        f"ticket:belum:{code}",
    ]


async def test_who_answers_is_reminded_no_more(play: Play) -> None:
    """SUDAH after the first reminder ends it, and weeks later one question is left."""
    citizen, code = await solved(play)
    await live(play, 1)
    await citizen.tap("Sudah")
    before = len(citizen.heard)
    await live(play, 27)
    assert len(citizen.heard) == before
    await live(play, 2)

    assert len(citizen.heard) == before + 1
    assert "benar-benar diterima" in citizen.last
    assert (await life(play, code))[-1] == "outcome_asked"
    await live(play, 40)
    assert len(citizen.heard) == before + 1


async def test_a_question_nobody_answers(play: Play) -> None:
    """Reminded after 3, 6 and 9 working days, closed after ten; the office hears why."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Ask(leg=1), "Apakah KK sudah ada?")
    await settle(play)
    await live(play, 20)

    story = await life(play, code)
    ticket = await ticket_of(play, code)
    assert story[3:] == ["asked", "reached", *["reminded"] * 3, "waiting_ended"]
    assert ticket.closed_because is ClosedBecause.NO_RESPONSE
    assert ("desa-9901012004", "unanswered") in await letters_of(play, code)
    assert "ditutup dulu" in citizen.last


async def test_the_answer_stops_the_reminders(play: Play) -> None:
    """An answered question is never asked about again, and the office's clock goes on."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Ask(leg=1), "Apakah KK sudah ada?")
    await settle(play)
    await live(play, 4)
    await citizen.say(f"jawab {code} sudah ada")
    await live(play, 5)

    assert (await life(play, code)).count("reminded") == 1
    assert (await ticket_of(play, code)).clock(Clock.C6) is None


async def test_a_waiting_list_is_looked_at_again(play: Play) -> None:
    """On the review date the case goes on, and its office and its citizen hear so."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    review = (play.clock.now() + timedelta(days=8)).date()
    await act(play, commands.Hold(leg=1, review=review), "menunggu blangko")
    await settle(play)
    await live(play, 7)
    assert await state_of(play, code) is TicketState.ON_HOLD
    await live(play, 1)

    assert await state_of(play, code) is TicketState.IN_PROGRESS
    assert "diproses lagi" in citizen.last
    assert ("desa-9901012004", "review") in await letters_of(play, code)


async def test_a_village_that_is_late_loses_the_case_upwards(play: Play) -> None:
    """Its head hears first, then the sekda; then the case goes up by rule."""
    _, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await live(play, 30)

    ticket = await ticket_of(play, code)
    letters = await letters_of(play, code)
    assert "escalated" in await life(play, code)
    assert ticket.legs[0].state is LegState.RECALLED
    assert ticket.legs[1].agency == "disdukcapil"
    assert letters.index(("desa-9901012004 head", "breach_1")) < letters.index(
        ("sekda", "breach_2")
    )
    assert ("disdukcapil", "new") in letters
    assert ticket.level == 2


async def test_no_consent_in_a_week_erases_what_was_said(play: Play) -> None:
    """Filed for somebody who never answers: closed after seven days, and no word is kept."""
    code = await filed_for_another(play)
    assert await play.house.store.ticket_words(code)
    await live(play, 6)
    assert await state_of(play, code) is TicketState.AWAITING_CONSENT
    await live(play, 1)

    assert (await ticket_of(play, code)).closed_because is ClosedBecause.WITHDRAWN
    assert await play.house.store.ticket_words(code) == {}


async def test_what_can_be_taken_back_is_forwarded_a_day_later(play: Play) -> None:
    """An objection waits 24 hours at nobody's desk; then its rule forwards it."""
    citizen = await play.known()
    code = await filed(play, citizen, "PUNGLI", "99.01.01.2001")
    await settle(play)
    assert await letters_of(play, code) == []
    play.clock.move(hours=23)
    await settle(play)
    assert await state_of(play, code) is TicketState.SUBMITTED
    play.clock.move(hours=1)
    await settle(play)

    assert await state_of(play, code) is TicketState.REFERRED
    assert ("inspektorat", "new") in await letters_of(play, code)
    assert "Inspektorat" in citizen.last


async def test_a_changed_ticket_is_planned_anew(play: Play) -> None:
    """A timer that was claimed before somebody acted changes nothing."""
    _, code = await file_papers(play)
    await settle(play)
    play.clock.move(days=3)
    (due,) = await play.house.store.claim_timers("ticket", play.clock.now(), 1)
    await act(play, commands.Accept(leg=1))
    before = await story_of(play, code)
    await watch_of(play).wake(due)

    assert await story_of(play, code) == before
    (again,) = await play.house.store.claim_timers(
        "ticket", play.clock.now() + timedelta(days=30), 1
    )
    assert again.body.decode() == code
    assert again.due_at > play.clock.now()


async def test_two_houses_wake_a_ticket_once(play: Play, database_url: str) -> None:
    """Two processes on one database that look at the same moment tell the citizen once."""
    if database_url.startswith("sqlite"):
        pytest.skip("a SQLite file has one owner")
    citizen, code = await file_papers(play)
    await settle(play)
    other = await open_play(database_url, play.house.settings.data_dir, instance="two")
    before = len(citizen.heard)
    play.clock.move(days=3)
    other.clock.time = play.clock.time
    await asyncio.gather(play.house.timers.tick(), other.house.timers.tick())
    await settle(play)
    await settle(other)
    heard = len(citizen.heard) + len(other.phones.got[citizen.address])
    assert (await story_of(play, code)).count("acceptance_overdue") == 1
    assert heard == before + 1
    await other.house.close()


async def test_the_dead_leave_their_tickets_to_others(play: Play) -> None:
    """A ticket whose watcher died is woken when the lease is over, once."""
    _, code = await file_papers(play)
    await settle(play)
    play.clock.move(days=3)
    await play.house.store.claim_timers("ticket", play.clock.now(), 1)
    await settle(play)
    assert "acceptance_overdue" not in await story_of(play, code)
    play.clock.move(minutes=3)
    await settle(play)
    assert (await story_of(play, code)).count("acceptance_overdue") == 1
