"""A case's page put together from all that was read of it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from casework.access.links import Claim
from casework.access.seats import seat_for
from casework.board.notes import readable, shown
from casework.board.personal import person, story
from casework.board.reaching import Reaching, by_voice, fitting
from casework.board.returning import objection
from casework.board.timeline import timeline
from casework.board.views import CaseView, ClockShown, LegShown, Reached, Written
from casework.desk.agency_desk import Look
from casework.desk.seeing import Seeing
from casework.desk.steps import granted
from casework.staff.person import Staff
from casework.ticket.views import LegView
from referrals.commands import Command
from referrals.district.staffing import Power
from referrals.due.dues import Due, dues
from referrals.ticket import Ticket
from storage.console.case_notes import CaseNote
from storage.console.holdings import Held
from storage.replies.sent import Trace


class Beside(Struct, frozen=True, kw_only=True):
    """What stands beside a ticket: notes, who works on it, who has it open, and their names."""

    notes: tuple[CaseNote, ...]
    held: Held | None
    elsewhere: tuple[tuple[str, Held], ...]  # offices at work, for who looks at the whole
    present: tuple[str, ...]
    names: Mapping[str, str]
    way: Reached | None
    traces: tuple[Trace, ...]  # of messages to the citizen
    revealed: bool = False
    word: str = ""  # by which papers are opened, once it is revealed
    missed: int = 0


class Showing:
    """Makes the page."""

    def __init__(self, seeing: Seeing, reaching: Reaching) -> None:
        self._seeing = seeing
        self._reaching = reaching

    def case(
        self, staff: Staff, look: Look, view: LegView, beside: Beside, now: datetime
    ) -> CaseView:
        """Return what *staff* sees of the case that *look* read."""
        claim, stored, folder = look
        ticket, held = stored.ticket, beside.held
        told = list(self._seeing.told(claim, ticket, folder))
        return CaseView(
            view=view,
            events=ticket.events,
            person=tuple(person(told, revealed=beside.revealed)),
            story=tuple(story(told)),
            revealed=beside.revealed,
            word=beside.word,
            may_reveal=staff.may(Power.REVEAL),
            line=_nameless(beside.way) if view.hidden else beside.way,
            by_voice=by_voice(stored) and bool(folder.words),  # else it was erased
            clocks=tuple(self._clocks(claim, ticket, now)),
            legs=tuple(self._legs(claim, ticket)),
            timeline=timeline(self._seeing, look, view, beside.traces),
            notes=shown(readable(claim, ticket, beside.notes), beside.names),
            holder=beside.names.get(held.holder, "") if held else "",
            mine=held is not None and held.holder == staff.id,
            held_until=held.until if held else None,
            elsewhere=tuple(
                (self._seeing.name_of(agency), beside.names.get(one.holder, ""))
                for agency, one in beside.elsewhere
            ),
            returned=objection(self._seeing, look),
            present=tuple(beside.names.get(one, "") for one in beside.present),
            replies=fitting(self._seeing.district, view, ticket.service),
            tells=self._tells(look, now),
            missed=beside.missed,
        )

    def _tells(self, look: Look, now: datetime) -> dict[str, Written]:
        """Return what each step that becomes a message says before anybody wrote a word of it."""
        claim, stored, folder = look
        desktop = self._seeing.desktop(claim, stored.ticket, now, folder)
        told = ((name, self._told(look, command, now)) for name, command in granted(desktop))
        return {name: written for name, written in told if written}

    def _told(self, look: Look, command: Command, now: datetime) -> Written | None:
        claim, stored, _ = look
        seat = seat_for(self._seeing.district, claim, stored.ticket, command, now)
        return self._reaching.told(seat, stored, command, "", now)

    def _clocks(self, claim: Claim, ticket: Ticket, now: datetime) -> Iterator[ClockShown]:
        for due in dues(ticket, self._seeing.district):
            if claim.desk or due.leg in {0, claim.leg}:
                yield self._clock(due, ticket, now)

    def _clock(self, due: Due, ticket: Ticket, now: datetime) -> ClockShown:
        leg = ticket.leg(due.leg)
        late = due.at is not None and due.at < now and not due.paused
        return ClockShown(
            clock=due.clock,
            agency=self._seeing.name_of(leg.agency) if leg else "",
            due=due.at,
            paused=due.paused,
            overdue=late,
            risky=not late and due.at_risk is not None and due.at_risk <= now,
        )

    def _legs(self, claim: Claim, ticket: Ticket) -> Iterator[LegShown]:
        for leg in ticket.legs:
            if claim.desk or leg.number == claim.leg:
                name = self._seeing.name_of(leg.agency)
                yield LegShown(leg.number, name, leg.state, leg.since)


def _nameless(way: Reached | None) -> Reached | None:
    """Return *way* without what picks a person out of a list of telephones."""
    return replace(way, shown="") if way else None
