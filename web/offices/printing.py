"""The letter that the desk prints for an office without mail or telephone, and brings there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from casework.post.handing import LONGEST_TAKER, Handed, Printed
from web.forms import read_form
from web.headers import headed
from web.offices.agency import AGENCY_PATH
from web.pages import PAGES

BUSY = 409  # others keep changing the ticket

Sheets = Callable[[str, datetime], Awaitable[Printed | None]]
Hand = Callable[[str, str, datetime], Awaitable[Handed]]


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who writes: the service, the kabupaten, where it sits and how it is called."""

    service: str
    district: str
    office: str
    phone: str


@dataclass(frozen=True, slots=True)
class Printing:
    """The two requests of a printed letter's page. *now* is aware UTC; *framed* in the demo."""

    sheets: Sheets
    handed: Hand
    head: Letterhead
    now: Callable[[], datetime]
    framed: bool = False

    async def show(self, request: web.Request) -> web.Response:
        """GET: the letters to print, and how to say that they were handed over."""
        return await self._page(request)

    async def answer(self, request: web.Request) -> web.Response:
        """POST: they were handed over; then lead back to the page, or ask for it once more."""
        form = await read_form(request)
        taken_by = " ".join(form.get("taken_by", "").split())
        token = request.match_info["token"]
        if taken_by and await self.handed(token, taken_by, self.now()) is Handed.BUSY:
            return await self._page(request, BUSY)
        raise web.HTTPSeeOther(request.rel_url)

    async def _page(self, request: web.Request, status: int = 200) -> web.Response:
        """Return the letters with *status*; of BUSY they say so."""
        printed = await self.sheets(request.match_info["token"], self.now())
        if printed is None:
            return headed(request.app[PAGES].page(request, "gone.html", 404), framed=self.framed)
        page = request.app[PAGES].page(
            request,
            "printed.html",
            status,
            busy=status == BUSY,
            view=printed.view,
            sheets=printed.sheets,
            waits=printed.waits,
            head=self.head,
            today=self.now(),
            longest=LONGEST_TAKER,
        )
        return headed(page, framed=self.framed)


def add_printing(app: web.Application, printing: Printing) -> None:
    """Serve *printing* to whoever holds a leg's signed link; add_pages comes first."""
    app[PAGES].files.add("printed.css")
    app.router.add_get(f"{AGENCY_PATH}/letter", printing.show)
    app.router.add_post(f"{AGENCY_PATH}/letter", printing.answer)
