"""What is carried with a letter: what its office needs, and nothing more."""

from datetime import UTC, datetime

from msgspec.structs import replace

from casework.post.parcels import bare, full
from casework.telling.letters import Written
from referrals.district.directory import Privacy
from referrals.roles import Sensitivity
from referrals.ticket import LegState
from storage.replies.letters import KeptLetter
from tests.casework.test_seeing import DISTRICT, NIK, SEEING, opened, spoken

AT = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
WRITTEN = Written("subjek", "teks", "https://pintu/agency/x", "new")


def letter(agency: str, leg: int = 1) -> KeptLetter:
    """Return a letter to *agency*."""
    return KeptLetter(id=7, agency=agency, code="482109379", leg=leg, body=b"", at=AT)


def test_a_parcel_holds_what_the_page_of_its_leg_shows() -> None:
    """Service, area, urgency, the promised day, and the shared answers by key."""
    for service in DISTRICT.services.values():
        if service.sensitivity is Sensitivity.VAULT:
            continue
        ticket, _ = opened(service.code, Sensitivity.ORDINARY)
        parcel = full(
            bare(letter(ticket.legs[0].agency), WRITTEN, 2), ticket, spoken(service.code), SEEING
        )
        keys = {field.key for field in service.fields if field.shared}
        assert {key for key, _, _ in parcel.answers} <= keys
        assert (parcel.id, parcel.turn, parcel.service) == (7, 2, service.code)
        assert parcel.priority == ticket.priority.value
        assert parcel.opened_at == ticket.opened_at


def test_who_stays_hidden_is_in_no_parcel() -> None:
    """An anonim citizen's NIK goes nowhere."""
    for service in DISTRICT.services.values():
        ticket, _ = opened(service.code, Sensitivity.ORDINARY)
        hidden = replace(ticket, privacy=Privacy.ANONIM)
        parcel = full(
            bare(letter(ticket.legs[0].agency), WRITTEN, 0), hidden, spoken(service.code), SEEING
        )
        assert NIK not in repr(parcel.answers)


def test_whom_the_public_may_not_know_is_marked() -> None:
    """What one asks of the public is asked no less by who hides from the office as well."""
    ticket, _ = opened("ADMINDUK", Sensitivity.ORDINARY)
    parcel = bare(letter(ticket.legs[0].agency), WRITTEN, 0)
    for privacy in Privacy:
        there = full(parcel, replace(ticket, privacy=privacy), spoken("ADMINDUK"), SEEING)
        assert there.secret is (privacy is not Privacy.NAMED)
        assert there.answers


def test_a_vaults_parcel_is_its_letter_alone() -> None:
    """Neither service, nor area, nor a word."""
    ticket, _ = opened("PPA", Sensitivity.VAULT)
    plain = bare(letter("uptd-ppa"), WRITTEN, 0)
    assert full(plain, ticket, spoken("PPA"), SEEING) == plain
    assert (plain.service, plain.area, plain.answers, plain.opened_at) == ("", "", (), None)


def test_only_the_legs_own_office_gets_answers() -> None:
    """Neither the desk, nor an appeal officer, nor an office that gave it back, nor a farewell."""
    code = next(
        service.code
        for service in DISTRICT.services.values()
        if any(field.shared for field in service.fields) and not service.confidential
    )
    ticket, _ = opened(code, Sensitivity.ORDINARY)
    agency, words = ticket.legs[0].agency, spoken(code)
    assert full(bare(letter(agency), WRITTEN, 0), ticket, words, SEEING).answers
    gave_back = replace(ticket, legs=(replace(ticket.legs[0], state=LegState.RETURNED),))
    for other in (
        full(bare(letter("another"), WRITTEN, 0), ticket, words, SEEING),
        full(bare(letter(agency, leg=2), WRITTEN, 0), ticket, words, SEEING),
        full(bare(letter(agency), replace(WRITTEN, link=""), 0), ticket, words, SEEING),
        full(bare(letter(agency), WRITTEN, 0), gave_back, words, SEEING),
    ):
        assert other.answers == ()
