"""What happened to a case, at which office, and which of it its citizen was told, and how.

Which entries of the log became a message is found by the rules that sent them; whether they
arrived by receipts, as far as the channel gives any. What a message said stands in no list.
The first is the answer to who filed it, by which they have the ticket's number.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from msgspec import Struct

from casework.access.links import Claim
from casework.board.happenings import Arrival, Happening
from casework.desk.agency_desk import Look
from casework.desk.seeing import Seeing
from casework.ticket.history import Reader, leg_of
from casework.ticket.receipts import FILED, about, told_number
from casework.ticket.views import LegView, Told
from conversations.news.notices import TOLD, quiet, repeats
from referrals.guards import is_vault
from referrals.lifecycle import evolve
from referrals.log import Entry
from referrals.noted import NotReached, Reached
from referrals.ticket import Ticket
from storage.replies.sent import ARRIVED, FAILED, Trace

LATER = "later"  # the outbox's word for what waits for decent hours


class Notice(Struct, frozen=True):
    """An entry of the log that became a message, and what the outbox noted it to be about."""

    seq: int
    at: datetime
    about: str


def timeline(
    seeing: Seeing, look: Look, view: LegView, traces: Sequence[Trace]
) -> tuple[Happening, ...]:
    """Return what the reader of *view* may know of what happened, the oldest first."""
    claim, stored, folder = look
    reader = Reader(seeing.leg_of(claim, stored.ticket), claim.role, vault=view.vault)
    shown = reader.until_its_end(folder.entries)
    erased, silent = not folder.words, not stored.contact.address.id
    arrived = {} if erased else _arrivals(folder.entries, traces, silent=silent)
    if not (erased or silent or view.vault):
        arrived |= _receipt(claim.code, folder.entries, traces)
    return tuple(
        Happening(
            at=at,
            text=text,
            office=_office(seeing, claim, stored.ticket, entry),
            told=arrived.get(entry.seq),
            receipt=entry.seq == FILED,
        )
        for entry, (at, text) in zip(shown, view.history, strict=True)
    )


def notices(entries: Sequence[Entry]) -> Iterator[Notice]:
    """Yield the entries of a whole log that became messages; of a vault's none ever does."""
    ticket: Ticket | None = None
    for place, entry in enumerate(entries):
        before, ticket = ticket, evolve(ticket, entry.event)
        if before is None or is_vault(ticket) or _is_outdone(entries, place):
            continue
        told = TOLD.get(type(entry.event))
        if told and not quiet(entry.event, ticket) and not repeats(entry.event, before):
            asks = bool(told.verbs)
            yield Notice(entry.seq, entry.at, about(ticket, entry.seq, asks=asks))


def _is_outdone(entries: Sequence[Entry], place: int) -> bool:
    """Tell whether the next entry is of the same deed and is told instead."""
    following = entries[place + 1 : place + 2]
    return any(one.at == entries[place].at and type(one.event) in TOLD for one in following)


def _arrivals(
    entries: Sequence[Entry], traces: Sequence[Trace], *, silent: bool
) -> dict[int, Arrival]:
    """Return how far the message of each entry came, by the entry's number."""
    found, left = dict[int, Arrival](), list(traces)
    for one in notices(entries):
        trace = next((t for t in left if t.about == one.about and _after(t, one)), None)
        if trace is not None:
            left.remove(trace)
        found[one.seq] = Arrival.BY_VOICE if silent else _how(trace)
    for entry in entries:  # what the log itself knows counts most
        match entry.event:
            case Reached(of=seq) if seq in found:
                found[seq] = Arrival.ARRIVED
            case NotReached(of=seq) if seq in found:
                found[seq] = Arrival.FAILED
    return found


def _receipt(code: str, entries: Sequence[Entry], traces: Sequence[Trace]) -> dict[int, Arrival]:
    """Return how far the answer came that told who filed it the number, by the first entry's.

    Nothing where somebody of the console typed it and no text went out: they read it aloud.
    """
    about = told_number(code)
    trace = next((one for one in reversed(traces) if one.about == about), None)
    return {} if trace is None and entries[0].actor.id else {FILED: _how(trace)}


def _after(trace: Trace, notice: Notice) -> bool:
    return trace.at is None or trace.at >= notice.at


def _how(trace: Trace | None) -> Arrival:
    if trace is None:
        return Arrival.SENT
    if trace.at is None:
        return Arrival.LATER if trace.parts == LATER else Arrival.FAILED
    if FAILED in trace.parts:
        return Arrival.FAILED
    return Arrival.ARRIVED if set(trace.parts) <= ARRIVED else Arrival.SENT


def _office(seeing: Seeing, claim: Claim, ticket: Ticket, entry: Entry) -> Told:
    """Return whose share *entry* is about, for who knows of that share."""
    leg = ticket.leg(leg_of(entry) or 0)
    if leg is None or not (claim.desk or leg.number == claim.leg):
        return ""
    return seeing.name_of(leg.agency)
