"""BATAL in a form that is half filled in: sure? The answers would be gone."""

from conversations.again import again
from conversations.forms.ends import dropped
from conversations.forms.fill import onward
from conversations.forms.held import Held
from conversations.hearing.agreeing import YES, meant
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Said, State, Turn

MANY = 3  # answers; fewer are soon given again
VALUE = "form.dropping:"


class Dropping(Held, frozen=True, tag="form.dropping"):
    """We asked whether the answers given so far are really to be thrown away."""

    def prompt(self, say: Say) -> Reply:
        choices = tuple(Choice(VALUE + each, say(f"form.{each}")) for each in ("erase", "go_on"))
        return Reply(say("form.dropping"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        match meant(self.prompt(say).choices, said.message, YES):
            case Choice(value="form.dropping:erase"):
                return dropped(say)
            case Choice():
                return onward(self.draft, say)
            case _:
                return again(self, say, "form.which_of_two")


def sure(state: State) -> Dropping | None:
    """Return the question that BATAL leads to in *state*, or None where it needs none."""
    draft = state.unfinished()
    if draft is None or len(draft.answers) < MANY or isinstance(state, Dropping):
        return None
    return Dropping(draft)
