"""A form that waits, with what was said already, until it is known how it goes on."""

from conversations.forms.fill import Fill, Summary
from conversations.forms.held import Held
from conversations.forms.several import Several
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import State, Turn, ask
from referrals.district.alarms import Danger


class Waiting(Held, frozen=True):
    """A form that waits to go on as *then*, with what was *said* to lead there."""

    then: Fill | Several | Summary
    said: tuple[Reply, ...]

    def begun(self, say: Say) -> Turn:
        """Return how the form goes on, as it would have done at once."""
        return Turn(self.then, self.said) if self.said else ask(self.then, say)

    def alarmed(self, danger: Danger) -> State:
        """Wait no longer: the form goes on as urgent."""
        urgent = self.then.alarmed(danger)
        return self if urgent is self.then else urgent
