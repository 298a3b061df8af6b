"""After BERHENTI: what is heard all the same, without waking the rest."""

from typing import ClassVar

from conversations import listening
from conversations.fetching import FetchingTickets
from conversations.hearing import answer_words, words
from conversations.hearing.alarms import Alarm, card
from conversations.hearing.words import Word
from conversations.menu import Menu, named
from conversations.messages import Reply
from conversations.news.ticket_words import listed, row
from conversations.personal import rights
from conversations.personal.rights import AskProof, AskWhose, Proving, WhichRight
from conversations.personal.rights_done import (
    AskWhoseOwn,
    AskWrong,
    Gathering,
    SureDisagree,
    SureErase,
)
from conversations.personal.sure import TypeCode, TypeTicketCode
from conversations.say import Say
from conversations.tickets.answering import AskWhich, AskWhoseAnswer
from conversations.tickets.answers import AskWhy
from conversations.tickets.rating import AskPoor, AskStars
from conversations.tickets.supplying import AskAnswer, AskMore
from conversations.tickets.withdrawing import AskWithdraw, Pressed
from conversations.turn import (
    Door,
    Enter,
    FindTickets,
    Said,
    State,
    Stop,
    TicketsFound,
    Turn,
    said_first,
)
from conversations.wish.person import AskReason
from referrals.states import OVER

LISTED = 5  # tickets named; of others news comes as well
ANSWERING = (
    *(
        AskWhich,
        AskWhoseAnswer,
        AskWhy,
        AskAnswer,
        AskMore,
        AskWithdraw,
        Pressed,
        TypeCode,
        TypeTicketCode,
        AskStars,
        AskPoor,
    ),
    AskReason,
    *(WhichRight, AskWhose, AskProof, Proving, Gathering, AskWhoseOwn),
    *(SureErase, SureDisagree, AskWrong),
)
"""What is asked of whoever answers to a ticket: their answers are heard as well."""


def wakes(said: Said) -> bool:
    """Say whether this is MULAI."""
    return _word(said) is Word.START


def heard(state: State, said: Said, say: Say) -> Turn | None:
    """Return what is heard in our sleep: an emergency, and the citizen's answers to tickets."""
    word = _word(said)
    alarm = listening.alarm(said.message, say)
    numbers = card(say, alarm) if alarm else ""
    answered = None if word or alarm is Alarm.VIOLENCE else _answered(state, said, say)
    if answered is None and (wish := rights.wanted(said.message.text)) is not None:
        answered = Turn(state, enter=Enter(Door.RIGHTS, wish))
    if answered or numbers:
        return said_first(answered or Turn(state), numbers)
    return None


def fall(state: State, say: Say, *, agreed: bool) -> Turn:
    """Fall asleep; who agreed may have tickets, whose news still comes."""
    if not agreed:
        return Turn(state, (Reply(say("session.stopped")),), records=(Stop(),))
    return Turn(Stopping(), question=FindTickets(), records=(Stop(),))


class Stopping(FetchingTickets, frozen=True, tag="asleep.stopping"):
    """The citizen's tickets are being fetched, to say of which of them news still comes."""

    meanwhile: ClassVar[str] = "session.stopped"

    def found(self, event: TicketsFound, say: Say) -> Turn:
        if event.shared:
            return Turn(Menu(), (Reply(say("session.stopped_shared")),))
        tickets = listed(event.tickets)
        going = [row(ticket, say).line for ticket in tickets if ticket.state not in OVER]
        if not going:
            return Turn(Menu(), (Reply(say("session.stopped")),))
        told = say("session.stopped_but", lines="\n".join(going[:LISTED]))
        return Turn(Menu(), (Reply(told),))


def _answered(state: State, said: Said, say: Say) -> Turn | None:
    """Return the way to the ticket that is answered, or what *state* makes of the message."""
    if wanted := _wanted(said):
        return Turn(state, enter=Enter(Door.TICKET, wanted))
    answering = isinstance(state, ANSWERING) and named(said.message.text) is None
    return state.heard(said, say) if answering else None


def _wanted(said: Said) -> str:
    """Return the answer to a ticket that was tapped or typed, empty where it is none."""
    picked, text = said.message.picked or "", said.message.text
    if picked:
        return picked if answer_words.read_tap(picked) else ""
    return text if answer_words.read(text) else ""


def _word(said: Said) -> Word | None:
    return listening.word(said.message) or words.likely(said.message.text)
