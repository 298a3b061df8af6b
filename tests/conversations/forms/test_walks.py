"""Every service is walked through, from the shelves to the ticket's code."""

import pytest

from conversations.forms.choose import ChooseGroup, ChooseService
from conversations.forms.drafts import in_play
from conversations.forms.fill import Fill, SafeFill, start
from conversations.forms.safe import SafeSend
from conversations.messages import Channel
from conversations.turn import Door, ask
from referrals.codes import read_code
from referrals.district.directory import FieldKind, Service
from tests.conversations.forms.citizens import DISTRICT, VOICES, Citizen

SERVICES = DISTRICT.services
STATUS = DISTRICT.status_service
FORMS = [s for s in SERVICES.values() if s.code not in (STATUS, DISTRICT.person_service)]
CORE = [service for service in FORMS if service.core]
ANSWERS = {
    FieldKind.NIK: ("9901014107800001",),
    FieldKind.KK: ("9901010101100001",),
    FieldKind.CHOICE: ("1",),
    FieldKind.NAME: ("Siti Aminah",),
    FieldKind.WORDS: ("RT 02, dua minggu lalu",),
    FieldKind.NUMBER: ("20",),
    FieldKind.DIGITS: ("0001 2345 67",),
    FieldKind.PHONE: ("sama",),
    FieldKind.AREA: ("1", "1"),
    FieldKind.STORY: ("Atap bocor sejak musim hujan, anak masih kecil.",),
    FieldKind.PLACE: ("belakang masjid RT 02",),
    FieldKind.WHOM: ("1",),
}


def enters(kind: str, service: Service) -> Citizen:
    """Return a citizen who tapped their way to *service*."""
    citizen = Citizen(VOICES["id"], ask(ChooseGroup(kind), VOICES["id"]), Channel.SMS)
    shelf = next(group for group in DISTRICT.groups if group.id == service.group)
    citizen.taps(shelf.label.id)
    if isinstance(citizen.state, ChooseService):
        citizen.taps(service.label.id)
    return citizen


def answers(citizen: Citizen, service: Service) -> Citizen:
    """Answer whatever is asked until the form is full."""
    for _ in range(40):
        state = citizen.state
        if not isinstance(state, Fill):
            return citizen
        field = next(field for field in service.fields if field.key == state.key)
        if field.kind is FieldKind.PHOTO:
            citizen.photographs(3)
        elif field.kind is FieldKind.NUMBER:
            citizen.says(str(max(20, field.minimum)))
        elif field.kind is FieldKind.AREA and isinstance(state, SafeFill):
            citizen.says("1")
        else:
            citizen.says(*ANSWERS[field.kind])
    raise AssertionError(citizen.state)


def confirms(citizen: Citizen, service: Service) -> Citizen:
    """Send the form, twice where it is asked twice."""
    citizen.says("ya")
    return citizen.says("yakin") if service.confirm_twice else citizen


@pytest.mark.parametrize("service", CORE, ids=lambda service: service.code)
def test_core_service_from_shelf_to_ticket(service: Service) -> None:
    """A citizen who answers every question of a core service has a ticket in the end."""
    citizen = enters(service.kind, service)
    citizen = confirms(answers(citizen, service), service)
    ticket = citizen.ticket
    assert ticket.draft.service == service.code
    assert read_code(citizen.heard) == ticket.code
    assert citizen.enter is not None
    assert citizen.enter.door is Door.REST
    asked = in_play(ticket.draft, service)
    assert {answer.key for answer in ticket.draft.answers} == {field.key for field in asked}


@pytest.mark.parametrize("service", FORMS, ids=lambda service: service.code)
def test_every_service_in_english(service: Service) -> None:
    """Every service, optional ones too, can be filed in English."""
    say = VOICES["en"]
    citizen = Citizen(say, start(service.code, say), Channel.SMS)
    citizen = answers(citizen, service).says("yes")
    if service.confirm_twice:
        citizen.says("Sure, send it")
    assert citizen.ticket.language == "en"


@pytest.mark.parametrize("service", CORE, ids=lambda service: service.code)
def test_shortest_way(service: Service) -> None:
    """Every question that need not be answered can be skipped, and leaves nothing behind."""
    citizen = Citizen(VOICES["id"], start(service.code, VOICES["id"]), Channel.SMS)
    for _ in range(40):
        state = citizen.state
        if not isinstance(state, Fill):
            break
        field = next(field for field in service.fields if field.key == state.key)
        if "Lewati" in citizen.labels:
            citizen.taps("Lewati")
        elif field.kind is FieldKind.NUMBER:
            citizen.says(str(max(20, field.minimum)))
        else:
            citizen.says(*ANSWERS[field.kind])
    citizen = confirms(citizen, service)
    draft = citizen.ticket.draft
    left = {answer.key for answer in draft.answers}
    needed = {f.key for f in in_play(draft, service) if f.required and not service.safe_path}
    assert left == needed


def test_area_of_the_ticket() -> None:
    """The ticket carries the desa that was chosen, so that it can be routed."""
    service = SERVICES["PBI_USUL"]
    citizen = answers(Citizen(VOICES["id"], start("PBI_USUL", VOICES["id"])), service).says("ya")
    assert DISTRICT.areas[citizen.ticket.area].kind in ("desa", "kelurahan")


def test_checking_ones_status_is_no_form() -> None:
    """The service to check one's status leads to the look-up; a person's service to a person."""
    say = VOICES["id"]
    for code, door in ((STATUS, Door.CHECK), (DISTRICT.person_service, Door.PERSON)):
        turn = start(code, say)
        assert turn.enter is not None
        assert turn.enter.door is door


def test_shelves_hold_what_their_kind_offers() -> None:
    """Needs and information stand together, complaints apart; hidden services on no shelf."""
    say = VOICES["id"]
    for kind in ("need", "complaint", ""):
        groups = ChooseGroup(kind).prompt(say).choices
        shelves = [ChooseService(kind, g.value.removeprefix("group:")) for g in groups]
        kinds = {service.kind for shelf in shelves for service in shelf.services(say)}
        codes = {service.code for shelf in shelves for service in shelf.services(say)}
        expected = {"need": {"need", "information"}, "complaint": {"complaint"}}
        assert kinds == expected.get(kind, {"need", "information", "complaint"})
        assert not {"BLT_DESA", "PETUGAS"} & codes


def test_safe_path_ends_in_its_own_question() -> None:
    """The safe path sums nothing up before it sends."""
    service = SERVICES["PPA"]
    citizen = answers(Citizen(VOICES["id"], start("PPA", VOICES["id"]), Channel.SMS), service)
    assert isinstance(citizen.state, SafeSend)
    assert "Telepon" not in citizen.heard
