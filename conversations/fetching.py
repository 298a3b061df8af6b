"""States that wait for what is being fetched."""

from typing import ClassVar

from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import Event, Said, State, TicketsFound, Turn, ask


class Fetching(State, frozen=True):
    """Something is being fetched; whoever writes before it came is told that we look."""

    meanwhile: ClassVar[str] = "check.looking"  # what is told until it came

    def prompt(self, say: Say) -> Reply:
        return Reply(say(self.meanwhile))

    def heard(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return ask(self, say)


class FetchingTickets(Fetching, frozen=True):
    """Tickets are being fetched; `found` must be written."""

    awaits: ClassVar[tuple[type, ...]] = (TicketsFound,)
    meanwhile: ClassVar[str] = "track.looking"

    def answered(self, event: Event, say: Say) -> Turn:
        return self.found(event, say) if isinstance(event, TicketsFound) else ask(self, say)

    def found(self, event: TicketsFound, say: Say) -> Turn:
        """Return what happens now that they were fetched."""
        raise NotImplementedError
