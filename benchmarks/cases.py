"""One ticket of a simulated year: what was promised about it is checked at every event."""

from datetime import datetime, timedelta

from bot.past.life import Life, Step
from referrals import commands as c
from referrals import events as e
from referrals.clocks import Clock
from referrals.district.directory import District
from referrals.due.dues import dues
from referrals.lifecycle import evolve
from referrals.roles import Role
from referrals.states import OPEN, OVER
from referrals.ticket import Actor, ClosedBecause, Ticket, TicketState

SILENCE = timedelta(days=14)
ANSWERS = e.Asked | e.PutOnHold | e.Resolved | e.Declined | e.MilestoneReached | e.LegDone
SOLVED = {ClosedBecause.CONFIRMED, ClosedBecause.AUTO_CONFIRMED}


class Case(Life):
    """A life of which the simulation keeps count."""

    first_agency: str = ""
    first_answer: datetime | None = None
    ended: datetime | None = None
    events: int = 0
    highest: int = 0
    reopened: int = 0
    false_closures: int = 0
    caught_at_once: int = 0
    caught_later: int = 0
    auto_confirmed: int = 0
    silent: int = 0  # times somebody heard nothing for more than 14 days
    clockless: int = 0  # times an open ticket had no due clock
    closed_by_agency: int = 0
    longest_silence: timedelta = timedelta()

    def tried(self, step: Step) -> None:
        """Know what *step* is worth, and count what is worth nothing."""
        super().tried(step)
        self.false_closures += isinstance(step.command, c.Resolve) and step.hollow

    def happens(self, event: e.Event, step: Step, district: District) -> None:
        """Let *event* happen, and check what was promised."""
        before = self.ticket
        self._listen(before, event.at)
        self.ticket = evolve(before, event)
        self.events += 1
        self._check(before, step.who, district)
        self._count(event, step.who)

    def _listen(self, ticket: Ticket, now: datetime) -> None:
        """Measure how long the citizen has heard nothing, at the moment they hear something."""
        clock = ticket.clock(Clock.C8)
        if clock and ticket.state in OPEN:
            self.longest_silence = max(self.longest_silence, now - clock.since)
            self.silent += now - clock.since > SILENCE

    def _check(self, before: Ticket, who: Actor, district: District) -> None:
        now = self.ticket
        if now.state in OPEN and now.state is not TicketState.AWAITING_CONSENT:
            self.clockless += not any(due.at for due in dues(now, district))
        ended = now.state in OVER and before.state in OPEN
        self.closed_by_agency += ended and who.role is Role.AGENCY

    def _count(self, event: e.Event, who: Actor) -> None:
        self.highest = max(self.highest, self.ticket.level)
        self.ended = event.at if self.ticket.state in OVER else None
        if isinstance(event, e.Referred) and not self.first_agency:
            self.first_agency = event.agency
        answered = isinstance(event, ANSWERS) or (isinstance(event, e.Accepted) and event.expected)
        if answered and who.role is Role.AGENCY and self.first_answer is None:
            self.first_answer = event.at
        match event:
            case e.NotSolved() | e.StillNotSolved() if self.hollow:
                self.caught_at_once += 1
            case e.NotReceived() if self.hollow:
                self.caught_later += 1
            case e.AutoConfirmed():
                self.auto_confirmed += 1
        self.reopened = self.ticket.reopens

    @property
    def uncaught(self) -> bool:
        """Whether it ended as solved with nothing done, and nobody ever said so."""
        return self.hollow and self.ticket.closed_because in SOLVED
