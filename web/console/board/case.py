"""A case in a browser: read, answered, noted upon, and never overwritten by two people at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from aiohttp import web
from msgspec import Struct, structs

from casework.board.case import CaseDesk
from casework.board.holding import Holding
from casework.board.notes import LONGEST as LONGEST_NOTE
from casework.board.people import People
from casework.board.reasons import reason_in
from casework.board.views import CaseView, Written
from casework.desk.agency_desk import SEALED
from casework.files.evidence import MOST_FILES
from casework.staff.person import Staff
from casework.ticket.step_names import STEP_NAMES
from casework.ticket.views import Done
from casework.village.proposal import Proposals
from casework.village.visits import FieldVisits
from referrals.choosing import Refusal
from referrals.district.staffing import Power
from web.console.addresses import CASES, LIST, SHEETS, VILLAGE
from web.console.guard import sheet_of, signed, staff_of
from web.console.live import moment_of
from web.console.sheets import MOVED_ON, UNFIT
from web.console.shell import Shell
from web.offices.agency_form import Filled, FormFault, drawn_with, read
from web.offices.steps import SAID_WHY, once_of
from web.opened import file_answer

CASE = CASES + r"/{code:\d{9}}"
FILE = CASE + r"/files/{seq:\d{1,6}}-{place:\d{1,3}}"
PERSON = "orang"  # where on its page a case tells who it is about
MOST_WORD = 100  # characters of a word that opens a paper; ours are shorter
SEALED_DONE = "sealed"  # a paper was asked for without a reason
SAID = ("noted", "taken", "let_go", "given")  # what a page may say was done, besides steps
LONGEST_LOG = 7  # digits of how long a log is


class CaseBefore(Struct, frozen=True, kw_only=True):
    """What went before a case's page, by the names that its template knows."""

    done: str = ""
    sealed: bool = False  # a paper was asked for without a reason
    typed: Mapping[str, str] = {}
    fault: FormFault | None = None
    refused: str = ""  # why a rule forbade a step
    preview: Written | None = None
    silent: bool = False  # the citizen would get no message
    unsaid: bool = False  # no reason was given to be shown the person
    unnoted: str = ""  # a note that is none
    unheld: str = ""  # why a case was not taken, given or let go of


NOTHING = CaseBefore()


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePages:
    """The requests of a case's page."""

    shell: Shell
    cases: CaseDesk
    holding: Holding
    people: People
    visits: FieldVisits
    proposals: Proposals
    now: Callable[[], datetime]
    token: Callable[[], str]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: the case as it is, with a word about what was just done."""
        done = request.query.get("done", "")
        said = done if done in {*STEP_NAMES, *SAID} else ""
        return await self._page(request, CaseBefore(done=said, sealed=done == SEALED_DONE))

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """POST: do what a form says once, or show the message that it would become."""
        staff, sheet, code = staff_of(request), sheet_of(request), _code(request)
        case = await self.cases.see(staff, code, self.now())
        if case is None:
            return self._gone(request)
        if "use" in sheet.fields:
            return await self._page(request, CaseBefore(typed=_begun(case, sheet.fields)))
        filled = read(sheet.fields, case.view, self._today(request))
        if isinstance(filled, FormFault):
            return await self._page(request, CaseBefore(fault=filled, typed=sheet.fields), UNFIT)
        if "preview" in sheet.fields:
            return await self._previewed(request, filled)
        return await self._act(request, filled)

    async def reveal(self, request: web.Request) -> web.StreamResponse:
        """POST: show who the person is, for a reason that is kept."""
        why = sheet_of(request).text("why")
        return await self._page(request, CaseBefore(unsaid=True), why=why)

    async def note(self, request: web.Request) -> web.StreamResponse:
        """POST: write a note for colleagues."""
        text = sheet_of(request).text("note")
        kept = await self.cases.note(staff_of(request), _code(request), text, self.now())
        if kept is None:
            return self._gone(request)
        if not kept:
            return await self._page(request, CaseBefore(unnoted=text), UNFIT)
        raise self._back(request, "noted")

    async def hold(self, request: web.Request) -> web.StreamResponse:
        """POST: take the case on, let go of it, or give it to a colleague."""
        staff, sheet, code = staff_of(request), sheet_of(request), _code(request)
        now = self.now()
        match sheet.text("do"):
            case "take":
                handed, done = await self.holding.take(staff, code, now), "taken"
            case "let_go":
                handed, done = await self.holding.let_go(staff, code), "let_go"
            case _:
                taker = await self.holding.colleague(staff, sheet.text("to"))
                handed, done = await self.holding.give(staff, code, taker, now), "given"
        if handed != "done":
            return await self._page(request, CaseBefore(unheld=handed.value), MOVED_ON)
        raise self._back(request, done)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """GET: a photo or document of the case, which the audit notes.

        One that may tell who somebody is leads back to the case, where a reason is asked for.
        """
        seq, place = (int(request.match_info[name]) for name in ("seq", "place"))
        staff, code, word = staff_of(request), _code(request), request.query.get("word", "")
        opened = await self.cases.file(staff, code, seq, place, self.now(), word=word[:MOST_WORD])
        if opened == SEALED:
            raise web.HTTPSeeOther(f"{CASES}/{code}?done={SEALED_DONE}#{PERSON}")
        return self._gone(request) if opened is None else file_answer(request, opened)

    async def present(self, request: web.Request) -> web.StreamResponse:
        """GET: who else has the case open, for a browser that asks now and then."""
        who = await self.cases.present(staff_of(request), _code(request), self.now())
        if who is None:
            raise web.HTTPNotFound
        body = msgspec.json.encode({"present": who})
        return web.Response(body=body, content_type="application/json")

    async def _previewed(self, request: web.Request, filled: Filled) -> web.Response:
        staff, code = staff_of(request), _code(request)
        now, form = self.now(), sheet_of(request).fields
        written = await self.cases.told(staff, code, filled.step, filled.brought.text, now)
        before = CaseBefore(typed=form, preview=written, silent=written is None)
        return await self._page(request, before)

    async def _act(self, request: web.Request, filled: Filled) -> web.Response:
        staff, sheet, code = staff_of(request), sheet_of(request), _code(request)
        as_of, outcome = _length(sheet.text("events")), Refusal("file_many")
        done: Done | Refusal = outcome
        if len(sheet.files) <= MOST_FILES:
            once = once_of(sheet.fields)
            brought = structs.replace(filled.brought, files=sheet.files, once=once, as_of=as_of)
            done = await self.cases.act(staff, code, filled.step, brought, self.now())
        if isinstance(done, Done):
            raise self._back(request, sheet.text("action"))
        before = CaseBefore(typed=sheet.fields, refused=done.reason)
        return await self._page(request, before, MOVED_ON, as_of=as_of)

    async def _page(
        self,
        request: web.Request,
        before: CaseBefore = NOTHING,
        status: int = 200,
        *,
        why: str = "",
        as_of: int | None = None,
    ) -> web.Response:
        staff, now = staff_of(request), self.now()
        case = await self.cases.see(staff, _code(request), now, why=why, as_of=as_of)
        if case is None:
            return self._gone(request)
        unsaid, refused = before.unsaid and not case.revealed, before.refused
        values = structs.asdict(before) | {
            "unsaid": unsaid,
            "over": bool(reason_in(why)),  # a reason was given, and the day's looks were not
            "refused": refused if refused in {*SAID_WHY, "stale", ""} else "text",
            "chosen": before.typed.get("action", ""),
            "path": f"{CASES}/{case.view.code}",
            "back": LIST,
        }
        shown = await self._shown(staff, case, self._today(request))
        shown["asked_at"] = moment_of(now)
        return self.shell.page(
            request, "console/case.html", UNFIT if unsaid else status, **shown, **values
        )

    async def _shown(self, staff: Staff, case: CaseView, today: date) -> dict[str, object]:
        """Return what every page of *case* shows."""
        return drawn_with(case.view, today) | {
            "case": case,
            "view": case.view,
            "visits": await self.visits.photos(staff, case.view.code),
            "field_path": f"{VILLAGE}/cases/{case.view.code}" if staff.may(Power.VILLAGE) else "",
            "sheets_path": SHEETS if await self.proposals.has(staff, case.view.code) else "",
            "once": self.token(),
            "longest_note": LONGEST_NOTE,
            "takers": [one for one in await self.people.takers(staff) if one.id != staff.id],
        }

    def _today(self, request: web.Request) -> date:
        """Return the day that it is in the district."""
        return self.shell.voice(request).date_of(self.now())

    def _back(self, request: web.Request, done: str) -> web.HTTPSeeOther:
        return web.HTTPSeeOther(f"{CASES}/{_code(request)}?done={done}")

    def _gone(self, request: web.Request) -> web.Response:
        return self.shell.gone(request, LIST)


def add_case(app: web.Application, pages: CasePages) -> None:
    """Serve cases; the guard comes first."""
    case = signed(Power.CASE)
    app.router.add_get(CASE, case(pages.show))
    app.router.add_post(CASE, case(pages.answer))
    app.router.add_get(FILE, case(pages.file))
    app.router.add_get(f"{CASE}/present", case(pages.present))
    for name, handler in (("note", pages.note), ("hold", pages.hold)):
        app.router.add_post(f"{CASE}/{name}", case(handler))
        app.router.add_get(f"{CASE}/{name}", case(_to_case))
    app.router.add_post(f"{CASE}/reveal", signed(Power.REVEAL)(pages.reveal))
    app.router.add_get(f"{CASE}/reveal", case(_to_case))


def _begun(case: CaseView, form: Mapping[str, str]) -> dict[str, str]:
    """Return *form* with the canned text that it asks to use, below what was typed already."""
    rows = case.replies.get(form.get("action", ""), ())
    language = case.line.language if case.line else "id"
    used = (row.text.in_language(language) for row in rows if row.code == form["use"])
    parts = (form.get("words", "").strip(), next(used, ""))
    return {**form, "words": "\n".join(part for part in parts if part)}


async def _to_case(request: web.Request) -> web.StreamResponse:
    """Lead whoever comes to the address of a form alone, as after signing in, to its case."""
    raise web.HTTPSeeOther(f"{CASES}/{_code(request)}")


def _code(request: web.Request) -> str:
    return request.match_info["code"]


def _length(text: str) -> int | None:
    """Return how long the log was when a form was shown; None where the form does not say."""
    return int(text) if text.isdecimal() and len(text) <= LONGEST_LOG else None
