"""What is heard in every state before the state itself: taps, alarms, words, tickets."""

import re
from collections.abc import Callable

from conversations import one_line
from conversations.again import Stuck
from conversations.first import AskConsent, Greeting, Without, hello
from conversations.forms import resident
from conversations.forms.fill import Fill
from conversations.hearing import alarms, answer_words, words
from conversations.hearing.alarms import Alarm, card
from conversations.hearing.answer_words import Verb
from conversations.hearing.choices import exact
from conversations.hearing.cries import cries
from conversations.hearing.words import Word
from conversations.menu import Menu, commanded, exactly
from conversations.messages import Inbound, Reply
from conversations.personal import linking, rights
from conversations.say import Say
from conversations.tickets.answers import AskWhy
from conversations.tickets.rating import AskPoor
from conversations.tickets.supplying import AskAnswer, AskMore
from conversations.tickets.withdrawing import AskWithdraw, Pressed, takes_back
from conversations.turn import Door, Enter, Said, State, Turn, ask, prompted
from conversations.wish.accompanying import Called
from conversations.wish.comfort import Gentle, comforted
from conversations.wish.person import AskReason
from conversations.wordless import is_unread, unheard, unread

STRANGERS = (Greeting, AskConsent, Without)  # states of who did not agree
REASONS = (AskWhy, AskAnswer, AskMore, AskPoor, AskReason, Called)  # any sentence answers them
CANCELLING = re.compile(r"\b(?:batal|cancel|take it back)", re.IGNORECASE)
Listener = Callable[[State, Said, Say], Turn | None]


def hear(state: State, said: Said, say: Say) -> Turn | None:
    """Return what the message means whatever was asked, or None where only *state* can tell.

    A number and nothing else, as most NIK are sent, answers what was asked.
    """
    tapped = said.message.picked is not None
    if not tapped and said.message.text.isdecimal() and not is_unread(said.message):
        return None
    for listen in LISTENERS if tapped else TYPED:
        if turn := listen(state, said, say):
            return turn
    return None


def likely(state: State, text: str) -> Enter | None:
    """Return where *text* leads that meant nothing to *state*: a word misspelt, an answer.

    Nothing leads away from the safe path but what is said surely.
    """
    if state.safe:
        return None
    if enter := commanded(text) or one_line.likely(text):
        return enter
    asked = isinstance(state, AskWithdraw | Pressed) and takes_back(text)
    answers = state.unfinished() is None and not asked and answer_words.read(text)
    return Enter(Door.TICKET, text) if answers else None


def alarm(message: Inbound, say: Say) -> Alarm | None:
    """Return the alarm that *message* raises, by its words or by DARURAT, however it is spelt."""
    raised = alarms.heard(message.text, say.district.alarms)
    calls = (word(message) or words.likely(message.text)) is Word.EMERGENCY
    return raised or (Alarm.EMERGENCY if calls else None)


def word(message: Inbound) -> Word | None:
    """Return the word understood everywhere that *message* surely is."""
    if message.picked is not None:
        return words.TAPS.get(message.picked)
    return words.sure(message.text)


def _ticket_tap(state: State, said: Said, say: Say) -> Turn | None:  # noqa: ARG001 - a listener's shape
    picked = said.message.picked or ""
    if not picked.startswith(answer_words.TAP):
        return None
    return Turn(state, enter=Enter(Door.TICKET, picked))


def _resident_tap(state: State, said: Said, say: Say) -> Turn | None:  # noqa: ARG001 - a listener's shape
    """Begin a resident's form: only who is bound to a village's office has this value."""
    picked = said.message.picked or ""
    if not picked.startswith(resident.TAP):
        return None
    return Turn(state, enter=Enter(Door.RESIDENT, picked.removeprefix(resident.TAP)))


def _harm(state: State, said: Said, say: Say) -> Turn | None:
    """Hear violence, and despair: give the numbers of who listens and offer a person.

    A form is left for despair, and kept. What is written to an officer reaches the officer. On
    the safe path `calming` has heard both.
    """
    raised = alarms.heard(said.message.text, say.district.alarms)
    if raised is Alarm.VIOLENCE:
        return _to_safety(state, say)
    if raised is Alarm.DESPAIR and not isinstance(state, AskReason | Called):
        return comforted(state, say)
    return None


def _to_safety(state: State, say: Say) -> Turn:
    """Take the safe path; what was written is kept nowhere."""
    services = say.district.services.values()
    safe = next((service.code for service in services if service.safe_path), None)
    return Turn(state, enter=Enter(Door.FORM, safe) if safe else Enter(Door.EMERGENCY))


def _cry(state: State, said: Said, say: Say) -> Turn | None:
    """Give the numbers to who calls for help before anything was agreed to."""
    if not isinstance(state, STRANGERS) or not cries(said.message.text):
        return None
    asked = AskConsent(Enter(Door.WISH, said.message.text))
    first = hello(say) if isinstance(state, Greeting) else ""
    return ask(asked if first else state, say, card(say, Alarm.EMERGENCY), first)


def _cancel_in_sight(state: State, said: Said, say: Say) -> Turn | None:
    """Let BATAL mean the one button in sight that says so, which asks before it does anything."""
    choices = prompted(state, say).choices
    match [choice.value for choice in choices if CANCELLING.search(choice.label)]:
        case [value] if value.startswith(answer_words.TAP):
            return Turn(state, enter=Enter(Door.TICKET, value))
        case [_] if isinstance(state, AskWithdraw | Pressed):
            return state.loosely("", said.token, say)
        case _:
            return None


def _word(state: State, said: Said, say: Say) -> Turn | None:
    found = word(said.message)
    if found is None:
        return None
    if isinstance(state, Gentle) and (turn := state.worded(found, say)):
        return turn
    typed = said.message.picked is None
    nearer = _cancel_in_sight(state, said, say) if found is Word.CANCEL and typed else None
    return nearer or Turn(state, enter=Enter(Door(found.value)))


def _rights(state: State, said: Said, say: Say) -> Turn | None:
    """Hear who asks about their own data; who tells us nothing yet has none to erase.

    In a story or a reason only the words themselves are: others may use somebody's data too.
    """
    text = said.message.text
    wish = rights.wanted(text)
    if wish is None or (wish == rights.ERASING and isinstance(state, STRANGERS)):
        return None
    told = isinstance(state, REASONS) or (isinstance(state, Fill) and state.tells(say))
    if told and not rights.is_named(text):
        return None
    return Turn(state, enter=Enter(Door.RIGHTS, wish))


def _link(state: State, said: Said, say: Say) -> Turn | None:  # noqa: ARG001 - a listener's shape
    wish = linking.wanted(said.message.text)
    return Turn(state, enter=Enter(Door.LINK, wish)) if wish is not None else None


def _one_line(state: State, said: Said, say: Say) -> Turn | None:
    """Hear a whole wish; in danger the numbers to call come first."""
    enter = one_line.command(said.message.text)
    if enter is None:
        return None
    alarm = alarms.danger(said.message.text, say.district.alarms)
    numbers = (Reply(card(say, alarm)),) if alarm else ()
    return Turn(state, numbers, enter=enter)


def _nothing(state: State, said: Said, say: Say) -> Turn | None:  # noqa: ARG001 - a listener's shape
    """Show the menu to who sends nothing at all, as a missed call does; the safe path waits.

    So does who was comforted.
    """
    if isinstance(state, Greeting) or not said.message.is_empty:
        return None
    asked = state.safe or isinstance(state, (*STRANGERS, Gentle))
    return Turn(state, enter=Enter(Door.AGAIN if asked else Door.MENU))


def unanswered(state: State, said: Said, say: Say) -> Turn | None:
    """Return the answer to a tap on an old keyboard, or to what we cannot take, such as a voice.

    It counts as an answer that we could not read. Before the consent no file is kept, whatever its
    size, and that is what is said.
    """
    message = said.message
    if is_unread(message) and not (isinstance(state, STRANGERS) and message.unreadable is None):
        return unread(state, message, say)
    if message.picked is None or exact(prompted(state, say).choices, message):
        return None
    return unheard(state, say, "session.stale")


def _stray(state: State, said: Said, say: Say) -> Turn | None:
    """Hear that no listener before knew a tap, and that nothing was written."""
    turn = unanswered(state, said, say)
    return Turn(state, enter=Enter(Door.ANSWER)) if turn and isinstance(state, Stuck) else turn


def _ticket_words(state: State, said: Said, say: Say) -> Turn | None:
    """Hear ``BELUM 482109379`` everywhere; without a code only where nothing else was asked.

    "Status laporan saya" answers no question of a form either. The safe path is left for a code
    alone.
    """
    wanted = answer_words.read(said.message.text)
    if wanted is None or ((wanted.reason or state.safe) and not wanted.code):
        return None
    looks = wanted.verb is Verb.STATUS
    sure = wanted.code or isinstance(state, Menu) or (looks and state.unfinished())
    told = _kept(state, say) if looks else ()
    return Turn(state, told, enter=Enter(Door.TICKET, said.message.text)) if sure else None


def _tracking(state: State, said: Said, say: Say) -> Turn | None:
    """Hear LACAK or STATUS alone, which mean the same, whatever was asked."""
    door = exactly(said.message.text)
    if door is not Door.TRACK or isinstance(state, STRANGERS):
        return None
    return Turn(state, _kept(state, say), enter=Enter(door))


def _kept(state: State, say: Say) -> tuple[Reply, ...]:
    """Say that the form is kept which is left for a look at a ticket."""
    draft = state.unfinished()
    return (Reply(say("session.kept")),) if draft and draft.answers else ()


LISTENERS: tuple[Listener, ...] = (
    _ticket_tap,
    _resident_tap,
    _harm,
    _cry,
    _word,
    _rights,
    _link,
    _stray,
    _nothing,
    _tracking,
    _ticket_words,
    _one_line,
)
TAPS = {_ticket_tap, _resident_tap}
TYPED = tuple(listen for listen in LISTENERS if listen not in TAPS)
