"""A caller asks how they stand: in the registry, or with a ticket. Proofs count as in a chat.

A wrong proof, an unknown number and one try too many bring one answer, word for word. Each
account has so many checks a day besides: nobody reads the registry through by telephone.
"""

from collections.abc import Awaitable, Callable, Sequence

import msgspec
from msgspec import Struct

from casework.calls.answering import Answerable, Heard
from casework.calls.caller import Call
from casework.trail.actions import Action, staff_actor
from casework.trail.looking import look_of
from conversations.check_status import read_proof
from conversations.messages import Address, Channel
from conversations.offering import offers
from conversations.registry_words import explain
from conversations.ticket_story import told
from conversations.turn import (
    CountProof,
    Event,
    FindTicket,
    LookUp,
    Question,
    Record,
    RegistryAnswered,
    TicketsFound,
    WrongProof,
)
from referrals.codes import read_code
from referrals.guards import is_vault
from referrals.working_days import local
from registry_client.nik import Nik
from storage.proofs import CHECKS
from storage.store import Store
from storage.unit import Outcome, Unit

UNFOUND = "track.not_found"  # the one answer to wrong and unknown

Ask = Callable[[Address, Question, Sequence[Record]], Awaitable[tuple[Event, Sequence[Record]]]]
"""Brings a question's answer, and what of the records counts by it, as a chat has it."""


class Checked(Struct, frozen=True):
    """What to tell the caller; *offers* are services that lead on.

    *fault* is what hindered a look at all: "nik", "proof", "code" could not be read, "quota".
    """

    told: str = ""
    offers: tuple[str, ...] = ()
    fault: str = ""
    answerable: Answerable | None = None


class Checking:
    """Looks up for callers. *ask* is how a chat's questions are answered."""

    def __init__(self, store: Store, ask: Ask, heard: Heard) -> None:
        self._store = store
        self._ask = ask
        self._heard = heard

    async def family(self, call: Call, nik: str, proof: str, *, present: bool = False) -> Checked:
        """Return what the registry says of *nik*'s family, whose card ends in *proof*.

        Of a family that is *present*, tries count for itself and the account's day, and not for
        who asks: a facilitator sits before one family after the other.
        """
        number, end = Nik.read(nik), read_proof(proof)
        if number is None or end is None:
            return Checked(fault="proof" if number else "nik")
        at = _before(call, number) if present else None
        found = await self._asked(call, LookUp(number, end), CountProof(number.digits), at)
        if not isinstance(found, RegistryAnswered):
            return Checked(fault="quota")
        return Checked(explain(found.answer, call.say), offers(found.answer, call.say))

    async def listed(self, call: Call, code: str, _: str) -> Checked:
        """Return how *code* stands, which nobody named: it was picked from the caller's list."""
        return await self.ticket(call, code, "", named_it=False)

    async def ticket(self, call: Call, code: str, proof: str, *, named_it: bool = True) -> Checked:
        """Return how ticket *code* stands: the caller's own, or by the end of the NIK in it.

        Who *named_it* may answer it as well.
        """
        read, end = read_code(code), read_proof(proof) if proof else ""
        if read is None or end is None:
            return Checked(fault="proof" if read else "code")
        found = await self._asked(call, FindTicket(read, end), CountProof(read) if end else None)
        if not isinstance(found, TicketsFound):
            return Checked(fault="quota")
        shown = [one for one in found.tickets if not is_vault(one)]
        if not shown:
            return Checked(call.say(UNFOUND))
        answerable = await self._heard.of(call, shown[0], end) if named_it else None
        return Checked(told(shown[0], call.at, call.say), answerable=answerable)

    async def _asked(
        self,
        call: Call,
        question: LookUp | FindTicket,
        counts: CountProof | None,
        asker: Address | None = None,
    ) -> Event | None:
        """Return what *question* brings, counted and noted; None where no more may be asked."""
        here = local(call.say.district.calendar, call.at)
        if await self._store.checks_of(call.staff.id, here) >= CHECKS:
            return None
        citizen = asker or (call.caller.address if call.caller.number else _behind(call))
        found, counted = await self._ask(citizen, question, [counts] if counts else [])
        unit = self._store.unit()
        unit.count_check(call.staff.id, here)
        for record in counted:
            match record:
                case CountProof(subject, own):
                    unit.count_proof(citizen, subject, here, own=own)
                case WrongProof(subject, own):
                    unit.count_wrong(subject, here, by=citizen if own else None)
                case _:
                    pass  # a question brings nothing else to be kept
        _note(unit, call, citizen, question, found)
        return found if await self._store.commit(unit) is Outcome.KEPT else None


def _note(
    unit: Unit, call: Call, citizen: Address, question: LookUp | FindTicket, found: Event
) -> None:
    """Have the audit keep who looked for whom; a caller's own ticket was read out as well."""
    look, actor = look_of(citizen, question, found), staff_actor(call.staff.id)
    if look is not None:
        detail = msgspec.json.encode(look.asker)
        subject = look.asker.nik or None
        unit.note(actor, look.action, call.at, code=look.code, subject=subject, detail=detail)
    elif isinstance(found, TicketsFound):
        for ticket in found.tickets:
            unit.note(actor, Action.FIND, call.at, code=ticket.code)


def _behind(call: Call) -> Address:
    """Return on whose count proofs go where a number is withheld: on that of who answers."""
    return Address(Channel.WEB, staff_actor(call.staff.id))


def _before(call: Call, nik: Nik) -> Address:
    """Return on whose count proofs go where a family sits before who asks: on its own."""
    return Address(Channel.WEB, f"{staff_actor(call.staff.id)}/{nik.digits}")
