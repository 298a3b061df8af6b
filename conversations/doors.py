"""Where the doors lead: the conversations that begin without knowing the session."""

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from conversations.forms import fill, resident
from conversations.forms.choose import ChooseGroup
from conversations.hearing import answer_words
from conversations.hearing.alarms import Alarm, card
from conversations.language import AskLanguage
from conversations.menu import Menu
from conversations.messages import Inbound
from conversations.personal import linking, rights
from conversations.say import Say
from conversations.status import check_status
from conversations.tickets import answering, track
from conversations.turn import Door, Enter, Said, State, Turn, ask, said_first
from conversations.wish import person, wishes
from conversations.wish.comfort import DESPAIR

FREE = frozenset(
    {Door.TICKET, Door.RIGHTS, Door.LANGUAGE, Door.RETURN, Door.ANSWER, Door.AGAIN}
    | {Door.HELP, Door.EMERGENCY, Door.STOP}
)
"""The doors that open without consent."""
HOME = frozenset({Door.MENU, Door.REST, Door.START, Door.CANCEL, Door.BACK})
"""The doors that lead to the menu; without consent, to what we can do all the same."""


class Visit(Struct, frozen=True):
    """Somebody at a door: with what, in which message, and the menu they know."""

    text: str
    said: Said
    menu: Menu
    looks: bool = False  # what they want may be about a ticket of theirs

    @property
    def message(self) -> Inbound:
        """What was written."""
        return self.said.message


Opener = Callable[[Visit, Say], Turn]


def opened(door: Door, visit: Visit, say: Say) -> Turn:
    """Return the first turn of the conversation behind *door*."""
    return OPENERS[door](visit, say)


def out_of_safety(turn: Turn, then: Turn, say: Say) -> Turn:
    """Return *then*; who left the safe path unsent in *turn* reads first that nothing was sent."""
    left = turn.state.safe and not then.state.safe and not then.records
    return said_first(then, say("safe.dropped")) if left else then


def joined(turn: Turn, then: Turn) -> Turn:
    """Return *turn* gone on through its door as *then*: their words make one message."""
    spoken = tuple(reply.text for reply in turn.replies)
    return replace(
        said_first(then, *spoken),
        records=turn.records + then.records,
        language=then.language or turn.language,
    )


def meanwhile(enter: Enter, say: Say) -> str:
    """Return what helps somebody at a door that only consent opens."""
    if enter.door is Door.PERSON:
        return say("comfort.consent") if enter.text == DESPAIR else person.where(say)
    return card(say, Alarm.VIOLENCE) if enter.door is Door.FORM else ""


def _check(visit: Visit, say: Say) -> Turn:
    return check_status.start(visit.text, visit.said, say)


def _track(visit: Visit, say: Say) -> Turn:
    return track.start(visit.text, say)


def _wish(visit: Visit, say: Say) -> Turn:
    return wishes.grant(visit.text, visit.message, visit.menu, say, looks=visit.looks)


def _form(visit: Visit, say: Say) -> Turn:
    return fill.start(visit.text, say)


def _resident(visit: Visit, say: Say) -> Turn:
    return resident.start(visit.text, say)


def _ticket(visit: Visit, say: Say) -> Turn:
    """Return the answer to a ticket, tapped or typed; an unknown one leads to the ticket."""
    wanted = answer_words.read_tap(visit.text) or answer_words.read(visit.text)
    if wanted is None:
        return track.start(visit.text, say)
    message = visit.message
    wanted = replace(wanted, attachments=message.attachments, place=message.place)
    return answering.begin(wanted, say)


def _rights(visit: Visit, say: Say) -> Turn:
    return rights.start(visit.text, say)


def _asking(state: State) -> Opener:
    """Return the opener of a conversation that begins with the question of *state*."""
    return lambda _, say: ask(state, say)


OPENERS: dict[Door, Opener] = {
    Door.CHECK: _check,
    Door.NEED: _asking(ChooseGroup("need")),
    Door.COMPLAINT: _asking(ChooseGroup("complaint")),
    Door.TRACK: _track,
    Door.PERSON: lambda visit, say: person.opened(visit.text, visit.said, say),
    Door.LANGUAGE: _asking(AskLanguage()),
    Door.WISH: _wish,
    Door.FORM: _form,
    Door.RESIDENT: _resident,
    Door.TICKET: _ticket,
    Door.RIGHTS: _rights,
    Door.LINK: lambda visit, say: linking.start(visit.text, visit.said, say),
}
