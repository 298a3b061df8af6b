"""Whoever somebody else filed a ticket for takes it over, with the end of their NIK.

They write KLAIM and its code, or are asked once they looked at it from their own telephone.
"""

from typing import ClassVar

from conversations.fetching import FetchingTickets
from conversations.hearing.agreeing import YES
from conversations.hearing.proof import read_proof
from conversations.messages import Choice, Reply
from conversations.one_of_two import OneOfTwo
from conversations.records.deeds import Claim
from conversations.records.proofs import CountProof
from conversations.say import Say
from conversations.status.check_status import unseen_number
from conversations.turn import Door, Enter, FindTicket, Said, State, TicketsFound, Turn
from referrals.codes import shown
from referrals.ticket import Ticket, TicketState

TAKE, LEAVE = "claim.offer:take", "claim.offer:leave"


class AskClaim(State, frozen=True, tag="claim.ask_proof"):
    """We asked for the last four digits of the NIK of whom the ticket is for."""

    code: str

    def prompt(self, say: Say) -> Reply:
        return Reply(say("claim.ask_proof", code=shown(self.code)))

    def heard(self, said: Said, say: Say) -> Turn:
        proof = read_proof(said.message.text)
        if proof is None:
            return unseen_number(self, said.message.text, "track.bad_proof", say)
        question = FindTicket(self.code, proof, claims=True)
        return Turn(Claiming(self.code), question=question, records=(CountProof(self.code),))


class Claiming(FetchingTickets, frozen=True, tag="claim.finding"):
    """It is being looked whether the ticket can be taken over with these digits."""

    code: str

    def found(self, event: TicketsFound, say: Say) -> Turn:
        """Take it over; a wrong proof and a ticket that cannot be claimed get one answer."""
        if event.claimable:
            return _taken(self, self.code, Door.RETURN, say)
        return Turn(self, (Reply(say(_why_not(event.tickets))),), enter=Enter(Door.RETURN))


class OfferClaim(OneOfTwo, frozen=True, tag="claim.offer"):
    """We told a ticket that somebody else filed, and asked whether it is about who reads it."""

    code: str

    agreeing: ClassVar[frozenset[str]] = YES

    def prompt(self, say: Say) -> Reply:
        choices = (Choice(TAKE, say("claim.take")), Choice(LEAVE, say("claim.leave")))
        return Reply(say("claim.offer"), choices)

    def yes(self, say: Say) -> Turn:
        return _taken(self, self.code, Door.REST, say)

    def no(self, say: Say) -> Turn:
        """Leave it with whoever filed it."""
        return Turn(self, (Reply(say("claim.left")),), enter=Enter(Door.REST))


def _why_not(found: tuple[Ticket, ...]) -> str:
    """Return what is said of a ticket that cannot be taken over; nothing to who proved nothing."""
    match found:
        case (Ticket(state=TicketState.AWAITING_CONSENT), *_):
            return "claim.waits"
        case (_, *_):
            return "claim.taken"
        case _:
            return "claim.not_found"


def _taken(state: State, code: str, then: Door, say: Say) -> Turn:
    """Take ticket *code* over; where somebody was quicker, who keeps the record says so."""
    told = say("claim.done", code=shown(code))
    deed = Claim(code, say.language)
    return Turn(state, (Reply(told),), records=(deed,), enter=Enter(then))
