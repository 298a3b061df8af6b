"""One ticket, everybody who may want something done with it, and time that passes.

What happens is left to chance: Hypothesis's in `test_machine`, a seeded one in
`benchmarks.histories`. The clocks do their own work as planned, unless the house was shut.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec.structs import replace

from bot.district.reading import load
from referrals import commands as c
from referrals import log
from referrals.attempts import Attempt
from referrals.choosing import Refusal, choose
from referrals.clocks import Clock
from referrals.district.directory import District, Priority, Privacy
from referrals.district.routing import is_local
from referrals.due.watching import next_at, plan
from referrals.entries import Transition
from referrals.guards import is_vault
from referrals.lifecycle import decide
from referrals.roles import Role
from referrals.states import OVER
from referrals.ticket import Actor, DeclineReason, Ticket, TicketState
from referrals.transitions import ENTRIES, TRANSITIONS
from tests.referrals.samples import CODE, GOOD, NOW, WORDS

T = TypeVar("T")

DISTRICT = load(Path(__file__).parents[2] / "districts" / "contoh")
CALENDARS = (
    DISTRICT.calendar,
    replace(DISTRICT.calendar, years=frozenset({2026})),
    replace(DISTRICT.calendar, holidays=DISTRICT.calendar.holidays | {NOW.date()}),
)
DISTRICTS = tuple(replace(DISTRICT, calendar=calendar) for calendar in CALENDARS)
AGENCIES = ("desa-9901012001", "kec-990101", "dinas-perkim", "baznas", "uptd-ppa", DISTRICT.desk)
SERVICES = ("RTLH", "DTSEN_SANGGAH", "PPA", "LAIN", "PBI_AKTIF")
OFFICERS = ("officer-1", "officer-2")  # at desks that have no legs; the district's own may have
ENDS_ANYWHERE = frozenset({c.Withdraw, c.HandOver, c.MarkDuplicate, *c.ByTwo.__subclasses__()})
KINDS = tuple(sorted(set(GOOD) - ENDS_ANYWHERE, key=lambda kind: kind.__name__))
USUAL = {3, 5, 6, 8, 12, 15, 19, 20, 22, 23, 28, 32}  # rows of lives in which all goes its way
ANYWHERE = {30, 33, 34}  # rows that end a ticket from anywhere
ANSWERED = {TicketState.RESOLVED, TicketState.DECLINED, TicketState.APPEAL}
AT_ONCE = 60  # chores that may follow one another without time passing; more is a loop


class Chance(Protocol):
    """Where the choices come from."""

    def pick(self, choices: Sequence[T]) -> T:
        """Return one of *choices*."""
        ...

    def whole(self, low: int, high: int) -> int:
        """Return a number from *low* to *high*."""
        ...


class Life:
    """A ticket from its filing on, with its log."""

    ticket: Ticket

    def __init__(self, chance: Chance) -> None:
        self.chance = chance
        self.now = NOW + timedelta(hours=chance.whole(0, 24 * 300))
        self.district: District = DISTRICT
        self.entries: tuple[log.Entry, ...] = ()
        self.taken: list[Transition] = []
        self.refused: set[str] = set()
        self.shut = False  # the clocks' work was not always done in time

    def file(self) -> None:
        """File the ticket, for oneself or for another."""
        kind = self.chance.pick((c.Submit, c.Submit, c.SubmitForAnother))
        service = self.district.services[self.chance.pick(SERVICES)]
        filed = replace(
            GOOD[kind],
            service=service.code,
            area="99.01.01.2001",
            priority=self.chance.pick((service.priority, Priority.P1)),
            sensitivity=service.sensitivity,
            privacy=self.chance.pick(tuple(Privacy)),
            cooling_hours=service.cooling_hours,
        )
        entry = ENTRIES[kind][0]
        self._take(None, filed, Actor(entry.roles[0]), entry)

    def step(self) -> None:
        """Let something happen: mostly what leads on."""
        often = (self.go_on, self.do_the_usual) * 4 + (self.wait, self.get_the_notice) * 3
        rarely = (self.take_note, self.do_badly, self.do_badly, self.do_anything)
        seldom = (self.end, self.be_shut, self.change_the_calendar)
        self.chance.pick(often + rarely + seldom)()

    def go_on(self) -> None:
        """Somebody does what the state allows, as far as the guards agree."""
        rows = [entry for entry in self._possible() if entry.row]
        ends = self.ticket.state in ANSWERED
        self._do_one_of([t for t in rows if t.to not in OVER or (ends and t.row not in ANYWHERE)])

    def do_the_usual(self) -> None:
        """Somebody does what brings most tickets to their end."""
        self._do_one_of([entry for entry in self._possible() if entry.row in USUAL])

    def end(self) -> None:
        """Somebody ends it, now and then, before its time."""
        if self.chance.whole(0, 9) == 0:
            self._do_one_of([entry for entry in self._possible() if entry.to in OVER])

    def do_anything(self) -> None:
        """Somebody does anything at all, short of what ends it from anywhere."""
        self._try(self._fitted(self.chance.pick(KINDS)), self.chance.pick(tuple(Role)))

    def get_the_notice(self) -> None:
        """Let what the citizen is waited for reach them, if it has not yet; a vault's safely."""
        if self.ticket.awaited:
            leg = self.ticket.answered_leg if is_vault(self.ticket) else None
            who = Actor(Role.AGENCY, leg.agency) if leg else Actor(Role.SYSTEM)
            self._do(c.Reach(self.ticket.awaited.of), who)

    def do_badly(self) -> None:
        """Somebody does what the state allows, but with something wrong or missing in it."""
        if possible := self._possible():
            entry = self.chance.pick(possible)
            command = self._spoilt(self._fitted(entry.command))
            self._try(command, self.chance.pick(entry.roles))

    def take_note(self) -> None:
        """Let the couriers or the desk note something."""
        self._do_one_of([t for t in self._possible() if not t.row and t.because is None])

    def change_the_calendar(self) -> None:
        """Let the district learn of other holidays, or forget a year."""
        self.district = self.chance.pick(DISTRICTS)

    def wait(self) -> None:
        """Time passes, and the clocks do what they planned."""
        over = self.ticket.state in OVER
        longest = 24 * 40 if over else self.chance.pick((6, 6, 48, 48, 24 * 7, 24 * 20))
        until = self.now + timedelta(hours=self.chance.whole(1, longest))
        while (at := next_at(self.ticket, self.district)) and at <= until:
            self.now = max(self.now, at)
            self.do_chores()
        self.now = until

    def be_shut(self) -> None:
        """Time passes while the machine is off; then everything late is done at once."""
        self.now += timedelta(hours=self.chance.whole(1, 24 * 40))
        self.shut = True
        self.do_chores()

    def do_chores(self) -> None:
        """Do all that is due; each chore is granted, and none comes again at once."""
        for _ in range(AT_ONCE):
            due = [step for step in plan(self.ticket, self.district) if step.at <= self.now]
            if not due:
                return
            before, who = self.ticket, Actor(Role.SYSTEM)
            assert self._do(due[0].command, who) is None, (before, due[0])
            again = plan(self.ticket, self.district)
            assert due[0] not in again, (before, due[0])
        raise AssertionError(f"a loop: {plan(self.ticket, self.district)}")

    def _possible(self) -> list[Transition]:
        state = self.ticket.state
        asked = state is TicketState.NEEDS_INFO
        return [t for t in TRANSITIONS if state in t.sources or (asked and t.beside)]

    def _do_one_of(self, entries: list[Transition]) -> None:
        if entries:
            entry = self.chance.pick(entries)
            self._try(self._fitted(entry.command), self.chance.pick(entry.roles))

    def _try(self, command: c.Command, role: Role) -> None:
        self._do(command, self._actor(role, command))

    def _do(self, command: c.Command, who: Actor) -> str | None:
        """Do *command*, or return why it is refused."""
        entry = choose(Attempt(self.ticket, command, who, self.now))
        if isinstance(entry, Refusal):
            self.refused.add(entry.reason)
            return entry.reason
        self._take(self.ticket, command, who, entry)
        return None

    def _take(
        self, ticket: Ticket | None, command: c.Command, who: Actor, entry: Transition
    ) -> None:
        outcome = decide(ticket, command, who, self.now)
        assert not isinstance(outcome, Refusal)
        before = self.entries[-1].hash if self.entries else log.FIRST
        self.ticket, entries = log.append(ticket, before, outcome, who, command.words)
        self.entries += entries
        self.taken.append(entry)

    def _actor(self, role: Role, command: c.Command) -> Actor:
        """Return who acts: an agency mostly on its own leg, the desk with few officers."""
        if role is not Role.AGENCY:
            return Actor(role, self.chance.pick((*OFFICERS, self.district.desk)))
        leg = self.ticket.leg(getattr(command, "leg", 0)) or self.ticket.open_leg
        mine = leg is not None and self.chance.whole(0, 9) > 0
        return Actor(role, leg.agency if leg and mine else self.chance.pick(AGENCIES))

    def _fitted(self, kind: type[c.Wish]) -> c.Command:
        """Return a good command of *kind*, fitted to now and to this ticket."""
        command = GOOD[kind]
        names = set(kind.__struct_fields__)
        known = {name: value for name, value in self._known(kind).items() if name in names}
        return replace(command, **known)

    def _known(self, kind: type[c.Wish]) -> dict[str, object]:
        ticket, today = self.ticket, self.now.date()
        agency = self.district.agencies[self.chance.pick(AGENCIES)]
        late = [one for one in ticket.clocks if not one.paused] or [None]
        clock = self.chance.pick(late)
        patience = Clock.C6 if ticket.state is TicketState.NEEDS_INFO else Clock.C5
        running = ticket.clock(patience)
        known: dict[str, object] = {
            "leg": self._some_leg(),
            "agency": agency.code,
            "vault": agency.vault,
            "local": is_local(agency),
            "words": WORDS,
            "due": self.now - timedelta(hours=1),
            "expected": today,
            "to_centre": self.chance.whole(0, 2) == 0,
            "review": today + timedelta(days=self.chance.whole(0, 30)),
            "of": ticket.awaited.of if ticket.awaited else 1,
            "number": running.reminded + 1 if running else 1,
            "opened_at": self.now - timedelta(days=self.chance.whole(0, 60)),
            "code": f"{self.chance.whole(0, 3):09d}",
            "reason": self.chance.pick(tuple(DeclineReason)).value,
        }
        if kind in {c.NotYet, c.Appeal, c.Reopen, c.ReportNotReceived}:
            known["share"] = self.chance.pick((0, *(leg.number for leg in ticket.legs)))
        if kind is c.MarkDuplicate:
            known["of"] = "111111118"
        if kind is c.HandOver:
            known["number"] = "123"
        if kind is c.Remind:
            known["clock"] = patience
        elif clock:
            known |= {"clock": clock.clock, "level": clock.breached + 1}
            known |= {"leg": clock.leg} if kind is c.Breach else {}
        return known

    def _some_leg(self) -> int:
        """Return an open leg, or the desk's own share before any agency had the ticket."""
        legs = [leg.number for leg in self.ticket.open_legs]
        return self.chance.pick(legs or [0])

    def _spoilt(self, command: c.Command) -> c.Command:
        """Return *command* with one thing in it as it should not be."""
        names = set(type(command).__struct_fields__)
        spoilt = [(name, value) for name, value in self._bad() if name in names]
        own = [one for one in spoilt if one[0] != "words"] if self.chance.whole(0, 3) else []
        name, value = self.chance.pick(own or spoilt)
        return replace(command, **{name: value})

    def _bad(self) -> Sequence[tuple[str, object]]:
        day = timedelta(days=1)
        return (
            ("words", ""),
            ("leg", self.chance.whole(0, 4)),
            ("stars", 6),
            ("reason", "mood"),
            ("review", self.now.date() + 40 * day),
            ("expected", self.now.date() - 2 * day),
            ("due", self.now + day),
            ("of", CODE),
            ("code", CODE),
            ("second", ""),
            ("number", 0),
            ("vault", False),
            ("level", 0),
            ("milestone", ""),
        )
