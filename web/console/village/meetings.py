"""A village's meetings: the agenda on paper, the minutes, and what was decided about whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from aiohttp import web

from casework.board.bulk import OneOfMany
from casework.files.evidence import MOST_FILES
from casework.village.meetings import LONGEST_NUMBER, MOST_PEOPLE, MeetingView, Typed
from casework.village.outcomes import Decided, may_enter
from casework.village.village_desk import VillageDesk
from referrals.district.days import read_day
from referrals.district.staffing import Power
from web.console.addresses import SHEETS, VILLAGE
from web.console.board.worklist import OWN
from web.console.guard import sheet_of, signed, staff_of
from web.console.sheets import UNFIT, Sheet
from web.console.shell import Shell
from web.offices.steps import SAID_WHY
from web.opened import file_answer

AGENDA = f"{VILLAGE}/agenda"
MEETINGS = f"{VILLAGE}/meetings"
MEETING = MEETINGS + r"/{meeting:[0-9a-f]{32}}"
PHOTO = MEETING + r"/photos/{photo:[0-9a-f]{32}}"
AGREED = Decided.AGREED
FIELD_OF = "outcome_"  # and a code: the name of a choice
ONCE = 64  # characters of a form's name
LONGEST_COUNT = 4  # digits
OWN_WORDS = OWN | {"decided"}


@dataclass(frozen=True, slots=True)
class MeetingPages:
    """The requests of a village's meetings."""

    desk: VillageDesk
    shell: Shell

    async def agenda(self, request: web.Request) -> web.StreamResponse:
        """GET: what the next meeting decides, to be looked at and printed."""
        staff, now = staff_of(request), self.desk.now()
        items = await self.desk.agenda.items(staff, now)
        return self.shell.page(
            request,
            "console/village/agenda.html",
            items=items,
            now=now,
            may_reveal=staff.may(Power.REVEAL),
            sheets_path=SHEETS,
            meetings_path=MEETINGS,
        )

    async def agreed(self, request: web.Request) -> web.StreamResponse:
        """GET: what meetings agreed to, of which sheets can be taken; who may not, the agenda."""
        staff, now = staff_of(request), self.desk.now()
        if not staff.may(Power.REVEAL):
            raise web.HTTPSeeOther(AGENDA)
        return self.shell.page(
            request,
            "console/village/agreed.html",
            items=await self.desk.agenda.agreed(staff, now),
            sheets_path=SHEETS,
            back=MEETINGS,
        )

    async def sheets(self, request: web.Request) -> web.StreamResponse:
        """POST: what is typed into the registry, a page for each case that was ticked."""
        staff, sheet = staff_of(request), sheet_of(request)
        if not staff.may(Power.VILLAGE):
            raise web.HTTPForbidden
        now = self.desk.now()
        found = await self.desk.proposals.sheets(staff, sheet.all("code"), now)
        return self.shell.page(
            request,
            "console/village/sheets.html",
            sheets=found.sheets,
            over=found.over,
            back=SHEETS,
            now=now,
        )

    async def meetings(self, request: web.Request) -> web.StreamResponse:
        """GET: the last meetings, and the form for a new one."""
        return await self._meetings(request)

    async def keep(self, request: web.Request) -> web.StreamResponse:
        """POST: keep a meeting, and lead to what it decided."""
        staff, sheet = staff_of(request), sheet_of(request)
        named = 1 <= len(sheet.text("once")) <= ONCE and len(sheet.files) <= MOST_FILES
        kept: MeetingView | str = "photos"
        if named:
            kept = await self.desk.meetings.keep(
                staff, _typed(sheet), sheet.files, sheet.text("once"), self.desk.now()
            )
        if isinstance(kept, str):
            return await self._meetings(request, UNFIT, fault=kept, typed=sheet)
        raise web.HTTPSeeOther(f"{MEETINGS}/{kept.id}")

    async def meeting(self, request: web.Request) -> web.StreamResponse:
        """GET: a meeting, and the cases whose outcome can be entered."""
        meeting = await self._own(request)
        return self._gone(request) if meeting is None else await self._meeting(request, meeting)

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """POST: do what the meeting decided to each case that has an outcome."""
        staff, meeting = staff_of(request), await self._own(request)
        if meeting is None:
            return self._gone(request)
        decided = _decided(sheet_of(request))
        if not decided or not may_enter(staff):
            return await self._meeting(request, meeting, UNFIT)
        done = await self.desk.outcomes.enter(staff, meeting, decided, self.desk.now())
        return self.shell.page(
            request,
            "console/many.html",
            outcomes=done,
            own=OWN_WORDS,
            said=SAID_WHY,
            back=f"{MEETINGS}/{meeting.id}",
            decided={code: what.value for code, what in decided.items()},
            sheets=_agreed(decided, done) if staff.may(Power.REVEAL) else (),
        )

    async def photo(self, request: web.Request) -> web.StreamResponse:
        """GET: a photo of a meeting of one's own village."""
        meeting, number = await self._own(request), request.match_info["photo"]
        found = await self.desk.meetings.photo(meeting, number) if meeting else None
        return self._gone(request) if found is None else file_answer(request, found)

    async def _meeting(
        self, request: web.Request, meeting: MeetingView, status: int = 200
    ) -> web.Response:
        staff = staff_of(request)
        now = self.desk.now()
        items = await self.desk.agenda.items(staff, now) if may_enter(staff) else ()
        codes = [item.code for item in items]
        return self.shell.page(
            request,
            "console/village/meeting.html",
            status,
            meeting=meeting,
            photos=await self.desk.meetings.photos(meeting),
            items=items,
            choices=await self.desk.outcomes.open_to(staff, codes, now),
            field=FIELD_OF,
            may_enter=may_enter(staff),
            sheets_path=SHEETS if staff.may(Power.REVEAL) else "",
            nothing=status == UNFIT,
            path=f"{MEETINGS}/{meeting.id}",
            back=MEETINGS,
        )

    async def _meetings(
        self, request: web.Request, status: int = 200, fault: str = "", typed: Sheet | None = None
    ) -> web.Response:
        return self.shell.page(
            request,
            "console/village/meetings.html",
            status,
            meetings=await self.desk.meetings.last(staff_of(request)),
            fault=fault,
            typed=typed or Sheet(),
            once=typed.text("once") if typed else self.desk.token(),
            path=MEETINGS,
            most=MOST_FILES,
            longest_number=LONGEST_NUMBER,
            most_people=MOST_PEOPLE,
        )

    async def _own(self, request: web.Request) -> MeetingView | None:
        return await self.desk.meetings.of(staff_of(request), request.match_info["meeting"])

    def _gone(self, request: web.Request) -> web.Response:
        return self.shell.gone(request, VILLAGE)


def _typed(sheet: Sheet) -> Typed:
    count = sheet.text("attended")
    attended = int(count) if count.isdecimal() and len(count) <= LONGEST_COUNT else 0
    return Typed(read_day(sheet.text("held")), sheet.text("number"), attended)


def _agreed(decided: Mapping[str, Decided], done: Iterable[OneOfMany]) -> tuple[str, ...]:
    """Return the codes that the meeting agreed to, now or before."""
    kept = {one.code for one in done if one.done or one.what == "decided"}
    return tuple(code for code, what in decided.items() if what is AGREED and code in kept)


def _decided(sheet: Sheet) -> dict[str, Decided]:
    """Return what was chosen for which code; a choice that was left open is no outcome."""
    chosen = {
        name.removeprefix(FIELD_OF): text
        for name, text in sheet.fields.items()
        if name.startswith(FIELD_OF)
    }
    return {code: Decided(text) for code, text in chosen.items() if text in set(Decided)}


def add_meetings(app: web.Application, pages: MeetingPages) -> None:
    """Serve them; the guard comes first."""
    village = signed(Power.VILLAGE)
    app.router.add_get(AGENDA, village(pages.agenda))
    app.router.add_get(SHEETS, village(pages.agreed))
    app.router.add_post(SHEETS, signed(Power.REVEAL)(pages.sheets))
    app.router.add_get(MEETINGS, village(pages.meetings))
    app.router.add_post(MEETINGS, village(pages.keep))
    app.router.add_get(MEETING, village(pages.meeting))
    app.router.add_post(MEETING, village(pages.enter))
    app.router.add_get(PHOTO, village(pages.photo))
