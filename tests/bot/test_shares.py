"""Two offices answer for one ticket: a refusal is appealed, what was left undone goes back."""

from datetime import timedelta

from conversations.days import local_day
from referrals import commands as c
from referrals.roles import Role
from referrals.ticket import ClosedBecause, LegState, TicketState
from tests.bot.living import letters_of, live, settle, story_of, ticket_of
from tests.bot.officers import Officer, desk
from tests.bot.playing import Play
from tests.bot.sharing import HOUSING, VILLAGE, Shared, shared

WHY = "padahal rumahnya benar-benar roboh"
PERKIM, DESA = "dinas-perkim", "desa-9901012001"


async def states(one: Shared) -> list[LegState]:
    """Return where each share stands."""
    return [leg.state for leg in (await ticket_of(one.play, one.code)).legs]


async def overturned(one: Shared) -> None:
    """Let an officer who had no part in it find that the appeal was right."""
    office = next(a for a in one.play.house.district.appeals)
    judge = Officer(one.play, one.code, 0, Role.APPEAL_OFFICER, office)
    await judge.did(c.Overturn())
    await settle(one.play)


async def test_a_refusal_beside_a_done_share_is_appealed(play: Play) -> None:
    """Whoever refused last: the notice says so and offers it, and that office goes on."""
    one = await shared(play)
    await one.done(1)
    await one.refused(2)
    assert f"bagian {HOUSING} belum dapat dipenuhi" in one.citizen.last
    assert "Ajukan banding" in one.offered
    await one.citizen.tap("Ajukan banding")
    assert "Banding kami catat" in await one.citizen.say(WHY)
    assert (await ticket_of(play, one.code)).state is TicketState.APPEAL
    await overturned(one)
    assert await states(one) == [LegState.DONE, LegState.WORKING]
    assert (PERKIM, "overturned") in await letters_of(play, one.code)


async def test_a_refusal_before_the_others_are_through_is_not_forgotten(play: Play) -> None:
    """It is told at once that it can be appealed then; the last notice says it again."""
    one = await shared(play)
    await one.refused(2)
    assert "boleh keberatan (banding)" in one.citizen.last
    await one.done(1)
    assert f"bagian {HOUSING} belum dapat dipenuhi" in one.citizen.last
    assert f"Menurut {VILLAGE}, bagiannya sudah selesai" in one.citizen.last
    assert one.offered == ["Sudah selesai", "Belum selesai", "Ajukan banding"]
    await one.citizen.say(f"banding {one.code} {WHY}")
    await overturned(one)
    assert await states(one) == [LegState.DONE, LegState.WORKING]


async def test_belum_goes_to_the_office_that_is_meant(play: Play) -> None:
    """Both say done: the citizen is asked whose share is not, and only that office hears of it."""
    one = await shared(play)
    await one.done(1)
    await one.done(2)
    asked = await one.citizen.say(f"belum {one.code} belum ada surat dari desa")
    assert f"1. {VILLAGE}: selesai" in asked
    assert VILLAGE in await one.citizen.say("1")
    await settle(play)
    assert await states(one) == [LegState.WORKING, LegState.DONE]
    letters = await letters_of(play, one.code)
    assert (DESA, "not_solved") in letters
    assert (PERKIM, "not_solved") not in letters


async def test_belum_about_a_refusal_is_an_appeal(play: Play) -> None:
    """Who says BELUM and means the office that refused objects to its answer."""
    one = await shared(play)
    await one.done(1)
    await one.refused(2)
    await one.citizen.say(f"belum {one.code} {WHY}")
    assert "Banding kami catat" in await one.citizen.say("2")
    ticket = await ticket_of(play, one.code)
    assert (ticket.state, ticket.contested) == (TicketState.APPEAL, 2)


async def test_both_offices_hear_that_it_was_done(play: Play) -> None:
    """SUDAH thanks each of those who did their share."""
    one = await shared(play)
    await one.done(1)
    await one.done(2)
    await one.citizen.say(f"sudah {one.code}")
    await settle(play)
    letters = await letters_of(play, one.code)
    assert {(DESA, "confirmed"), (PERKIM, "confirmed")} <= set(letters)
    assert (await desk(play, one.code).sees()).state is TicketState.CLOSED


async def test_a_sign_of_life_names_the_office_at_work(play: Play) -> None:
    """Who put its share on a waiting list does not work on it: both are told as they stand."""
    one = await shared(play)
    review = (play.clock.now() + timedelta(days=29)).date()
    await one.housing.did(c.Hold(leg=2, review=review), "Menunggu anggaran.")
    await one.settled()
    before = len(one.citizen.heard)
    await live(play, 14)
    (told,) = (reply.text for reply in one.citizen.heard[before:])
    assert f"dikerjakan {VILLAGE}." in told
    assert f"{HOUSING} (daftar tunggu sampai 22 Desember 2026)" in told
    status = await one.citizen.say(f"status {one.code}")
    assert f"Diproses {VILLAGE} dan kantor lain" in status


async def test_a_question_that_nobody_answers_ends_no_office_unheard(play: Play) -> None:
    """Each open share gets its letter and why; the citizen reads until when to open it again."""
    one = await shared(play)
    await one.village.did(c.Ask(leg=1), "Berapa nomor KK-nya?")
    await settle(play)
    await live(play, 18)
    ticket = await ticket_of(play, one.code)
    assert ticket.closed_because is ClosedBecause.NO_RESPONSE
    letters = await letters_of(play, one.code)
    assert (DESA, "unanswered") in letters
    assert (PERKIM, "unanswered_beside") in letters
    until = local_day(ticket.since + timedelta(days=30), play.house.voices["id"])
    assert f"Sampai {until} masih bisa dibuka lagi" in one.citizen.last
    assert one.offered == ["Buka lagi"]
    await one.citizen.tap("Buka lagi")
    await one.citizen.say("Nomor KK saya sudah ketemu.")
    assert (await ticket_of(play, one.code)).state is TicketState.SUBMITTED


async def test_a_refusal_that_nobody_objects_to_is_told_as_closed(play: Play) -> None:
    """Silence closes it: the citizen hears so, and until when it can be opened again."""
    one = await shared(play)
    await one.refused(1)
    await one.refused(2)
    assert f"Bagian {VILLAGE} juga belum dapat dipenuhi" in one.citizen.last
    await live(play, 12)
    assert (await story_of(play, one.code))[-1] == "decline_unopposed"
    assert "kami tutup karena tidak ada keberatan" in one.citizen.last
    assert one.offered == ["Buka lagi"]


async def test_a_first_belum_after_a_reopening_is_not_called_the_second(play: Play) -> None:
    """It goes to an appeal, for it was handled anew before: that, and no count, is said."""
    one = await shared(play)
    await one.done(1)
    await one.done(2)
    await one.citizen.say(f"sudah {one.code}")
    await settle(play)
    await desk(play, one.code).did(c.Reopen(share=2), "Ada keterangan baru.")
    await one.settled()
    await one.done(2)
    await one.citizen.say(f"belum {one.code} masih bocor")
    told = await one.citizen.say("2")
    assert "kedua" not in told
    assert "sudah pernah kami proses ulang" in told
    assert (await ticket_of(play, one.code)).state is TicketState.APPEAL
