"""An answer we could not read: said differently each time, and a person is offered."""

from msgspec.structs import replace

from conversations.say import Say
from conversations.turn import State, Turn, ask


def again(state: State, say: Say, key: str, **values: object) -> Turn:
    """Return the turn for an answer that *state* could not read; *key* says what was missing.

    The session counts such turns: the second adds an example, the third offers a person.
    """
    return replace(ask(state, say, say(key, **values)), unread=True)
