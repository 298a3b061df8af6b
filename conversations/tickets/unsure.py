"""A message that nothing explains: perhaps it is for an office that has one of the tickets."""

from datetime import datetime, timedelta

from msgspec.structs import replace

from conversations.again import again
from conversations.fetching import FetchingTickets
from conversations.forms.choose import ChooseGroup
from conversations.hearing.agreeing import agreement
from conversations.hearing.answer_words import Verb, Wanted, read
from conversations.hearing.choices import is_number
from conversations.hearing.moods import impatient, standing
from conversations.hearing.questions import asks
from conversations.helping import aided
from conversations.menu import Menu
from conversations.messages import Inbound
from conversations.news.case import case_of
from conversations.news.ticket_story import story
from conversations.news.ticket_words import awaited, listed
from conversations.personal.rights_done import SureDisagree, SureErase
from conversations.records.deeds import AddWords
from conversations.say import Say
from conversations.tickets.answers import act
from conversations.tickets.doubts import WORDS, AskDecided, AskMeant, tells
from conversations.tickets.track import shown_ticket
from conversations.tickets.withdrawing import AskWithdraw, Pressed
from conversations.turn import (
    Door,
    Enter,
    FindTickets,
    Said,
    State,
    TicketsFound,
    Turn,
    ask,
)
from referrals.codes import shown
from referrals.states import OVER
from referrals.ticket import Ticket, TicketState

DECISIONS = frozenset({TicketState.DECLINED, TicketState.RESOLVED})
FRESH = timedelta(days=1)  # so long after an appeal more reasons are looked for


def look(said: Said, state: State) -> Turn | None:
    """Look whether what was *said* is for one of the tickets; None where *state* has no doubt."""
    message = said.message
    wanted = Wanted(
        Verb.ANSWER,
        reason=message.text.strip(),
        attachments=message.attachments,
        place=message.place,
    )
    match state:
        case Menu():
            return Turn(Unsure(wanted, state), question=FindTickets())
        case AskWithdraw() | Pressed() | SureErase() | SureDisagree():
            return Turn(Beside(wanted, state, said.token), question=FindTickets())
        case _:
            return None


def look_first(text: str, message: Inbound, menu: Menu, *, refused: bool) -> Turn:
    """Look whether *text*, which names a service as well, is about one of the tickets.

    *refused*: it speaks of a refusal. *message* brought it, unless it was said before that.
    """
    fresh = message.text == text
    wanted = Wanted(
        Verb.ANSWER,
        reason=text,
        attachments=message.attachments if fresh else (),
        place=message.place if fresh else None,
    )
    return Turn(Unsure(wanted, menu, named=True, refused=refused), question=FindTickets())


def asked(wanted: Wanted, event: TicketsFound, say: Say) -> State | None:
    """Return the question whether *wanted* is what exactly one office asked, or None."""
    tickets = listed(event.tickets)
    match [ticket for ticket in tickets if ticket.state is TicketState.NEEDS_INFO]:
        case [ticket]:
            return _meant(wanted, ticket, event, say)
        case _:
            return None


def decided(wanted: Wanted, ticket: Ticket, at: datetime | None, say: Say) -> Turn:
    """Hear SUDAH, BELUM or BANDING in *wanted*, once its office decided; else ask which it is.

    What was told is kept all the same: it goes to who looks at it next.
    """
    said = read(wanted.reason)
    if said and said.verb.value in awaited(ticket):
        meant_it = replace(wanted, verb=said.verb, reason=said.reason)
        return act(meant_it, case_of(ticket, at, say), say)
    state = AskDecided(ticket.code, awaited(ticket), wanted.reason, kept=wanted.says_why)
    if not wanted.says_why:
        return ask(state, say)
    told = say("answer.added", code=shown(ticket.code))
    record = AddWords(wanted.code, wanted.reason, wanted.attachments, wanted.place)
    return ask(state, say, told, records=(record,))


class Unsure(FetchingTickets, frozen=True, tag="unsure.looking"):
    """The citizen's tickets are being fetched, to see whether this is for one of them.

    *named*: it names a service as well; *refused*: it speaks of a refusal.
    """

    wanted: Wanted
    menu: Menu
    named: bool = False
    refused: bool = False

    def found(self, event: TicketsFound, say: Say) -> Turn:
        """Ask about the one ticket that it may be for: what an office asks comes first."""
        if state := asked(self.wanted, event, say) or self._decided(event):
            return ask(state, say)
        if turn := _late(self.wanted, event, say):
            return turn
        if self.named:
            return self._spoken_of(event, say)
        state = _going(self.wanted, event, say)
        return ask(state, say) if state else _unexplained(self.wanted.reason, self.menu, say)

    def _decided(self, event: TicketsFound) -> State | None:
        """Return the question about what was decided, if this tells how it stands."""
        tells = self.refused or not self.named or standing(self.wanted.reason)
        return _decided(self.wanted, event) if tells else None

    def _spoken_of(self, event: TicketsFound, say: Say) -> Turn:
        """Ask whether it is more of an appeal of today; else it is a need of its own."""
        if state := _appealed(self.wanted, event, say):
            return ask(state, say)
        return Turn(self.menu, enter=Enter(Door.RETURN, self.wanted.reason))


class Beside(FetchingTickets, frozen=True, tag="unsure.beside"):
    """The same where we asked about what cannot be undone, and were answered loosely.

    What an office asked since may be what was answered: then *pending* is asked no more.
    """

    wanted: Wanted
    pending: AskWithdraw | Pressed | SureErase | SureDisagree
    token: str

    def found(self, event: TicketsFound, say: Say) -> Turn:
        if state := asked(self.wanted, event, say):
            return ask(state, say, say("unsure.not_done"))
        return self.pending.loosely(self.wanted.reason, self.token, say)


def _unexplained(text: str, menu: Menu, say: Say) -> Turn:
    """Ask what aid is wanted where *text* speaks of any; else show the card, with a kind word."""
    if menu.unseen and is_number(text):
        return ask(menu, say, say("menu.number"))
    if aided(text):
        return ask(ChooseGroup("need"), say)
    if asks(text):
        return ask(menu, say, say("talk.asked"))
    return again(menu, say, "talk.which" if agreement(text) else "menu.unread")


def _decided(wanted: Wanted, event: TicketsFound) -> State | None:
    """Return the question about the only ticket whose decision waits for the citizen's word."""
    match [ticket for ticket in listed(event.tickets) if ticket.state in DECISIONS]:
        case [ticket] if wanted.says_why:
            return AskDecided(ticket.code, awaited(ticket), wanted.reason)
        case _:
            return None


def _late(wanted: Wanted, event: TicketsFound, say: Say) -> Turn | None:
    """Say sorry to who waits long, and where their only ticket stands: by when, who was told.

    What tells more than that is offered to be passed on, and never is by itself: an office that
    reads the same complaint every day reads none.
    """
    going = [t for t in listed(event.tickets) if t.state not in OVER | DECISIONS]
    match going:
        case [ticket] if impatient(wanted.reason) and tells(wanted.reason, WORDS):
            state = replace(_meant(wanted, ticket, event, say), late=True)
            return ask(state, say, say("unsure.sorry"), story(ticket, event.at, say).text)
        case [ticket] if impatient(wanted.reason):
            return shown_ticket(ticket, event.at, say, say("unsure.sorry"))
        case _:
            return None


def _appealed(wanted: Wanted, event: TicketsFound, say: Say) -> State | None:
    """Return the question whether *wanted* is more of the only appeal, while it is fresh."""
    appeals = [t for t in listed(event.tickets) if t.state is TicketState.APPEAL]
    match appeals:
        case [ticket] if event.at and event.at - ticket.since <= FRESH:
            return _meant(wanted, ticket, event, say)
        case _:
            return None


def _going(wanted: Wanted, event: TicketsFound, say: Say) -> State | None:
    """Return the question whether *wanted* is about the only ticket that goes on."""
    tells_of = wanted.attachments or wanted.place or tells(wanted.reason, WORDS)
    match [ticket for ticket in listed(event.tickets) if ticket.state not in OVER]:
        case [ticket] if tells_of:
            return _meant(wanted, ticket, event, say)
        case _:
            return None


def _meant(wanted: Wanted, ticket: Ticket, event: TicketsFound, say: Say) -> AskMeant:
    return AskMeant(replace(wanted, code=ticket.code), case_of(ticket, event.at, say))
