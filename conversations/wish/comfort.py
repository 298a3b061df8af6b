"""Somebody cannot go on living: a warm word, numbers to call, and a person; nothing is guessed.

Who does not want one is not sent away, nor to a menu: the door stays open, also without consent.
"""

from conversations.hearing.agreeing import meant
from conversations.hearing.words import Word
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Event, Said, State, Turn, ask

DESPAIR = "despair"  # why the door to a person is opened: nothing more is asked then


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
        picked = event.message.picked
        match meant(self.prompt(say).choices, event.message):
            case Choice(value=Word.PERSON.tap):
                return Turn(self, enter=Enter(Door.PERSON, DESPAIR))
            case Choice() if picked:
                return Turn(self, enter=Enter(Door.MENU))
            case Choice():
                return Turn(self, (Reply(say("comfort.any_time")),))
            case _:
                return ask(self, say, say("comfort.here"))
