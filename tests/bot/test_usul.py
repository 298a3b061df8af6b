"""A proposal for the registry: its milestones say what it waits for, and who is not late."""

from datetime import UTC, date, datetime

from referrals import commands as c
from referrals.clocks import Clock
from referrals.ticket import TicketState
from tests.bot.living import letters_of, live, settle, ticket_of
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play
from tests.bot.sharing import filed_by

NOVEMBER = ((10, "operator"), (13, "musdes"), (16, "dinsos"), (17, "bupati"))


async def proposed(play: Play) -> tuple[Citizen, str, Officer]:
    """Have somebody proposed on 9 November, and the village accept it."""
    play.clock.time = datetime(2026, 11, 9, 3, tzinfo=UTC)
    citizen = await play.known()
    code = await filed_by(play, citizen, "DTSEN_USUL")
    village = Officer(play, code, 1)
    await village.did(c.Accept(leg=1))
    await settle(play)
    return citizen, code, village


async def test_each_step_tells_what_comes_next(play: Play) -> None:
    """Notice, STATUS and sign of life speak of the step ahead, never of one that is over."""
    citizen, code, village = await proposed(play)
    for day, step in NOVEMBER:
        play.clock.time = datetime(2026, 11, day, 4, tzinfo=UTC)
        await village.did(c.ReportMilestone(milestone=step), "")
        await settle(play)
        if step == "musdes":
            status = await citizen.say(f"status {code}")
            assert "disahkan kabupaten sampai 17 November 2026" in status
            assert "musyawarah desa sampai" not in status
    assert "Berikutnya: penetapan pusat dan BPS." in citizen.last
    status = await citizen.say(f"status {code}")
    assert "Sekarang giliran pemerintah pusat." in status
    assert "paling cepat 31 Januari 2027" in status
    before = len(citizen.heard)
    await live(play, 60)
    told = [reply.text for reply in citizen.heard[before:]]
    assert len(told) == 4
    assert all("menunggu keputusan pemerintah pusat" in text for text in told)
    assert all("31 Januari 2027" in text for text in told)
    assert not [text for text in told if "musyawarah" in text or "Batas" in text]


async def test_while_the_centre_decides_no_office_is_late(play: Play) -> None:
    """C4 stands still, the citizen's clock and the signs of life do not; the result wakes C4."""
    _, code, village = await proposed(play)
    await village.did(c.ReportMilestone(milestone="bupati"), "")
    await settle(play)
    await live(play, 60)
    ticket = await ticket_of(play, code)
    running, citizens = ticket.clock(Clock.C4, 1), ticket.clock(Clock.CITIZEN)
    assert running
    assert running.paused
    assert citizens
    assert not citizens.paused
    assert ticket.level == 0
    occasions = {occasion for _, occasion in await letters_of(play, code)}
    assert "nudge" in occasions
    assert not {one for one in occasions if one.startswith("breach")}
    await village.did(c.ReportMilestone(milestone="pusat"), "")
    after = (await ticket_of(play, code)).clock(Clock.C4, 1)
    assert after
    assert not after.paused


async def test_a_waiting_list_waits_for_its_step(play: Play) -> None:
    """Held for the village meeting: that is ahead, by then, and not reached."""
    citizen, code, village = await proposed(play)
    await village.did(c.Hold(leg=1, review=date(2026, 11, 14), milestone="musdes"), "Menunggu.")
    await settle(play)
    waits = "menunggu musyawarah desa. Diperiksa lagi paling lambat 14 November 2026."
    assert waits in citizen.last
    status = await citizen.say(f"status {code}")
    assert "Sekarang menunggu: musyawarah desa." in status
    assert "Sudah sampai" not in status
    ticket = await ticket_of(play, code)
    assert (ticket.state, ticket.milestone) == (TicketState.ON_HOLD, "")


async def test_who_waits_in_a_list_for_the_centre_hears_of_the_centre(play: Play) -> None:
    """Approved and held until the centre decided: also after the review no office is late."""
    citizen, code, village = await proposed(play)
    play.clock.time = datetime(2026, 11, 18, 3, tzinfo=UTC)
    await village.did(c.ReportMilestone(milestone="bupati"), "")
    await village.did(c.Hold(leg=1, review=date(2026, 12, 15), milestone="pusat"), "Menunggu.")
    await settle(play)
    assert "menunggu penetapan pusat dan BPS" in citizen.last
    await live(play, 14)
    assert "menunggu keputusan pemerintah pusat" in citizen.last
    assert "paling cepat 31 Januari 2027" in citizen.last
    assert "Diperiksa lagi paling lambat 15 Desember 2026" in citizen.last
    await live(play, 30)
    ticket = await ticket_of(play, code)
    running = ticket.clock(Clock.C4, 1)
    assert running
    assert (ticket.state, running.paused) == (TicketState.IN_PROGRESS, True)
