"""An answer we could not read: said differently each time, and a person is offered."""

from msgspec.structs import replace

from conversations.hearing.words import Word
from conversations.messages import Choice, Reply
from conversations.one_of_two import OneOfTwo
from conversations.say import Say
from conversations.turn import Door, Enter, Said, State, Turn, ask

TURNS = 3  # plain, then with an example, then a person is offered; and from the start again


def again(state: State, say: Say, key: str, **values: object) -> Turn:
    """Return the turn for an answer that *state* could not read; *key* says what was missing.

    The session counts such turns: the second adds an example, the third offers a person.
    """
    return replace(ask(state, say, say(key, **values)), unread=True)


def patiently(turn: Turn, misses: int, say: Say) -> Turn:
    """Return *turn* said so that the *misses*-th miss in a row is not answered like the others."""
    if misses % TURNS == 0:
        return ask(Stuck(), say)
    if misses % TURNS == TURNS - 1:
        return ask(turn.state, say, turn.besides, turn.state.hint(say))
    return turn


class Stuck(OneOfTwo, frozen=True, tag="again.stuck"):
    """We asked whether a person should help, after several answers that we could not read."""

    def prompt(self, say: Say) -> Reply:
        choices = (
            Choice(Word.PERSON.tap, say("again.person")),
            Choice(Word.AGAIN.tap, say("again.retry")),
        )
        return Reply(say("again.stuck"), choices)

    def yes(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.PERSON))

    def no(self, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        return Turn(self, enter=Enter(Door.RETURN))

    def neither(self, said: Said, say: Say) -> Turn:  # noqa: ARG002 - a state's shape
        """Take what is no choice as another try at the question before."""
        return Turn(self, enter=Enter(Door.ANSWER))
