"""A question that somebody of the console asks for a citizen: asked, counted and noted in one go.

What is counted stands in one unit with who looked, and with the answer where a message asked: a
process that dies in between gives nothing away, and counts nothing twice.
"""

from collections.abc import Callable, Sequence

import msgspec
from msgspec import Struct

from casework.access.looks import Looks
from casework.access.scope import sees
from casework.calls.caller import Call
from casework.citizen.tries import Inquire, count
from casework.telling.answer import Answer, kept
from casework.trail.actions import Action, staff_actor
from casework.trail.looking import look_of
from conversations.messages import Address, Channel
from conversations.records.proofs import Counted, CountProof
from conversations.turn import Event, FindTicket, LookUp, TicketsFound
from referrals.district.working_days import local
from referrals.guards import is_vault
from referrals.roles import Sensitivity
from referrals.ticket import Ticket
from storage.store import Store
from storage.unit import Unit


class Wish(Struct, frozen=True, kw_only=True):
    """What is asked about *whom*, a number or a code.

    *counts* is the proof it offers, on whose count stands with *asker*, else with who calls.
    *answer* gives what a message is answered with, *listed* says that the caller named no code.
    """

    question: LookUp | FindTicket
    whom: str
    counts: CountProof | None = None
    asker: Address | None = None
    answer: Callable[[Event], Answer] | None = None
    listed: bool = False

    def __repr__(self) -> str:
        return f"Wish({type(self.question).__name__})"


class Asking:
    """Asks. *ask* is how a chat's questions are answered."""

    def __init__(self, store: Store, looks: Looks, ask: Inquire) -> None:
        self._store = store
        self._looks = looks
        self._ask = ask

    async def asked(self, call: Call, wish: Wish) -> Event | None:
        """Return what *wish* brings, of tickets those that may be told; None: no more today."""
        look = await self._looks.at(call.staff, wish.whom, call.at)
        if look is None:
            return None
        citizen = wish.asker or (call.caller.address if call.caller.number else _behind(call))
        offered = [wish.counts] if wish.counts else []
        found, counted = await self._ask(citizen, wish.question, offered)
        told, unit = _told(call, wish, found), self._store.unit()
        if not offered or any(isinstance(one, CountProof) for one in counted):
            look.count(unit)  # a proof that nobody looked at tells of nobody
        _count(unit, call, citizen, counted)
        _note(unit, call, citizen, wish.question, told)
        if told is not found and isinstance(found, TicketsFound):
            _note_refused(unit, call, found)
        return told if await kept(self._store, unit, wish.answer and wish.answer(told)) else None


def _told(call: Call, wish: Wish, found: Event) -> Event:
    """Return *found* without tickets that may not be told: then nothing was found."""
    if not isinstance(found, TicketsFound):
        return found
    hidden = any(not _may_tell(call, one, listed=wish.listed) for one in found.tickets)
    return TicketsFound(()) if hidden else found


def _may_tell(call: Call, ticket: Ticket, *, listed: bool) -> bool:
    """Tell whether whoever answers may know of *ticket*; of one on a list only the ordinary."""
    if is_vault(ticket) or (listed and ticket.sensitivity is not Sensitivity.ORDINARY):
        return False
    return sees(call.staff, ticket, call.say.district)


def _count(unit: Unit, call: Call, citizen: Address, counted: Sequence[Counted]) -> None:
    """Have *unit* count the proofs of *counted*, as a chat does."""
    here = local(call.say.district.calendar, call.at)
    for record in counted:
        count(unit, citizen, record, here)


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


def _note_refused(unit: Unit, call: Call, found: TicketsFound) -> None:
    """Have the audit keep that whoever answers may not know of what was *found*."""
    for ticket in found.tickets:
        unit.note(staff_actor(call.staff.id), Action.REFUSED, call.at, code=ticket.code)


def _behind(call: Call) -> Address:
    """Return on whose count proofs go where a number is withheld: on that of who answers."""
    return Address(Channel.WEB, staff_actor(call.staff.id))
