"""A ticket's history written by hand: who does what, on which day."""

from datetime import datetime, timedelta

from casework.figures.counting import tally
from casework.figures.kinds import Kind
from referrals import commands as c
from referrals import log
from referrals.choosing import Refusal
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.ticket import Actor, Ticket
from storage.figures.counted import Row
from tests.referrals.samples import CODE, NOW, WORDS
from tests.referrals.wild import DISTRICT

CITIZEN, DESK, SYSTEM = Actor(Role.CITIZEN), Actor(Role.VERIFIER, "v"), Actor(Role.SYSTEM)
VILLAGE, DINAS = Actor(Role.AGENCY, "desa-9901012001"), Actor(Role.AGENCY, "dinas-perkim")
A_DAY = timedelta(days=1)


class History:
    """One ticket from a Monday at ten in the morning on; *day* is how many days later it is."""

    ticket: Ticket

    def __init__(self, service: str = "RTLH", area: str = "99.01.01.2001") -> None:
        self.entries: tuple[log.Entry, ...] = ()
        row = DISTRICT.services[service]
        filed = c.Submit(CODE, service, area, row.priority, row.sensitivity, "1", words=WORDS)
        self._do(None, filed, CITIZEN, NOW)

    def do(self, day: float, who: Actor, *wishes: c.Command) -> "History":
        """Have *who* do *wishes* on *day*; none may be refused."""
        for wish in wishes:
            self._do(self.ticket, wish, who, NOW + day * A_DAY)
        return self

    def sent(self, day: float, who: Actor) -> "History":
        """Have the desk send it to *who*, as a new share."""
        local = who is VILLAGE
        return self.do(day, DESK, c.Route(who.id, "by_hand", local=local))

    def reached(self, day: float) -> "History":
        """Have the answer reach the citizen."""
        notice = self.ticket.awaited
        assert notice
        return self.do(day, SYSTEM, c.Reach(notice.of))

    def rows(self, *kinds: Kind) -> list[Row]:
        """Return what it counts for, of *kinds*."""
        return [row for row in tally(CODE, self.entries, DISTRICT).rows if row.kind in kinds]

    def counts(self, kind: Kind) -> list[tuple[int, str, int]]:
        """Return day after filing, office and value of each row of *kind*."""
        first = NOW.toordinal()
        return [(row.day - first, row.agency, row.value) for row in self.rows(kind)]

    def _do(self, ticket: Ticket | None, wish: c.Command, who: Actor, at: datetime) -> None:
        events = decide(ticket, wish, who, at)
        assert not isinstance(events, Refusal), (wish, events)
        before = self.entries[-1].hash if self.entries else log.FIRST
        self.ticket, new = log.append(ticket, before, events, who, wish.words)
        self.entries += new
