"""One entry of a log, with the ticket before and after it."""

from msgspec import Struct

from referrals.district.days import day_in
from referrals.district.directory import District
from referrals.happened import LegHappened
from referrals.log import Entry
from referrals.ticket import Ticket
from storage.figures.counted import Row


class Step(Struct, frozen=True):
    """What happened, and where it led. Before the first entry stands what it made."""

    entry: Entry
    before: Ticket
    after: Ticket
    district: District
    zone: str  # an IANA name

    @property
    def day(self) -> int:
        """The day on which it happened, in the district's zone, as a proleptic ordinal."""
        return day_in(self.zone, self.entry.at).toordinal()

    @property
    def office(self) -> str:
        """Whose share it is about; the desk's where it is about none."""
        event = self.entry.event
        leg = self.before.leg(event.leg) if isinstance(event, LegHappened) else None
        return leg.agency if leg else self.district.desk

    def row(self, kind: str, agency: str = "", value: int = 0) -> Row:
        """Return that *kind* happened on this day."""
        return Row(kind, self.day, agency, value)

    def answered_by(self, ticket: Ticket) -> str:
        """Return whose answer *ticket* has, or who has or had it last; else the desk."""
        leg = ticket.answered_leg or ticket.busiest_leg or ticket.last_leg
        return leg.agency if leg else self.district.desk


def holder(ticket: Ticket, district: District) -> str:
    """Return the office whose turn it is by its share, else the desk."""
    leg = ticket.busiest_leg
    return leg.agency if leg else district.desk
