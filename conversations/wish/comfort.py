"""Somebody cannot go on living: a warm word, numbers to call, and a person; nothing is guessed.

Who does not want one is not sent away, nor to a menu: the door stays open, also without consent.
"""

from msgspec.structs import replace

from conversations.hearing.agreeing import meant
from conversations.hearing.alarms import Alarm, card, numbers
from conversations.hearing.choices import exact
from conversations.hearing.words import Word
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn, ask

HERE = ("here", "here_again", "here_still")  # the numbers stand beside all but the first
PERSON = ("person", "person_again", "person_still")
DESPAIR = "despair"  # why the door to a person is opened: nothing more is asked then


class Comforted(State, frozen=True, tag="comfort.offered"):
    """We gave the numbers of people who listen, and offered one of ours; *times* before this."""

    times: int = 0

    def prompt(self, say: Say) -> Reply:
        choices = (
            Choice(Word.PERSON.tap, say("menu.person")),
            Choice(Word.MENU.tap, say("menu.menu")),
        )
        return Reply(say(f"comfort.{PERSON[self.times % len(PERSON)]}"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        """Offer a person again, whatever is written: here nobody is told that we do not follow."""
        picked = exact(self.prompt(say).choices, said.message)
        match meant(self.prompt(say).choices, said.message):
            case Choice(value=Word.PERSON.tap):
                return Turn(self, enter=Enter(Door.PERSON, DESPAIR))
            case Choice() if picked:
                return Turn(self, enter=Enter(Door.MENU))
            case Choice():
                return Turn(self, (Reply(say("comfort.any_time")),))
            case _:
                return self.listening(say)

    def listening(self, say: Say, *, alarmed: bool = False) -> Turn:
        """Say in other words than before that somebody is there, and give the numbers again."""
        at = self.times % len(HERE)
        called = numbers(say, Alarm.DESPAIR) if at or alarmed else ""
        again = replace(self, times=self.times + 1)
        return ask(again, say, say(f"comfort.{HERE[at]}"), called)


def comforted(state: State, say: Say) -> Turn:
    """Give the numbers of who listens and offer a person; who has them hears something else."""
    if isinstance(state, Comforted):
        return state.listening(say, alarmed=True)
    return ask(Comforted(), say, card(say, Alarm.DESPAIR))
