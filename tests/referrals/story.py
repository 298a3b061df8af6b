"""A ticket's story with a clock that moves: the clocks do their work while time passes."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from referrals import commands as c
from referrals.choosing import Refusal
from referrals.district.directory import District
from referrals.due.watching import next_at, plan
from referrals.happened import tag
from referrals.lifecycle import decide, evolve
from referrals.roles import Role
from referrals.ticket import Actor, Ticket
from tests.referrals.samples import CODE, NOW, WORDS
from tests.referrals.wild import DISTRICT

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
SYSTEM, CITIZEN, DESK = Actor(Role.SYSTEM), Actor(Role.CITIZEN), Actor(Role.VERIFIER, "desk")
VILLAGE, SUKAMAJU = "desa-9901012001", "99.01.01.2001"
OFFICER = Actor(Role.AGENCY, VILLAGE)


class Story:
    """A ticket, a clock that moves, and what happened, by name and day."""

    def __init__(self, service: str = "RTLH", district: District = DISTRICT) -> None:
        self.now = NOW
        self.district = district
        self.told: list[tuple[str, datetime]] = []
        row = district.services[service]
        self.ticket: Ticket | None = None
        self.do(
            c.Submit(
                CODE,
                service,
                SUKAMAJU,
                row.priority,
                row.sensitivity,
                "1",
                cooling_hours=row.cooling_hours,
                words=WORDS,
            ),
            CITIZEN,
        )

    def do(self, command: c.Command, who: Actor) -> None:
        """Do *command* now; it may not be refused."""
        events = decide(self.ticket, command, who, self.now)
        assert not isinstance(events, Refusal), (command, events)
        self.ticket = evolve(self.ticket, events[0])
        self.told.append((tag(type(events[0])), self.now))

    def wait(self, time: timedelta) -> list[tuple[str, datetime]]:
        """Let *time* pass; return what the clocks did meanwhile."""
        assert self.ticket
        until, before = self.now + time, len(self.told)
        while (at := next_at(self.ticket, self.district)) and at <= until:
            self.now = max(at, self.now)
            self.do(plan(self.ticket, self.district)[0].command, SYSTEM)
        self.now = until
        return self.told[before:]

    def reach(self, *, by_hand: bool = False) -> None:
        """Let the notice that is waited for arrive."""
        notice = self.ticket.awaited if self.ticket else None
        assert notice
        self.do(c.Reach(notice.of, by_hand=by_hand), DESK if by_hand else SYSTEM)

    def resolved(self) -> None:
        """Let the village say that it is done."""
        self.wait(AN_HOUR)
        self.do(c.Accept(1, words=WORDS), OFFICER)
        self.do(c.Resolve(1, words=WORDS), OFFICER)


def names(done: list[tuple[str, datetime]]) -> list[str]:
    """Return what was done, without when."""
    return [name for name, _ in done]


def days(done: list[tuple[str, datetime]], since: datetime) -> Iterator[tuple[str, float]]:
    """Yield what was done and how many days after *since*."""
    return ((name, (at - since) / A_DAY) for name, at in done)
