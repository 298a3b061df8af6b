"""Somebody cannot go on living: a warm word, numbers to call, and a person; nothing is guessed.

Who does not want one is not sent away, nor to a menu: the door stays open, also without consent.
"""

from msgspec.structs import replace

from conversations.hearing.agreeing import BESIDE, meant
from conversations.hearing.alarms import Alarm, card, numbers
from conversations.hearing.choices import exact
from conversations.hearing.cries import cries
from conversations.hearing.spelling import words_of
from conversations.hearing.words import Word
from conversations.messages import Choice, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn, ask, said_first
from conversations.wish.clearly import declines, wishes

HERE = ("here", "here_again", "here_still")  # the numbers stand beside all but the first
ANY_TIME = ("any_time", "any_time_again", "any_time_still")
PERSON = ("person", "person_again", "person_still")
DESPAIR = "despair"  # why the door to a person is opened: nothing more is asked then


class Gentle(State, frozen=True):
    """Somebody cannot go on living: how often they were answered here decides in which words."""

    times: int = 0

    def worded(self, word: Word, say: Say) -> Turn | None:
        """Return what *word* means here beside its sense everywhere, or None where it has that."""
        match word:
            case Word.PERSON:
                return self.calls(say)
            case Word.CANCEL:
                return self.left_open(say)
            case Word.HELP:
                return self.stays(say)
            case _:
                return None

    def calls(self, say: Say) -> Turn:
        """Return what PETUGAS comes to: a person to talk with, who asks for no reason."""
        raise NotImplementedError

    def unheard(self, say: Say, told: str) -> Turn:
        """Return the answer to what we cannot read, of which *told* says so every other time."""
        turn = self.stays(say)
        return said_first(turn, told) if self.times % 2 == 0 else turn

    def stays(self, say: Say) -> Turn:
        """Return that somebody is there, with the numbers, in other words than before."""
        raise NotImplementedError

    def left_open(self, say: Say) -> Turn:
        """Take a no, or thanks: nothing is asked, and the door stays open."""
        told = say(f"comfort.{ANY_TIME[self.times % len(ANY_TIME)]}")
        return Turn(replace(self, times=self.times + 1), (Reply(told),))

    def granted(self, text: str, say: Say) -> Turn:
        """Do what *text* surely wants, a kind sentence first where words cost nothing."""
        kind = () if say.brief else (Reply(say("comfort.granted")),)
        return Turn(self, kind, enter=Enter(Door.WISH, text))


class Comforted(Gentle, frozen=True, tag="comfort.offered"):
    """We gave the numbers of people who listen, and offered one of ours."""

    def prompt(self, say: Say) -> Reply:
        choices = (
            Choice(Word.PERSON.tap, say("menu.person")),
            Choice(Word.MENU.tap, say("menu.menu")),
        )
        return Reply(say(f"comfort.{PERSON[self.times % len(PERSON)]}"), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        """Do a clear wish; else offer a person again: nobody is told that we do not follow."""
        text = said.message.text
        picked = exact(self.prompt(say).choices, said.message)
        match meant(self.prompt(say).choices, said.message):
            case Choice(value=Word.PERSON.tap):
                return self.calls(say)
            case Choice() if picked:
                return Turn(self, enter=Enter(Door.MENU))
            case Choice():
                return self.left_open(say)
            case _ if _wants(text):
                return self.calls(say)
            case _:
                return self._besides(text, say)

    def _besides(self, text: str, say: Say) -> Turn:
        """Meet what is neither a yes nor a no: a clear wish, a no in more words, or anything."""
        if declines(text):
            return self.left_open(say)
        if wishes(text, say):
            return self.granted(text, say)
        return self.listening(say, alarmed=cries(text))

    def calls(self, say: Say) -> Turn:  # noqa: ARG002 - as Gentle has it
        return Turn(self, enter=Enter(Door.PERSON, DESPAIR))

    def stays(self, say: Say) -> Turn:
        return ask(replace(self, times=self.times + 1), say, numbers(say, Alarm.DESPAIR))

    def listening(self, say: Say, *, alarmed: bool = False) -> Turn:
        """Say in other words than before that somebody is there; *alarmed*, give the numbers."""
        at = self.times % len(HERE)
        called = numbers(say, Alarm.DESPAIR) if at or alarmed else ""
        again = replace(self, times=self.times + 1)
        return ask(again, say, say(f"comfort.{HERE[at]}"), called)


def _wants(text: str) -> bool:
    """Say whether *text* is "mau" and nothing else; to other questions that alone is no yes."""
    words = set(words_of(text))
    return "mau" in words and words <= BESIDE


def comforted(state: State, say: Say) -> Turn:
    """Give the numbers of who listens and offer a person; who has them hears something else."""
    if isinstance(state, Comforted):
        return state.listening(say, alarmed=True)
    return ask(Comforted(), say, card(say, Alarm.DESPAIR))
