"""A caller asks how they stand: in the registry, or with a ticket. Proofs count as in a chat.

A wrong proof, an unknown number and one try too many bring one answer, word for word. Each
account may look up so many people a day: nobody reads the registry through by telephone.
"""

from collections.abc import Callable

from msgspec import Struct

from casework.calls.answering import Answerable, Heard
from casework.calls.asking import Asking, Wish
from casework.calls.caller import Call
from casework.telling.answer import Answer
from casework.trail.actions import staff_actor
from conversations.hearing.proof import read_proof
from conversations.messages import Address, Channel
from conversations.news.ticket_story import story
from conversations.records.proofs import CountProof
from conversations.status.offering import offers
from conversations.status.registry_words import explain
from conversations.turn import Event, FindTicket, LookUp, RegistryAnswered, TicketsFound
from referrals.codes import read_code
from registry_client.nik import Nik

UNFOUND = "track.not_found"  # the one answer to wrong and unknown


class Checked(Struct, frozen=True):
    """What to tell the caller; *offers* are services that lead on.

    *fault* is what hindered a look at all: "nik", "proof", "code" could not be read, "quota".
    """

    told: str = ""
    offers: tuple[str, ...] = ()
    fault: str = ""
    answerable: Answerable | None = None


class Checking:
    """Looks up for callers."""

    def __init__(self, asking: Asking, heard: Heard) -> None:
        self._asking = asking
        self._heard = heard

    async def family(self, call: Call, nik: str, proof: str) -> Checked:
        """Return what the registry says of *nik*'s family, whose card ends in *proof*."""
        return await self._family(call, nik, proof)

    async def present(
        self,
        call: Call,
        nik: str,
        proof: str,
        answer: Callable[[Checked], Answer] | None = None,
    ) -> Checked:
        """Do as `family`, of one that sits before who asks: tries count for itself alone.

        A facilitator sits before one family after the other. Unless there is a fault, the
        *answer* is kept with what is counted, where a message asked.
        """
        return await self._family(call, nik, proof, answer, present=True)

    async def _family(
        self,
        call: Call,
        nik: str,
        proof: str,
        answer: Callable[[Checked], Answer] | None = None,
        *,
        present: bool = False,
    ) -> Checked:
        number, end = Nik.read(nik), read_proof(proof)
        if number is None or end is None:
            return Checked(fault="proof" if number else "nik")
        wish = Wish(
            question=LookUp(number, end),
            whom=number.digits,
            counts=CountProof(number.digits),
            asker=_before(call, number) if present else None,
            answer=(lambda found: answer(_explained(call, found))) if answer else None,
        )
        return _explained(call, await self._asking.asked(call, wish))

    async def listed(self, call: Call, code: str, _: str) -> Checked:
        """Return how *code* stands, which nobody named: it was picked from the caller's list."""
        read = read_code(code)
        if read is None:
            return Checked(fault="code")
        question = FindTicket(read, "")
        wish = Wish(question=question, whom=call.caller.number or read, listed=True)
        return await self._ticket(call, wish)

    async def ticket(self, call: Call, code: str, proof: str) -> Checked:
        """Return how ticket *code* stands: the caller's own, or by the end of the NIK in it.

        Who named it may answer it as well. One that whoever answers may not see is unknown.
        """
        read, end = read_code(code), read_proof(proof) if proof else ""
        if read is None or end is None:
            return Checked(fault="proof" if read else "code")
        counts = CountProof(read) if end else None
        return await self._ticket(
            call, Wish(question=FindTicket(read, end), whom=read, counts=counts), end
        )

    async def _ticket(self, call: Call, wish: Wish, end: str = "") -> Checked:
        found = await self._asking.asked(call, wish)
        if not isinstance(found, TicketsFound):
            return Checked(fault="quota")
        if not found.tickets:
            return Checked(call.say(UNFOUND))
        ticket = found.tickets[0]
        answerable = None if wish.listed else await self._heard.of(call, ticket, end)
        return Checked(story(ticket, call.at, call.say).text, answerable=answerable)


def _explained(call: Call, found: Event | None) -> Checked:
    """Return what the registry *found* in the caller's words."""
    if not isinstance(found, RegistryAnswered):
        return Checked(fault="quota")
    return Checked(explain(found.answer, call.say), offers(found.answer, call.say))


def _before(call: Call, nik: Nik) -> Address:
    """Return on whose count proofs go where a family sits before who asks: on its own."""
    return Address(Channel.WEB, f"{staff_actor(call.staff.id)}/{nik.digits}")
