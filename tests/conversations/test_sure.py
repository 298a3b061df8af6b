"""What cannot be undone is asked for twice by SMS; nothing else passes for it."""

import pytest

from conversations.menu import Menu
from conversations.messages import Channel, Reply
from conversations.personal.sure import surely
from conversations.say import voice_on
from conversations.turn import AgreeToNotice, Turn
from tests.conversations.town import SAY


@pytest.mark.parametrize("channel", [Channel.SMS, Channel.TELEGRAM])
def test_only_what_cannot_be_undone_waits_for_a_code(channel: Channel) -> None:
    """Whatever has no such deed is a mistake of ours by SMS, and goes its way in a chat."""
    say, token = voice_on(channel, SAY), "0" * 32
    turn = Turn(Menu(), (Reply("Baik."),), records=(AgreeToNotice("2026-1", "id"),))
    if channel is Channel.TELEGRAM:
        assert surely(turn, token, "", say) is turn
        return
    with pytest.raises(TypeError, match="AgreeToNotice"):
        surely(turn, token, "", say)
