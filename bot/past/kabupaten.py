"""An invented kabupaten at work: what agencies, the desk and citizens do next, and when.

Nobody here is anybody: the kinds of agency and of citizen, and how often, are guesses that make a
hard year, not measurements.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from types import MappingProxyType

from bot.past.life import Life, Step
from referrals import commands as c
from referrals import events as e
from referrals.district.days import A_DAY
from referrals.district.directory import District
from referrals.district.office_time import offices
from referrals.district.routing import FALLBACK, route
from referrals.district.working_days import UnknownYear
from referrals.due.dues import resolve_days
from referrals.roles import Role
from referrals.ticket import Actor, Leg, LegState

SYSTEM, CITIZEN = Actor(Role.SYSTEM), Actor(Role.CITIZEN)
DESK, HEAD = Actor(Role.VERIFIER, "desk"), Actor(Role.SUPERVISOR, "head")
SAID = "x"  # stands for the digest of somebody's words
BOUNCED, LOST = 0.02, 0.07  # letters to agencies, notices to citizens


class Kind(StrEnum):
    """How an agency works."""

    HONEST = "honest"
    LAZY = "lazy"  # late, and now and then "done" with nothing done
    SILENT = "silent"  # accepts nothing, or does nothing until somebody above asks
    RETURNING = "returning"  # mostly "bukan kewenangan kami"


Steps = Iterator[Step]


class Kabupaten:
    """Decides by dice what follows from what happened.

    *dear* says of some services how large a share of them waits for the budget, *kinds* of some
    agencies how they work, *beside* of some services who may have them besides those of its roles.
    """

    def __init__(
        self,
        district: District,
        dice: Random,
        dear: Mapping[str, float] = MappingProxyType({}),
        kinds: Mapping[str, Kind] = MappingProxyType({}),
        beside: Mapping[str, tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self.district = district
        self.dice = dice
        self._dear = dear
        self._kinds = kinds
        self._beside = beside
        self._hours = offices(district.calendar)

    def kind(self, agency: str) -> Kind:
        """Return how *agency* works, the whole year."""
        if agency in self._kinds:
            return self._kinds[agency]
        share = Random(agency).random()  # noqa: S311 - dice, no secret
        if share < 0.6:  # noqa: PLR2004 - six in ten
            return Kind.HONEST
        return (Kind.LAZY, Kind.LAZY, Kind.SILENT, Kind.RETURNING)[int((share - 0.6) * 10)]

    def follow(self, case: Life, event: e.Event) -> Steps:
        """Yield what people will do because of *event*."""
        follower = FOLLOWERS.get(type(event))
        return follower(self, case, event) if follower else iter(())

    def in_office(self, start: datetime, days: float) -> datetime:
        """Return when *days* of office time have passed; plain days in unknown years."""
        try:
            return self._hours.after(start, int(days * self._hours.a_day) + 1)
        except UnknownYear:
            return start + timedelta(days=days)

    def new_leg(self, case: Life, event: e.Event) -> Steps:
        """Carry the letter; the agency looks at it."""
        leg = case.ticket.legs[-1]
        if self.dice.random() < BOUNCED:
            yield Step(event.at + A_DAY, c.NoteUndeliverable(leg.number), SYSTEM)
            return
        yield Step(self._soon(event.at), c.NoteDelivered(leg.number), SYSTEM)
        yield from self._first_look(event.at, leg)

    def _first_look(self, at: datetime, leg: Leg) -> Steps:
        who, kind = Actor(Role.AGENCY, leg.agency), self.kind(leg.agency)
        days = self.dice.expovariate(2.0) if kind is Kind.HONEST else self.dice.uniform(0.5, 5)
        then = self.in_office(at, days)
        if kind is Kind.RETURNING and self.dice.random() < 0.6:  # noqa: PLR2004 - most of the time it is not theirs
            yield Step(then, c.Return(leg.number, words=SAID), who)
        elif kind is not Kind.SILENT or self.dice.random() < 0.5:  # noqa: PLR2004 - every other one looks at all
            expected = (then + 7 * A_DAY).date() if kind is Kind.HONEST else None
            yield Step(then, c.Accept(leg.number, expected, words=SAID), who)

    def at_work(self, case: Life, event: e.Event) -> Steps:
        """Let every agency that has the case at work go on with it."""
        for leg in case.ticket.open_legs:
            if leg.state is LegState.WORKING:
                yield from self._work(case, event.at, leg)

    def _work(self, case: Life, at: datetime, leg: Leg) -> Steps:
        kind, who = self.kind(leg.agency), Actor(Role.AGENCY, leg.agency)
        target = resolve_days(self.district.services.get(case.ticket.service))
        chance = self.dice.random()
        if kind is Kind.SILENT and case.ticket.level < 2:  # noqa: PLR2004 - the sekda's level
            return
        if chance < 0.1:  # noqa: PLR2004 - one in ten asks
            yield Step(self.in_office(at, 1), c.Ask(leg.number, words=SAID), who)
        elif chance < self._waits(case) and kind is not Kind.SILENT:
            then = self.in_office(at, 2)
            review = (then + self.dice.randint(10, 29) * A_DAY).date()
            yield Step(then, c.Hold(leg.number, review, words=SAID), who)
        else:
            if chance > 0.96:  # noqa: PLR2004 - some need a second agency
                other = self.district.agencies[self._another(case)]
                add = c.AddAgency(other.code, "by_hand", vault=other.vault)
                yield Step(self.in_office(at, 1), add, who)
            share = self.dice.uniform(0.8, 2) if kind is Kind.LAZY else self.dice.uniform(0.2, 1)
            yield self._answer(self.in_office(at, share * target), leg, kind)

    def _waits(self, case: Life) -> float:
        """Return below which chance a case goes on the waiting list."""
        return 0.1 + self._dear.get(case.ticket.service, 0.07)

    def _answer(self, at: datetime, leg: Leg, kind: Kind) -> Step:
        who = Actor(Role.AGENCY, leg.agency)
        if self.dice.random() < 0.15:  # noqa: PLR2004 - of what is asked for cannot be granted
            return Step(at, c.Decline(leg.number, "quota", words=SAID), who)
        hollow = self.dice.random() < (0.02 if kind is Kind.HONEST else 0.35)
        return Step(at, c.Resolve(leg.number, words=SAID), who, hollow)

    def pressed(self, case: Life, event: e.Event) -> Steps:
        """Let who was told from above do something, in most cases."""
        if self.dice.random() < 0.7:  # noqa: PLR2004 - most of them do something
            yield from self.at_work(case, event)

    def to_the_desk(self, case: Life, event: e.Event) -> Steps:
        """Let the desk find an agency, mostly in time; after two returns its head."""
        then = self.in_office(event.at, self.dice.expovariate(1.5))
        agency = self._another(case)
        who = HEAD if case.ticket.returns >= 2 else DESK  # noqa: PLR2004 - the lifecycle's row 15
        row = self.district.agencies[agency]
        yield Step(then, c.ReferAgain(agency, "by_hand", vault=row.vault), who)
        yield Step(then, c.AddAgency(agency, "by_hand", vault=row.vault), DESK)

    def verified(self, case: Life, event: e.Event) -> Steps:
        """Let the desk verify what no rule routed."""
        then = self.in_office(event.at, self.dice.uniform(0.2, 4))
        if self.dice.random() < 0.1:  # noqa: PLR2004 - one in ten is not ours
            yield Step(then, c.MarkOutOfScope(words=SAID), DESK)
        elif self.dice.random() < 0.05:  # noqa: PLR2004 - one in twenty is filed twice
            yield Step(then, c.MarkDuplicate("000000000"), DESK)
        else:
            yield Step(then, c.Route(self._another(case), "by_hand"), DESK)

    def _another(self, case: Life) -> str:
        """Return whom the district's rows send it to next; where none is left, who does work."""
        ticket, had = case.ticket, frozenset(leg.agency for leg in case.ticket.legs)
        service = self.district.services[ticket.service]
        found = route(self.district, service, ticket.area, skip=had)
        if ticket.sensitivity == "vault":
            return next((leg.agency for leg in ticket.legs), found.agency.code)
        beside = [code for code in self._beside.get(service.code, ()) if code not in had]
        if had and beside and found.rule == FALLBACK:
            return self.dice.choice(beside)
        if found.agency.code not in had:
            return found.agency.code
        return self.dice.choice([one for one in sorted(had) if self._works(one)] or sorted(had))

    def _works(self, agency: str) -> bool:
        return self.kind(agency) in {Kind.HONEST, Kind.LAZY}

    def post(self, case: Life, event: e.Event) -> Steps:
        """Carry the notice; where it does not arrive somebody calls or visits."""
        awaited = case.ticket.awaited
        if awaited and self.dice.random() > LOST:
            yield Step(self._soon(event.at), c.Reach(awaited.of), SYSTEM)

    def visit(self, case: Life, event: e.Event) -> Steps:
        """Let somebody call on a citizen whom no message reaches."""
        awaited = case.ticket.awaited
        if awaited and self.dice.random() < 0.9:  # noqa: PLR2004 - nine in ten are found
            then = self.in_office(event.at, self.dice.uniform(1, 8))
            yield Step(then, c.Reach(awaited.of, by_hand=True), DESK)

    def answer(self, case: Life, event: e.Event) -> Steps:
        """Let the citizen answer what reached them, or say nothing at all."""
        if case.mute:
            return
        then = event.at + self.dice.uniform(0.01, 8) * A_DAY
        options: Mapping[str, c.Command] = {
            "needs_info": c.AnswerAsk(words=SAID),
            "resolved": c.NotYet(words=SAID) if case.hollow else c.Confirm(4),
            "declined": c.Appeal(words=SAID) if case.stubborn else c.AcceptDecline(),
        }
        if command := options.get(case.ticket.state):
            yield Step(then, command, CITIZEN)

    def outcome(self, case: Life, event: e.Event) -> Steps:
        """Let some citizens say weeks later whether it came; a few of the silent ones too."""
        if self.dice.random() < (0.25 if case.mute else 0.5):
            then = event.at + self.dice.uniform(0.1, 5) * A_DAY
            yield Step(
                then, c.ReportNotReceived() if case.hollow else c.ReceivedAfterAll(), CITIZEN
            )

    def hear_the_appeal(self, _: Life, event: e.Event) -> Steps:
        """Let an appeal officer decide, not always in time."""
        right = self.dice.random() < 0.4  # noqa: PLR2004 - four in ten are right
        then = self.in_office(event.at, self.dice.uniform(3, 17))
        officer = Actor(Role.APPEAL_OFFICER, f"p-{self.dice.randint(1, 10**9)}")
        yield Step(then, c.Overturn(words=SAID) if right else c.Uphold(words=SAID), officer)

    def _soon(self, at: datetime) -> datetime:
        return at + timedelta(minutes=self.dice.uniform(0.1, 120))


Follower = Callable[[Kabupaten, Life, e.Event], Steps]
FOLLOWERS: Mapping[type[e.Event], Follower] = {
    **dict.fromkeys((e.Referred, e.AgencyAdded, e.Escalated), Kabupaten.new_leg),
    **dict.fromkeys((e.Accepted, e.Answered, e.Resumed, e.NotSolved), Kabupaten.at_work),
    **dict.fromkeys((e.Overturned, e.NotReceived, e.ReopenedAtAgency), Kabupaten.at_work),
    **dict.fromkeys((e.Returned, e.LegExpired, e.LegUndeliverable), Kabupaten.to_the_desk),
    **dict.fromkeys((e.Asked, e.Resolved, e.ResolvedInPart, e.Declined), Kabupaten.post),
    **dict.fromkeys((e.Appealed, e.StillNotSolved), Kabupaten.hear_the_appeal),
    e.OverturnedToDesk: Kabupaten.to_the_desk,
    e.Breached: Kabupaten.pressed,
    e.NotReached: Kabupaten.visit,
    e.Reached: Kabupaten.answer,
    e.OutcomeAsked: Kabupaten.outcome,
    e.Submitted: Kabupaten.verified,
}
