"""The end of the safe path: sent without a summary, and without a word of what it is about."""

from typing import ClassVar

from conversations.again import again
from conversations.forms.filing import filed
from conversations.forms.held import Held
from conversations.hearing.choices import numbered
from conversations.hearing.sending import sends
from conversations.menu import Menu
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Draft, Enter, Said, State, Turn, prompted

SEND, DROP = "safe.send:send", "safe.send:drop"


class SafeSend(Held, frozen=True, tag="form.safe_send"):
    """We asked whether to send; a screen may be seen by others, so nothing is repeated."""

    safe: ClassVar[bool] = True

    def prompt(self, say: Say) -> Reply:
        choices = (Choice(SEND, say("safe.send")), Choice(DROP, say("safe.drop")))
        return Reply(say("safe.ask"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        chosen = numbered(prompted(self, say).choices, said.message)
        wanted = chosen.value == SEND if chosen else sends(said.message.text)
        if wanted is None:
            return again(self, say, "safe.unclear")
        if not wanted or self.draft.service not in say.district.services:
            return Turn(Menu(), (Reply(say("safe.dropped")),), enter=Enter(Door.REST))
        return filed(Menu(), self.draft, said, say)

    def unfinished(self) -> Draft | None:
        return None


def called(asked: State, said: Said, say: Say) -> Turn | None:
    """Send what was safely answered so far to its protected desk, for who asked for a person.

    Nobody is asked why, and none of it lies where other officers read. None where *asked* is no
    question of the safe path.
    """
    if not (isinstance(asked, Held) and asked.safe):
        return None
    known = asked.draft.service in say.district.services
    return filed(Menu(), asked.draft, said, say) if known else None
