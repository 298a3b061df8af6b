"""What officers do by their links, against the whole house, on both databases."""

from datetime import timedelta

import pytest

from casework.desk.proof_desk import LINK
from casework.trail.actions import PROGRAM, Action, office_actor
from referrals import commands
from referrals.choosing import Refusal
from referrals.ticket import TicketState
from tests.bot.living import letters_of, story_of, ticket_of
from tests.bot.officers import Officer, looks_at
from tests.bot.playing import Citizen, Play
from tests.bot.test_whole_loop import file_papers
from tests.casework.pictures import fresh_photo, pdf, photo, scene

VILLAGE = "desa-9901012004"  # where the citizens of file_papers live


async def at_village(play: Play) -> tuple[Citizen, str, Officer]:
    """Have a KTP ticket accepted by its village; return citizen, code and the village's link."""
    citizen, code = await file_papers(play)
    village = Officer(play, code, 1)
    await village.did(commands.Accept(leg=1))
    await citizen.next()
    return citizen, code, village


async def test_who_resolves_shows_a_proof(play: Play) -> None:
    """Without a file nothing is done; with one the citizen gets a link to it, and sees it."""
    citizen, code, village = await at_village(play)
    resolve = commands.Resolve(leg=1)

    assert await village.does(resolve) == Refusal("proof_missing", 20)
    await village.did(resolve, files=[fresh_photo(), pdf()])
    solved = await citizen.next()

    assert (await ticket_of(play, code)).state is TicketState.RESOLVED
    (link,) = [word for word in solved.split() if "/bukti/" in word]
    token = link.rpartition("/")[2]
    now = play.clock.now()
    seen = await play.house.proofs.see(token, now)
    assert seen
    assert seen.kinds == ("image/jpeg", "application/pdf")
    assert seen.waits
    opened = await play.house.proofs.file(token, 1, now)
    assert not isinstance(opened, Refusal | None)
    assert opened.content.startswith(b"\xff\xd8\xff")
    assert await play.house.proofs.file(token, 3, now) is None
    assert await play.house.proofs.see(token, now + timedelta(days=47)) is None
    assert await play.house.proofs.see(token[:-1] + "x", now) is None
    opens = [line.actor for line in await looks_at(play, code) if line.action == Action.FILE]
    assert sorted(opens) == sorted([PROGRAM, LINK])  # shown in the chat, then opened by its link


async def test_a_proof_that_was_used_is_refused_and_noted(play: Play) -> None:
    """Neither the same photo, nor it under other metadata, nor what we gave out, counts again."""
    _, _, first = await at_village(play)
    await first.did(commands.Resolve(leg=1), files=[photo(shade=200, comment=b"once")])
    _, code, second = await at_village(play)

    for again in (photo(shade=200, comment=b"once"), photo(shade=200, comment=b"twice")):
        refused = await second.does(commands.Resolve(leg=1), files=[fresh_photo(), again])
        assert refused == Refusal("proof_used", 20)

    ticket = await ticket_of(play, code)
    assert ticket.state is TicketState.IN_PROGRESS
    assert await play.house.store.files_of(code) == ()
    noted = [line for line in await looks_at(play, code) if line.action == Action.REUSED]
    assert [line.actor for line in noted] == [office_actor(VILLAGE)] * 2
    await second.did(commands.Resolve(leg=1))


async def test_a_proof_that_was_barely_changed_is_refused(play: Play) -> None:
    """One pixel more or less does not make it a photo of another work; another photo counts."""
    _, _, first = await at_village(play)
    await first.did(commands.Resolve(leg=1), files=[scene(1)])
    _, code, second = await at_village(play)

    refused = await second.does(commands.Resolve(leg=1), files=[scene(1, spot=True)])

    assert refused == Refusal("proof_used", 20)
    assert Action.REUSED in [line.action for line in await looks_at(play, code)]
    await second.did(commands.Resolve(leg=1), files=[scene(2)])


async def test_after_belum_a_new_proof_is_needed(play: Play) -> None:
    """The photo that did not convince the citizen does not close the ticket the next time."""
    citizen, _, village = await at_village(play)
    shown = fresh_photo()
    await village.did(commands.Resolve(leg=1), files=[shown])
    await citizen.next()
    await citizen.tap("Belum")
    await citizen.say("KTP belum saya terima")
    again = await village.does(commands.Resolve(leg=1), files=[shown])
    assert again == Refusal("proof_used", 20)


@pytest.mark.parametrize("sent", [b"<html>", b"", photo()[:40]])
async def test_what_is_no_photo_is_refused(play: Play, sent: bytes) -> None:
    """Nothing is done, and why is said."""
    _, code, village = await at_village(play)
    refused = await village.does(commands.Resolve(leg=1), files=[sent])
    assert isinstance(refused, Refusal)
    assert refused.reason.startswith("file_")
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS


async def test_a_form_is_done_once(play: Play) -> None:
    """The second click of one form is told so, also where the step could be taken again."""
    citizen, code, village = await at_village(play)
    news = commands.ReportMilestone()
    first = await village.does(news, once="one form")
    second = await village.does(news, once="one form")
    other = await village.does(news, once="another form")
    await citizen.next()
    assert not isinstance(first, Refusal)
    assert second == Refusal("repeated")
    assert not isinstance(other, Refusal)
    assert (await story_of(play, code)).count("milestone_reached") == 2


async def test_the_waiting_list_and_back(play: Play) -> None:
    """Hold with a reason and a day, then go on; the citizen hears of both."""
    citizen, code, village = await at_village(play)
    today = play.clock.now().date()
    late = commands.Hold(leg=1, review=today + timedelta(days=31))
    assert await village.does(late) == Refusal("review_too_far", 18)

    await village.did(commands.Hold(leg=1, review=today + timedelta(days=9)), "Blangko habis.")
    waiting = await citizen.next()
    assert "Blangko habis." in waiting
    assert "resume" in (await village.sees()).actions
    await village.did(commands.Resume(leg=1), "")
    await citizen.next()
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS


async def test_a_village_goes_up_with_a_reason(play: Play) -> None:
    """Its page offers who stands above it, and the village's link ends with its leg."""
    citizen, code, village = await at_village(play)
    page = await village.sees()
    assert "escalate" in page.actions
    assert VILLAGE not in dict(page.above)
    up = commands.Escalate(leg=1, agency="disdukcapil", rule="by_hand")
    assert await village.does(up, "") == Refusal("words_missing")
    await village.did(up, "Perlu rekam ulang di dinas.")
    told = await citizen.next()
    assert "Perlu rekam ulang di dinas." in told
    assert ("disdukcapil", "new") in await letters_of(play, code)
    assert await play.house.desk.see(village.token, play.clock.now()) is None
    above = await Officer(play, code, 2).sees()
    assert "Perlu rekam ulang di dinas." in repr(above.history)
    assert "escalate" not in above.actions


async def test_another_agency_gets_a_share(play: Play) -> None:
    """Both shares go on side by side; the ticket is solved when the last one is."""
    citizen, code, village = await at_village(play)
    await village.did(commands.AddAgency(agency="baznas", rule="by_hand"), "Mohon biaya foto.")
    await citizen.next()
    zakat = Officer(play, code, 2)
    await zakat.did(commands.Accept(leg=2))
    await citizen.next()
    assert "Mohon biaya foto." in repr((await zakat.sees()).history)
    assert "baznas" not in dict((await village.sees()).agencies)
    await zakat.did(commands.Resolve(leg=2))
    part = await citizen.next()
    assert "/bukti/" in part
    assert (await ticket_of(play, code)).state is TicketState.IN_PROGRESS
    await village.did(commands.Resolve(leg=1))
    await citizen.next()
    assert (await ticket_of(play, code)).state is TicketState.RESOLVED
