"""What we cannot read: a voice message, a sticker. Who sends it may not be able to write."""

from msgspec.structs import replace

from conversations.again import TURNS, Stuck, again
from conversations.first import AskConsent, Greeting, hello, office
from conversations.hearing.alarms import Alarm, card
from conversations.messages import Inbound, Reply
from conversations.say import Say
from conversations.turn import Door, Enter, State, Turn, ask
from conversations.wish.comfort import Gentle

CARDS = frozenset({"contact", "contacts"})
"""What channels call somebody else's number; whoever sends it can write."""
SOCIAL = "social"  # the purpose of numbers that help with what we are asked for


def unread(state: State, message: Inbound, say: Say) -> Turn:
    """Return the answer to what cannot be read; whom we do not know yet is asked for consent."""
    key = _key(message)
    if isinstance(state, Greeting):
        return replace(ask(AskConsent(), say, say(key), hello(say)), unread=True)
    return unheard(state, say, key)


def unheard(state: State, say: Say, key: str) -> Turn:
    """Return that we could not take what came, and why, which the wording *key* says.

    Who despairs hears that somebody is there.
    """
    return state.unheard(say, say(key)) if isinstance(state, Gentle) else again(state, say, key)


def is_unread(message: Inbound) -> bool:
    """Say whether *message* is of a kind that we cannot read, or holds a file beyond our size."""
    return message.unreadable is not None or (bool(message.attachments) and message.too_large)


def _key(message: Inbound) -> str:
    if message.unreadable is None:
        return "session.too_large"
    return "session.card" if message.unreadable in CARDS else "session.unreadable"


def is_silent(message: Inbound) -> bool:
    """Say whether *message* has a kind that people send who cannot write: a voice, a sticker."""
    return message.unreadable is not None and message.unreadable not in CARDS


def unwritten(turn: Turn, misses: int, message: Inbound, say: Say) -> Turn:
    """Return *turn* with ways that need no writing: the second time told, the third offered."""
    if misses % TURNS == 0:
        return ask(_offer(turn.state, message), say)
    if misses % TURNS == TURNS - 1:
        return ask(turn.state, say, _ways(turn.state, say))
    return turn


class Wordless(Stuck, frozen=True, tag="wordless.offer"):
    """We asked whether an officer should help who may not be able to write.

    *called*: the officer can ring the number that the messages come from.
    """

    called: bool = False

    def prompt(self, say: Say) -> Reply:
        asked = say("wordless.ring" if self.called else "wordless.offer")
        return Reply(asked, super().prompt(say).choices)

    def yes(self, say: Say) -> Turn:
        """Have an officer called, who is told why; a reason would have to be written."""
        reason = say("wordless.ring_me" if self.called else "wordless.reason")
        return Turn(self, enter=Enter(Door.PERSON, reason))


def _offer(state: State, message: Inbound) -> State:
    """Return the offer of a person: who is on the safe path is not rung unasked."""
    return Stuck() if state.safe else Wordless(called=message.own_number is not None)


def _ways(state: State, say: Say) -> str:
    """Return where somebody can go or call without writing; on the safe path, whom to call."""
    if state.safe:
        return card(say, Alarm.VIOLENCE)
    lines = (h for h in say.district.hotlines if h.active and SOCIAL in h.purpose)
    numbers = ", ".join(f"{h.number} ({say.of(h.label)})" for h in lines)
    told = say("wordless.come", office=office(say))
    return f"{told} {say('wordless.call', numbers=numbers)}" if numbers else told
