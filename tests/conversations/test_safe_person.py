"""A person called from the safe path, where its row is gone."""

from datetime import UTC, datetime

from msgspec.structs import replace

from conversations.forms.safe import SafeSend, called
from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound
from conversations.say import Say
from conversations.turn import Draft, OpenTicket, Said
from tests.conversations.test_wording import SAID
from tests.conversations.town import DISTRICT, SAY

SAFE = next(service.code for service in DISTRICT.services.values() if service.safe_path)
PETUGAS = Said(
    Inbound(
        sender=Address(Channel.SMS, "1"),
        message_id="1",
        received_at=datetime(2026, 9, 3, 3, tzinfo=UTC),
        text="petugas",
    ),
    "0" * 32,
)


def test_its_own_desk_is_called() -> None:
    """From the safe path the ticket lies with its own service, and with no other answer."""
    turn = called(SafeSend(Draft(SAFE)), PETUGAS, SAY)
    assert turn is not None
    (opened,) = turn.records
    assert isinstance(opened, OpenTicket)
    assert (opened.draft.service, opened.draft.answers) == (SAFE, ())


def test_no_other_place_calls_it() -> None:
    """At the menu, and where the service is offered no longer, a person is called as ever."""
    gone = Say("id", SAID["id"], replace(DISTRICT, services={}))
    assert called(Menu(), PETUGAS, SAY) is None
    assert called(SafeSend(Draft(SAFE)), PETUGAS, gone) is None
