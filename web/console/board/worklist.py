"""The work list in a browser: looked at, narrowed, searched, and given out by the dozen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from msgspec import Struct, structs

from casework.board.bulk import STANDS, Bulk, OneOfMany
from casework.board.people import People
from casework.board.seeking import By, Found, Seeking
from casework.board.views import Filters, View
from casework.board.worklist import MOST_COUNTED, WorkList, usual
from casework.desk.asked import LONGEST, Item, lack
from casework.staff.person import Staff
from casework.ticket.step_names import StepName
from referrals.district.days import day_in
from referrals.district.directory import District
from referrals.district.staffing import Power
from web.console.addresses import CASES, LIST
from web.console.board.filters import NAMES, address, filters_in, offered
from web.console.guard import sheet_of, signed, staff_of
from web.console.live import moment_of
from web.console.sheets import UNFIT, Sheet
from web.console.shell import Shell
from web.forms import once_in
from web.offices.steps import SAID_WHY

SEARCH = f"{LIST}/search"
BULK = f"{LIST}/bulk"
FAULTS = {Item.BETTER: "agency", Item.WORDS: "words"}  # what the form calls them
OWN = frozenset(  # with own words
    {"done", "gone", "taken", "not_theirs", "stale", "repeated", *STANDS.values()}
)


class ListBefore(Struct, frozen=True, kw_only=True):
    """What went before a page of the list, by the names that its template knows."""

    missing: bool = False  # there is no such code that is theirs to know
    sought: Sheet | None = None
    found: Found | None = None  # why nothing was found
    fault: str = ""  # what is wrong with a form for many
    ticked: frozenset[str] = frozenset()


NOTHING = ListBefore()


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPages:
    """The requests of the work list."""

    shell: Shell
    worklist: WorkList
    seeking: Seeking
    bulk: Bulk
    people: People
    district: District
    now: Callable[[], datetime]
    token: Callable[[], str]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: a page of the list, as its address asks."""
        return await self._list(request)

    async def search(self, request: web.Request) -> web.StreamResponse:
        """POST: the case of a code, or a person's cases, for a reason that is kept.

        A NIK or a telephone stands in no address, which browsers and proxies remember.
        """
        staff, sheet = staff_of(request), sheet_of(request)
        by = By(sheet.text("by")) if sheet.text("by") in set(By) else By.CODE
        if by is By.CODE:
            code = await self.seeking.code(staff, sheet.text("text"))
            if code:
                raise web.HTTPSeeOther(f"{CASES}/{code}")
            return await self._list(request, ListBefore(missing=True, sought=sheet), 404)
        if not staff.may(Power.SEARCH):
            raise web.HTTPForbidden
        why = sheet.text("why")
        found = await self.seeking.person(staff, by, sheet.text("text"), why, self.now())
        if found.fault:
            return await self._list(request, ListBefore(found=found, sought=sheet), UNFIT)
        return self.shell.page(request, "console/found.html", found=found, by=by)

    async def many(self, request: web.Request) -> web.StreamResponse:
        """POST: give or refer every case that was ticked, and say what became of each."""
        staff, sheet = staff_of(request), sheet_of(request)
        codes, words = sheet.all("code"), sheet.text("words")
        if not codes:
            return await self._list(request, ListBefore(fault="none"), UNFIT)
        if sheet.text("do") != StepName.REFER:
            done = await self.bulk.give(staff, codes, sheet.text("to"), self.now())
            return self._done(request, done)
        if fault := self._fault(sheet):
            before = ListBefore(fault=fault, ticked=frozenset(codes))
            return await self._list(request, before, UNFIT)
        done = await self.bulk.refer(
            staff,
            codes,
            sheet.text("agency"),
            words,
            self.now(),
            once=once_in(sheet.fields),
        )
        return self._done(request, done)

    def _fault(self, sheet: Sheet) -> str:
        """Return what is wrong with a form that refers, empty where nothing is."""
        values = {Item.BETTER: sheet.text("agency"), Item.WORDS: sheet.text("words")}
        today = day_in(self.district.calendar.zone, self.now())
        found = lack(StepName.REFER, values, today, {Item.BETTER: self.district.agencies})
        return FAULTS[found.item] if found else ""

    def _done(self, request: web.Request, done: tuple[OneOfMany, ...]) -> web.Response:
        return self.shell.page(
            request,
            "console/many.html",
            outcomes=done,
            own=OWN,
            said=SAID_WHY,
            back=LIST,
            decided={},
            sheets=(),
        )

    async def _list(
        self, request: web.Request, before: ListBefore = NOTHING, status: int = 200
    ) -> web.Response:
        staff, query = staff_of(request), request.query
        filters = filters_in(query, staff, self.district)
        now = self.now()
        listing = await self.worklist.page(staff, filters, query.get("after", ""), now)
        return self.shell.page(
            request,
            "console/worklist.html",
            status,
            listing=listing,
            asked_at=moment_of(now),
            offered=offered(staff, self.district, self.shell.voice(request)),
            tabs=self._tabs(staff, filters),
            later=f"{LIST}?{address(filters, listing.next)}" if listing.next else "",
            first=f"{LIST}?{address(filters)}" if query.get("after") else "",
            chosen={name: str(getattr(filters, name) or "") for name in NAMES},
            takers=await self._takers(staff) if staff.may(Power.BULK) else [],
            may=staff.may,
            power=Power,
            most=MOST_COUNTED,
            once=self.token(),
            longest=LONGEST,
            list_path=LIST,
            **structs.asdict(before),
        )

    async def _takers(self, staff: Staff) -> list[tuple[str, str]]:
        """Return the colleagues who could be given cases, by account and name."""
        return [(one.id, one.name) for one in await self.people.takers(staff) if one != staff]

    def _tabs(self, staff: Staff, filters: Filters) -> list[tuple[View, str, bool]]:
        """Return each view, where it is, and whether it is the one shown."""
        return [
            (view, f"{LIST}?{address(usual(staff, view))}", view is filters.view) for view in View
        ]


def add_worklist(app: web.Application, pages: ListPages) -> None:
    """Serve the work list; the guard comes first."""
    app.router.add_get(LIST, signed(Power.WORKLIST)(pages.show))
    app.router.add_get(SEARCH, signed(Power.WORKLIST)(_back))
    app.router.add_get(BULK, signed(Power.WORKLIST)(_back))
    app.router.add_post(SEARCH, signed(Power.WORKLIST)(pages.search))
    app.router.add_post(BULK, signed(Power.BULK)(pages.many))


async def _back(_request: web.Request) -> web.StreamResponse:
    """Lead whoever comes to the address of a form alone, as after signing in, to the list."""
    raise web.HTTPSeeOther(LIST)
