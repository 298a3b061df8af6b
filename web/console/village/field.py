"""A look in the field: eight questions and photos, kept with the case for colleagues."""

from dataclasses import dataclass

from aiohttp import web

from casework.files.evidence import MOST_FILES
from casework.village.village_desk import VillageDesk
from referrals.district.staffing import Power
from web.console.addresses import CASES, VILLAGE
from web.console.guard import sheet_of, signed, staff_of
from web.console.sheets import UNFIT, Sheet
from web.console.shell import Shell
from web.opened import file_answer
from web.voice import Voice

FIELD = VILLAGE + r"/cases/{code:\d{9}}"
PHOTO = FIELD + r"/photos/{photo:[0-9a-f]{32}}"
QUESTIONS = ("home", "papers", "job", "house", "water", "income", "member", "aid")
ANSWERS = ("yes", "no", "unclear")  # wording: console_village.answer_<one>
LONGEST = 600  # letters of what is added to the answers
ONCE = 64  # characters of a form's name


@dataclass(frozen=True, slots=True)
class FieldPages:
    """The requests of a case's checklist."""

    desk: VillageDesk
    shell: Shell

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: the questions, blank, and the photos of earlier looks."""
        return await self._page(request)

    async def keep(self, request: web.Request) -> web.StreamResponse:
        """POST: keep the answers; the case's page says what can be done next."""
        sheet, code = sheet_of(request), request.match_info["code"]
        fault = self._fault(sheet)
        if not fault:
            fault = await self.desk.visits.keep(
                staff_of(request),
                code,
                text_of(sheet, self.shell.voice(request)),
                sheet.files,
                self.desk.now(),
                once=sheet.text("once"),
            )
        if fault:
            return await self._page(request, UNFIT, fault=fault, typed=sheet)
        raise web.HTTPSeeOther(f"{CASES}/{code}?done=noted")

    async def photo(self, request: web.Request) -> web.StreamResponse:
        """GET: a photo of an earlier look, which the audit notes."""
        code, number = (request.match_info[name] for name in ("code", "photo"))
        found = await self.desk.visits.photo(staff_of(request), code, number, self.desk.now())
        return self._gone(request) if found is None else file_answer(request, found)

    def _fault(self, sheet: Sheet) -> str:
        if any(sheet.text(one) not in ANSWERS for one in QUESTIONS):
            return "answers"
        if len(sheet.text("words")) > LONGEST:
            return "text"
        if not 1 <= len(sheet.text("once")) <= ONCE:
            return "answers"
        return "photos" if len(sheet.files) > MOST_FILES else ""

    async def _page(
        self, request: web.Request, status: int = 200, fault: str = "", typed: Sheet | None = None
    ) -> web.Response:
        staff, code = staff_of(request), request.match_info["code"]
        brief = await self.desk.briefs.of(staff, code, self.desk.now())
        if brief is None:
            return self._gone(request)
        return self.shell.page(
            request,
            "console/village/field.html",
            status,
            code=code,
            brief=brief,
            questions=QUESTIONS,
            answers=ANSWERS,
            photos=await self.desk.visits.photos(staff, code),
            fault=fault,
            typed=typed or Sheet(),
            once=typed.text("once") if typed else self.desk.token(),
            longest=LONGEST,
            most=MOST_FILES,
            path=f"{VILLAGE}/cases/{code}",
            case_path=f"{CASES}/{code}",
        )

    def _gone(self, request: web.Request) -> web.Response:
        return self.shell.gone(request, VILLAGE)


def text_of(sheet: Sheet, say: Voice) -> str:
    """Return the answers in *sheet* as a note: a line for each question, then what was added."""
    lines = [say("console_village.field_note")]
    for one in QUESTIONS:
        asked, told = (
            say(f"console_village.q_{one}"),
            say(f"console_village.answer_{sheet.text(one)}"),
        )
        lines.append(f"- {asked} {told}")
    return "\n".join([*lines, sheet.text("words")]).strip()


def add_field(app: web.Application, pages: FieldPages) -> None:
    """Serve checklists; the guard comes first."""
    village = signed(Power.VILLAGE)
    app.router.add_get(FIELD, village(pages.show))
    app.router.add_post(FIELD, village(pages.keep))
    app.router.add_get(PHOTO, signed(Power.CASE)(pages.photo))  # the desk has no village
