"""BATAL in a form that is half filled in: sure? The answers would be gone."""

from typing import ClassVar

from conversations.again import again
from conversations.forms.ends import dropped
from conversations.forms.fill import onward
from conversations.forms.held import Held
from conversations.hearing.agreeing import YES
from conversations.messages import Choice, Reply
from conversations.one_of_two import OneOfTwo
from conversations.say import Say
from conversations.turn import Said, State, Turn

MANY = 3  # answers; fewer are soon given again
VALUE = "form.dropping:"


class Dropping(Held, OneOfTwo, frozen=True, tag="form.dropping"):
    """We asked whether the answers given so far are really to be thrown away."""

    agreeing: ClassVar[frozenset[str]] = YES

    def prompt(self, say: Say) -> Reply:
        choices = tuple(Choice(VALUE + each, say(f"form.{each}")) for each in ("erase", "go_on"))
        return Reply(say("form.dropping"), choices)

    def yes(self, say: Say) -> Turn:
        return dropped(say)

    def no(self, say: Say) -> Turn:
        return onward(self.draft, say)

    def neither(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return again(self, say, "form.which_of_two")


def sure(state: State) -> Dropping | None:
    """Return the question that BATAL leads to in *state*, or None where it needs none."""
    draft = state.unfinished()
    if draft is None or len(draft.answers) < MANY or isinstance(state, Dropping):
        return None
    return Dropping(draft)
