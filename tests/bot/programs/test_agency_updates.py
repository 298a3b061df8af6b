"""What offices' programs say, against the whole house: doubled, late, about others' tickets."""

from base64 import b64encode

import pytest
from msgspec.structs import replace

from casework.desk.agency_desk import PROOF_MISSING
from casework.desk.deeds import Said
from casework.programs.office_news import Update, Verdict
from referrals import commands
from referrals.choosing import Refusal
from referrals.log import first_broken, replay
from referrals.noted import Added
from referrals.ticket import ClosedBecause, TicketState
from storage.replies.deliveries import Delivery, DeliveryState
from tests.bot.living import settle
from tests.bot.officers import Officer
from tests.bot.offices import (
    DONE,
    INCOMPLETE,
    NOTHING_NEW,
    OFFICE,
    UNFIT,
    Program,
    ago,
    filed_papers,
    ticket_of,
)
from tests.bot.playing import Play
from tests.bot.test_whole_loop import file_papers, state_of
from tests.casework.pictures import photo


async def test_from_the_need_to_sudah_by_a_program(play: Play, program: Program) -> None:
    """Accepted and resolved by the office's program; the citizen hears of both and closes it."""
    citizen, code = await file_papers(play)

    assert await program.post(code, "diterima", expected="2026-12-01") == (200, DONE)
    accepted = await citizen.next()
    assert await program.post(code, "SELESAI", words="KTP baru sudah dicetak") == (200, DONE)
    solved = await citizen.next()
    assert await state_of(play, code) is TicketState.RESOLVED
    await citizen.tap("Sudah")

    ticket = await ticket_of(play, code)
    entries = await play.house.store.entries(code)
    assert "1 Desember" in accepted
    assert "KTP baru sudah dicetak" in solved
    assert ticket.closed_because is ClosedBecause.CONFIRMED
    assert replay(entries) == ticket
    assert first_broken(entries) is None


async def test_a_program_never_closes(play: Play, program: Program) -> None:
    """However often it says done: the ticket waits for its citizen."""
    _, code = await file_papers(play)
    for word in ("SELESAI", "SELESAI", "PROSES", "SELESAI"):
        await program.post(code, word, words="sudah selesai")
    assert await state_of(play, code) is TicketState.RESOLVED


async def test_what_programs_skip_is_done_for_them(play: Play, program: Program) -> None:
    """Resolved without accepting, at work again from the waiting list: the steps between count."""
    citizen, code = await file_papers(play)
    assert await program.post(code, "TUNGGU", words="blangko habis") == (200, DONE)
    assert await state_of(play, code) is TicketState.ON_HOLD
    assert await program.post(code, "TUNGGU", words="masih habis") == (200, NOTHING_NEW)
    assert await program.post(code, "PROSES") == (200, DONE)
    assert await state_of(play, code) is TicketState.IN_PROGRESS
    assert await program.post(code, "PROSES") == (200, NOTHING_NEW)
    assert await program.post(code, "TUNGGU", words="antre", expected="2027-11-01") == (200, DONE)
    assert await program.post(code, "SELESAI", words="sudah dicetak") == (200, DONE)
    assert await state_of(play, code) is TicketState.RESOLVED
    told = [await citizen.next() for _ in range(6)]
    assert "sudah dicetak" in told[-1]


async def test_every_word_of_the_row_means_something(play: Play, program: Program) -> None:
    """Ask, decline and return reach the citizen and the desk as they do from the page."""
    citizen, code = await file_papers(play)
    assert await program.post(code, "DICETAK") == (200, NOTHING_NEW)
    assert await program.post(code, "TANYA", words="Apakah KK sudah ada?") == (200, DONE)
    assert "Apakah KK sudah ada?" in await citizen.next()
    assert await state_of(play, code) is TicketState.NEEDS_INFO
    assert (await program.post(code, "SELESAI", words="sudah"))[0] == 409

    citizen, code = await file_papers(play)
    assert await program.post(code, "DITOLAK", words="bukan warga sini") == (200, DONE)
    assert await state_of(play, code) is TicketState.DECLINED

    _, code = await file_papers(play)
    better = {"words": "urusan kesehatan", "better": "nowhere"}
    assert (await program.post(code, "BUKAN KEWENANGAN", **better))[0] == 409
    assert await program.post(code, "BUKAN KEWENANGAN", words="salah kantor") == (200, DONE)
    assert await state_of(play, code) is TicketState.TRIAGE


async def test_an_unknown_word_is_the_desks_to_learn(play: Play, program: Program) -> None:
    """422 with a constant word, one letter to the desk for each new status, and no news."""
    _, code = await file_papers(play)
    for word in ("TERPENDING", "terpending", "TERPENDING "):
        answer = await program.post(code, word, words="9901014107800001")
        assert answer == (422, '{"outcome":"unknown"}')
    assert (await program.post(code, "DIGANTUNG"))[0] == 422
    letters = await play.house.inbox.letters(play.house.district.desk)
    assert len(letters) == 2
    assert "TERPENDING" in letters[1].text
    assert all("99010141" not in letter.text and not letter.link for letter in letters)
    assert await state_of(play, code) is TicketState.REFERRED


async def test_what_must_come_with_words(play: Play, program: Program) -> None:
    """The citizen is owed an explanation; a reason of the list; a day that can be."""
    _, code = await file_papers(play)
    for word in ("SELESAI", "DITOLAK", "TUNGGU", "TANYA", "BUKAN KEWENANGAN"):
        assert await program.post(code, word, words=" \u200b") == (422, INCOMPLETE)
    assert (await program.post(code, "DITOLAK", words="tidak bisa", reason="mood"))[0] == 422
    for day in ("2026-11-01", "2999-11-01"):
        assert (await program.post(code, "DITERIMA", expected=day))[0] == 422
        assert (await program.post(code, "TUNGGU", words="antre", expected=day))[0] == 422
    assert await state_of(play, code) is TicketState.REFERRED


async def test_a_day_is_the_district_s_own(play: Play, program: Program) -> None:
    """At one in the morning yesterday is over, though it is still that day by UTC."""
    _, code = await file_papers(play)
    play.clock.move(hours=15)
    assert (await program.post(code, "DITERIMA", expected="2026-11-23"))[0] == 422
    assert await program.post(code, "DITERIMA", expected="2026-11-24") == (200, DONE)


async def test_a_proof_counts_once(play: Play, program: Program) -> None:
    """A photo comes with the resolve; one that proved something before is refused."""
    citizen, code = await file_papers(play)
    done = {"words": "sudah dicetak", "files": [b64encode(photo()).decode()]}
    broken = {"words": "sudah dicetak", "files": [b64encode(b"no photo").decode()]}
    assert await program.post(code, "SELESAI", **broken) == (422, UNFIT)
    assert await program.post(code, "SELESAI", **done) == (200, DONE)
    other = await filed_papers(play, citizen)
    assert await program.post(other, "SELESAI", **done) == (422, UNFIT)
    assert (await ticket_of(play, other)).state is TicketState.IN_PROGRESS


async def test_done_is_shown_as_on_the_page(play: Play) -> None:
    """No program resolves by words alone where its ticket's service wants the work shown."""
    code = await filed_papers(play, play.citizen())
    agency = play.house.district.agencies[OFFICE]
    bare = Update(id="u1", ticket=code, status="SELESAI", words="sudah dicetak")
    now = play.clock.now()
    assert await play.house.updates.take(agency, bare, now) is Verdict.INCOMPLETE
    assert (await Officer(play, code, 1).does(commands.Resolve(leg=1))) == PROOF_MISSING
    assert (await ticket_of(play, code)).state is TicketState.REFERRED
    proven = replace(bare, files=(photo(),))
    assert await play.house.updates.take(agency, proven, now) is Verdict.DONE


async def test_a_service_may_ask_for_no_proof(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be shown, words are enough on every way, and nobody is blamed for it."""
    services = play.house.district.services
    monkeypatch.setitem(services, "ADMINDUK", replace(services["ADMINDUK"], proof=False))
    citizen = await play.known()
    code = await filed_papers(play, citizen)
    assert not (await Officer(play, code, 1).sees()).proof
    agency = play.house.district.agencies[OFFICE]
    bare = Update(id="u1", ticket=code, status="SELESAI", words="sudah dijawab")
    assert await play.house.updates.take(agency, bare, play.clock.now()) is Verdict.DONE
    await settle(play)
    assert "sudah dijawab" in citizen.last
    assert "bukti" not in citizen.last


@pytest.mark.parametrize("command", [commands.Resolve(leg=1), commands.Accept(leg=1)])
async def test_whoever_carries_it_out_is_asked_for_a_proof(
    play: Play, command: commands.Command
) -> None:
    """The rule stands at the door of every way: only done needs one."""
    code = await filed_papers(play, play.citizen())
    officer, now = Officer(play, code, 1), play.clock.now()
    done = await play.house.desk.carry_out(officer.claim, command, Said("sudah"), now)
    assert (done == PROOF_MISSING) is isinstance(command, commands.Resolve)


async def test_whoever_acts_is_asked_for_the_same(play: Play) -> None:
    """A word that says nothing is refused at the desk, by whichever way it came."""
    code = await filed_papers(play, play.citizen())
    officer, now = Officer(play, code, 1), play.clock.now()
    back = commands.Return(leg=1)
    asked = await play.house.desk.carry_out(officer.claim, back, Said("x"), now)
    assert asked == await officer.does(back, "x") == Refusal("words_missing")


async def test_long_and_odd_words_are_cut_and_cleaned(play: Play, program: Program) -> None:
    """What a citizen reads is of a telephone's length, without signs that nobody sees."""
    citizen, code = await file_papers(play)
    await program.post(code, "SELESAI", words="\u202eselesai\x00 " + "x" * 5000)
    await citizen.next()
    words = await play.house.store.ticket_words(code)
    said = b"".join(words.values()).decode()
    assert "\u202e" not in said
    assert len(said) < 3000


async def test_its_own_number_finds_the_leg(play: Play, program: Program) -> None:
    """A program may name the case as it answered our webhook, in the place of a leg."""
    _, code = await file_papers(play)
    unit = play.house.store.unit()
    unit.keep_delivery(
        Delivery(
            letter=1, turn=0, agency=OFFICE, code=code, leg=1, way="webhook",
            state=DeliveryState.DELIVERED, at=play.clock.now(), reference="DS-77",
        )
    )  # fmt: skip
    await play.house.store.commit(unit)
    assert await program.post(code, "DITERIMA", reference="DS-77") == (200, DONE)
    assert await program.post(code, "TUNGGU", words="antre", reference="unknown") == (200, DONE)


async def test_what_a_citizen_only_adds_makes_nothing_old(play: Play, program: Program) -> None:
    """A closure that was posted late still counts when the citizen wrote something meanwhile."""
    citizen, code = await file_papers(play)
    await program.post(code, "PROSES")
    done = ago(play, minutes=0)
    play.clock.move(hours=2)
    await citizen.say(f"JAWAB {code} nomor HP saya ganti")
    assert isinstance((await play.house.store.entries(code))[-1].event, Added)
    late = await program.post(code, "SELESAI", words="sudah dicetak", occurred_at=done)
    assert late == (200, DONE)
    assert await state_of(play, code) is TicketState.RESOLVED
