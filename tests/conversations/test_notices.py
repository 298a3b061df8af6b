"""What citizens are told about their tickets: of each event something, or why nothing."""

from datetime import UTC, date, datetime, timedelta
from typing import get_args

import pytest
from msgspec.structs import replace

from conversations.hearing.answer_words import read_tap
from conversations.messages import Channel, Reply
from conversations.news.notices import QUIET, TOLD, Silent, file_lost, notice, repeats
from handlers.sms_parts import messages
from handlers.sms_text import segments
from referrals import events
from referrals.clocks import Clock
from referrals.district.directory import Priority
from referrals.events import Event
from referrals.roles import Sensitivity
from referrals.ticket import Leg, LegState, Ticket, TicketState
from tests.conversations import limits
from tests.conversations.spoken_records import ticket
from tests.conversations.town import VOICES

NOW = datetime(2026, 9, 3, 3, tzinfo=UTC)
HOUSE = ticket("482109379 RTLH in_progress dinas-perkim 2026-08-20")
DETAILS: dict[str, object] = {
    "agency": "dinas-perkim",
    "rule": "r",
    "expected": date(2026, 9, 30),
    "review": date(2026, 9, 30),
    "reason": "quota",
    "of": "102938478",
    "system": "SP4N-LAPOR!",
    "second": "x",
    "delivered_at": NOW,
    "stars": 5,
    "consent_version": "1",
    "method": "sms",
    "relation": "ibu",
    "code": HOUSE.code,
    "service": HOUSE.service,
    "area": "",
    "priority": HOUSE.priority,
    "sensitivity": HOUSE.sensitivity,
    "leg": 1,
    "at": NOW,
    "clock": Clock.C5,
    "number": 3,
    "level": 2,
    "due": NOW,
    "opened_at": NOW,
    "milestone": "musdes",
}
TWO = 2
STATES = {events.Reminded: TicketState.RESOLVED}


def happened(kind: type[Event]) -> Event:
    """Return an event of *kind*, all filled in."""
    names = kind.__struct_fields__
    return kind(**{name: DETAILS[name] for name in names if name in DETAILS})


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("kind", get_args(Event), ids=lambda kind: kind.__name__)
def test_every_event(kind: type[Event], language: str) -> None:
    """The citizen is told in a message that fits every channel, or there is a reason why not."""
    house = replace(HOUSE, state=STATES.get(kind, HOUSE.state))
    told = notice(happened(kind), house, "Mohon datang ke kantor.", VOICES[language])
    if isinstance(told, Silent):
        assert told.reason
        return
    limits.check(told)
    assert told.unasked
    assert "4821 0937 9" in told.text
    assert "Mohon datang ke kantor." in told.text


def test_no_event_is_both() -> None:
    """An event is told or not, and which of them is written down for each."""
    assert set(TOLD) | set(QUIET) == set(get_args(Event))
    assert not set(TOLD) & set(QUIET)


def test_first_referral() -> None:
    """Where a ticket goes first was said with its code; where it goes next is told."""
    referred = events.Referred(at=HOUSE.opened_at, leg=1, agency="dinas-perkim", rule="r")
    assert isinstance(notice(referred, HOUSE, "", VOICES["id"]), Silent)
    again = replace(referred, at=NOW, leg=2)
    assert isinstance(notice(again, HOUSE, "", VOICES["id"]), Reply)


ARRIVED = (  # how long after it was on its way, of which ticket, and whether that is news
    (timedelta(minutes=2), {}, False),
    (timedelta(days=2), {}, True),
    (timedelta(minutes=2), {"priority": Priority.P1}, True),
    (timedelta(minutes=2), {"for_another": True, "in_own_hands": True}, True),
)


@pytest.mark.parametrize(("after", "filed", "news"), ARRIVED)
def test_an_arrival_is_told_where_it_is_news(
    after: timedelta, filed: dict[str, bool | Priority], *, news: bool
) -> None:
    """That an office has what was just sent to it adds nothing; that help was called does."""
    leg = Leg(number=1, agency="dinkes", state=LegState.SENT, since=NOW)
    before = replace(HOUSE, legs=(leg,), **filed)
    assert repeats(events.LegDelivered(at=NOW + after, leg=1), before) is not news
    assert not repeats(events.Accepted(at=NOW + after, leg=1), before)


def test_resolved() -> None:
    """SUDAH and BELUM can be tapped, or typed with the code."""
    told = notice(events.Resolved(at=NOW, leg=1), HOUSE, "", VOICES["id"])
    assert isinstance(told, Reply)
    assert [c.value for c in told.choices] == ["ticket:sudah:482109379", "ticket:belum:482109379"]
    assert "SUDAH 482109379 atau BELUM 482109379" in told.text


SHARES = tuple(
    Leg(number=number, agency=agency, state=state, since=NOW)
    for number, agency, state in (
        (1, "dinas-perkim", LegState.DONE),
        (2, "dinkes", LegState.NOT_DONE),
        (3, "baznas", LegState.NOT_DONE),
    )
)
IN_PART = replace(HOUSE, state=TicketState.RESOLVED, legs=SHARES[:2])
ENDINGS = (  # what is told, of which ticket, and what its citizen must read of who refused
    (events.Resolved(at=NOW, leg=1), IN_PART, "bagian Dinas Kesehatan belum dapat dipenuhi"),
    (events.Reminded(at=NOW, clock=Clock.C5, number=1), IN_PART, "bagian Dinas Kesehatan belum"),
    (events.ResolvedInPart(at=NOW, leg=2, reason="quota"), IN_PART, "bagian Dinas Kesehatan"),
    (
        events.ResolvedInPart(at=NOW, leg=3, reason="quota"),
        replace(IN_PART, legs=SHARES),
        "Bagian Dinas Kesehatan juga belum dapat dipenuhi",
    ),
    (
        events.Resolved(at=NOW, leg=1),
        replace(IN_PART, legs=SHARES),
        "bagian Dinas Kesehatan dan Baznas Kabupaten Contoh belum dapat dipenuhi",
    ),
)


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize(("event", "house", "words"), ENDINGS)
def test_who_refused_is_told_in_the_end(
    event: Event, house: Ticket, words: str, language: str
) -> None:
    """Whatever tells the end says which share was refused, and that this can be appealed."""
    told = notice(event, house, "", VOICES[language])
    assert isinstance(told, Reply)
    limits.check(told)
    assert "BANDING 482109379" in told.text
    assert [choice.value.split(":")[1] for choice in told.choices] == ["sudah", "belum", "banding"]
    if language == "id":
        assert words in told.text


def test_of_several_refusals_each_is_told() -> None:
    """Where nobody did anything, the last refusal names who refused before."""
    house = replace(HOUSE, state=TicketState.DECLINED, legs=SHARES[1:])
    told = notice(events.Declined(at=NOW, leg=3, reason="quota"), house, "", VOICES["id"])
    assert isinstance(told, Reply)
    assert "Bagian Dinas Kesehatan juga belum dapat dipenuhi." in told.text


def test_weeks_later() -> None:
    """The question whether it came is answered with the same words, told as receiving."""
    told = notice(events.OutcomeAsked(at=NOW), HOUSE, "", VOICES["id"])
    assert isinstance(told, Reply)
    assert [c.value for c in told.choices] == ["ticket:sudah:482109379", "ticket:belum:482109379"]
    assert [c.label for c in told.choices] == ["Sudah saya terima", "Belum saya terima"]
    assert "SUDAH 482109379 atau BELUM 482109379" in told.text


def test_a_question_says_where_its_answer_goes() -> None:
    """An office's question tells that the answer stands behind the code."""
    told = notice(events.Asked(at=NOW, leg=1), HOUSE, "", VOICES["id"])
    assert isinstance(told, Reply)
    assert told.text.endswith("Balas JAWAB 482109379 lalu jawabannya.")


def test_while_waiting() -> None:
    """Under a sign of life one can look at the ticket, call a person, or take it back."""
    told = notice(events.StillWaiting(at=NOW), HOUSE, "", VOICES["id"])
    assert isinstance(told, Reply)
    verbs = [choice.value.split(":")[1] for choice in told.choices]
    assert verbs == ["status", "petugas", "batal"]
    assert all(read_tap(choice.value) for choice in told.choices)


def test_vault() -> None:
    """About a vault ticket nothing is sent: somebody else may read that telephone."""
    secret = ticket("102938478 PPA in_progress uptd-ppa 2026-08-21")
    for kind in get_args(Event):
        assert isinstance(notice(happened(kind), secret, "x", VOICES["id"]), Silent)


def test_sensitive() -> None:
    """What a sensitive ticket is about does not stand on the screen."""
    secret = replace(HOUSE, sensitivity=Sensitivity.SENSITIVE)
    told = notice(events.Resolved(at=NOW, leg=1), secret, "", VOICES["id"])
    assert isinstance(told, Reply)
    assert "Rumah" not in told.text


def test_numbers_are_masked() -> None:
    """A NIK that an office writes is not sent on; only so much of a long message as fits is."""
    words = f"NIK 9901 0141 0780 0001 sudah kami cek. {'panjang ' * 200}"
    told = notice(events.Asked(at=NOW, leg=1), HOUSE, words, VOICES["id"])
    assert isinstance(told, Reply)
    assert "9901 0141" not in told.text
    assert "...0001" in told.text
    limits.check(told)


@pytest.mark.parametrize("nik", ["NIK9901014107800001", "9901 - 0141 - 0780 - 0001"])
def test_numbers_are_masked_however_an_officer_writes_them(nik: str) -> None:
    """No spelling of a NIK gets through an office's message."""
    told = notice(events.Asked(at=NOW, leg=1), HOUSE, f"Benar {nik}?", VOICES["id"])
    assert isinstance(told, Reply)
    assert "0001" in told.text
    assert "9901" not in told.text


def test_no_date_no_agency() -> None:
    """Without an expected day none is told; a leg of no agency is the desk's."""
    told = notice(events.Accepted(at=NOW, leg=1), HOUSE, "", VOICES["id"])
    assert isinstance(told, Reply)
    assert "Perkiraan" not in told.text
    desk = notice(events.Asked(at=NOW, leg=0), HOUSE, "", VOICES["id"])
    assert isinstance(desk, Reply)
    assert "Sekretariat" in desk.text


def test_on_a_telephone_of_several_people_no_service_is_named() -> None:
    """A coded notice says which ticket it is by its code alone, and what happened as always."""
    event = events.Accepted(at=NOW, leg=1)
    named = notice(event, HOUSE, "", VOICES["id"])
    coded = notice(event, HOUSE, "", VOICES["id"], coded=True)
    assert isinstance(named, Reply)
    assert isinstance(coded, Reply)
    label = VOICES["id"].district.services["RTLH"].label.id
    assert label in named.text
    assert coded.text == named.text.replace(f" ({label})", "")


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("kind", TOLD)
def test_by_text_message_a_notice_costs_two_at_most(kind: type[Event], language: str) -> None:
    """In brief, no news of ours without an office's own words takes more than two segments."""
    house = replace(HOUSE, state=STATES.get(kind, HOUSE.state))
    told = notice(happened(kind), house, "", VOICES[language].in_brief)
    assert isinstance(told, Reply)
    assert sum(segments(text).count for text in messages(told)) <= TWO


def test_what_goes_on_by_sms_says_what_was_written_for_that() -> None:
    """Sent on to a number a reply says its short words; to a chat, or without such, its own."""
    reply = Reply("Tiket 4821 0937 9 (Perbaikan Rumah): selesai.", by_sms="Tiket 4821 0937 9: ok.")
    assert reply.sent_on(Channel.SMS) == Reply("Tiket 4821 0937 9: ok.")
    assert reply.sent_on(Channel.WHATSAPP) == reply
    assert Reply("Halo").sent_on(Channel.SMS) == Reply("Halo")


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, True),
        ({"state": TicketState.CLOSED}, False),
        ({"sensitivity": Sensitivity.VAULT}, False),
    ],
)
def test_a_file_that_never_came_is_asked_for_while_it_helps(
    changes: dict[str, TicketState | Sensitivity], *, asked: bool
) -> None:
    """Its ticket is named by its code; of one that is over, or a vault's, nothing is said."""
    told = file_lost(replace(HOUSE, **changes), VOICES["id"])
    assert (told is not None) is asked
    if told:
        assert "Mohon kirim lagi: balas JAWAB 482109379 lalu fotonya." in told.text
        assert [choice.value for choice in told.choices] == ["ticket:jawab:482109379"]
