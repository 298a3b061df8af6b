"""BANTUAN: it may ask how this works, and it is the word for aid; so both are answered."""

from conversations.hearing.spelling import words_of
from conversations.hearing.words import Word
from conversations.menu import Menu
from conversations.messages import Choice, Reply
from conversations.one_of_two import OneOfTwo
from conversations.say import Say
from conversations.turn import Door, Enter, State, Turn, ask

NEED = "help.told:need"
AID = frozenset({"help", "aid", "assistance"})
STEM = "bantu"  # bantuan, dibantu, bantuannya, ...


def aided(text: str) -> bool:
    """Say whether *text* speaks of aid or help, whatever kind of it."""
    return any(word in AID or STEM in word for word in words_of(text))


def explained(state: State, say: Say) -> Turn | None:
    """Return how this works, and at the menu whether aid is wanted; None where *state* asks on.

    In brief it is one text message, and what was asked before can be answered all the same.
    """
    told = say("session.help")
    if say.brief:
        return Turn(state, (Reply(told),))
    return ask(Helped(), say, told) if isinstance(state, Menu) else None


class Helped(OneOfTwo, frozen=True, tag="help.told"):
    """We told how this works, and asked whether it is aid that is wanted."""

    def prompt(self, say: Say) -> Reply:
        choices = (Choice(NEED, say("menu.need")), Choice(Word.MENU.tap, say("menu.menu")))
        return Reply(say("session.aid"), choices)

    def yes(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.NEED))

    def no(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.MENU))
