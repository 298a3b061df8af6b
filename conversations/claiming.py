"""KLAIM: whoever somebody else filed a ticket for takes it over, with the end of their NIK."""

from typing import ClassVar

from conversations.check_status import read_proof, unseen_number
from conversations.deeds import Claim
from conversations.messages import Reply
from conversations.say import Say
from conversations.turn import (
    CountProof,
    Door,
    Enter,
    Event,
    FindTicket,
    Said,
    State,
    TicketsFound,
    Turn,
    ask,
)
from referrals.codes import shown


class AskClaim(State, frozen=True, tag="claim.ask_proof"):
    """We asked for the last four digits of the NIK of whom the ticket is for."""

    code: str

    def prompt(self, say: Say) -> Reply:
        return Reply(say("claim.ask_proof", code=shown(self.code)))

    def step(self, event: Event, say: Say) -> Turn:
        if not isinstance(event, Said):
            return Turn(self)
        proof = read_proof(event.message.text)
        if proof is None:
            return unseen_number(self, event.message.text, "track.bad_proof", say)
        question = FindTicket(self.code, proof, claims=True)
        return Turn(Claiming(self.code), question=question, records=(CountProof(self.code),))


class Claiming(State, frozen=True, tag="claim.finding"):
    """It is being looked whether the ticket can be taken over with these digits."""

    code: str
    awaits: ClassVar[tuple[type, ...]] = (TicketsFound,)

    def prompt(self, say: Say) -> Reply:
        return Reply(say("track.looking"))

    def step(self, event: Event, say: Say) -> Turn:
        """Take it over; a wrong proof and a ticket that cannot be claimed get one answer."""
        if not isinstance(event, TicketsFound):
            return ask(self, say)
        if not event.tickets:
            return Turn(self, (Reply(say("claim.not_found")),), enter=Enter(Door.RETURN))
        told = say("claim.done", code=shown(self.code))
        deed = Claim(self.code, say.language)
        return Turn(self, (Reply(told),), records=(deed,), enter=Enter(Door.RETURN))
