"""Whatever people do to a ticket in whatever order, the lifecycle's promises hold."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from msgspec.structs import replace

from referrals import commands as c
from referrals import events as e
from referrals import log
from referrals.choosing import choose
from referrals.clocks import Clock, Does
from referrals.directory import Sensitivity
from referrals.guards import Attempt
from referrals.lifecycle import Refusal, decide
from referrals.states import OPEN, OVER, whose_turn
from referrals.ticket import OPEN_LEGS, Actor, LegState, Role, Ticket, TicketState
from referrals.transitions import ENTRIES, TRANSITIONS, Transition
from tests.referrals.samples import GOOD, NOW, WORDS, actor

MAY_CLOSE = frozenset(Role) - {Role.AGENCY}
ENDS_ANYWHERE = frozenset({c.Withdraw, c.HandOver, c.Void})
AGENCIES = ("dinas-a", "dinas-b", "desa-c")
VAULTS = {"dinas-b"}
GIVEN_BACK = {LegState.RETURNED, LegState.EXPIRED}


class TicketMachine(RuleBasedStateMachine):
    """One ticket, and everybody who may want something done with it."""

    ticket: Ticket
    entries: tuple[log.Entry, ...]
    clocks: dict[Clock, bool]  # whether it runs; absent when stopped
    now: datetime
    last: tuple[Role, e.Event]

    @initialize(
        filed_for_another=st.sampled_from([False, False, True]),
        sensitivity=st.sampled_from(Sensitivity),
    )
    def file(self, filed_for_another: bool, sensitivity: Sensitivity) -> None:  # noqa: FBT001 - Hypothesis passes it
        """File the ticket."""
        self.now, self.entries, self.clocks = NOW, (), {}
        kind = c.SubmitForAnother if filed_for_another else c.Submit
        entry = ENTRIES[kind][0]
        filed = replace(GOOD[kind], sensitivity=sensitivity)  # type: ignore[call-arg]  # both have it
        self._take(None, filed, actor(entry.roles[0]), entry)

    @rule(data=st.data())
    def go_on(self, data: st.DataObject) -> None:
        """Somebody does what the state allows, as far as the guards agree."""
        self._do_one_of([t for t in self._possible() if t.to not in OVER], data)

    @rule(data=st.data())
    def go_on_twice(self, data: st.DataObject) -> None:
        """Most of what happens leads on: a short life meets no surprises."""
        self.go_on(data)
        self.go_on(data)

    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        """Somebody ends it, after it came to an answer."""
        answers = {TicketState.RESOLVED, TicketState.DECLINED, TicketState.APPEAL}
        if self.ticket.state in answers:
            self._do_one_of([t for t in self._possible() if t.to is TicketState.CLOSED], data)

    @rule(data=st.data(), chance=st.integers(0, 9))
    def end_early(self, data: st.DataObject, chance: int) -> None:
        """Now and then it ends before its time."""
        if chance == 0:
            self._do_one_of([t for t in self._possible() if t.to in OVER], data)

    @rule(data=st.data())
    def do_anything(self, data: st.DataObject) -> None:
        """Somebody does anything at all, short of what ends a ticket from anywhere."""
        kinds = sorted(set(GOOD) - ENDS_ANYWHERE, key=lambda kind: kind.__name__)
        kind = data.draw(st.sampled_from(kinds))
        self._try(self._good(kind, data), data.draw(st.sampled_from(Role)))

    @rule(hours=st.integers(1, 24 * 15))
    def wait(self, hours: int) -> None:
        """Time passes."""
        self.now += timedelta(hours=hours)

    @invariant()
    def the_log_tells_the_ticket(self) -> None:
        """Replaying the log, stored and read back, rebuilds the ticket; each hash fits."""
        stored = msgspec.json.decode(msgspec.json.encode(self.entries), type=list[log.Entry])
        assert log.replay(stored) == self.ticket
        assert log.first_broken(stored) is None
        assert len(stored) == self.ticket.events

    @invariant()
    def the_citizens_clock_never_restarts(self) -> None:
        """Count a ticket's age from its filing, or from the consent to it, for ever."""
        begins = [
            entry.at
            for entry in self.entries
            if isinstance(entry.event, e.Submitted | e.ConsentGiven)
        ]
        assert len(begins) <= 1
        assert self.ticket.opened_at == (begins or [self.entries[0].at])[0]

    @invariant()
    def every_open_ticket_has_a_clock(self) -> None:
        """Time what is open by something besides the citizen's own patience."""
        waiting = self.ticket.state is TicketState.AWAITING_CONSENT
        if self.ticket.state in OPEN and not waiting:
            assert set(self.clocks) - {Clock.CITIZEN}
            assert Clock.CITIZEN in self.clocks

    @invariant()
    def an_agency_never_closes(self) -> None:
        """Whoever wrote closed or void was no agency."""
        role, _ = self.last
        assert self.ticket.state in OPEN or role in MAY_CLOSE

    @invariant()
    def a_return_leads_on(self) -> None:
        """After a return the desk looks for another agency."""
        _, event = self.last
        if isinstance(event, e.Returned | e.LegExpired):
            assert self.ticket.state is TicketState.TRIAGE
            assert whose_turn(self.ticket) == "desk"

    @invariant()
    def one_leg_is_open_at_most(self) -> None:
        """See a ticket at one agency, at none once over, and at work when it says so."""
        legs = [leg for leg in self.ticket.legs if leg.state in OPEN_LEGS]
        assert len(legs) <= (1 if self.ticket.state in OPEN else 0)
        if self.ticket.state is TicketState.IN_PROGRESS:
            assert [leg.state for leg in legs] == [LegState.WORKING]

    @invariant()
    def a_vault_ticket_never_leaves(self) -> None:
        """See a vault ticket at agencies with a vault, and never at the desk that refers again."""
        if self.ticket.sensitivity is Sensitivity.VAULT:
            assert {leg.agency for leg in self.ticket.legs} <= VAULTS
            assert not {leg.state for leg in self.ticket.legs} & GIVEN_BACK

    @invariant()
    def an_end_has_a_reason(self) -> None:
        """Hear why from a closed ticket, and from no other."""
        closed = self.ticket.state is TicketState.CLOSED
        assert (self.ticket.closed_because is not None) is closed

    def _possible(self) -> list[Transition]:
        return [t for t in TRANSITIONS if self.ticket.state in t.sources and not t.later]

    def _do_one_of(self, entries: list[Transition], data: st.DataObject) -> None:
        if entries:
            entry = data.draw(st.sampled_from(entries))
            role = data.draw(st.sampled_from(entry.roles))
            self._try(self._good(entry.command, data), role)

    def _good(self, kind: type[c.Wish], data: st.DataObject) -> c.Command:
        """Return a good command of *kind*, fitted to now and to this ticket's newest leg."""
        known = dict(self._fitted(data))
        command = GOOD[kind]
        names = {name: known[name] for name in known if name in kind.__struct_fields__}
        return replace(command, **names)

    def _fitted(self, data: st.DataObject) -> Iterator[tuple[str, object]]:
        legs = len(self.ticket.legs) if self.ticket.state is not TicketState.SUBMITTED else 0
        yield "leg", legs
        agency = data.draw(st.sampled_from(AGENCIES))
        yield "agency", agency
        yield "vault", agency in VAULTS
        yield "local", data.draw(st.booleans())
        yield "words", data.draw(st.sampled_from([WORDS, WORDS, ""]))
        yield "due", self.now - timedelta(hours=1)
        yield "delivered_at", self.ticket.since
        yield "expected", self.now.date()
        yield "review", self.now.date()

    def _try(self, command: c.Command, role: Role) -> None:
        leg = self.ticket.last_leg
        who = Actor(role, leg.agency if role is Role.AGENCY and leg else f"{role.name}-1")
        outcome = decide(self.ticket, command, who, self.now)
        if not isinstance(outcome, Refusal):
            entry = choose(Attempt(self.ticket, command, who, self.now))
            assert isinstance(entry, Transition)
            self._take(self.ticket, command, who, entry)

    def _take(
        self, ticket: Ticket | None, command: c.Command, who: Actor, entry: Transition
    ) -> None:
        outcome = decide(ticket, command, who, self.now)
        assert not isinstance(outcome, Refusal)
        before = self.entries[-1].hash if self.entries else log.FIRST
        self.ticket, entries = log.append(ticket, before, outcome, who, command.words)
        self.entries += entries
        self.last = (who.role, outcome[-1])
        self._tick(entry)

    def _tick(self, entry: Transition) -> None:
        """Run the clocks as the table says."""
        for tick in entry.clocks:
            match tick.does:
                case Does.START:
                    self.clocks[tick.clock] = True
                case Does.STOP:
                    self.clocks.pop(tick.clock, None)
                case Does.PAUSE if tick.clock in self.clocks:
                    self.clocks[tick.clock] = False
                case Does.RESUME if tick.clock in self.clocks or tick.clock is Clock.CITIZEN:
                    self.clocks[tick.clock] = True
                case _:
                    pass


TicketMachine.TestCase.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)
TestTicketMachine = TicketMachine.TestCase
