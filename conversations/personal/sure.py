"""What cannot be undone, asked for by SMS: the sender may be made up, but only they read the code.

A chat vouches for who writes; a text message does not. So a yes is followed by a code that went to
that number alone. It costs one message each way, for the rarest wishes there are.
"""

import re
from typing import ClassVar

from conversations.messages import Reply
from conversations.records.deeds import Withdraw
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.say import Say
from conversations.turn import (
    Door,
    Enter,
    Said,
    State,
    Turn,
    ask,
)

DIGITS = 6  # of a code; a wrong one ends it: as fast as one may write, guessing takes weeks
Deed = Withdraw | EraseMe | TakeConsentBack


class TypeCode(State, frozen=True, tag="data.code"):
    """We sent a code to the number that wants *deed*, and asked for it.

    *told* is said once it is done, *kept* when it is not.
    """

    code: str
    deed: Deed
    told: str
    kept: str
    after: ClassVar[Door] = Door.REST

    def prompt(self, say: Say) -> Reply:
        return Reply(say("data.code_ask", code=self.code))

    def heard(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        if re.sub(r"\D", "", said.message.text) == self.code:  # however it is grouped
            enter = Enter(self.after) if isinstance(self.deed, Withdraw) else None
            return Turn(self, (Reply(self.told),), records=(self.deed,), enter=enter)
        return Turn(self, (Reply(self.kept),), enter=Enter(self.after))


class TypeTicketCode(TypeCode, frozen=True, tag="track.code"):
    """The same within the talk about a ticket; they go on with what they were at."""

    after: ClassVar[Door] = Door.RETURN


def surely(turn: Turn, token: str, kept: str, say: Say) -> Turn:
    """Return *turn*, which does what was wanted, or the question that must come before it.

    The voice is brief on SMS and nowhere else. *token* is the chance of the turn with the yes.
    """
    if not say.brief:
        return turn
    (deed,), (reply,) = turn.records, turn.replies
    if not isinstance(deed, Deed):
        raise TypeError(type(deed).__name__)
    code = f"{int(token, 16) % 10**DIGITS:0{DIGITS}}"
    kind = TypeTicketCode if isinstance(deed, Withdraw) else TypeCode
    return ask(kind(code, deed, reply.text, kept), say)
