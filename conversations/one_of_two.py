"""Questions with two answers, a yes and a no: tapped, numbered, named, or as people say it."""

from typing import ClassVar

from conversations.hearing.agreeing import AGREEING, meant
from conversations.messages import Choice, Inbound
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn


class OneOfTwo(State, frozen=True):
    """We offered two choices, the first of which is the yes; `yes` and `no` must be written."""

    agreeing: ClassVar[frozenset[str]] = AGREEING  # YES alone where a yes cannot be undone

    def heard(self, said: Said, say: Say) -> Turn:
        choices = self.prompt(say).choices
        chosen = self.chosen(choices, said.message)
        if chosen is None:
            return self.neither(said, say)
        return self.yes(say) if chosen.value == choices[0].value else self.no(say)

    def chosen(self, choices: tuple[Choice, ...], message: Inbound) -> Choice | None:
        """Return which of *choices* is meant; where no yes fits the question, only a named one."""
        return meant(choices, message, self.agreeing)

    def yes(self, say: Say) -> Turn:
        """Return what follows the first choice."""
        raise NotImplementedError

    def no(self, say: Say) -> Turn:
        """Return what follows the other."""
        raise NotImplementedError

    def neither(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - some ask again, and say so
        """Return what other words come to: they are a wish of their own."""
        return Turn(self, enter=Enter(Door.WISH, said.message.text))
