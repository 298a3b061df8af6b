"""What is counted of one ticket: its log is lived through once more, entry by entry."""

from collections.abc import Iterator, Sequence

from casework.figures.answers import answers
from casework.figures.endings import endings
from casework.figures.kinds import Kind
from casework.figures.silences import Listening
from casework.figures.standing import standing
from casework.figures.steps import Step
from referrals import events as e
from referrals.district.directory import District
from referrals.guards import is_vault
from referrals.lifecycle import evolve
from referrals.log import Entry
from referrals.ticket import Ticket, TicketState
from storage.figures.counted import Row, Tally


def tally(code: str, entries: Sequence[Entry], district: District) -> Tally:
    """Return what *entries*, the whole log of ticket *code*, count for.

    Nothing where it was struck out, or where its subject never agreed to it. Raises ValueError
    where they tell no story.
    """
    zone = district.calendar.zone
    listening, rows = Listening(district), list[Row]()
    ticket: Ticket | None = None
    for entry in entries:
        after = evolve(ticket, entry.event)
        step = Step(entry, ticket or after, after, district, zone)
        rows += _counted(step, {row.kind for row in rows})
        rows += listening.heard(step)
        ticket = after
    if ticket is None:
        raise ValueError("a log without entries is nobody's")
    if ticket.state is TicketState.VOID or not any(row.kind == Kind.FILED for row in rows):
        return Tally(code, len(entries))
    rows += standing(ticket, district, listening.since)
    return Tally(code, len(entries), ticket.service, kecamatan(ticket, district), tuple(rows))


def kecamatan(ticket: Ticket, district: District) -> str:
    """Return the kecamatan *ticket* comes from; "" where none was asked, and of a vault."""
    area = district.areas.get(ticket.area)
    if area is None or is_vault(ticket):
        return ""
    return area.parent or area.code


def _counted(step: Step, known: set[str]) -> Iterator[Row]:
    """Yield what *step* counts for; of a ticket's first answers only what is not *known*."""
    if isinstance(step.entry.event, e.Submitted | e.ConsentGiven):
        yield step.row(Kind.FILED)
    for leg in step.after.legs[len(step.before.legs) :]:
        yield step.row(Kind.RECEIVED, leg.agency)
    yield from (row for row in answers(step) if row.kind not in known)
    yield from endings(step)
