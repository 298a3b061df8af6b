"""What every state of a form has in common: the form."""

from msgspec.structs import replace

from conversations.forms.drafts import urgent
from conversations.turn import Draft, State
from referrals.district.directory import Priority


class Held(State, frozen=True):
    """A state that holds a form; an alarm word makes its ticket urgent."""

    draft: Draft

    def alarmed(self) -> State:
        if self.draft.priority is Priority.P1:
            return self
        return replace(self, draft=urgent(self.draft, Priority.P1))

    def unfinished(self) -> Draft | None:
        return self.draft
