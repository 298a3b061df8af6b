"""A call comes in: one page from the ring to the code that is read back, keyboard only.

The same page serves a facilitator who files for a resident. Each step is a form of its own that
works without scripts; what was typed travels with it, and a form that comes twice files once.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from casework.calls.agreeing import can_be_anothers
from casework.calls.call_desk import CallDesk
from casework.calls.caller import Call, Caller
from casework.calls.checking import Checked
from casework.calls.danger import cards, danger, raised, safe_ways
from conversations.forms.gazetteer import KECAMATAN, below, find, path
from conversations.forms.guess import guess
from conversations.records.parties import Relation
from referrals.district.directory import Area, Service
from referrals.district.staffing import Power
from web.console.addresses import ROOT
from web.console.calls.answers import CallAnswers
from web.console.calls.filing import Filling
from web.console.calls.form import read_form
from web.console.calls.page import CallPage
from web.console.calls.rows import blank, typed_in
from web.console.guard import sheet_of, signed, staff_of
from web.console.sheets import UNFIT
from web.console.shell import Shell
from web.pages import PAGES

FILES = ("call.css", "call.js", "areas.js", "drafts.js", "leaving.js")
CHECKS = {"family": "nik", "ticket": "code", "listed": "code"}  # what is checked, by which field
FILLED = frozenset({"review", "send"})
GUESSED = 5  # services shown for a caller's own words
NEAREST = 8  # areas suggested at once
LONGEST = 200  # letters of a number, a wish or a place that are looked at

Look = Callable[[Call, str, str], Awaitable[Checked]]  # at what is named, with its proof


@dataclass(frozen=True, slots=True, kw_only=True)
class CallPages:
    """The page of a call, or with *resident* that of who files for somebody before them."""

    desk: CallDesk
    shell: Shell
    resident: bool = False

    @property
    def page(self) -> CallPage:
        """What is shown at every step."""
        return CallPage(self.desk, self.shell, self.resident)

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: a page to begin with; an exchange names the number in ?from=.

        Nobody is looked up by an address that anybody may have somebody else open.
        """
        number = "" if self.resident else request.query.get("from", "")[:LONGEST]
        caller = Caller.read(number)
        call = self.desk.call(staff_of(request), caller or Caller(), "")
        if caller is None:
            return self.page.show(request, call, UNFIT, number=number, fault="number")
        return self.page.show(request, call)

    async def work(self, request: web.Request) -> web.StreamResponse:
        """POST: the next step."""
        sheet = sheet_of(request)
        number, step = sheet.text("from")[:LONGEST], sheet.text("step")
        caller, service = Caller.read(number), self._service(sheet.text("service"))
        call = self.desk.call(staff_of(request), caller or Caller(), sheet.text("tongue"))
        if service and step in FILLED:
            return await self._filled(request, call, service, "" if caller else number)
        if caller is None:
            return self.page.show(request, call, UNFIT, number=number, fault="number")
        if service:
            return self._opened(request, call, service)
        if step == "answer" and not self.resident:
            return await CallAnswers(self.desk, self.page).take(request, call)
        if step in CHECKS and not self.resident:
            return await self._checked(request, call, step)
        return await self._chosen(request, call, sheet.text("q")[:LONGEST])

    async def areas(self, request: web.Request) -> web.StreamResponse:
        """GET: the full names of the desa that ?q= may mean, typos and all, as JSON."""
        district, found = self.desk.district, list[Area]()
        for area in find(request.query.get("q", "")[:LONGEST], district).areas:
            found += below(area.code, district) if area.kind == KECAMATAN else [area]
        return web.json_response([path(area, district) for area in found[:NEAREST]])

    def _service(self, code: str) -> Service | None:
        return next((row for row in self.desk.services() if row.code == code), None)

    async def _filled(
        self, request: web.Request, call: Call, service: Service, misread: str
    ) -> web.Response:
        """Take a form in; its number may be none (*misread*), and is asked for again."""
        sheet, filling = sheet_of(request), Filling(self.desk, self.page)
        form = read_form(sheet, service, resident=self.resident)
        if form is None:
            raise web.HTTPBadRequest
        if misread:
            return filling.misnumbered(request, call, form, misread)
        return await filling.take(request, call, form, send=sheet.text("step") == "send")

    def _opened(self, request: web.Request, call: Call, service: Service) -> web.Response:
        """Show the form of *service*, with what is known already."""
        typed = typed_in(sheet_of(request).fields, service)
        relation = Relation.OFFICER if self.resident and can_be_anothers(service) else None
        return self.page.show(
            request,
            call,
            service=service,
            rows=blank(service, call.say, typed, relation),
            once=self.desk.token(),
            danger=danger(service, None, call.say),
        )

    async def _chosen(self, request: web.Request, call: Call, words: str) -> web.Response:
        """Show what the caller's *words* may be about; without any, just who they are.

        Where they speak of danger, the numbers to call come first, whatever else is found.
        """
        alarms = raised(words, call.say)
        ways = safe_ways(alarms, call.say)
        found = (self._service(code) for code in guess(words, self.desk.district))
        guessed = [*ways, *(row for row in found if row and row not in ways)][:GUESSED]
        return self.page.show(
            request,
            call,
            known=await self.desk.earlier.of_caller(call),
            words=words,
            likely=guessed if words.strip() else None,
            danger=cards(alarms, call.say),
            safe_ways=ways,
        )

    async def _checked(self, request: web.Request, call: Call, step: str) -> web.Response:
        """Show what the registry, or a ticket, says to who proved that they may hear it."""
        sheet, checking = sheet_of(request), self.desk.checking
        named, proof = sheet.text(CHECKS[step]), sheet.text(f"{step}_proof")
        looks: dict[str, Look] = {
            "family": checking.family,
            "ticket": checking.ticket,
            "listed": checking.listed,
        }
        checked = await looks[step](call, named[:LONGEST], proof[:LONGEST])
        found = (self._service(code) for code in checked.offers)
        return self.page.show(
            request,
            call,
            UNFIT if checked.fault else 200,
            known=await self.desk.earlier.of_caller(call),
            checked=checked,
            step=step,
            leads=[row for row in found if row],
            nik=named if checked.offers else "",
            once=self.desk.token(),
        )


def add_calls(app: web.Application, desk: CallDesk, shell: Shell) -> None:
    """Serve the pages of calls and of filing for residents; the guard comes first."""
    app[PAGES].files.add(*FILES)
    for name, power, resident in (("call", Power.CALL, False), ("file", Power.FILE, True)):
        pages, guarded = CallPages(desk=desk, shell=shell, resident=resident), signed(power)
        app.router.add_get(f"{ROOT}/{name}", guarded(pages.show))
        app.router.add_post(f"{ROOT}/{name}", guarded(pages.work))
        app.router.add_get(f"{ROOT}/{name}/areas", guarded(pages.areas))
