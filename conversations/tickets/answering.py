"""An answer to a ticket, tapped under a notice or typed at any step: find the ticket first."""

from msgspec.structs import replace

from conversations.again import again
from conversations.fetching import FetchingTickets
from conversations.forms.guess import guess
from conversations.hearing.answer_words import Verb, Wanted
from conversations.hearing.choices import pick
from conversations.messages import Choice, Reply
from conversations.news.case import case_of
from conversations.news.ticket_words import Row, answerable, listed, row, waits
from conversations.say import Say
from conversations.tickets.answers import act
from conversations.tickets.claiming import AskClaim
from conversations.tickets.supplying import added
from conversations.tickets.track import AskWhose, shown_ticket
from conversations.tickets.track import start as track
from conversations.tickets.unsure import DECISIONS, asked, decided
from conversations.turn import (
    Door,
    Enter,
    FindTicket,
    FindTickets,
    Said,
    State,
    TicketsFound,
    Turn,
    ask,
    said_first,
)
from referrals.codes import shown
from referrals.guards import is_vault
from referrals.states import OVER
from referrals.ticket import Ticket, TicketState

VALUE = "track.answer_which:"
LISTED = 9


def begin(wanted: Wanted, say: Say) -> Turn:
    """Find the ticket that is meant; its status and a person need no answer to wait for."""
    if wanted.verb is Verb.STATUS:
        return track(f"{wanted.code} {wanted.reason}", say)
    if wanted.verb is Verb.CLAIM and wanted.code:
        return ask(AskClaim(wanted.code), say)
    if wanted.verb is Verb.PERSON:
        return Turn(Finding(wanted), enter=Enter(Door.PERSON, wanted.code))
    return begin_with(wanted)


def begin_with(wanted: Wanted) -> Turn:
    """Have the ticket fetched that *wanted* names, or all where it names none."""
    question = FindTicket(wanted.code) if wanted.code else FindTickets()
    return Turn(Finding(wanted), question=question)


class Finding(FetchingTickets, frozen=True, tag="track.answering"):
    """The ticket is being fetched."""

    wanted: Wanted

    def found(self, event: TicketsFound, say: Say) -> Turn:
        if event.shared:
            return ask(AskWhoseAnswer(self.wanted), say)
        verb, at = self.wanted.verb, event.at
        found = event.tickets if self.wanted.code else listed(event.tickets)
        fitting = [t for t in found if answerable(verb, t, at) or self._adds_to(t)]
        waiting = [t for t in fitting if waits(verb, t)]
        match waiting or fitting:
            case []:
                return self._none(event, say)
            case [ticket] if self._decided(ticket):
                return decided(replace(self.wanted, code=ticket.code), ticket, at, say)
            case [ticket] if waiting or self.wanted.code or verb not in HASTY:
                found_it = replace(self.wanted, code=ticket.code)
                return act(found_it, case_of(ticket, at, say), say)
            case tickets:
                rows = tuple(row(t, say) for t in tickets[:LISTED])
                return ask(AskWhich(self.wanted, rows), say)

    def _decided(self, ticket: Ticket) -> bool:
        """Say whether more of an answer comes after all: its office decided meanwhile."""
        return self.wanted.verb is Verb.ANSWER and ticket.state in DECISIONS

    def _adds_to(self, ticket: Ticket) -> bool:
        """Say whether this is more of an answer to an office that goes on already."""
        more = self.wanted.verb is Verb.ANSWER and self.wanted.code and self.wanted.says_why
        return bool(more) and ticket.state not in OVER and not is_vault(ticket)

    def _none(self, event: TicketsFound, say: Say) -> Turn:
        """Say kindly why there is nothing to answer; of a known ticket, where it stands.

        What belongs to no ticket ("belum makan dari kemarin") is a need of its own; where we know
        which, nothing else is said first.
        """
        code = shown(self.wanted.code)
        match event.tickets:
            case (ticket, *_) if self.wanted.code:
                return _not_now(self.wanted.verb, ticket, event, say)
            case _ if self.wanted.code:
                text = say("answer.not_yours", code=code)
            case tickets if self.wanted.verb is Verb.APPEAL and (under := _appealed(tickets)):
                return self._appealing(under, event, say)
            case _ if self.wanted.verb is Verb.NOT_SOLVED and self.wanted.reason:
                meant = asked(replace(self.wanted, verb=Verb.ANSWER), event, say)
                needed = Turn(self, enter=Enter(Door.RETURN, self.wanted.reason))
                return ask(meant, say) if meant else needed
            case _ if self.wanted.verb is Verb.WITHDRAW:
                return track("", say)
            case _ if guess(self.wanted.reason, say.district):
                return Turn(self, enter=Enter(Door.RETURN, self.wanted.reason))
            case _:
                text = say("answer.nothing_waits")
        need = "" if self.wanted.code else self.wanted.reason
        return Turn(self, (Reply(text),), enter=Enter(Door.RETURN, need))

    def _appealing(self, ticket: Ticket, event: TicketsFound, say: Say) -> Turn:
        """Add the reason to the appeal that is looked at already, or say that it is."""
        if not self.wanted.says_why:
            return _not_now(Verb.APPEAL, ticket, event, say)
        more = added(replace(self.wanted, code=ticket.code), say)
        return said_first(more, say("answer.appealed_already"))


class AskWhich(State, frozen=True, tag="track.answer_which"):
    """We asked which of several tickets is meant."""

    wanted: Wanted
    rows: tuple[Row, ...]

    def prompt(self, say: Say) -> Reply:
        lines = "\n".join(row.line for row in self.rows)
        choices = tuple(Choice(VALUE + row.code, shown(row.code)) for row in self.rows)
        return Reply(say("answer.which", lines=lines), choices)

    def heard(self, said: Said, say: Say) -> Turn:
        picked = pick(self.prompt(say).choices, said.message)
        if picked is None:
            return again(self, say, "answer.which_again")
        return begin(replace(self.wanted, code=picked.value.removeprefix(VALUE)), say)


class AskWhoseAnswer(AskWhose, frozen=True, tag="track.whose_answer"):
    """We asked for the end of a NIK, to find the ticket that is answered."""

    wanted: Wanted

    def finding(self) -> State:
        return Finding(self.wanted)

    def coded(self, code: str) -> Turn:
        return begin_with(replace(self.wanted, code=code))


HASTY = frozenset({Verb.SOLVED, Verb.NOT_SOLVED})
"""What is not done to the only closed ticket unless its code was said."""


def _appealed(tickets: tuple[Ticket, ...]) -> Ticket | None:
    """Return the only ticket of *tickets* that is under appeal, or None."""
    match [ticket for ticket in listed(tickets) if ticket.state is TicketState.APPEAL]:
        case [ticket]:
            return ticket
        case _:
            return None


def _not_now(verb: Verb, ticket: Ticket, event: TicketsFound, say: Say) -> Turn:
    appealed = verb is Verb.APPEAL and ticket.state is TicketState.APPEAL
    told = say("answer.appealed_already" if appealed else "answer.not_now")
    return shown_ticket(ticket, event.at, say, told)
