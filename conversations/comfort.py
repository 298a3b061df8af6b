"""Somebody cannot go on living: a warm word, numbers to call, and a person; nothing is guessed."""

from conversations.agreeing import meant
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Event, Said, State, Turn, ask
from conversations.words import Word


class Comforted(State, frozen=True, tag="comfort.offered"):
    """We gave the numbers of people who listen, and offered one of ours."""

    def prompt(self, say: Say) -> Reply:
        choices = (
            Choice(Word.PERSON.tap, say("menu.person")),
            Choice(Word.MENU.tap, say("menu.menu")),
        )
        return Reply(say("comfort.person"), choices)

    def step(self, event: Event, say: Say) -> Turn:
        """Offer a person again, whatever is written: here nobody is told that we do not follow."""
        if not isinstance(event, Said):
            return Turn(self)
        match meant(self.prompt(say).choices, event.message):
            case Choice(value=Word.PERSON.tap):
                return Turn(self, enter=Enter(Door.PERSON))
            case Choice():
                return Turn(self, enter=Enter(Door.MENU))
            case _:
                return ask(self, say, say("comfort.here"))
