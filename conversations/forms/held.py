"""What every state of a form has in common: the form."""

from msgspec.structs import replace

from conversations.forms.drafts import alarmed
from conversations.turn import Draft, State
from referrals.district.alarms import Danger


class Held(State, frozen=True):
    """A state that holds a form; an alarm word makes its ticket urgent."""

    draft: Draft

    def alarmed(self, danger: Danger) -> State:
        draft = alarmed(self.draft, danger)
        return self if draft == self.draft else replace(self, draft=draft)

    def unfinished(self) -> Draft | None:
        return self.draft
