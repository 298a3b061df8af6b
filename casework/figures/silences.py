"""How long a ticket lies with the offices, and nobody there says or does anything about it."""

from collections.abc import Iterator
from datetime import datetime

from casework.figures.kinds import LONG_SILENCE, Kind
from casework.figures.steps import Step, holder
from referrals.district.days import day_in
from referrals.district.directory import District
from referrals.roles import Role
from referrals.states import OPEN, WAITING_FOR_CITIZEN
from storage.figures.counted import Row

OFFICES_TURN = OPEN - WAITING_FOR_CITIZEN
OFFICES = frozenset(
    {Role.VERIFIER, Role.AGENCY, Role.SUPERVISOR, Role.APPEAL_OFFICER, Role.DATA_PROTECTION}
)


class Listening:
    """Follows one ticket; *since* is the last word while it is the offices' turn, else None."""

    def __init__(self, district: District) -> None:
        self._zone = district.calendar.zone
        self.since: datetime | None = None

    def heard(self, step: Step) -> Iterator[Row]:
        """Yield the silence that *step* ends, if it was long; the program's own news end none."""
        spoke = step.entry.actor.role in OFFICES
        theirs = step.after.state in OFFICES_TURN
        if self.since is not None and (spoke or not theirs):
            days = step.day - day_in(self._zone, self.since).toordinal()
            if days >= LONG_SILENCE:
                yield step.row(Kind.SILENCE, holder(step.before, step.district), days)
        if not theirs:
            self.since = None
        elif spoke or self.since is None:
            self.since = step.entry.at
