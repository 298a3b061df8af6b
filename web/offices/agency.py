"""The page behind a signed link: an officer without an account sees a ticket, and acts on it."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web
from msgspec.structs import replace

from casework.desk.deeds import Brought, Step
from casework.files.evidence import MOST_FILES
from casework.ticket.step_names import STEP_NAMES
from casework.ticket.views import Done, LegView, Opened
from referrals.choosing import Refusal
from web.forms import Sent, read_sent
from web.headers import headed
from web.offices.agency_form import Filled, FormFault, drawn_with, read
from web.offices.steps import SAID_WHY, once_of
from web.opened import file_answer
from web.pages import PAGES

See = Callable[[str, datetime], Awaitable[LegView | None]]
Act = Callable[[str, Step, Brought, datetime], Awaitable[Done | Refusal]]
Open = Callable[[str, int, int, datetime], Awaitable[Opened | Refusal | None]]

AGENCY_PATH = "/agency/{token:[A-Za-z0-9_.-]{1,300}}"
FILE = AGENCY_PATH + r"/files/{seq:\d{1,6}}-{place:\d{1,3}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyPages:
    """The requests of an agency's page. *now* is aware UTC; *framed* only in the demo.

    *token* gives what makes each form one of its kind; *opened* sees, and knows that somebody did.
    """

    see: See
    opened: See
    act: Act
    open: Open
    now: Callable[[], datetime]
    token: Callable[[], str]
    framed: bool = False

    async def show(self, request: web.Request) -> web.Response:
        """GET: the ticket as it is, with a word about what was just done."""
        reads = self.see if _looks_ahead(request) else self.opened
        view = await reads(request.match_info["token"], self.now())
        if view is None:
            return self._gone(request)
        done = request.query.get("done", "")
        return self._page(request, view, done=done if done in STEP_NAMES else "")

    async def answer(self, request: web.Request) -> web.Response:
        """POST: do what the form says once, then lead back to the page.

        Without a link that holds, no body is waited for.
        """
        now = self.now()
        view = await self.see(request.match_info["token"], now)
        if view is None:
            return self._gone(request)
        sent = await read_sent(request, request.match_info["token"])
        today = request.app[PAGES].voice(request).date_of(now)
        filled = read(sent.fields, view, today)
        if isinstance(filled, FormFault):
            return self._page(request, view, 422, fault=filled, typed=sent.fields)
        return await self._act(request, filled, sent)

    async def file(self, request: web.Request) -> web.Response:
        """GET: a photo or document of the ticket, which the audit notes."""
        seq, place = (int(request.match_info[name]) for name in ("seq", "place"))
        opened = await self.open(request.match_info["token"], seq, place, self.now())
        if opened is None:
            return self._gone(request)
        return file_answer(request, opened)

    async def _act(self, request: web.Request, filled: Filled, sent: Sent) -> web.Response:
        token, form = request.match_info["token"], sent.fields
        outcome: Done | Refusal = Refusal("file_many")
        if len(sent.files) <= MOST_FILES:
            brought = replace(filled.brought, files=sent.files, once=once_of(form))
            outcome = await self.act(token, filled.step, brought, self.now())
        view = await self.see(token, self.now())
        if isinstance(outcome, Done):
            return self._done(request, view, form["action"])
        if view is None:
            return self._gone(request)
        return self._page(request, view, 409, refused=outcome.reason, typed=form)

    def _page(  # noqa: PLR0913 - one page, and what may have gone before it
        self,
        request: web.Request,
        view: LegView,
        status: int = 200,
        *,
        done: str = "",
        refused: str = "",
        fault: FormFault | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> web.Response:
        today = request.app[PAGES].voice(request).date_of(self.now())
        answer = request.app[PAGES].page(
            request,
            "agency.html",
            status,
            view=view,
            done=done,
            refused=refused if not refused or refused in SAID_WHY else "text",
            fault=fault,
            typed=typed or {},
            chosen=(typed or {}).get("action", ""),
            path=request.path,
            once=self.token(),
            **drawn_with(view, today),
        )
        return headed(answer, framed=self.framed)

    def _done(self, request: web.Request, view: LegView | None, action: str) -> web.Response:
        """Lead back to the page; where the step ended its holder's share, say so here and now."""
        if view is not None:
            raise web.HTTPSeeOther(request.rel_url.update_query(done=action))
        answer = request.app[PAGES].page(request, "agency_done.html", done=action)
        return headed(answer, framed=self.framed)

    def _gone(self, request: web.Request) -> web.Response:
        return headed(request.app[PAGES].page(request, "gone.html", 404), framed=self.framed)


def add_agency(app: web.Application, pages: AgencyPages) -> None:
    """Serve *pages* to whoever holds a signed link; add_pages comes first."""
    app.router.add_get(AGENCY_PATH, pages.show)
    app.router.add_post(AGENCY_PATH, pages.answer)
    app.router.add_get(FILE, pages.file)


def _looks_ahead(request: web.Request) -> bool:
    """Say whether a program looks before anybody does: for a preview, or to be fast later."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return request.method == "HEAD" or any(word in purpose for word in ("prefetch", "preview"))
