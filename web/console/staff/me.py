"""One's own account: sessions, password, second factor."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import segno
from aiohttp import web
from msgspec import Struct

from casework.staff.own_account import OwnAccount
from casework.staff.passwords import SHORTEST_PASSWORD
from casework.staff.roll import Roll
from casework.staff.second_factor import address_of, is_secret, new_secret
from web.console.addresses import ROOT, SIGN_IN
from web.console.guard import GATE, session_of, sheet_of, signed, staff_of
from web.console.sheets import UNFIT
from web.console.shell import Shell

ME = f"{ROOT}/me"
FACTOR = f"{ME}/second-factor"
BORDER = 4  # squares of quiet around a code (ISO/IEC 18004)


class Picture(Struct, frozen=True):
    """A QR code to be drawn: its width in squares, and the path around the dark ones."""

    width: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPages:
    """The requests about one's own account. *issuer* is what a telephone calls its codes."""

    shell: Shell
    own: OwnAccount
    roll: Roll
    issuer: str
    now: Callable[[], datetime]

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: who I am here, and where I am signed in."""
        return await self._page(request)

    async def end(self, request: web.Request) -> web.StreamResponse:
        """POST: end one of my sessions."""
        try:
            mark = bytes.fromhex(sheet_of(request).text("mark"))
        except ValueError:
            raise web.HTTPBadRequest from None
        await self.own.end(staff_of(request).id, mark, self.now())
        raise web.HTTPSeeOther(ME)

    async def password(self, request: web.Request) -> web.StreamResponse:
        """POST: another password; every session ends."""
        sheet, fault = sheet_of(request), "differ"
        if sheet.text("new") == sheet.text("again"):
            fault = await self.own.set_password(
                staff_of(request).id, sheet.text("password"), sheet.text("new"), self.now()
            )
        return await self._done(request, fault, "password")

    async def begin_factor(self, request: web.Request) -> web.StreamResponse:
        """GET: a fresh secret, to be read by a telephone."""
        return await self._factor(request, new_secret())

    async def use_factor(self, request: web.Request) -> web.StreamResponse:
        """POST: ask for a code from now on."""
        sheet = sheet_of(request)
        secret = sheet.text("secret")
        if not is_secret(secret):
            raise web.HTTPBadRequest
        fault = await self.own.use_second_factor(
            staff_of(request).id,
            sheet.text("password"),
            secret=secret,
            code=sheet.text("code"),
            now=self.now(),
        )
        return await self._factor(request, secret, fault) if fault else self._out(request)

    async def drop_factor(self, request: web.Request) -> web.StreamResponse:
        """POST: ask for no code any more."""
        password = sheet_of(request).text("password")
        fault = await self.own.drop_second_factor(staff_of(request).id, password, self.now())
        return await self._done(request, fault, "factor")

    async def _done(self, request: web.Request, fault: str, about: str) -> web.Response:
        return await self._page(request, fault, about) if fault else self._out(request)

    def _out(self, request: web.Request) -> web.Response:
        answer = web.Response(status=303, headers={"Location": f"{SIGN_IN}?done=changed"})
        request.app[GATE].cookies.session.take(answer)
        return answer

    async def _page(self, request: web.Request, fault: str = "", about: str = "") -> web.Response:
        staff, now = staff_of(request), self.now()
        account = await self.roll.one(staff.id)
        if account is None:
            raise web.HTTPNotFound
        return self.shell.page(
            request,
            "console/me.html",
            UNFIT if fault else 200,
            own=account,
            sessions=await self.roll.sessions(staff.id, now),
            present=session_of(request).mark,
            fault=fault,
            about=about,
            shortest=SHORTEST_PASSWORD,
        )

    async def _factor(self, request: web.Request, secret: str, fault: str = "") -> web.Response:
        account = await self.roll.one(staff_of(request).id)
        if account is None:
            raise web.HTTPNotFound
        address = address_of(secret, account.name, self.issuer)
        return self.shell.page(
            request,
            "console/second_factor.html",
            UNFIT if fault else 200,
            secret=secret,
            picture=_drawn(address),
            fault=fault,
        )


def _drawn(address: str) -> Picture:
    """Return *address* as a QR code: the squares of its dark places, and how wide it is."""
    rows = [*segno.make(address, error="m").matrix_iter(border=BORDER)]
    dark = ((x, y) for y, row in enumerate(rows) for x, one in enumerate(row) if one)
    return Picture(len(rows), "".join(f"M{x} {y}h1v1h-1z" for x, y in dark))


def add_own(app: web.Application, pages: OwnPages) -> None:
    """Serve everybody's own account; the guard comes first."""
    app.router.add_get(ME, signed(None)(pages.show))
    app.router.add_post(f"{ME}/sessions/end", signed(None)(pages.end))
    app.router.add_post(f"{ME}/password", signed(None)(pages.password))
    app.router.add_get(FACTOR, signed(None)(pages.begin_factor))
    app.router.add_post(FACTOR, signed(None)(pages.use_factor))
    app.router.add_post(f"{FACTOR}/end", signed(None)(pages.drop_factor))
