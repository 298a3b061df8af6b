"""Where words lead that hold at every step: MENU, BATAL, KEMBALI, BERHENTI, BANTUAN, DARURAT."""

from collections.abc import Mapping
from typing import Protocol

from msgspec.structs import replace

from conversations import asleep
from conversations.first import AskConsent, Greeting, hello
from conversations.forms import fill
from conversations.forms.dropping import sure
from conversations.hearing.alarms import Alarm, card
from conversations.helping import explained
from conversations.memory import Remembering
from conversations.menu import Menu
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import Door, Turn, ask, said_first
from conversations.wish.wishes import needed
from referrals.district.alarms import Danger


class Walk(Protocol):
    """Gives a conversation as it is behind a door, and what is said there."""

    def __call__(
        self, memory: Remembering, turn: Turn, say: Say, /
    ) -> tuple[Remembering, Turn]: ...


def go_home(memory: Remembering, _: Turn, say: Say) -> tuple[Remembering, Turn]:
    """MENU: the whole card."""
    memory = memory.moved(Turn(Menu())).home()
    return memory, ask(memory.state, say)


def rest(memory: Remembering, turn: Turn, say: Say) -> tuple[Remembering, Turn]:
    """Go to the menu with one sentence instead of the card: enough was said already."""
    memory = memory.moved(Turn(Menu())).home()
    if memory.stopped:
        return _sleep_on(memory, turn, say)
    said_enough = say.brief and turn.replies
    return memory, Turn(memory.state, () if said_enough else (Reply(say("session.rest")),))


def cancel(memory: Remembering, _: Turn, say: Say) -> tuple[Remembering, Turn]:
    """BATAL: nothing was sent, and the form is not offered again; many answers are asked about."""
    if dropping := sure(memory.state):
        turn = ask(dropping, say)
        return memory.moved(turn), turn
    told = say("session.nothing_open" if isinstance(memory.state, Menu) else "session.cancelled")
    memory = memory.home()
    return memory, Turn(memory.state, (Reply(f"{told}\n\n{say('session.rest')}"),))


def go_back(memory: Remembering, turn: Turn, say: Say) -> tuple[Remembering, Turn]:
    """KEMBALI: one question back."""
    before = memory.one_back()
    return (before, ask(before.state, say)) if before else go_home(memory, turn, say)


def come_back(memory: Remembering, turn: Turn, say: Say) -> tuple[Remembering, Turn]:
    """Return to where the citizen was before this conversation."""
    before, need = memory.out(), turn.enter.text if turn.enter else ""
    if memory.stopped:
        return _sleep_on(before or memory.home(), turn, say)
    if need:
        turn = needed(need, memory.menu(), say)
        return memory.home().moved(turn), turn
    if before and not isinstance(before.state, Menu):
        return before, ask(before.state, say)
    return rest(memory, turn, say) if turn.replies else go_home(memory, turn, say)


def _sleep_on(memory: Remembering, turn: Turn, say: Say) -> tuple[Remembering, Turn]:
    """Ask nothing more; where nothing was done with a ticket, say how to wake us."""
    return memory, Turn(memory.state, () if turn.records else (Reply(say("session.asleep")),))


def stop(memory: Remembering, _: Turn, say: Say) -> tuple[Remembering, Turn]:
    """BERHENTI: nothing is sent unasked any more but news of own tickets; a form is kept."""
    if memory.consent:
        memory = memory.moved(Turn(Menu())).home()
    turn = asleep.fall(memory.state, say, agreed=bool(memory.consent))
    return replace(memory.moved(turn), stopped=True, reminded=False), turn


def sound_alarm(memory: Remembering, turn: Turn, say: Say) -> tuple[Remembering, Turn]:
    """DARURAT: the numbers, then the question again, but not the menu; a form becomes urgent."""
    if isinstance(memory.state, Menu):
        memory, turn = rest(memory, turn, say)
        return memory, said_first(turn, card(say, Alarm.EMERGENCY))
    urgent = replace(memory, state=memory.state.alarmed(Danger.EMERGENCY) or memory.state)
    return repeat(urgent, say, card(say, Alarm.EMERGENCY))


def explain(memory: Remembering, _: Turn, say: Say) -> tuple[Remembering, Turn]:
    """BANTUAN: how this works, and the question again; at the menu, whether aid is wanted."""
    if turn := explained(memory.state, say):
        return memory.moved(turn), turn
    return repeat(memory, say, say("session.help"))


def resume(memory: Remembering, turn: Turn, say: Say) -> tuple[Remembering, Turn]:
    """Go on with the unfinished form."""
    kept = memory.kept
    if kept is None or kept.service not in say.district.services:
        return go_home(replace(memory, kept=None), turn, say)
    then = fill.start(kept.service, say, kept)
    return memory.moved(then), then


def ask_again(memory: Remembering, _: Turn, say: Say) -> tuple[Remembering, Turn]:
    """Ask the current question once more."""
    return repeat(memory, say)


def repeat(memory: Remembering, say: Say, *before: str) -> tuple[Remembering, Turn]:
    """Say *before* and ask the current question again; the first one is for consent."""
    if isinstance(memory.state, Greeting):
        turn = ask(AskConsent(), say, *before, hello(say))
    else:
        turn = ask(memory.state, say, *before)
    return memory.moved(turn), turn


WALKS: Mapping[Door, Walk] = {
    Door.MENU: go_home,
    Door.START: go_home,
    Door.REST: rest,
    Door.CANCEL: cancel,
    Door.BACK: go_back,
    Door.RETURN: come_back,
    Door.AGAIN: ask_again,
    Door.STOP: stop,
    Door.HELP: explain,
    Door.EMERGENCY: sound_alarm,
    Door.RESUME: resume,
}
