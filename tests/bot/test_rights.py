"""What people may ask about their own data, played in the whole house."""

import json
from datetime import timedelta

from bot.commands.audit import Verified, broken_links
from bot.running.timers import Timers
from casework.citizen.whose import Person
from casework.privacy.copies import Copies, Copy
from casework.privacy.copy_page import as_json, as_page
from casework.privacy.daily import DAILY_TIMER, next_night
from casework.privacy.retention import Retention
from casework.privacy.rights import Erased, TakenBack, correction
from casework.trail.actions import Action
from conversations.records.deeds import Withdraw
from referrals.ticket import TicketState
from storage.unit import Outcome
from tests.bot.playing import Citizen, Play
from tests.bot.test_desk import filed
from tests.bot.test_registry import SITI, SITI_PROOF, ask
from tests.bot.test_whole_loop import file_papers, state_of

A_DAY = timedelta(days=1)
STORY = "KTP saya hilang di pasar"


async def erase(play: Play, citizen: Citizen, nik: str = "") -> Erased:
    """Have *citizen* erased."""
    unit = play.house.store.unit()
    erased = await play.house.rights.erase(unit, Person(citizen.address, nik), play.clock.now())
    assert erased
    assert await play.house.store.commit(unit) is Outcome.KEPT
    return erased


async def take_back(play: Play, citizen: Citizen) -> TakenBack:
    """Have *citizen* take their consent back."""
    unit, now = play.house.store.unit(), play.clock.now()
    person = Person(citizen.address)
    taken = await play.house.rights.take_consent_back(unit, person, now, play.clock.token())
    assert taken
    assert await play.house.store.commit(unit) is Outcome.KEPT
    return taken


async def copy_of(play: Play, citizen: Citizen, nik: str = "") -> Copy:
    """Return the copy of everything about *citizen*."""
    house = play.house
    copies = Copies(house.store, house.district, house.voices["id"])
    copy = await copies.of(Person(citizen.address, nik), play.clock.now())
    assert copy
    return copy


async def withdraw(play: Play, code: str) -> None:
    """Close ticket *code* as its citizen does."""
    from casework.citizen.deciding import CitizenDesk

    stored = await play.house.store.ticket(code)
    assert stored
    unit = play.house.store.unit()
    desk = CitizenDesk(play.house.rights._letters)
    assert desk.change(unit, stored, Withdraw(code), play.clock.now(), "salt") is None
    assert await play.house.store.commit(unit) is Outcome.KEPT


async def unbroken(play: Play) -> bool:
    """Tell whether every log and chain proves itself."""
    links = broken_links(play.house.store, Verified(), {})
    return not [broken async for broken in links]


async def test_a_closed_ticket_goes_at_once(play: Play) -> None:
    """HAPUS: words, contact, letters, talk and consents are gone; the log proves itself."""
    citizen, code = await file_papers(play)
    await withdraw(play, code)
    store = play.house.store

    assert await erase(play, citizen) == Erased((code,), (), registry=False)

    assert await store.ticket_words(code) == {}
    assert await store.codes_of([citizen.address]) == set()
    assert await store.consents_of(citizen.address) == ()
    assert await store.session(citizen.address) is None
    assert not [letter for letter in await store.letters(None, 50) if letter.code == code]
    assert len(await store.entries(code)) >= 2
    assert await unbroken(play)
    assert await erase(play, citizen) == Erased((), (), registry=False)


async def test_an_open_ticket_goes_once_it_is_closed(play: Play) -> None:
    """It is named, served to its end, and erased the day after."""
    citizen, code = await file_papers(play)
    assert await erase(play, citizen) == Erased((), (code,), registry=False)
    play.clock.move(days=1, minutes=1)
    await play.house.timers.tick()
    assert await play.house.store.ticket_words(code)
    await withdraw(play, code)
    play.clock.move(days=1, minutes=1)
    await play.house.timers.tick()
    assert await play.house.store.ticket_words(code) == {}
    assert await unbroken(play)


async def test_that_somebody_agreed_is_kept_as_long_as_it_proves_anything(play: Play) -> None:
    """HAPUS leaves the proof of consent while a ticket goes on; then its own years count."""
    citizen, code = await file_papers(play)
    await erase(play, citizen)
    store, house = play.house.store, play.house
    assert len(await store.consents_of(citizen.address)) == 1
    await withdraw(play, code)
    play.clock.move(days=1, minutes=1)
    await house.timers.tick()
    assert await store.ticket_words(code) == {}
    assert len(await store.consents_of(citizen.address)) == 1
    years = house.district.retention.consent_years
    await Retention(store, house.district).run(play.clock.now() + 366 * years * A_DAY)
    assert await store.consents_of(citizen.address) == ()


async def test_a_vault_that_stays_keeps_its_proof(play: Play) -> None:
    """By chat a report of violence is not erased, nor that its person agreed to it."""
    citizen = await play.known()
    await filed(play, citizen, "PPA")
    assert await erase(play, citizen) == Erased((), (), registry=False)
    assert len(await play.house.store.consents_of(citizen.address)) == 1


async def test_the_registrys_copy_is_not_ours_to_erase(play: Play) -> None:
    """Who is in it hears that, and their NIK finds them there as before."""
    citizen = await play.known()
    assert (await erase(play, citizen, SITI)).registry
    assert "desil 2" in (await ask(await play.known(), SITI, SITI_PROOF)).lower()


async def test_who_was_erased_begins_anew(play: Play) -> None:
    """The next message is a first contact: we know nothing, and ask for consent."""
    citizen, _ = await file_papers(play)
    await erase(play, citizen)
    first = await play.citizen().say("halo")
    assert await citizen.say("halo") == first


async def test_erasing_is_written_down_and_tells_nobody(play: Play) -> None:
    """Each erased ticket has its line in the audit, which names no person."""
    citizen, code = await file_papers(play)
    await withdraw(play, code)
    await erase(play, citizen)
    lines = await play.house.store.looks_at([code], [])
    assert [line.action for line in lines if line.action == Action.ERASE] == [Action.ERASE]


async def test_consent_taken_back_stops_at_once(play: Play) -> None:
    """Open tickets are withdrawn and nothing unasked is sent, well within 3 x 24 hours."""
    citizen, code = await file_papers(play)
    assert await take_back(play, citizen) == TakenBack((code,), ())
    assert await state_of(play, code) is TicketState.CLOSED
    assert await play.house.store.has_stopped(citizen.address)
    (consent,) = await play.house.store.consents_of(citizen.address)
    assert consent.withdrawn_at == play.clock.now()
    assert await unbroken(play)


async def test_a_violence_ticket_goes_on(play: Play) -> None:
    """Somebody may be made to take consent back: their officers speak with them first."""
    citizen = await play.known()
    code = await filed(play, citizen, "PPA")
    assert await take_back(play, citizen) == TakenBack((), (code,))
    assert await state_of(play, code) is not TicketState.CLOSED


async def test_a_correction_is_a_ticket_that_the_officer_hears_of(play: Play) -> None:
    """It is filed for a person to answer, and the data-protection officer gets a letter."""
    citizen = await play.known()
    house, now = play.house, play.clock.now()
    unit = house.store.unit()
    wish = correction(house.district, "Nama saya salah", "id", play.clock.token())
    token = play.clock.token()
    ticket = house.rights.correct(unit, Person(citizen.address), wish, now, token)
    assert await house.store.commit(unit) is Outcome.KEPT
    assert await house.store.codes_of([citizen.address]) == {ticket.code}
    officer = house.district.data_protection
    letters = await house.store.letters(officer, 9)
    assert [letter.code for letter in letters] == [ticket.code]


async def test_a_copy_has_everything_and_prints_nothing(play: Play) -> None:
    """Tickets with words and steps, consents, the registry's row, who looked: as JSON and page."""
    citizen, code = await file_papers(play)
    await ask(await play.known(), SITI, "9999")
    copy = await copy_of(play, citizen, SITI)
    told = json.loads(as_json(copy))
    page = as_page(copy, "Data <Anda>")
    assert [ticket["code"] for ticket in told["tickets"]] == [code]
    assert told["consents"][0]["version"] == play.house.district.consent_version
    assert told["registry"]["nik"] == told["nik"] == "9901..."
    assert told["who_looked"][0]["action"] == Action.LOOK_UP_REFUSED
    for text in (STORY, code):
        assert text in as_json(copy).decode()
        assert text in page
    assert SITI not in page
    assert "&lt;Anda&gt;" in page
    assert STORY not in repr(copy)


async def test_the_days_work_is_done_at_night_and_again(play: Play) -> None:
    """At two in the morning, once, and the next night again; what is old goes then."""
    citizen, code = await file_papers(play)
    await withdraw(play, code)
    calendar = play.house.district.calendar
    play.clock.move(days=366 * 5)
    assert isinstance(play.house.timers, Timers)
    await play.house.timers.tick()
    assert await play.house.store.codes_of([citizen.address]) == set()
    done = await play.house.store.kept_note(DAILY_TIMER)
    assert done == play.clock.now().isoformat()
    await play.house.timers.tick()
    play.clock.time = next_night(calendar, play.clock.now())
    await play.house.timers.tick()
    assert await play.house.store.kept_note(DAILY_TIMER) == play.clock.now().isoformat()
    assert await unbroken(play)
