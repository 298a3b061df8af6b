"""Meetings of a village: entered once, with their minutes and the photos that show them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Self

from msgspec import Struct

from casework.files.cleaning import Unfit
from casework.staff.person import Staff
from casework.ticket.views import Opened
from casework.trail.actions import Action, staff_actor
from casework.village.photos import Photos
from conversations.hearing.cleaning import clean
from referrals.district.days import day_in
from referrals.district.directory import District
from storage.console.village import Meeting, Minutes
from storage.store import Store
from storage.unit import Outcome

ONCE = "village"  # the inbox's name for what villages enter
SHOWN = 12  # meetings, about a year
EARLIEST = timedelta(days=366)  # before today that a meeting can have been
LONGEST_NUMBER, MOST_PEOPLE = 60, 2000


class Typed(Struct, frozen=True):
    """What was typed of a meeting."""

    held: date | None
    number: str
    attended: int

    def fault(self, today: date) -> str:
        """Return which field is wrong, empty where none is."""
        if self.held is None or not today - EARLIEST <= self.held <= today:
            return "held"
        if not 1 <= len(clean(self.number)) <= LONGEST_NUMBER:
            return "number"
        return "" if 1 <= self.attended <= MOST_PEOPLE else "attended"


class MeetingView(Struct, frozen=True, kw_only=True):
    """A meeting as its village's office sees it. Prints by its id alone."""

    id: str
    held: date
    number: str  # of the minutes (berita acara)
    attended: int  # people

    @classmethod
    def of(cls, row: Meeting) -> Self:
        """Return what is shown of *row*."""
        minutes = row.minutes
        return cls(id=row.id, held=minutes.held, number=minutes.number, attended=minutes.attended)

    def __repr__(self) -> str:
        return f"MeetingView({self.id})"


class Meetings:
    """Keeps and finds them, each for its own village's office. Raises StoreUnavailable."""

    def __init__(self, store: Store, district: District, photos: Photos) -> None:
        self._store = store
        self._district = district
        self._photos = photos

    async def keep(
        self, staff: Staff, typed: Typed, photos: Sequence[bytes], once: str, now: datetime
    ) -> MeetingView | str:
        """Keep a meeting under the name *once*; the same again, or the field that is wrong."""
        fault = typed.fault(day_in(self._district.calendar.zone, now))
        cleans = await self._photos.clean(photos)
        if fault or typed.held is None or isinstance(cleans, Unfit):
            return fault or "photos"
        number = self._store.sealer.mac("inbox", ONCE, staff.id, once).hex()[:32]
        minutes = Minutes(typed.held, clean(typed.number), typed.attended, staff.id)
        meeting = Meeting(id=number, office=staff.office, minutes=minutes, at=now)
        unit = self._store.unit()
        unit.first_time(ONCE, number, now)
        unit.keep_meeting(meeting)
        unit.note(staff_actor(staff.id), Action.MEETING, now)
        files = await self._photos.shelve(unit, number, cleans, now)
        if await self._store.commit(unit) is not Outcome.KEPT:
            await self._photos.discard(files)
        return MeetingView.of(meeting)

    async def of(self, staff: Staff, number: str) -> MeetingView | None:
        """Return the meeting *number* of *staff*'s own office, None for others."""
        found = await self._store.meeting(number)
        return MeetingView.of(found) if found and found.office == staff.office else None

    async def last(self, staff: Staff) -> tuple[MeetingView, ...]:
        """Return the last meetings of *staff*'s office, the newest first."""
        rows = await self._store.meetings_of(staff.office, SHOWN)
        return tuple(map(MeetingView.of, rows))

    async def photos(self, meeting: MeetingView) -> tuple[str, ...]:
        """Return the ids of the photos that show *meeting*."""
        return await self._photos.of(meeting.id)

    async def photo(self, meeting: MeetingView, number: str) -> Opened | None:
        """Return photo *number* of *meeting*."""
        return await self._photos.opened(meeting.id, number)
