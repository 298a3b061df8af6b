"""A village's own page: its three functions, its cases, and what leads on from there."""

from dataclasses import dataclass

from aiohttp import web

from casework.board.views import View
from casework.board.worklist import usual
from casework.calls.caller import Caller
from casework.village.village_desk import VillageDesk
from referrals.district.directory import Service
from referrals.district.staffing import Power
from web.console.addresses import FILE, LIST, VILLAGE
from web.console.guard import sheet_of, signed, staff_of
from web.console.sheets import UNFIT
from web.console.shell import Shell

CHECK = f"{VILLAGE}/check"
LONGEST = 40  # letters of a number that are looked at
SHOWN = 10  # cases on the first page


@dataclass(frozen=True, slots=True)
class VillagePages:
    """The first page, and the look-up in the registry."""

    desk: VillageDesk
    shell: Shell

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: the three functions first, then the village's cases."""
        staff, now = staff_of(request), self.desk.now()
        listing = await self.desk.worklist.page(staff, usual(staff, View.OPEN), "", now)
        return self.shell.page(
            request,
            "console/village/home.html",
            lines=listing.lines[:SHOWN],
            meetings=await self.desk.meetings.last(staff),
            list_path=LIST,
            file_path=FILE,
            may_file=staff.may(Power.FILE),
            may_reveal=staff.may(Power.REVEAL),
            correct=self.desk.district.correct_service,
            propose=self.desk.district.propose_service,
        )

    async def ask(self, request: web.Request) -> web.StreamResponse:
        """GET: what a look-up needs."""
        return self._check(request)

    async def check(self, request: web.Request) -> web.StreamResponse:
        """POST: what the registry says of a family, to who has its card before them.

        Counted and noted as a call's look-ups are: an account has so many a day.
        """
        sheet, language = sheet_of(request), self.shell.voice(request).language
        call = self.desk.calls.call(staff_of(request), Caller(), language)
        nik, proof = sheet.text("nik")[:LONGEST], sheet.text("proof")[:LONGEST]
        checked = await self.desk.calls.checking.present(call, nik, proof)
        found = (self._service(code) for code in checked.offers)
        return self._check(
            request,
            UNFIT if checked.fault else 200,
            checked=checked,
            leads=[row for row in found if row],
            nik=nik,
        )

    def _check(self, request: web.Request, status: int = 200, **values: object) -> web.Response:
        nothing = {"checked": None, "leads": (), "nik": ""}
        may_file = staff_of(request).may(Power.FILE)
        known = {"check_path": CHECK, "file_path": FILE, "may_file": may_file}
        return self.shell.page(
            request, "console/village/check.html", status, **nothing | known | values
        )

    def _service(self, code: str) -> Service | None:
        return next((row for row in self.desk.calls.services() if row.code == code), None)


def add_first(app: web.Application, pages: VillagePages) -> None:
    """Serve them; the guard comes first."""
    village = signed(Power.VILLAGE)
    app.router.add_get(VILLAGE, village(pages.show))
    app.router.add_get(CHECK, village(pages.ask))
    app.router.add_post(CHECK, village(pages.check))
