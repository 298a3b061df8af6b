"""What citizens do with their own tickets, from their telephone to the office's page."""

from conversations.messages import Attachment
from referrals import commands
from referrals.district.directory import Privacy
from referrals.ticket import Aftercare, ClosedBecause, TicketState
from tests.bot.living import letters_of, live, settle, story_of, ticket_of
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play
from tests.bot.test_whole_loop import act, file_papers

POST = frozenset({"leg_sent", "leg_delivered", "reached"})


async def objects(play: Play) -> tuple[Citizen, str]:
    """Have somebody object to a neighbour's aid; return them and the ticket's code."""
    citizen = await play.known()
    for label in ("Lapor", "Data", "Sanggah", "Penerima lain"):
        await citizen.tap(label)
    await citizen.say("Yang rumahnya tingkat dua di depan balai RW")
    await citizen.say("Sukamaju")
    await citizen.tap("Ya")
    await citizen.say("Tetangga saya punya dua mobil tetapi terus dapat bantuan")
    for label in ("Lewati", "Inspektorat pun", "Ya, kirim", "Yakin"):
        await citizen.tap(label)
    (ticket,) = await play.house.store.tickets_of(citizen.address, 9)
    return citizen, ticket.code


async def solved(play: Play) -> tuple[Citizen, str]:
    """Have a ticket filed, accepted and solved, and its citizen told so."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Resolve(leg=1), "KTP sudah dicetak")
    await settle(play)
    return citizen, code


async def test_an_objection_taken_back_leaves_nothing(play: Play) -> None:
    """Within a day nobody has it: taken back, no office hears of it and no word of it is left."""
    citizen, code = await objects(play)
    assert await letters_of(play, code) == []
    assert await play.house.store.ticket_words(code)

    await citizen.say(f"batal {code} saya salah pencet")
    told = await citizen.tap("Tidak ada")
    await live(play, days=2)

    ticket = await ticket_of(play, code)
    assert "isinya kami hapus" in told
    assert ticket.closed_because is ClosedBecause.WITHDRAWN
    assert await play.house.store.ticket_words(code) == {}
    assert await letters_of(play, code) == []
    assert await story_of(play, code) == ["submitted", "withdrawn"]


async def test_an_objection_goes_to_the_inspectorate_after_a_day(play: Play) -> None:
    """After its day of grace an objection goes to the inspectorate, and to no village."""
    _, code = await objects(play)
    await live(play, days=2)

    ticket = await ticket_of(play, code)
    assert [leg.agency for leg in ticket.legs] == ["inspektorat"]
    assert {agency.split()[0] for agency, _ in await letters_of(play, code)} == {"inspektorat"}
    assert ticket.privacy is Privacy.ANONIM


async def test_an_answer_in_several_messages(play: Play) -> None:
    """Words answer an office's question; a photo that follows is added; the office sees both."""
    citizen, code = await file_papers(play)
    await act(play, commands.Accept(leg=1))
    await act(play, commands.Ask(leg=1), "Di mana KTP hilang?")
    await settle(play)
    await citizen.tap("Jawab")
    await citizen.say("Di pasar, sebelah timur")
    photo = citizen.message()
    await citizen.deliver(
        type(photo)(
            **{name: getattr(photo, name) for name in photo.__struct_fields__}
            | {"attachments": (Attachment("photo", "tg-1"),)}
        )
    )
    await settle(play)

    view = await Officer(play, code, 1).sees()
    history = " / ".join(str(told) for _, told in view.history)
    assert "Di pasar, sebelah timur" in history
    assert [name for name in await story_of(play, code) if name not in POST][-2:] == [
        "answered",
        "added",
    ]
    assert [occasion for _, occasion in await letters_of(play, code)][-2:] == ["answered", "added"]


async def test_what_never_came(play: Play) -> None:
    """Weeks after SUDAH we ask whether it came: BELUM opens it again, and the head is told."""
    citizen, code = await solved(play)
    await citizen.tap("Sudah")
    await live(play, days=29)
    assert (await ticket_of(play, code)).outcome is Aftercare.ASKED

    told = await citizen.say(f"BELUM {code} KTP belum saya terima")

    ticket = await ticket_of(play, code)
    assert "kami buka lagi" in told
    assert ticket.state is TicketState.IN_PROGRESS
    assert ticket.level == 1
    newest = (await letters_of(play, code))[-2:]
    assert [occasion for _, occasion in newest] == ["not_received", "not_received"]
    assert newest[1][0].endswith("head")


async def test_what_came_after_all(play: Play) -> None:
    """Who answers yes weeks later is thanked, and asked no more."""
    citizen, code = await solved(play)
    await citizen.tap("Sudah")
    await live(play, days=29)
    assert "Syukurlah" in await citizen.say(f"sudah {code}")
    assert (await ticket_of(play, code)).outcome is Aftercare.RECEIVED


async def test_belum_twice_is_an_appeal(play: Play) -> None:
    """A second BELUM goes to somebody who never handled it, and the citizen is told so."""
    citizen, code = await solved(play)
    await citizen.say(f"belum {code} namanya salah")
    await act(play, commands.Resolve(leg=1), "KTP sudah dicetak ulang")
    await settle(play)
    told = await citizen.say(f"belum {code} namanya masih salah")

    assert "sudah pernah kami proses ulang" in told
    assert (await ticket_of(play, code)).state is TicketState.APPEAL
    assert (await letters_of(play, code))[-1][1] == "appeal"


async def test_a_low_rating_says_why(play: Play) -> None:
    """Few stars are asked about once; the stars and the words lie with the ticket."""
    citizen, code = await solved(play)
    await citizen.tap("Sudah")
    await citizen.tap("1")
    await citizen.say("petugasnya kurang ramah")

    view = await Officer(play, code, 1).sees()
    assert (await ticket_of(play, code)).stars == 1
    assert "petugasnya kurang ramah" in " / ".join(str(told) for _, told in view.history)


async def test_a_closed_ticket_is_opened_again(play: Play) -> None:
    """Within thirty days something new brings a closed ticket back to its office."""
    citizen, code = await solved(play)
    await citizen.tap("Sudah")
    await live(play, days=5)
    told = await citizen.say(f"BUKA LAGI {code} namanya ternyata salah")

    assert "dibuka lagi" in told
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS
    assert (await letters_of(play, code))[-1][1] == "reopened"
