"""What is said when a form is filed."""

from datetime import UTC, datetime

import pytest

from conversations.doors import joined
from conversations.forms.filing import filed
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound, Reply
from conversations.turn import Answered, Draft, Said, Turn
from handlers.sms_text import render, segments
from referrals.directory import FieldKind, Service
from tests.conversations.forms.citizens import DISTRICT, VOICES

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
