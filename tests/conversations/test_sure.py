"""What cannot be undone is asked for twice by SMS; nothing else passes for it."""

import pytest

from conversations.menu import Menu
from conversations.messages import Address, Channel, Inbound, Reply
from conversations.sure import surely
from conversations.turn import AgreeToNotice, Said, Turn
from tests.conversations.player import IDS, START
from tests.conversations.town import SAY


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.TELEGRAM])
def test_only_what_cannot_be_undone_waits_for_a_code(channel: Channel) -> None:
    """Whatever has no such deed is a mistake of ours by SMS, and goes its way in a chat."""
    sender = Address(channel, IDS[channel])
    said = Said(Inbound(sender=sender, message_id="1", received_at=START), "0" * 32)
    turn = Turn(Menu(), (Reply("Baik."),), records=(AgreeToNotice("2026-1", "id"),))
    if channel is Channel.TELEGRAM:
        assert surely(turn, said, "", SAY) is turn
        return
    with pytest.raises(TypeError, match="AgreeToNotice"):
        surely(turn, said, "", SAY)
