"""A facilitator files for a resident before them: with consent, once, whatever the line does."""

import re

from casework.citizen.asks import Ask
from conversations.messages import Address, Channel
from conversations.records.parties import Another, Method, Relation
from referrals.events import ConsentAwaited, ConsentGiven
from referrals.roles import Role
from referrals.ticket import Actor, TicketState
from storage.upkeep.erasing import NOBODY
from tests.bot.living import letters_of, settle, story_of, ticket_of
from tests.conversations.town import DISTRICT
from tests.web.console.calling import (
    CALLER,
    SITI,
    Agent,
    answers,
    facilitator,
    phone,
    staff_of,
)
from tests.web.console.conftest import Console
from web.console.sheets import UNFIT

SUBJECT = "+6281298765432"
USUL = DISTRICT.services["DTSEN_USUL"]
ALL = sorted(code for code in DISTRICT.services if code != DISTRICT.status_service)


async def filed(at_work: Agent, service: str = "DTSEN_USUL", **more: str) -> str:
    """File *service* for a resident, and return the code."""
    await at_work.open(service, "")
    typed = answers(DISTRICT.services[service])
    await at_work.review(**{"from": CALLER.id} | typed | more)
    assert at_work.status == 200, at_work.said
    return await at_work.file()


async def test_who_has_a_telephone_agrees_by_it(console_on_both: Console) -> None:
    """The resident is asked by SMS, and before their YA no office hears of it."""
    console = console_on_both
    at_work = await facilitator(console)
    code = await filed(at_work, subject_phone=SUBJECT)
    await settle(console.play)
    assert (await ticket_of(console.play, code)).state is TicketState.AWAITING_CONSENT
    assert await letters_of(console.play, code) == []
    resident = phone(console, SUBJECT)
    number = console.play.house.store.consent_number(code)
    assert f"YA {number}" in resident.last
    await resident.say(f"ya {number}")
    await settle(console.play)
    stored = await console.play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == Address(Channel.SMS, SUBJECT)
    assert stored.ticket.state is TicketState.REFERRED
    assert "langsung ke orangnya" in phone(console).last


async def test_a_resident_is_asked_no_more_than_they_bear(console: Console) -> None:
    """Of many forms for one number the first two ask it; then the form wants a witness."""
    for _ in range(2):
        at_work = await facilitator(console)
        assert await filed(at_work, subject_phone=SUBJECT)
    await at_work.open("DTSEN_USUL", "")
    await at_work.review(**{"from": CALLER.id} | answers(USUL) | {"subject_phone": SUBJECT})
    assert at_work.status == UNFIT
    assert "SMS persetujuan tidak bisa kami kirim" in at_work.said
    await settle(console.play)
    assert len(phone(console, SUBJECT).heard) == 2


async def test_what_was_read_back_is_bound_as_well(console: Console) -> None:
    """What was read back while the number could be asked is not filed once it cannot be."""
    at_work = await facilitator(console)
    await at_work.open("DTSEN_USUL", "")
    await at_work.review(**{"from": CALLER.id} | answers(USUL) | {"subject_phone": SUBJECT})
    store, now = console.play.house.store, console.play.clock.now()
    ask = Ask(Another(Relation.OFFICER, Method.REPLY, SUBJECT), NOBODY, "staff:another")
    for _ in range(2):
        unit = store.unit()
        ask.count(unit, console.district, now)
        await store.commit(unit)
    assert not await at_work.file()
    assert "SMS persetujuan tidak bisa kami kirim" in at_work.said


async def test_a_no_erases_it(console: Console) -> None:
    """After TIDAK nothing is left of what was typed, and the facilitator hears no reason."""
    at_work = await facilitator(console)
    code = await filed(at_work, subject_phone=SUBJECT)
    await settle(console.play)
    resident = phone(console, SUBJECT)
    await resident.say(f"TIDAK {console.play.house.store.consent_number(code)}")
    await settle(console.play)
    assert await console.play.house.store.ticket_words(code) == {}
    assert "tidak dilanjutkan" in phone(console).last


async def test_without_a_telephone_a_witness_counts(console: Console) -> None:
    """A witnessed yes is kept with its method and its proof; the log names who typed it."""
    at_work = await facilitator(console)
    code = await filed(at_work, witness="Sri Wahyuni, kader posyandu", way="witness_thumb")
    store = console.play.house.store
    first, second, *_ = await store.entries(code)
    assert isinstance(first.event, ConsentAwaited)
    assert isinstance(second.event, ConsentGiven)
    assert (first.event.relation, second.event.method) == ("officer", "witness_thumb")
    assert first.actor == second.actor == Actor(Role.FACILITATOR, staff_of(console, at_work))
    assert b"Sri Wahyuni" in (await store.ticket_words(code))[2]
    assert second.words
    assert (await ticket_of(console.play, code)).represented


async def test_half_a_consent_is_asked_for_again(console: Console) -> None:
    """A witness without an office, or a number that is none, files nothing and loses nothing."""
    at_work = await facilitator(console)
    await at_work.open("DTSEN_USUL", "")
    for wrong in ({"witness": "Sri"}, {"subject_phone": "12"}, {"way": "vital"}):
        await at_work.review(**answers(USUL) | {"witness": "Sri, kader"} | wrong)
        assert at_work.status == 422
        assert SITI in at_work.page


async def test_a_wrong_number_for_news_loses_nothing(console: Console) -> None:
    """A number that cannot be read is asked again, with the whole form still there."""
    at_work = await facilitator(console)
    await at_work.open("DTSEN_USUL", "")
    await at_work.review(**answers(USUL), **{"from": "nomor saya"})
    assert at_work.status == 422
    assert SITI in at_work.page
    assert "nomor saya" in at_work.page


async def test_every_service_is_filed_for_a_resident(console: Console) -> None:
    """Each service is filed; what others are reported with, and the safe path, as their own."""
    at_work, store = await facilitator(console), console.play.house.store
    for service in ALL:
        code = await filed(at_work, service, **{"f.whom": ""})
        row = DISTRICT.services[service]
        own = row.safe_path or row.confidential or row.confirm_twice
        stored = await store.ticket(code)
        assert stored, service
        assert stored.ticket.for_another is not own, service
        assert stored.contact.address == (NOBODY if row.safe_path else CALLER), service


async def test_a_form_sent_again_after_a_broken_line_is_filed_once(
    console_on_both: Console,
) -> None:
    """What is sent again because no answer came is the same ticket: the resident is asked once."""
    at_work = await facilitator(console_on_both)
    code = await filed(at_work, subject_phone=SUBJECT)
    for _ in range(2):
        await at_work.send(**at_work.sent)
        assert at_work.code == code
    await settle(console_on_both.play)
    assert len(phone(console_on_both, SUBJECT).heard) == 1
    assert await story_of(console_on_both.play, code) == ["consent_awaited"]


async def test_a_form_is_filed_after_signing_in_again(console: Console) -> None:
    """A form that outlived its session is sent under its own name in the next one."""
    at_work = await facilitator(console)
    code = await filed(at_work)
    again = Agent(console, await console.seat(at_work.me.account), at_work.path)
    await again.send(**at_work.sent | {"csrf": again.me.csrf})
    assert again.code == code


async def test_while_nothing_can_be_kept_the_form_is_kept_waiting(console: Console) -> None:
    """When the store is away the answer says to come again, and the same form then files once."""
    at_work = await facilitator(console)
    await at_work.open("DTSEN_USUL", "")
    await at_work.review(**answers(USUL))
    house = console.play.house
    sent = at_work.form.working | {"step": "send"}
    taking = house.calls.taking
    taking._hand_over = _fails  # the answer is lost after the commit
    await at_work.send(**sent)
    assert at_work.status >= 500
    taking._hand_over = house.outbox.hand_over
    await at_work.send(**sent)
    assert at_work.code
    assert (await ticket_of(console.play, at_work.code)).service == "DTSEN_USUL"


def _fails(_items: object) -> None:
    raise ConnectionResetError


async def test_the_draft_has_a_place_of_its_own(console: Console) -> None:
    """Sealed and named by words of one account and form, and forgotten with its ticket."""
    at_work = await facilitator(console)
    await at_work.open("DTSEN_USUL", "")
    account = at_work.me.account.id
    named, sealed = (rf'{name}="([0-9a-f]{{32}})"' for name in ("data-draft", "data-draft-key"))
    kept = re.search(f'{named} {sealed} data-account="{account}"', at_work.page)
    assert kept
    assert kept[1] != kept[2]
    assert "disimpan di perangkat ini sampai terkirim" in at_work.page
    await at_work.review(**answers(USUL))
    await at_work.file()
    assert f'data-sent="{kept[1]}" data-account="{account}"' in at_work.page
    again = await facilitator(console)
    await again.open("DTSEN_USUL", "")
    assert kept[1] not in again.page
    assert kept[2] not in again.page


async def test_questions_are_put_to_whom_it_is_about(console: Console) -> None:
    """Of a resident it is asked as of somebody else, not as of who types."""
    at_work = await facilitator(console)
    await at_work.open("DTSEN_USUL", "")
    assert "NIK orang yang dibantu" in at_work.said


async def test_nobody_is_looked_up_here(console: Console) -> None:
    """Who only files may not look families or tickets up through this page."""
    at_work = await facilitator(console)
    await at_work.send(step="family", nik=SITI, family_proof="0001")
    assert "terdaftar" not in at_work.said
    await at_work.send(step="ticket", code="482109379", ticket_proof="0001")
    assert "tidak ditemukan" not in at_work.said
    assert await console.play.house.store.looks_at([], [SITI]) == []
