"""Danger told on the safe path: met with numbers and a calm word, and kept nowhere."""

from msgspec.structs import replace

from conversations.forms.guess import guess
from conversations.hearing.alarms import Alarm, card, heard, numbers
from conversations.hearing.cries import cries
from conversations.hearing.pleas import pleads
from conversations.memory import Memory
from conversations.say import Say
from conversations.turn import Said, Turn, ask, said_first

CALM = ("calm", "calm_again", "calm_still")
GENTLE = ("here_again", "here_still")
"""The sentences of despair, after the card that was read first."""


def calmed(memory: Memory, said: Said, say: Say) -> Turn | None:
    """Return the answer on the safe path to who tells of danger, or None where nobody does.

    The numbers come first, with other words than the time before. An answer that came along is
    taken; nothing else of it is kept or said again.
    """
    raised = _raised(said.message.text, say)
    if raised is None:
        return None
    turn = memory.state.heard(said, say)
    if turn.unread:
        turn = replace(ask(memory.state, say), unread=True)
    return said_first(turn, _calm(raised, memory.misses, say))


def _raised(text: str, say: Say) -> Alarm | None:
    """Return the alarm in *text*; fear, a plea and what leads to the safe path too."""
    if raised := heard(text, say.district.alarms):
        return raised
    services = say.district.services
    pleading = cries(text) or pleads(text)
    told = pleading or any(services[code].safe_path for code in guess(text, say.district))
    return Alarm.VIOLENCE if told else None


def _calm(raised: Alarm, times: int, say: Say) -> str:
    """Return the sentence of the *times*-th time with its numbers; despair has its own."""
    if raised is not Alarm.DESPAIR:
        key = f"safe.{CALM[times % len(CALM)]}"
    elif at := times % (len(GENTLE) + 1):
        key = f"comfort.{GENTLE[at - 1]}"
    else:
        return card(say, raised)
    return "\n".join((say(key), numbers(say, raised)))
