"""The same wish a second time while the first is still under way: shown first, never refused."""

from msgspec.structs import replace

from conversations.again import again
from conversations.fetching import FetchingTickets
from conversations.forms.fill import Fill, Summary
from conversations.forms.waiting import Waiting
from conversations.hearing.answer_words import TAP
from conversations.memory import Memory, Remembering
from conversations.messages import Choice, Reply
from conversations.news.ticket_words import listed, row
from conversations.one_of_two import OneOfTwo
from conversations.say import Say
from conversations.turn import (
    Door,
    Enter,
    FindTickets,
    Said,
    TicketsFound,
    Turn,
    ask,
)
from referrals.district.directory import Priority
from referrals.states import OVER

NEW = "twice.open:new"


def looked(before: Memory, after: Remembering, turn: Turn) -> tuple[Remembering, Turn]:
    """Return *after* and *turn*; a form filed before waits until we looked whether it is open.

    What is urgent never waits.
    """
    state = after.state
    if not after.filed or turn.question or not isinstance(state, Fill | Summary):
        return after, turn
    draft = state.draft
    begun = any(d and d.service == draft.service for d in (before.state.unfinished(), before.kept))
    if begun or draft.service not in after.filed or draft.priority is Priority.P1:
        return after, turn
    looking = LookFirst(draft, state, turn.replies)
    return replace(after, state=looking), replace(
        turn, state=looking, replies=(), question=FindTickets()
    )


class LookFirst(Waiting, FetchingTickets, frozen=True, tag="twice.looking"):
    """The citizen's tickets are being fetched, before the form begins."""

    def found(self, event: TicketsFound, say: Say) -> Turn:
        same = [t for t in listed(event.tickets) if t.service == self.draft.service]
        still = [ticket for ticket in same if ticket.state not in OVER]
        if not still:
            return self.begun(say)
        line = row(still[0], say).line
        return ask(StillOpen(self.draft, self.then, self.said, still[0].code, line), say)

    def heard(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return self.begun(say)


class StillOpen(Waiting, OneOfTwo, frozen=True, tag="twice.open"):
    """We told that the same is under way already, and asked whether it is filed all the same."""

    code: str
    line: str

    def prompt(self, say: Say) -> Reply:
        choices = (Choice(NEW, say("twice.new")), Choice(self._status, say("answer.status")))
        return Reply(say("twice.open", line=self.line), choices)

    def yes(self, say: Say) -> Turn:
        return self.begun(say)

    def no(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.TICKET, self._status))

    def neither(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return again(self, say, "form.which_of_two")

    @property
    def _status(self) -> str:
        """What asks where the ticket that is under way stands, as its button says it."""
        return f"{TAP}status:{self.code}"
