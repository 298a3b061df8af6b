"""Into the console and out of it: sign-in, sign-out, and the page behind an invitation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from casework.staff.inviting import OVER, Inviting
from casework.staff.own_account import OwnAccount
from casework.staff.passwords import SHORTEST_PASSWORD
from casework.staff.signing_in import Attempt, Rejected, SigningIn, Welcome
from web.console.addresses import ROOT, SIGN_IN
from web.console.guard import (
    GATE,
    SESSION,
    own_path,
    public,
    session_of,
    sheet_of,
    signed,
    staff_of,
)
from web.console.sheets import UNFIT
from web.console.shell import Shell
from web.console.staff.devices import device
from web.visitors import visitor_of

KNOWN_MOST = 5  # people who share one browser
APART = "|"
LONGEST_WORD = 100  # characters of a cookie's word; ours are shorter
DONE = frozenset({"out", "set", "changed"})  # what may have been done just before
INVITED = ROOT + "/invited/{token:[0-9a-f]{1,64}}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPages:
    """The requests of who is not in yet, or leaves."""

    shell: Shell
    signing_in: SigningIn
    inviting: Inviting
    own: OwnAccount
    now: Callable[[], datetime]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: the form; who is in already goes on."""
        back = own_path(request.query.get("next", ""))
        if SESSION in request:
            raise web.HTTPSeeOther(back)
        done = request.query.get("done", "")
        return self._form(request, back, done=done if done in DONE else "")

    async def enter(self, request: web.Request) -> web.StreamResponse:
        """POST: let somebody in, and lead them where they wanted to go."""
        sheet = sheet_of(request)
        back = own_path(sheet.text("next"))
        tried = Attempt(
            name=sheet.text("name"),
            password=sheet.text("password"),
            code=sheet.text("code"),
            address=visitor_of(request),
            browsers=_known(request),
            where=f"{device(request.headers.get('User-Agent', ''))} · {visitor_of(request)}",
        )
        found = await self.signing_in.attempt(tried, self.now())
        if isinstance(found, Rejected):
            return self._rejected(request, back, tried, found)
        if SESSION in request:  # a browser has one session: the former ends
            await self.own.end(staff_of(request).id, session_of(request).mark, self.now())
        return self._welcomed(request, back, found)

    async def leave(self, request: web.Request) -> web.StreamResponse:
        """POST: end this session."""
        await self.own.end(staff_of(request).id, session_of(request).mark, self.now())
        answer = _led_to(f"{SIGN_IN}?done=out")
        request.app[GATE].cookies.session.take(answer)
        return answer

    async def invited(self, request: web.Request) -> web.StreamResponse:
        """GET: who is invited sets their password here."""
        account = await self.inviting.whose(request.match_info["token"], self.now())
        if account is None:
            return self.shell.page(request, "console/invited_over.html", 404)
        return self.shell.page(
            request, "console/invited.html", own=account.own, fault="", shortest=SHORTEST_PASSWORD
        )

    async def accept(self, request: web.Request) -> web.StreamResponse:
        """POST: keep the password, once."""
        token, sheet = request.match_info["token"], sheet_of(request)
        account = await self.inviting.whose(token, self.now())
        if account is None:
            return self.shell.page(request, "console/invited_over.html", 404)
        fault = "differ"
        if sheet.text("password") == sheet.text("again"):
            fault = await self.inviting.accept(token, sheet.text("password"), self.now())
        if fault == OVER:
            return self.shell.page(request, "console/invited_over.html", 404)
        if fault:
            return self.shell.page(
                request,
                "console/invited.html",
                UNFIT,
                own=account.own,
                fault=fault,
                shortest=SHORTEST_PASSWORD,
            )
        return _led_to(f"{SIGN_IN}?done=set")

    def _form(  # noqa: PLR0913 - one page, and what may have gone before it
        self,
        request: web.Request,
        back: str,
        status: int = 200,
        *,
        done: str = "",
        name: str = "",
        refused: bool = False,
        until: datetime | None = None,
    ) -> web.Response:
        values = {"back": back, "done": done, "name": name, "refused": refused, "until": until}
        return self.shell.page(request, "console/sign_in.html", status, **values)

    def _rejected(
        self, request: web.Request, back: str, tried: Attempt, found: Rejected
    ) -> web.Response:
        if found.until is None:
            return self._form(request, back, 403, name=tried.name, refused=True)
        wait = max(int((found.until - self.now()).total_seconds()) + 1, 1)
        answer = self._form(request, back, 429, name=tried.name, until=found.until)
        answer.headers["Retry-After"] = str(wait)
        return answer

    def _welcomed(self, request: web.Request, back: str, found: Welcome) -> web.Response:
        answer, cookies = _led_to(back), request.app[GATE].cookies
        cookies.session.give(answer, found.token)
        known = APART.join((found.browser, *_known(request))[:KNOWN_MOST])
        cookies.known.give(answer, known)
        return answer


def _known(request: web.Request) -> tuple[str, ...]:
    """Return the words by which this browser is known again, as it brings them."""
    words = request.app[GATE].cookies.known.read(request).split(APART)
    return tuple(word for word in words if 0 < len(word) <= LONGEST_WORD)[:KNOWN_MOST]


def _led_to(where: str) -> web.Response:
    return web.Response(status=303, headers={"Location": where})


def add_sign_in(app: web.Application, pages: SignInPages) -> None:
    """Serve the doors of the console; the guard comes first."""
    app.router.add_get(SIGN_IN, public(pages.show))
    app.router.add_post(SIGN_IN, public(pages.enter))
    app.router.add_get(INVITED, public(pages.invited))
    app.router.add_post(INVITED, public(pages.accept))
    app.router.add_post(f"{ROOT}/sign-out", signed(None)(pages.leave))
