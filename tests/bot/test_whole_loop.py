"""A referral from the first word to the citizen's own SUDAH, and every turn it can take."""

import re

from casework.desk.deeds import Brought
from casework.ticket.views import Done
from conversations.messages import Choice
from referrals import commands
from referrals.choosing import Refusal
from referrals.codes import read_code
from referrals.log import first_broken, replay
from referrals.ticket import ClosedBecause, TicketState
from tests.bot.playing import Citizen, Play
from tests.casework.pictures import fresh_photo

MOST_QUESTIONS = 20


async def file_papers(play: Play) -> tuple[Citizen, str]:
    """Have somebody new file a lost KTP; return them and the ticket's code."""
    citizen = await play.known()
    for label in ("Ajukan", "Rumah", "KTP"):
        await citizen.tap(label)
    for _ in range(MOST_QUESTIONS):
        if any(choice.label.startswith("Ya, kirim") for choice in citizen.heard[-1].choices):
            break
        await answer_anything(citizen)
    reply = await citizen.tap("Ya, kirim")
    code = read_code(reply)
    assert code
    return citizen, code


async def answer_anything(citizen: Citizen) -> str:
    """Answer whatever is asked, as somebody from Desa Sukamaju who lost a KTP would."""
    choices: tuple[Choice, ...] = citizen.heard[-1].choices
    if "desa" in citizen.last.lower() and not choices:
        return await citizen.say("Sukamaju")
    if choices:
        return await citizen.tap(choices[0].label)
    return await citizen.say("KTP saya hilang di pasar minggu lalu")


async def act(play: Play, command: commands.Command, words: str = "") -> Done | Refusal:
    """Do *command* with the newest letter's link; who resolves shows a fresh photo."""
    token, now = await play.newest_token(), play.clock.now()
    proof = [fresh_photo()] if isinstance(command, commands.Resolve) else []
    return await play.house.desk.act(token, command, Brought(words, files=proof), now)


async def state_of(play: Play, code: str) -> TicketState:
    """Return where the ticket stands in the database."""
    stored = await play.house.store.ticket(code)
    assert stored
    return stored.ticket.state


async def test_from_need_to_sudah(play: Play) -> None:
    """Filed, accepted, solved, confirmed: the citizen hears of each, and closes it themselves."""
    citizen, code = await file_papers(play)
    assert await state_of(play, code) is TicketState.REFERRED

    await act(play, commands.Accept(leg=1))
    accepted = await citizen.next()
    await act(play, commands.Resolve(leg=1), "KTP baru sudah dicetak, silakan diambil")
    solved = await citizen.next()
    await citizen.tap("Sudah")

    stored = await play.house.store.ticket(code)
    assert stored
    assert code[:4] in accepted
    assert "KTP baru sudah dicetak" in solved
    assert stored.ticket.state is TicketState.CLOSED
    assert stored.ticket.closed_because is ClosedBecause.CONFIRMED


async def test_the_log_tells_the_whole_story_and_holds_no_word(play: Play) -> None:
    """Replaying the log rebuilds the ticket, the chain is whole, and nobody is named in it."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await citizen.next()

    entries = await play.house.store.entries(code)
    stored = await play.house.store.ticket(code)

    assert stored
    assert replay(entries) == stored.ticket
    assert first_broken(entries) is None
    assert "hilang" not in repr(entries)


async def test_belum_sends_it_back_to_the_same_agency(play: Play) -> None:
    """An agency's "done" that the citizen denies is open again, with the reason for the agency."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await citizen.next()
    await act(play, commands.Resolve(leg=1), "sudah diurus")
    await citizen.next()

    await citizen.tap("Belum")
    await citizen.say("KTP belum saya terima")
    token = await play.newest_token()
    view = await play.house.desk.see(token, play.clock.now())

    assert view
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    assert "KTP belum saya terima" in repr(view.history)


async def test_a_returned_ticket_is_referred_again_by_the_desk(play: Play) -> None:
    """An office says no, it is not ours: the desk sends it to the right one."""
    citizen, code = await file_papers(play)
    await act(play, commands.Return(leg=1, better="disdukcapil"), "bukan kewenangan desa")
    looking = await citizen.next()
    assert await state_of(play, code) is TicketState.TRIAGE
    play.clock.move(hours=1)

    done = await act(play, commands.ReferAgain(agency="disdukcapil", rule="desk"), "sesuai tugas")
    assert isinstance(done, Done), done
    await citizen.next()

    assert await state_of(play, code) is TicketState.REFERRED
    assert re.search(r"instansi|kantor", looking)


async def test_a_question_and_its_answer(play: Play) -> None:
    """An agency asks, the citizen answers in the chat, and the agency reads it."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await citizen.next()
    await act(play, commands.Ask(leg=1), "Apakah KK sudah ada?")
    asked = await citizen.next()
    assert await state_of(play, code) is TicketState.NEEDS_INFO

    await citizen.tap("Jawab")
    await citizen.say("Sudah ada, KK ada di rumah")
    view = await play.house.desk.see(await play.newest_token(), play.clock.now())

    assert view
    assert "Apakah KK sudah ada?" in asked
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    assert "KK ada di rumah" in repr(view.history)


async def test_a_refusal_can_be_accepted_or_appealed(play: Play) -> None:
    """A "no" names its reason; the citizen may leave it at that, or object in any words."""
    for label, after in (
        ("Saya terima", TicketState.CLOSED),
        ("Ajukan banding", TicketState.APPEAL),
    ):
        citizen, code = await file_papers(play)
        await act(play, commands.Accept(leg=1))
        await citizen.next()
        await act(play, commands.Decline(leg=1, reason="documents"), "KK belum ada")
        declined = await citizen.next()
        await citizen.tap(label)
        if after is TicketState.APPEAL:
            await citizen.say("KK saya ada, hanya belum dibawa")

        assert "KK belum ada" in declined
        assert await state_of(play, code) is after


async def test_a_ticket_can_be_taken_back(play: Play) -> None:
    """BATAL with the code withdraws a ticket, after asking."""
    citizen, code = await file_papers(play)

    await citizen.say(f"batal {code}")
    for _ in range(4):
        if await state_of(play, code) is TicketState.CLOSED:
            break
        await answer_anything(citizen)

    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.ticket.closed_because is ClosedBecause.WITHDRAWN


async def test_a_double_click_is_one_act(play: Play) -> None:
    """The second of two equal clicks is told so and changes nothing."""
    citizen, code = await file_papers(play)

    first = await act(play, commands.Accept(leg=1))
    second = await act(play, commands.Accept(leg=1))
    await citizen.next()

    stored = await play.house.store.ticket(code)
    assert stored
    assert isinstance(first, Done)
    assert second == Refusal("already", 12)
    assert stored.ticket.events == 4  # filed, forwarded, sent, accepted


async def test_a_strangers_code_shows_nothing(play: Play) -> None:
    """A code alone is answered to its own citizen; a stranger cannot act on it either."""
    _, code = await file_papers(play)
    stranger = await play.known()

    await stranger.say(f"sudah {code}")
    answer = await stranger.say(f"lacak {code}")

    assert await state_of(play, code) is TicketState.REFERRED
    assert "KTP" not in answer
    assert "Sukamaju" not in answer


async def test_only_the_legs_own_agency_may_act(play: Play) -> None:
    """A link is for one leg; a forged or foreign one does nothing."""
    _, code = await file_papers(play)
    token = await play.newest_token()

    forged = await play.house.desk.act(
        token[:-3] + "abc", commands.Accept(leg=1), Brought(), play.clock.now()
    )
    play.clock.move(days=121)
    late = await play.house.desk.see(token, play.clock.now())

    assert isinstance(forged, Refusal)
    assert late is None
    assert await state_of(play, code) is TicketState.REFERRED
