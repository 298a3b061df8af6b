"""What an agency sees: all it needs, and nothing more."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.district.reading import load
from bot.district.wording import load_voices
from casework.access.links import Claim
from casework.desk.folder import Folder
from casework.desk.seeing import Seeing
from casework.ticket.discretion import Discretion
from casework.ticket.spoken import Spoken, unpacked
from conversations.messages import Attachment, Place
from conversations.turn import Answered
from referrals import commands, log
from referrals.choosing import Refusal
from referrals.district.directory import FieldKind, Priority
from referrals.district.personal import PERSONAL
from referrals.district.routing import is_local
from referrals.district.words import Words
from referrals.lifecycle import decide
from referrals.roles import Role, Sensitivity
from referrals.ticket import Actor, Ticket
from tests.bot.playing import MONDAY

FOLDER = Path(__file__).parents[2] / "districts" / "contoh"
DISTRICT = load(FOLDER)
SEEING = Seeing(DISTRICT, load_voices(DISTRICT, FOLDER))
NIK = "9901014107800001"
SHOWN = Discretion()


def opened(
    service: str, sensitivity: Sensitivity, priority: Priority = Priority.P3
) -> tuple[Ticket, tuple[log.Entry, ...]]:
    """Return a ticket that was just referred, with its log."""
    row = DISTRICT.services[service]
    agency = next(a for a in DISTRICT.agencies.values() if set(a.roles) & set(row.roles))
    submit = commands.Submit(
        code="482109379",
        service=service,
        area="",
        priority=priority,
        sensitivity=sensitivity,
        consent_version="2026-1",
    )
    events = decide(None, submit, Actor(Role.CITIZEN), MONDAY)
    assert not isinstance(events, Refusal)
    ticket, first = log.append(None, log.FIRST, events, Actor(Role.CITIZEN))
    forward = commands.Route(agency=agency.code, rule="test", vault=agency.vault)
    more = decide(ticket, forward, Actor(Role.SYSTEM), MONDAY)
    assert not isinstance(more, Refusal)
    ticket, then = log.append(ticket, first[-1].hash, more, Actor(Role.SYSTEM))
    return ticket, (*first, *then)


def spoken(service: str) -> dict[int, bytes]:
    """Return an answer to every field of *service*, as it is sealed."""
    answers = tuple(
        Answered(field.key, NIK if field.kind is FieldKind.NIK else "isi", f"jawaban {field.key}")
        for field in DISTRICT.services[service].fields
    )
    return {1: Spoken(salt="0", answers=answers).packed()}


def test_every_service_shows_its_shared_fields_only() -> None:
    """For each service the page holds the answers its rows share, in their order."""
    for service in DISTRICT.services.values():
        ticket, entries = opened(service.code, service.sensitivity)
        view = SEEING.view(
            Claim(ticket.code, 1),
            ticket,
            Folder(words=spoken(service.code), entries=entries),
            MONDAY,
        )

        assert [label for label, _ in view.answers] == [
            f.label for f in service.fields if f.shared
        ]


def test_an_office_gets_the_whole_nik_and_a_masked_one_nowhere() -> None:
    """Four digits are enough for the citizen's summary; an office has to work with the NIK."""
    service = DISTRICT.services["PBI_AKTIF"]
    ticket, entries = opened(service.code, service.sensitivity)

    view = SEEING.view(
        Claim(ticket.code, 1), ticket, Folder(words=spoken(service.code), entries=entries), MONDAY
    )

    assert NIK in [told for _, told in view.answers]
    assert NIK not in repr(view)


def test_violence_shows_how_to_make_contact_and_no_story() -> None:
    """A vault ticket's page holds what its safe path asked, under its own warning."""
    service = next(s for s in DISTRICT.services.values() if s.safe_path)
    ticket, entries = opened(service.code, Sensitivity.VAULT)

    view = SEEING.view(
        Claim(ticket.code, 1), ticket, Folder(words=spoken(service.code), entries=entries), MONDAY
    )

    kinds = {field.kind for field in service.fields}
    assert view.vault
    assert view.note
    assert FieldKind.STORY not in kinds


def test_the_actions_are_the_lifecycles() -> None:
    """A new leg can be accepted, returned or asked about; what is out the desk does not refer."""
    ticket, entries = opened("ADMINDUK", Sensitivity.ORDINARY)

    agency = SEEING.view(Claim(ticket.code, 1), ticket, Folder(words={}, entries=entries), MONDAY)
    desk = SEEING.view(
        Claim(ticket.code, 1, Role.VERIFIER, DISTRICT.desk),
        ticket,
        Folder(words={}, entries=entries),
        MONDAY,
    )

    assert agency.actions == ("accept", "return", "ask", "milestone")
    assert desk.actions == ("ask", "milestone", "add", "recall", "hand_over", "void")


def test_who_hands_it_back_has_no_day_left_to_answer() -> None:
    """From then on the desk has one working day to find another office, and reads which."""
    ticket, entries = opened("ADMINDUK", Sensitivity.ORDINARY)
    giver = Actor(Role.AGENCY, ticket.legs[0].agency)
    events = decide(ticket, commands.Return(1, words="a digest"), giver, MONDAY)
    assert not isinstance(events, Refusal)
    back, _ = log.append(ticket, entries[-1].hash, events, giver)

    desk = SEEING.view(Claim(back.code, 0, Role.VERIFIER, DISTRICT.desk), back, Folder(), MONDAY)
    agency = SEEING.view(Claim(back.code, 1), back, Folder(), MONDAY)

    assert desk.respond_by == MONDAY + timedelta(days=1)
    assert agency.respond_by is None


def test_no_first_answer_is_due_after_the_end() -> None:
    """The page names no later one where the end comes before the usual hours of a first answer."""
    urgent = next(s for s in DISTRICT.services.values() if s.safe_path)
    ticket, entries = opened(urgent.code, Sensitivity.VAULT, Priority.P1)
    taker = Actor(Role.AGENCY, ticket.legs[0].agency)
    events = decide(ticket, commands.Accept(1), taker, MONDAY)
    assert not isinstance(events, Refusal)
    taken, _ = log.append(ticket, entries[-1].hash, events, taker)

    view = SEEING.view(Claim(taken.code, 1), taken, Folder(), MONDAY)

    assert view.respond_by == view.resolve_by


def test_a_vault_ticket_is_neither_returned_nor_asked_about() -> None:
    """Its office can accept it; handing it to the desk or asking in the chat is not offered."""
    ticket, entries = opened("PPA", Sensitivity.VAULT)

    view = SEEING.view(Claim(ticket.code, 1), ticket, Folder(words={}, entries=entries), MONDAY)

    assert view.actions == ("accept",)
    assert view.agencies == ()  # the district has no other vault


@pytest.mark.parametrize("service", ["PUNGLI", "DTSEN_SANGGAH"])
def test_a_confidential_ticket_is_offered_to_nobody_nearby(service: str) -> None:
    """Neither village nor sub-district is on the list of whom to send a complaint to."""
    ticket, entries = opened(service, Sensitivity.SENSITIVE)

    view = SEEING.view(
        Claim(ticket.code, 1, Role.VERIFIER, DISTRICT.desk),
        ticket,
        Folder(words={}, entries=entries),
        MONDAY,
    )

    assert view.agencies
    assert not [code for code, _ in view.agencies if is_local(DISTRICT.agencies[code])]


def test_what_came_later_counts_and_a_place_can_be_found() -> None:
    """Photos and places of the form and of later answers are told, the place as coordinates."""
    ticket, entries = opened("LAIN", Sensitivity.ORDINARY)
    photo, here = Attachment("photo", "file-1"), Place(-6.123456, 106.123456)
    first = (
        Answered("photo", "", "1 foto", attachments=(photo,)),
        Answered("place", "", "Lokasi di peta", place=here),
    )
    words = {
        1: Spoken(salt="0", answers=first).packed(),
        2: Spoken(salt="1", text="ini lagi", attachments=(photo, photo), place=here).packed(),
    }

    view = SEEING.view(Claim(ticket.code, 1), ticket, Folder(words=words, entries=entries), MONDAY)

    assert [(one.seq, one.place) for one in view.files] == [(1, 1), (2, 1), (2, 2)]
    assert view.places == (here,)
    assert "Lokasi di peta (-6.12346, 106.12346)" in [told for _, told in view.answers]
    (_, told) = view.history[1]
    assert isinstance(told, Words)
    assert told.id.endswith(": ini lagi: 2 foto/dokumen: lokasi (-6.12346, 106.12346)")


def test_a_vault_tickets_place_stays_away() -> None:
    """Where somebody hides is on no page, whatever a row's form would ask."""
    row = DISTRICT.services["PPA"]
    answer = Answered(row.fields[0].key, "", "ya", place=Place(-6.1, 106.1))

    (told,) = SEEING.shared(row, {1: Spoken(salt="0", answers=(answer,))}, SHOWN)

    assert told[1] == "ya"

    ticket, entries = opened("PPA", Sensitivity.VAULT)
    said = Spoken(salt="0", answers=(answer,), place=Place(-6.1, 106.1))
    folder, claim = Folder(words={1: said.packed()}, entries=entries), Claim(ticket.code, 1)
    assert SEEING.view(claim, ticket, folder, MONDAY).places == ()
    assert SEEING.places(claim, ticket, folder) == ()


def test_fields_that_are_not_shared_stay_away() -> None:
    """An answer whose row says shared: false is not among what an agency sees."""
    hidden = [
        (service, field)
        for service in DISTRICT.services.values()
        for field in service.fields
        if not field.shared
    ]
    for service, field in hidden:
        answer = Spoken(salt="0", answers=(Answered(field.key, "rahasia", "rahasia"),))
        assert not list(SEEING.shared(service, {1: answer}, SHOWN))


def test_who_stays_hidden_is_not_told_to_the_agency() -> None:
    """Of an anonim citizen neither NIK, KK, name nor telephone is shown; the rest stays."""
    for service in DISTRICT.services.values():
        words = {seq: unpacked(body) for seq, body in spoken(service.code).items()}
        kinds = {field.kind for field, _ in SEEING.shared(service, words, Discretion(person=True))}
        named = {field.kind for field, _ in SEEING.shared(service, words, SHOWN)}
        assert not kinds & PERSONAL
        assert named - PERSONAL == kinds
