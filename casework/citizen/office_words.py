"""What offices wrote to a ticket's citizen, to be read again where tickets are looked up.

It is what stood in their messages, no more: numbers of persons are masked alike.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from msgspec import Struct

from casework.ticket.spoken import unpacked
from conversations.news.notices import LONGEST_QUOTE, TOLD, quiet
from conversations.news.ticket_words import agency_called
from conversations.say import Say
from referrals.happened import LegHappened
from referrals.log import Entry
from referrals.roles import Role
from referrals.ticket import Ticket
from registry_client.masking import hidden

MOST = 3  # the newest; the telephone has them all
WRITERS = frozenset({Role.AGENCY, Role.VERIFIER, Role.SUPERVISOR, Role.APPEAL_OFFICER})


class Wrote(Struct, frozen=True):
    """Words of an office. Prints without them."""

    agency: str  # its name
    at: datetime
    text: str

    def __repr__(self) -> str:
        return f"Wrote({len(self.text)} letters)"


def written(
    ticket: Ticket, entries: Sequence[Entry], words: Mapping[int, bytes], say: Say
) -> tuple[Wrote, ...]:
    """Return the newest words that offices wrote to the citizen of *ticket*, the newest first."""
    return tuple(islice(_written(ticket, entries, words, say), MOST))


def _written(
    ticket: Ticket, entries: Sequence[Entry], words: Mapping[int, bytes], say: Say
) -> Iterator[Wrote]:
    for entry in reversed(entries):
        told = type(entry.event) in TOLD and not quiet(entry.event, ticket)
        if not told or entry.actor.role not in WRITERS or entry.seq not in words:
            continue
        text = hidden(unpacked(words[entry.seq]).text.strip())[:LONGEST_QUOTE]
        if text:
            yield Wrote(agency_called(_office(ticket, entry), say), entry.at, text)


def _office(ticket: Ticket, entry: Entry) -> str:
    """Return the code of who wrote *entry*: an officer of the desk or of appeals by their own."""
    if entry.actor.role is not Role.AGENCY:
        return entry.actor.id
    leg = ticket.leg(entry.event.leg) if isinstance(entry.event, LegHappened) else None
    return leg.agency if leg else entry.actor.id
