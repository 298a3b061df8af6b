"""One command on one ticket, written into one unit of work."""

from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from casework.ticket.appointments import appoint, call_out
from casework.ticket.receipts import asking
from casework.ticket.spoken import Spoken
from referrals import log
from referrals.choosing import Refusal
from referrals.commands import Command
from referrals.district.directory import District
from referrals.events import Event
from referrals.lifecycle import decide
from referrals.ticket import Actor, Ticket
from storage.cases.tickets import StoredTicket
from storage.unit import Unit


class Deed(Struct, frozen=True):
    """Who does it, when, and in which words."""

    actor: Actor
    now: datetime
    spoken: Spoken | None = None


class Changed(Struct, frozen=True):
    """A ticket after a command, and the events that made it so."""

    ticket: Ticket
    events: tuple[Event, ...]


def change(
    unit: Unit, stored: StoredTicket, command: Command, deed: Deed, district: District
) -> Changed | Refusal:
    """Decide *command* and write its outcome into *unit*; a Refusal writes nothing.

    The time when the ticket must be looked at next is found anew and written with it.
    """
    spoken = deed.spoken
    digest = spoken.digest() if spoken else ""
    decided = decide(stored.ticket, replace(command, words=digest), deed.actor, deed.now)
    if isinstance(decided, Refusal):
        return decided
    ticket, entries = log.append(stored.ticket, stored.last_hash, decided, deed.actor, digest)
    words = {entries[0].seq: spoken.packed()} if spoken else {}
    unit.change_ticket(ticket, stored.ticket.events, entries, words)
    appoint(unit, ticket, district, deed.now, stored.contact.address.channel)
    call_out(unit, stored.ticket, ticket, deed.now)
    if stored.ticket.awaited not in {None, ticket.awaited}:  # nothing is left to answer
        unit.drop_later(asking(ticket.code))
    return Changed(ticket, decided)
