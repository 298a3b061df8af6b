"""The registry's late answers: told for the right NIK, wherever the citizen is by then."""

from msgspec.structs import replace

from conversations.menu import Menu
from conversations.say import Say
from conversations.status.check_status import Looking, Next
from conversations.status.registry_words import explain
from conversations.turn import LookUp, RegistryAnswered, State, Turn, ask

MOST = 5  # look-ups remembered; the answer to an older one is told, but files no ticket
FREE = (Menu, Next)  # states with nothing under way: a late answer may lead on from there

Waiting = tuple[Looking, ...]


def waiting(later: Waiting, state: State) -> Waiting:
    """Return *later* with the look-up of *state* as the newest; the oldest gives way."""
    new = (state,) if isinstance(state, Looking) else ()
    questions = {looking.question for looking in new}
    return (*(each for each in later if each.question not in questions), *new)[-MOST:]


def meant(later: Waiting, question: LookUp | None) -> Looking | None:
    """Return the look-up that *question* belongs to, remembered or not.

    An answer without its question goes to the look-up asked last, and to nobody where none waits.
    """
    if question is None:
        return later[-1] if later else None
    known = (looking for looking in later if looking.question == question)
    return next(known, Looking(question.nik, question.proof, ""))


def without(later: Waiting, looking: Looking) -> Waiting:
    """Return the look-ups that still wait once *looking* is answered."""
    return tuple(each for each in later if each != looking)


def told(looking: Looking, event: RegistryAnswered, state: State, say: Say) -> Turn:
    """Tell the answer by the NIK's end; amid other talk, the question of *state* is repeated."""
    turn = looking.answered(event, say)
    if isinstance(state, FREE):
        (reply,) = turn.replies
        return replace(turn, replies=(replace(reply, text=_named(looking, reply.text, say)),))
    text = turn.replies[0].text if turn.enter else explain(event.answer, say)
    return ask(state, say, _named(looking, text, say), records=turn.records)


def broken_off(later: Waiting, say: Say) -> str:
    """Return the word that look-ups under way at BERHENTI must be asked again, empty for none."""
    ends = ", ".join(dict.fromkeys(looking.nik.last_four for looking in later))
    return say("check.broken_off", end=ends) if ends else ""


def _named(looking: Looking, text: str, say: Say) -> str:
    return say("check.late", end=looking.nik.last_four, told=text)
