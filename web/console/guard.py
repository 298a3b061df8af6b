"""Who is behind a request to the console, and whether they may make it.

Every route of the console is `signed` with the power it takes, or said to be `public`; a test
walks through all routes and finds those that are neither. A form counts only when one of our own
pages sent it, with the word that is bound to the session it was shown in.
"""

import hmac
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from msgspec import Struct

from casework.staff.person import Staff
from referrals.district.staffing import Power
from web.console.addresses import ROOT, SIGN_IN
from web.console.sheets import NOBODY, Sheet, read_sheet
from web.cookies import Cookie
from web.forms import from_our_pages
from web.pages import PAGES, TONGUE

CSRF = "csrf"  # the field of every form
LOOKS = frozenset({"GET", "HEAD"})
REFUSED = 403
OWN = re.compile(r"/console(/[A-Za-z0-9_-]+)*/?(\?[!-~]*)?")  # no dots, no other host
UNASKED = re.compile(r"/console/(?:live|cases/[0-9]{9}/present)")
"""What an open page asks for by itself: that keeps nobody signed in who is not there."""
KNOWN = "console-known"
KNOWN_AGE = timedelta(days=180)
A_YEAR = timedelta(days=365)
TOKEN = re.compile(r"[0-9a-f]{32}")  # what `Gate.token` makes; nobody else's text is signed
FARTHEST = 500  # characters of an address that is come back to


class SignedIn(Struct, frozen=True):
    """A session that holds: who it is, the word of its forms, and its own mark."""

    staff: Staff
    csrf: str
    mark: bytes
    until: datetime

    def __repr__(self) -> str:
        return f"SignedIn({self.staff.id})"


STAFF = web.RequestKey("staff", Staff)
SESSION = web.RequestKey("session", SignedIn)
SHEET = web.RequestKey("sheet", Sheet)


class Cookies(Struct, frozen=True):
    """The console's cookies. On https the session's name keeps other hosts from planting one."""

    secure: bool

    @property
    def session(self) -> Cookie:
        """The one that tells who is signed in, until the browser is closed."""
        return self._ours("")

    @property
    def door(self) -> Cookie:
        """The one for who is not signed in: it binds the sign-in form to a browser."""
        return self._ours("-door")

    @property
    def known(self) -> Cookie:
        """The one of a browser in which somebody signed in before."""
        return Cookie(name=KNOWN, path=SIGN_IN, secure=self.secure, lasts=KNOWN_AGE)

    @property
    def tongue(self) -> Cookie:
        """The one that remembers which language was picked."""
        return Cookie(name=TONGUE, path=ROOT, secure=self.secure, lasts=A_YEAR)

    def _ours(self, kind: str) -> Cookie:
        """Return the cookie of that *kind*; a name with __Host- takes no path but the root."""
        name, path = ("__Host-console", "/") if self.secure else ("console", ROOT)
        return Cookie(name=name + kind, path=path, secure=self.secure)


class Gate(Struct, frozen=True):
    """What the guard works with: sessions by their cookie's token, and what nobody can guess.

    *open* counts as a click of whoever has the session, *look* does not.

    *word* gives what the forms carry that are shown to whoever brings a token: whoever picks the
    token knows the word, so that it opens nothing else. What seals an account's drafts and names
    them is made otherwise, for who is signed in alone.
    """

    open: Callable[[str], Awaitable[SignedIn | None]]
    look: Callable[[str], Awaitable[SignedIn | None]]
    word: Callable[[str], str]
    token: Callable[[], str]
    cookies: Cookies
    draft_key: Callable[[str], str]
    draft_name: Callable[[str], str]


GATE = web.AppKey("gate", Gate)


def add_guard(app: web.Application, gate: Gate) -> None:
    """Have every request below /console know who makes it; add_pages comes first."""
    app[GATE] = gate
    app.middlewares.append(_introducing(gate))


def _introducing(gate: Gate) -> Middleware:
    @web.middleware
    async def introduce(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path == ROOT or request.path.startswith(f"{ROOT}/"):
            token = gate.cookies.session.read(request)
            recognise = gate.look if UNASKED.fullmatch(request.path) else gate.open
            found = await recognise(token) if token else None
            if found is not None:
                request[SESSION] = found
                request[STAFF] = found.staff
        return await handler(request)

    return introduce


def signed(power: Power | None) -> Callable[[Handler], Handler]:
    """Let only who has *power* reach a handler, or with None whoever is signed in.

    Nobody signed in is led to the sign-in page and then back; a form is checked and read before
    the handler is called (`sheet_of`).
    """

    def guard(handler: Handler) -> Handler:
        async def guarded(request: web.Request) -> web.StreamResponse:
            staff = request.get(STAFF)
            if staff is None:
                return _led_to_sign_in(request)
            if power is not None and not staff.may(power):
                return request.app[PAGES].page(request, "console/closed.html", REFUSED)
            if request.method not in LOOKS:
                await _take_in(request, files=True)
            return await handler(request)

        guarded.needs = power  # type: ignore[attr-defined]  # the test of all routes reads it
        guarded.public = False  # type: ignore[attr-defined]  # the test of all routes reads it
        return guarded

    return guard


def public(handler: Handler) -> Handler:
    """Let anybody reach a handler below /console; its forms are checked like all others.

    They hold no files: room for large forms is for who is known.
    """

    async def opened(request: web.Request) -> web.StreamResponse:
        if request.method not in LOOKS:
            await _take_in(request, files=False)
        return await handler(request)

    opened.needs = None  # type: ignore[attr-defined]  # the test of all routes reads it
    opened.public = True  # type: ignore[attr-defined]  # the test of all routes reads it
    return opened


def staff_of(request: web.Request) -> Staff:
    """Return who makes *request*; KeyError where the handler is not `signed`."""
    return request[STAFF]


def session_of(request: web.Request) -> SignedIn:
    """Return the session in which *request* is made; KeyError where there is none."""
    return request[SESSION]


def sheet_of(request: web.Request) -> Sheet:
    """Return the form that *request* brought; an empty one for a GET."""
    sheet: Sheet = request.get(SHEET, NOBODY)
    return sheet


def door_of(request: web.Request) -> str:
    """Return the token by which a browser is known that nobody is signed in to, or nothing."""
    token = request.app[GATE].cookies.door.read(request)
    return token if TOKEN.fullmatch(token) else ""


def own_path(address: str) -> str:
    """Return *address* where it is a page of the console, else the console's first page."""
    sound = len(address) <= FARTHEST and OWN.fullmatch(address)
    return address if sound else f"{ROOT}/"


async def _take_in(request: web.Request, *, files: bool) -> None:
    """Read the form of *request*. Raises HTTPForbidden for one that our pages did not send."""
    if not from_our_pages(request):
        raise web.HTTPForbidden
    who = staff_of(request).id if files else ""
    sheet = await read_sheet(request, files=files, who=who)
    given, due = sheet.text(CSRF), _word_due(request)
    if not due or not hmac.compare_digest(given.encode(), due.encode()):
        raise web.HTTPForbidden
    request[SHEET] = sheet


def _word_due(request: web.Request) -> str:
    """Return the word that a form must bring, empty where no page of ours was shown before."""
    if SESSION in request:
        return session_of(request).csrf
    token = door_of(request)
    return request.app[GATE].word(token) if token else ""


def _led_to_sign_in(request: web.Request) -> web.Response:
    """Lead to the sign-in page; after it, back to a page that was looked at."""
    back = request.path_qs if request.method in LOOKS else f"{ROOT}/"
    where = f"{SIGN_IN}?next={quote(own_path(back), safe='')}"
    return web.Response(status=303, headers={"Location": where})
