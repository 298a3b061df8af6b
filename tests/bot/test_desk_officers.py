"""What the desk, its head, appeal officers and data protection do by links of their own."""

import pytest

from casework.access.powers import HANDLED_BEFORE
from casework.desk.deeds import Merge, Propose, Spare, Strike
from casework.desk.officers import Desk as SeatedAt
from casework.trail.actions import Action, office_actor
from referrals import commands
from referrals.choosing import Refusal
from referrals.roles import Role
from referrals.ticket import ClosedBecause, LegState, TicketState
from tests.bot.living import letters_of, settle, ticket_of
from tests.bot.officers import Officer, desk, looks_at
from tests.bot.playing import Citizen, Play
from tests.bot.test_desk import filed
from tests.bot.test_officers import at_village
from tests.bot.test_whole_loop import file_papers

VILLAGE = "desa-9901012004"  # where the citizens of file_papers live


async def appealed(play: Play) -> tuple[Citizen, str]:
    """Have a ticket declined and appealed against."""
    citizen, code, village = await at_village(play)
    await village.did(commands.Decline(leg=1, reason="documents"))
    await citizen.next()
    await citizen.tap("Ajukan banding")
    await citizen.say("KK saya ada, hanya belum dibawa")
    return citizen, code


async def test_two_returns_go_to_the_heads_own_link(play: Play) -> None:
    """The desk is not its own head: it can only wait, and the head's letter decides."""
    _, code = await file_papers(play)
    await Officer(play, code, 1).did(commands.Return(leg=1))
    again = commands.ReferAgain(agency="disdukcapil", rule="by_hand")
    await desk(play, code).did(again)
    await Officer(play, code, 2).did(commands.Return(leg=2))

    third = commands.ReferAgain(agency="dpmd", rule="by_hand")
    assert await desk(play, code).does(third) == Refusal("supervisor_decides", 15)
    assert "refer" not in (await desk(play, code).sees()).actions
    assert (await letters_of(play, code))[-1] == ("satu-pintu head", "supervisor")
    head = desk(play, code, Role.SUPERVISOR)
    assert "refer" in (await head.sees()).actions
    await head.did(third)
    assert (await ticket_of(play, code)).legs[-1].agency == "dpmd"


async def test_the_desk_takes_a_leg_back(play: Play) -> None:
    """The office's link ends, it is told, and the desk refers the ticket again."""
    _, code, village = await at_village(play)
    await desk(play, code).did(commands.Recall(leg=1))
    ticket = await ticket_of(play, code)
    assert ticket.legs[0].state is LegState.RECALLED
    assert (VILLAGE, "recalled") in await letters_of(play, code)
    assert await play.house.desk.see(village.token, play.clock.now()) is None
    refused = [line for line in await looks_at(play, code) if line.action == Action.REFUSED]
    assert [line.actor for line in refused] == [office_actor(VILLAGE)]
    assert "refer" in (await desk(play, code).sees()).actions


async def test_the_desk_hands_over_and_opens_again(play: Play) -> None:
    """A case goes on elsewhere under its number there; a new fact brings it back."""
    citizen, code, _ = await at_village(play)
    await desk(play, code).did(commands.HandOver(system="SP4N-LAPOR!", number="7654321"), "")
    told = await citizen.next()
    assert "SP4N-LAPOR!" in told
    assert "7654321" in told
    assert (VILLAGE, "recalled") in await letters_of(play, code)
    assert "reopen" in (await desk(play, code).sees()).actions
    await desk(play, code).did(commands.Reopen(), "Ada surat baru.")
    assert (await ticket_of(play, code)).state is TicketState.SUBMITTED


async def test_an_appeal_is_heard_by_somebody_else(play: Play) -> None:
    """The letter goes to an office that had no part; it grants, and the village goes on."""
    citizen, code = await appealed(play)
    assert (await letters_of(play, code))[-1] == ("inspektorat", "appeal")
    judge = Officer(play, code, 1, Role.APPEAL_OFFICER, "inspektorat")
    page = await judge.sees()
    assert page.actions == ("overturn", "uphold")
    assert "KK saya ada" in repr(page.history)
    await judge.did(commands.Overturn(), "KK memang sudah ada.")
    told = await citizen.next()
    assert "KK memang sudah ada." in told
    assert (await letters_of(play, code))[-1] == (VILLAGE, "overturned")
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS


async def test_who_decided_once_hears_no_second_appeal(play: Play) -> None:
    """The next appeal goes to the next office, then to the head, who knows the Ombudsman."""
    citizen, code = await appealed(play)
    for judges in ("inspektorat", "bappeda"):
        await Officer(play, code, 1, Role.APPEAL_OFFICER, judges).did(commands.Overturn())
        await Officer(play, code, 1).did(commands.Decline(leg=1, reason="documents"))
        await settle(play)
        await citizen.say(f"BANDING {code}")
        if (await ticket_of(play, code)).state is not TicketState.APPEAL:
            await citizen.say("saya tetap keberatan")
    again = Officer(play, code, 1, Role.APPEAL_OFFICER, "inspektorat")
    assert await again.does(commands.Uphold()) == HANDLED_BEFORE
    assert (await again.sees()).actions == ()
    assert (await letters_of(play, code))[-1] == ("satu-pintu head", "appeal_nobody")
    head = desk(play, code, Role.SUPERVISOR)
    assert "hand_over" in (await head.sees()).actions


async def test_an_office_with_a_share_judges_nothing(play: Play) -> None:
    """Who worked on the ticket is refused, even by a link that says appeal officer."""
    _, code = await appealed(play)
    partial = Officer(play, code, 1, Role.APPEAL_OFFICER, VILLAGE)
    assert await partial.does(commands.Uphold()) == HANDLED_BEFORE


async def test_an_appeal_that_is_rejected_names_the_ombudsman(play: Play) -> None:
    """The citizen reads the reason and where else to go."""
    citizen, code = await appealed(play)
    judge = Officer(play, code, 1, Role.APPEAL_OFFICER, "inspektorat")
    assert await judge.does(commands.Uphold(), "") == Refusal("words_missing")
    await judge.did(commands.Uphold(), "Syaratnya memang belum ada.")
    told = await citizen.next()
    assert "Syaratnya memang belum ada." in told
    assert "Ombudsman" in told
    assert (await ticket_of(play, code)).closed_because is ClosedBecause.APPEAL_FINAL


async def test_striking_out_takes_two(play: Play) -> None:
    """The desk proposes, nothing happens; the data protection officer agrees, and it is void."""
    citizen, code, _ = await at_village(play)
    guardian = Officer(play, code, 0, Role.DATA_PROTECTION, "bappeda")
    assert (await guardian.sees()).actions == ()
    assert await guardian.does(Strike()) == Refusal("no_proposal", 34)

    await desk(play, code).did(Propose(), "Uji coba petugas.")
    assert await desk(play, code).does(Propose()) == Refusal("repeated")
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS
    assert (await letters_of(play, code))[-1] == ("bappeda", "strike")
    page = await guardian.sees()
    assert page.actions == ("strike", "spare")
    assert page.proposal
    assert page.proposal.reason == "Uji coba petugas."
    assert page.answers == ()
    assert "pasar" not in repr(page.history)  # what the citizen told is not theirs to read
    await guardian.did(Strike(), "")

    ticket = await ticket_of(play, code)
    assert ticket.state is TicketState.VOID
    assert "satu-pintu" in repr((await play.house.store.entries(code))[-1])
    assert "salah catat" in await citizen.next()


@pytest.mark.parametrize(
    ("because", "told"),
    [
        (ClosedBecause.ABUSE, "tidak bisa kami tangani sebagai laporan"),
        (ClosedBecause.SUBJECT_GONE, "sudah pindah atau meninggal dunia"),
    ],
)
async def test_two_people_end_what_nobody_can_answer(
    play: Play, because: ClosedBecause, told: str
) -> None:
    """What is no report, or whose person is gone, is closed as void is struck out: by two."""
    citizen, code, _ = await at_village(play)
    guardian = Officer(play, code, 0, Role.DATA_PROTECTION, "bappeda")
    await desk(play, code).did(Propose(because), "Sudah kami periksa ke rumahnya.")
    page = await guardian.sees()
    assert page.actions == ("strike", "spare")
    assert page.proposal
    assert page.proposal.because is because

    await guardian.did(Strike(), "")

    ticket = await ticket_of(play, code)
    assert (ticket.state, ticket.closed_because) == (TicketState.CLOSED, because)
    heard = await citizen.next()
    assert told in heard
    assert "Sudah kami periksa" in heard
    assert (VILLAGE, "recalled") in await letters_of(play, code)
    assert await desk(play, code).does(Propose(because)) == Refusal("not_now", 34)


async def test_striking_out_is_not_for_one(play: Play) -> None:
    """Neither the desk nor the officer alone, and no agency, voids a ticket."""
    _, code, village = await at_village(play)
    void = commands.Void(second="bappeda")
    assert isinstance(await desk(play, code).does(void), Refusal)
    assert isinstance(await village.does(void), Refusal)
    assert isinstance(await village.does(Propose()), Refusal)
    assert isinstance(await desk(play, code).does(Strike()), Refusal)
    alone = Officer(play, code, 0, Role.DATA_PROTECTION, "bappeda")
    assert isinstance(await alone.does(void), Refusal)


async def test_a_ticket_is_spared(play: Play) -> None:
    """Who does not agree says so once; a proposal that nobody answers is over in a week."""
    _, code, _ = await at_village(play)
    guardian = Officer(play, code, 0, Role.DATA_PROTECTION, "bappeda")
    await desk(play, code).did(Propose())
    await guardian.did(Spare(), "")
    assert (await letters_of(play, code))[-1] == ("satu-pintu", "spared")
    assert await guardian.does(Spare()) == Refusal("no_proposal", 34)
    await desk(play, code).did(Propose())
    play.clock.move(days=7, minutes=1)
    await settle(play)
    assert await guardian.does(Strike()) == Refusal("no_proposal", 34)


async def test_a_duplicate_is_merged_by_a_person(play: Play) -> None:
    """Two reports of one thing: the older clock counts, and both citizens hear the news."""
    first, older = await file_papers(play)
    play.clock.move(hours=5)
    second, newer = await file_papers(play)
    page = await desk(play, older).sees()
    assert [(twin.code, twin.same) for twin in page.twins] == [(newer, "place")]
    assert "merge" in page.actions

    await desk(play, older).did(Merge(newer), "")
    told = await first.next()
    master = await ticket_of(play, newer)
    assert newer[:4] in told
    assert (await ticket_of(play, older)).closed_because is ClosedBecause.DUPLICATE
    assert master.joined == (older,)
    assert master.opened_at == (await ticket_of(play, older)).opened_at
    assert (VILLAGE, "recalled") in await letters_of(play, older)

    await Officer(play, newer, 1).did(commands.Accept(leg=1))
    await second.next()
    passed_on = await first.next()
    assert newer[:4] in passed_on
    assert first.last == passed_on
    assert not first.heard[-1].choices


async def test_only_what_is_shown_can_be_merged_into(play: Play) -> None:
    """A code that the page did not offer is refused, and so is somebody who is not the desk."""
    _, code, village = await at_village(play)
    _, other = await file_papers(play)
    nowhere = await desk(play, code).does(Merge("100000009"))
    assert nowhere == Refusal("no_twin", 10)
    assert isinstance(await village.does(Merge(other)), Refusal)
    assert isinstance(await desk(play, code).does(Merge(code)), Refusal)


async def test_every_look_is_noted(play: Play) -> None:
    """Who opened the page stands in the audit, by office; a forged link stands nowhere."""
    _, code = await file_papers(play)
    await Officer(play, code, 1).sees()
    await desk(play, code).sees()
    forged = Officer(play, code, 1).token[:-3] + "abc"
    assert await play.house.desk.see(forged, play.clock.now()) is None
    noted = [(line.actor, line.action) for line in await looks_at(play, code)]
    assert sorted(noted) == [
        (office_actor(VILLAGE), Action.PAGE),
        (office_actor("satu-pintu"), Action.PAGE),
    ]


@pytest.mark.parametrize("seat", SeatedAt)
async def test_an_operator_can_make_a_link(play: Play, seat: SeatedAt) -> None:
    """Each desk gets a link of its own to an ordinary ticket, and that it was made is noted."""
    _, code = await file_papers(play)
    now = play.clock.now()
    link = await play.house.desk.link(code, seat, now)
    assert link
    assert await play.house.desk.see(link.rpartition("/")[2], now)
    noted = [line for line in await looks_at(play, code) if line.action == Action.LINK]
    assert len(noted) == 1
    assert await play.house.desk.link("000000000", seat, now) is None


async def test_a_letter_names_the_area_where_there_is_one(play: Play) -> None:
    """A place that nobody was asked for is not there as a dash."""
    citizen = await play.known()
    await filed(play, citizen, "LAIN")
    (nowhere,) = await play.house.inbox.letters()
    await file_papers(play)
    somewhere, *_ = await play.house.inbox.letters()
    assert "Wilayah" not in nowhere.text
    assert "Wilayah: " in somewhere.text
    assert "  " not in nowhere.text + somewhere.text
