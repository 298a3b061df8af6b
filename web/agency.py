"""The page of one leg: an officer without an account sees it, and answers the citizen."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from casework.views import ACTIONS, Done, LegView
from referrals.commands import Command
from referrals.lifecycle import Refusal
from referrals.ticket import OPEN_LEGS, TicketState
from web.agency_form import LONGEST, Fault, Filled, read
from web.forms import read_form
from web.headers import ALONE, FRAMED
from web.pages import PAGES

See = Callable[[str, datetime], Awaitable[LegView | None]]
Act = Callable[[str, Command, str, datetime], Awaitable[Done | Refusal]]

STEPS = ("accept", "resolve", "refer", "ask", "return", "decline")  # the likeliest first
SAID_WHY = frozenset({"busy", "vault_stays", "agency_not_allowed"})  # refusals with own words
ENDED = frozenset({TicketState.CLOSED, TicketState.VOID})
PATH = "/agency/{token:[A-Za-z0-9_.-]{1,300}}"


@dataclass(frozen=True, slots=True)
class AgencyPages:
    """The two requests of an agency's page. *now* is aware UTC; *framed* only in the demo."""

    see: See
    act: Act
    now: Callable[[], datetime]
    framed: bool = False

    async def show(self, request: web.Request) -> web.Response:
        """GET: the leg as it is, with a word about what was just done."""
        view = await self.see(request.match_info["token"], self.now())
        if view is None:
            return self._gone(request)
        done = request.query.get("done", "")
        return self._page(request, view, done=done if done in ACTIONS else "")

    async def answer(self, request: web.Request) -> web.Response:
        """POST: do what the form says once, then lead back to the page.

        Without a link that holds, no body is waited for.
        """
        now = self.now()
        view = await self.see(request.match_info["token"], now)
        if view is None:
            return self._gone(request)
        form = await read_form(request)
        filled = read(form, view, now.date())
        if isinstance(filled, Fault):
            return self._page(request, view, 422, fault=filled, typed=form)
        return await self._act(request, filled, form)

    async def _act(
        self, request: web.Request, filled: Filled, form: Mapping[str, str]
    ) -> web.Response:
        token = request.match_info["token"]
        outcome = await self.act(token, filled.command, filled.words, self.now())
        if isinstance(outcome, Done):
            raise web.HTTPSeeOther(request.rel_url.update_query(done=form["action"]))
        view = await self.see(token, self.now())
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
        fault: Fault | None = None,
        typed: Mapping[str, str] | None = None,
    ) -> web.Response:
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
            now_key=now_key(view),
            steps=[action for action in STEPS if action in view.actions],
            today=self.now().date(),
            longest=LONGEST,
        )
        return self._headed(answer)

    def _gone(self, request: web.Request) -> web.Response:
        return self._headed(request.app[PAGES].page(request, "gone.html", 404))

    def _headed(self, answer: web.Response) -> web.Response:
        answer.headers["Content-Security-Policy"] = FRAMED if self.framed else ALONE
        return answer


def now_key(view: LegView) -> str:
    """Return the wording key that says whose turn it is, and what happens next."""
    if view.desk and view.state not in ENDED:
        return "agency.now_desk" if view.actions else "agency.now_desk_done"
    if view.vault and view.state is TicketState.REFERRED:
        return "agency.now_vault"
    if view.state in ENDED or view.leg_state in OPEN_LEGS:
        return f"agency.now_{view.state.value}"
    return f"agency.leg_{view.leg_state.value}"


def add_agency(app: web.Application, pages: AgencyPages) -> None:
    """Serve *pages* to whoever holds a signed link; add_pages comes first."""
    app.router.add_get(PATH, pages.show)
    app.router.add_post(PATH, pages.answer)
