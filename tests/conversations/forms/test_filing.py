"""What is said when a form is filed."""

from datetime import UTC, datetime
from typing import Any

import pytest
from msgspec.structs import replace

from conversations.doors import joined
from conversations.forms.filing import filed
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound, Reply
from conversations.turn import Answered, Draft, Said, Turn
from handlers.sms_text import render, segments
from referrals.district.directory import FieldKind, Service
from tests.conversations.forms.citizens import DISTRICT, VOICES
from tests.conversations.forms.met import with_district

CORE = [
    service
    for service in DISTRICT.services.values()
    if service.core and service.code not in (DISTRICT.status_service, DISTRICT.person_service)
]
MESSAGES = 3  # text messages; a longer word of farewell costs more than it tells
LONG_DAY = datetime(2026, 9, 16, 3, tzinfo=UTC)  # "17 September 2026" is as long as days get


@pytest.mark.parametrize("language", VOICES)
@pytest.mark.parametrize("service", CORE, ids=lambda service: service.code)
def test_what_filing_costs(service: Service, language: str) -> None:
    """The last message of a form is three text messages at most, whoever gets the ticket."""
    say = VOICES[language]
    sender = Address(Channel.SMS, "+628110001")
    said = Said(Inbound(sender=sender, message_id="1", received_at=LONG_DAY), "0" * 32)
    rest = Turn(Menu(), (Reply(say("session.rest")),))
    keys = [field.key for field in service.fields if field.kind is FieldKind.AREA]
    for area in DISTRICT.areas:
        draft = Draft(service.code, tuple(Answered(key, area, "") for key in keys))
        (reply,) = joined(filed(Menu(), draft, said, say), rest).replies
        assert segments(render(reply)).count <= MESSAGES, (len(reply.text), reply.text)


def told_on_filing(service: str, at: datetime, **changes: Any) -> str:  # noqa: ANN401 - any of the district's rows
    """Return what is said when *service* is filed *at* that time."""
    say = with_district(**changes)
    sender = Address(Channel.SMS, "+628110001")
    said = Said(Inbound(sender=sender, message_id="1", received_at=at), "0" * 32)
    return filed(Menu(), Draft(service), said, say).replies[0].text


def test_the_promise_is_the_clocks() -> None:
    """By working days, what is urgent by the hour."""
    assert "Ditanggapi paling lambat 18 September 2026." in told_on_filing("LAIN", LONG_DAY)
    urgent = told_on_filing("BENCANA", LONG_DAY)
    assert "Ditanggapi paling lambat 16 September pukul 12.00." in urgent


def test_nothing_is_promised_that_nobody_can_tell() -> None:
    """In a year that no calendar knows no date, and of a proposal only the month's days."""
    unknown = datetime(2031, 1, 15, 3, tzinfo=UTC)
    assert "paling lambat" not in told_on_filing("LAIN", unknown)
    proposed = told_on_filing("DTSEN_USUL", LONG_DAY)
    assert "Diteruskan ke" in proposed
    assert "Jadwalnya: musyawarah desa paling lambat" in proposed
    assert "Ditanggapi" not in proposed


def test_what_no_rule_forwards_is_examined_first() -> None:
    """Where only the desk is left it says by when it looks at it, as Lacak does."""
    nobody = {
        code: replace(agency, roles=()) if "dinkes" in agency.roles else agency
        for code, agency in DISTRICT.agencies.items()
    }
    service = replace(DISTRICT.services["GIZI"], roles=("dinkes",))
    services = {**DISTRICT.services, "GIZI": service}
    told = told_on_filing("GIZI", LONG_DAY, agencies=nobody, services=services)
    assert "Diperiksa paling lambat 21 September 2026." in told
