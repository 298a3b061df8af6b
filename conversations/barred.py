"""Doors that only consent opens: what somebody hears who did not give it yet."""

from conversations import doors
from conversations.first import AskConsent, Greeting, Without, hello, refused
from conversations.memory import Memory
from conversations.say import Say
from conversations.turn import Door, Enter, State, Turn, ask
from conversations.wish.person import where

REFUSING = frozenset({Door.CANCEL, Door.BACK})  # BATAL or KEMBALI under the notice is a no


def barred(memory: Memory, enter: Enter, say: Say) -> Turn:
    """Ask for consent first; numbers to call are given all the same.

    Whoever was not asked yet reads who we are and the notice; who refused is not asked again
    unless they want what needs it.
    """
    state, asked = memory.state, _asked(memory)
    if enter == Enter(Door.PERSON) and isinstance(state, Without):
        return ask(state, say, where(say))
    if enter.door not in doors.HOME:
        first = hello(say) if isinstance(state, Greeting) else ""
        return ask(AskConsent(enter), say, doors.meanwhile(enter, say), first)
    if asked is None:
        return ask(AskConsent(), say, hello(say))
    if asked is state and isinstance(asked, AskConsent) and enter.door in REFUSING:
        return refused(say)
    return ask(asked, say)


def _asked(memory: Memory) -> State | None:
    """Return how it stands between us: our question for consent, or what a no left; or None."""
    states = (memory.state, *reversed(memory.history))
    return next((state for state in states if isinstance(state, AskConsent | Without)), None)
