"""States that wait for what is being fetched, most of them for the citizen's tickets."""

from typing import ClassVar

from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import Event, State, TicketsFound, Turn, ask


class Fetching(State, frozen=True):
    """Something is being fetched; whoever writes before it came is told that we look."""

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.looking"))

    def meanwhile(self, say: Say) -> Turn:
        """Return what happens at any event but the one that is waited for."""
        return ask(self, say)


class FetchingTickets(Fetching, frozen=True):
    """Tickets are being fetched; `found` must be written."""

    awaits: ClassVar[tuple[type, ...]] = (TicketsFound,)

    def step(self, event: Event, say: Say) -> Turn:
        return self.found(event, say) if isinstance(event, TicketsFound) else self.meanwhile(say)

    def found(self, event: TicketsFound, say: Say) -> Turn:
        """Return what happens now that they were fetched."""
        raise NotImplementedError
