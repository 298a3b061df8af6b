"""How a life goes on: whatever is due, or whatever somebody means to do, the earliest first."""

from collections.abc import Iterable
from datetime import datetime
from heapq import heappop, heappush

from msgspec import Struct

from bot.past.kabupaten import CITIZEN, SAID, SYSTEM, Kabupaten
from bot.past.life import Life, Step
from referrals import commands as c
from referrals import events as e
from referrals.choosing import Refusal
from referrals.codes import code_from
from referrals.district.directory import District, Service
from referrals.due.watching import next_at, plan
from referrals.lifecycle import decide

Queue = list[tuple[datetime, int, Step]]


class Filed(Struct, frozen=True):
    """What is filed: under which number, about what, where and when."""

    number: int
    service: Service
    area: str
    at: datetime


def filed_by(filed: Filed) -> e.Submitted:
    """Return what filing *filed* makes of it. Raises RuntimeError where nobody can file."""
    service = filed.service
    submit = c.Submit(
        code=code_from(str(filed.number)),
        service=service.code,
        area=filed.area,
        priority=service.priority,
        sensitivity=service.sensitivity,
        consent_version="1",
        cooling_hours=service.cooling_hours,
        words=SAID,
    )
    events = decide(None, submit, CITIZEN, filed.at)
    if isinstance(events, Refusal) or not isinstance(events[0], e.Submitted):
        raise RuntimeError("nobody can file any more")  # noqa: TRY004 - a broken rule, not a type
    return events[0]


def begun(life: Life, event: e.Event, town: Kabupaten) -> Queue:
    """Return what is meant to be done about a ticket that *event* just filed."""
    queue: Queue = []
    routed = any(isinstance(one.command, c.Route) for one in plan(life.ticket, town.district))
    put(queue, () if routed else town.follow(life, event))
    return queue


def live(life: Life, queue: Queue, town: Kabupaten, until: datetime) -> None:
    """Let *life* go on *until* then."""
    while (step := following(life, queue, town.district)) and step.at <= until:
        put(queue, done(life, step, town))


def put(queue: Queue, steps: Iterable[Step]) -> None:
    """Add *steps* to the *queue*, the earliest first."""
    for step in steps:
        heappush(queue, (step.at, len(queue), step))


def following(life: Life, queue: Queue, district: District) -> Step | None:
    """Return what is done next: by somebody, or, when that is earlier, by the clocks."""
    at = next_at(life.ticket, district)
    if at and (not queue or at <= queue[0][0]):
        first = plan(life.ticket, district)[0]
        return Step(first.at, first.command, SYSTEM)
    return heappop(queue)[2] if queue else None


def done(life: Life, step: Step, town: Kabupaten) -> list[Step]:
    """Do *step*, where it can still be done, and return what follows from it."""
    events = decide(life.ticket, step.command, step.who, step.at)
    if isinstance(events, Refusal):
        return []
    life.tried(step)
    life.happens(events[0], step, town.district)
    return list(town.follow(life, events[0]))
