"""Somebody files for somebody else: who is asked, who is told, and what is left of a no."""

import asyncio

import pytest

from casework.citizen.filing import Filing
from casework.telling.letters import Letters
from conversations.messages import Channel
from conversations.records.parties import Another, Method, Relation
from conversations.turn import Answered, Draft, OpenTicket
from referrals.district.words import Words
from referrals.roles import Role
from referrals.ticket import Actor, ClosedBecause, TicketState
from tests.bot.living import letters_of, live, settle, story_of, ticket_of
from tests.bot.officers import Officer, links_of
from tests.bot.playing import Citizen, Play

NUMBER = "+6281234567890"
SITI = "9901014107800001"
POST = {"leg_sent", "leg_delivered", "reached"}


def subject_of(play: Play, number: str = NUMBER) -> Citizen:
    """Return the person at *number*, who writes text messages."""
    return Citizen(play.house, play.phones, number, Channel.SMS)


def numbered(play: Play, code: str, word: str = "ya") -> str:
    """Return *word* with the number that only the telephone got that was asked about *code*."""
    return f"{word} {play.house.store.consent_number(code)}"


async def summed_up(play: Play) -> Citizen:
    """Have somebody fill in a form up to its summary."""
    citizen = await play.known()
    await citizen.say("lampu jalan mati di depan rumah nenek")
    await citizen.tap("Laporan/Keluhan")
    await citizen.say("di gang belakang masjid RT 02")
    await citizen.tap("Lewati")
    return citizen


async def filed_by_phone(play: Play, number: str = NUMBER) -> tuple[Citizen, Citizen, str]:
    """Have a form filed for who has *number*; return reporter, subject and code."""
    reporter = await summed_up(play)
    await reporter.say("untuk ibu sebelah")
    await reporter.tap("Tetangga")
    await reporter.say(number)
    (ticket,) = await play.house.store.tickets_of(reporter.address, 9)
    await settle(play)
    return reporter, subject_of(play, number), ticket.code


async def filed_by_witness(play: Play, relation: str = "Petugas") -> tuple[Citizen, str]:
    """Have a form filed for somebody without a telephone, whose spoken yes a witness heard."""
    reporter = await summed_up(play)
    await reporter.tap("Untuk orang lain")
    await reporter.tap(relation)
    await reporter.tap("Tidak punya HP")
    await reporter.say("Sri Wahyuni, kader posyandu")
    await reporter.tap("Diucapkan")
    (ticket,) = await play.house.store.tickets_of(reporter.address, 9)
    return reporter, ticket.code


async def story(play: Play, code: str) -> list[str]:
    """Return what happened to the ticket, without the post's own notes."""
    return [name for name in await story_of(play, code) if name not in POST]


async def test_nothing_goes_out_before_the_person_agrees(play: Play) -> None:
    """The person is asked in one short text message, and no agency hears of it meanwhile."""
    _, subject, code = await filed_by_phone(play)
    (asked,) = subject.heard
    assert numbered(play, code, "YA") in asked.text
    assert code not in asked.text
    assert len(asked.text) <= 160
    assert await letters_of(play, code) == []
    assert await story(play, code) == ["consent_awaited"]
    assert (await ticket_of(play, code)).state is TicketState.AWAITING_CONSENT


async def test_a_yes_with_its_number_forwards_it(play: Play) -> None:
    """YA as the first message ever forwards it as any ticket; its notices go to the person."""
    reporter, subject, code = await filed_by_phone(play)
    told = await subject.say(numbered(play, code))
    await settle(play)

    assert "sekarang kami urus" in told
    assert "rahasiakan" in told
    assert await story(play, code) == ["consent_awaited", "consent_given", "referred"]
    assert ("satu-pintu", "new") in [(a, o) for a, o in await letters_of(play, code)]
    assert "langsung ke orangnya" in reporter.last
    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == subject.address
    assert await play.house.store.tickets_of(reporter.address, 9) == ()
    assert await play.house.store.parts_of(reporter.address) == [(code, "reporter")]
    assert await play.house.store.parts_of(subject.address) == []


async def test_whoever_filed_it_hears_who_holds_it_now(play: Play) -> None:
    """LACAK by the helper, with the code or without, tells that news goes to its person."""
    reporter, subject, code = await filed_by_phone(play)
    await subject.say(numbered(play, code))
    await settle(play)
    assert "dipegang orangnya sendiri" in await reporter.say(f"lacak {code}")
    assert "dipegang orangnya sendiri" in await reporter.say("lacak")


async def test_who_agreed_is_known_afterwards(play: Play) -> None:
    """Who agrees as the first thing they write agreed to the notice: they are not asked again."""
    _, subject, code = await filed_by_phone(play)
    await subject.say(numbered(play, code))
    consents = await play.house.store.consents_of(subject.address)
    assert [given.version for given in consents] == [play.house.district.consent_version]
    assert "persetujuan" not in (await subject.say("lacak")).lower()


@pytest.mark.parametrize("first", ["ok", "siapa ini?"])
async def test_who_first_writes_something_else_is_asked_again(play: Play, first: str) -> None:
    """Who does not say YA at once reads the same question once more, and YA answers it."""
    _, subject, code = await filed_by_phone(play)
    (asked,) = subject.heard
    assert await subject.say(first) == asked.text
    assert "sekarang kami urus" in await subject.say(numbered(play, code))
    assert (await ticket_of(play, code)).state is TicketState.REFERRED


async def test_whoever_filed_it_has_no_say_for_the_person(play: Play) -> None:
    """The reporter knows the code, and YA from their own telephone agrees to nothing."""
    reporter, _, code = await filed_by_phone(play)
    await reporter.say(f"ya {code}")
    assert (await ticket_of(play, code)).state is TicketState.AWAITING_CONSENT


async def test_a_no_erases_it(play: Play) -> None:
    """After TIDAK nothing of it is left: no word, no number; its reporter hears no reason."""
    reporter, subject, code = await filed_by_phone(play)
    told = await subject.say(numbered(play, code, "tidak"))
    await settle(play)

    assert "isinya sudah kami hapus" in told
    assert "tidak dilanjutkan" in reporter.last
    await gone(play, reporter, subject, code)


async def test_silence_erases_it_after_a_week(play: Play) -> None:
    """After seven days without an answer it is erased; the reporter is told the same."""
    reporter, subject, code = await filed_by_phone(play)
    await live(play, days=6)
    assert (await ticket_of(play, code)).state is TicketState.AWAITING_CONSENT
    await live(play, days=2)

    assert "tidak dilanjutkan" in reporter.last
    await gone(play, reporter, subject, code)
    await subject.say(numbered(play, code))
    assert await story(play, code) == ["consent_awaited", "consent_refused"]


@pytest.mark.parametrize("word", ["YA", "TIDAK"])
async def test_who_makes_a_number_up_answers_nothing(play: Play, word: str) -> None:
    """In somebody's name neither word counts bare or with the code that its reporter knows.

    The owner of the telephone reads how to answer, and their own YA still counts.
    """
    _, subject, code = await filed_by_phone(play)
    for forged in (word, f"{word} {code}", f"{word} {wrong(play, code)}"):
        assert numbered(play, code, word) in await subject.say(forged)
    assert (await ticket_of(play, code)).state is TicketState.AWAITING_CONSENT
    assert "sekarang kami urus" in await subject.say(numbered(play, code))


async def test_a_number_is_not_guessed(play: Play) -> None:
    """Five numbers count a day, and fifteen wrong ones a month; then even the right one waits."""
    _, subject, code = await filed_by_phone(play)
    for _ in range(3):
        for _ in range(5):
            await subject.say(f"ya {wrong(play, code)}")
        assert "tunggu dulu" in await subject.say(numbered(play, code))
        play.clock.move(days=1)
    assert "1 Des" in await subject.say(numbered(play, code))
    assert (await ticket_of(play, code)).state is TicketState.AWAITING_CONSENT


def wrong(play: Play, code: str) -> str:
    """Return a number that is not the one about *code*."""
    return f"{9999 - int(play.house.store.consent_number(code)):04}"


async def gone(play: Play, reporter: Citizen, subject: Citizen, code: str) -> None:
    """Assert that nothing is left of the ticket but its log."""
    store, ticket = play.house.store, await ticket_of(play, code)
    assert ticket.closed_because is ClosedBecause.WITHDRAWN
    assert await letters_of(play, code) == []
    assert await store.ticket_words(code) == {}
    assert await store.parts_of(subject.address) == []
    assert await store.codes_of([reporter.address, subject.address]) == set()


async def test_at_night_the_person_is_left_to_sleep(play: Play) -> None:
    """What is filed at night asks in the morning, and of a no at night is told then."""
    play.clock.move(hours=13)
    reporter, subject, code = await filed_by_phone(play)
    assert subject.heard == []
    await subject.say(numbered(play, code, "tidak"))
    count = len(reporter.heard)
    play.clock.move(hours=10)
    await settle(play)
    assert len(reporter.heard) == count + 1
    assert "tidak dilanjutkan" in reporter.last


async def test_two_answers_at_once(play: Play) -> None:
    """Of YA and TIDAK sent together one counts, and the other finds nothing that waits."""
    _, subject, code = await filed_by_phone(play)
    await asyncio.gather(
        subject.deliver(subject.message(numbered(play, code))),
        subject.deliver(subject.message(numbered(play, code, "tidak"))),
    )
    assert len(await story(play, code)) in {2, 3}


async def test_a_witnessed_consent(play: Play) -> None:
    """A consent that a witness saw is noted at once, by a facilitator, its proof sealed."""
    reporter, code = await filed_by_witness(play)
    assert await story(play, code) == ["consent_awaited", "consent_given", "referred"]
    entries = await play.house.store.entries(code)
    assert [entry.actor.role for entry in entries[:3]] == [
        Role.FACILITATOR,
        Role.FACILITATOR,
        Role.SYSTEM,
    ]
    words = await play.house.store.ticket_words(code)
    assert b"Sri Wahyuni" in words[2]
    stored = await play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == reporter.address


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_office_reads_how_the_person_agreed(play: Play, language: str) -> None:
    """An office reads the relation and how consent was had, but no number and no witness."""
    _, code = await filed_by_witness(play)
    view = await Officer(play, code, 1).sees()
    told = " ".join(getattr(line, language) for _, line in view.history)
    relation = {"id": "petugas/relawan desa", "en": "a village officer or helper"}[language]
    assert relation in told
    assert isinstance(view.filed_by, Words)
    assert view.filed_by.in_language(language) == relation
    assert {"id": "disaksikan", "en": "witness"}[language] in told
    assert "Sri Wahyuni" not in f"{view.history}{view.answers}"


async def test_where_lives_are_at_stake_nobody_is_waited_for(play: Play) -> None:
    """An ambulance for a neighbour is called at once; the log says that nobody was asked."""
    reporter = await play.known()
    await reporter.say("butuh ambulans, tetangga pingsan")
    await reporter.tap("Ambulans")
    await reporter.say("rumah Bu Sri, gang masjid RT 02")
    await reporter.say("pingsan, sesak napas")
    await reporter.say("081234567890")
    await reporter.say("untuk tetangga saya")
    await reporter.tap("Tetangga")
    (ticket,) = await play.house.store.tickets_of(reporter.address, 9)
    assert ticket.legs
    assert (await story(play, ticket.code))[:3] == ["consent_awaited", "consent_given", "referred"]
    assert subject_of(play).heard == []


async def test_an_answer_that_comes_too_late(play: Play) -> None:
    """A consent for a ticket that was erased meanwhile finds nothing that waits."""
    _, subject, code = await filed_by_phone(play)
    await subject.say(numbered(play, code, "tidak"))
    assert "sekarang kami urus" not in await subject.say(numbered(play, code))


async def filed_with_nik(play: Play, reporter: Citizen, how: Method = Method.SPOKEN) -> str:
    """File a subsidy's complaint for SITI in the name of *reporter*; return the code."""
    house = play.house
    answers = tuple(
        Answered(field.key, SITI if field.key == "nik" else "isi", "isi")
        for field in house.district.services["SUBSIDI"].fields
    )
    filing = Filing(house.district, Letters(house.district, house.voices, links_of(play)))
    another = Another(Relation.OFFICER, how, NUMBER if how is Method.REPLY else "", "Sri, kader")
    record = OpenTicket("482109379", Draft("SUBSIDI", answers), "id", another=another)
    unit, now = house.store.unit(), play.clock.now()
    filing.open(unit, record, reporter.address, now, play.clock.token(), operator="op-7")
    await house.store.commit(unit)
    return record.code


async def test_an_operator_stands_in_the_log(play: Play) -> None:
    """What an operator files for somebody at a counter names the operator in the ticket's log."""
    code = await filed_with_nik(play, await play.known())
    entries = await play.house.store.entries(code)
    assert entries[0].actor == Actor(Role.FACILITATOR, "op-7")
    assert entries[1].actor == Actor(Role.FACILITATOR, "op-7")
