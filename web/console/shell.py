"""What all pages of the console share: who is signed in, where they may go, in which language."""

from functools import cached_property

from aiohttp import web
from msgspec import Struct

from casework.staff.person import Staff
from referrals.district.directory import District
from referrals.district.staffing import Power
from web.console.addresses import (
    ACCOUNTS,
    AUDIT,
    CALL,
    DISTRICT,
    FIGURES,
    FILE,
    LIST,
    VILLAGE,
)
from web.console.guard import GATE, SESSION, STAFF, Gate, door_of
from web.pages import PAGES
from web.voice import Voice


class NavEntry(Struct, frozen=True):
    """One entry of the way around the console; `console.nav_<key>` is what it is called."""

    key: str
    path: str
    power: Power | None  # None is for everybody


PLACES = (
    NavEntry("worklist", LIST, Power.WORKLIST),
    NavEntry("call", CALL, Power.CALL),
    NavEntry("file", FILE, Power.FILE),
    NavEntry("village", VILLAGE, Power.VILLAGE),
    NavEntry("figures", FIGURES, Power.FIGURES),
    NavEntry("audit", AUDIT, Power.AUDIT),
    NavEntry("district", DISTRICT, Power.SETTINGS),
    NavEntry("accounts", ACCOUNTS, Power.ACCOUNTS),
)


class Drafts(Struct, frozen=True):
    """How a browser keeps what an account typed: sealed with *key*, by names that tell nothing."""

    account: str
    gate: Gate

    @property
    def key(self) -> str:
        """Sixteen bytes in hexadecimal, given to pages of a session of the account alone."""
        return self.gate.draft_key(self.account)

    def name(self, what: str) -> str:
        """Return the name of the draft of form *what*, which may hold a telephone number."""
        return self.gate.draft_name(f"{self.account}/{what}")

    def __repr__(self) -> str:
        return f"Drafts({self.account})"


class Shell:
    """Renders the console's pages in their frame."""

    def __init__(self, app: web.Application, district: District) -> None:
        self._app = app
        self._district = district

    def voice(self, request: web.Request) -> Voice:
        """Return the voice that *request* is answered in."""
        return request.app[PAGES].voice(request)

    def page(
        self, request: web.Request, template: str, status: int = 200, **values: object
    ) -> web.Response:
        """Return *template* with *values*, and whatever every page of the console shows.

        The template extends console/base.html and finds `staff`, `places`, `csrf`, `here` and
        `office` (an Agency or None) besides *values*. A language that was picked is kept.
        """
        staff, (word, token) = request.get(STAFF), _word(request)
        answer = request.app[PAGES].page(
            request,
            template,
            status,
            staff=staff,
            office=self._district.agencies.get(staff.office) if staff else None,
            places=self.places(staff),
            csrf=word,
            drafts=Drafts(staff.id, request.app[GATE]) if staff else None,
            here=request.path,
            **values,
        )
        cookies = request.app[GATE].cookies
        if picked := request.query.get("lang"):
            cookies.tongue.give(answer, picked[:2])
        if token:
            cookies.door.give(answer, token)
        return answer

    def gone(self, request: web.Request, back: str) -> web.Response:
        """Say the same of what there is not and of what is not theirs, and lead *back*."""
        return self.page(request, "console/case_gone.html", 404, back=back)

    def places(self, staff: Staff | None) -> tuple[NavEntry, ...]:
        """Return where *staff* may go of the pages that this server has."""
        if staff is None:
            return ()
        return tuple(
            place for place in self._served if place.power is None or staff.may(place.power)
        )

    @cached_property
    def _served(self) -> tuple[NavEntry, ...]:
        """Return the places that this server has: its routes are fixed once it answers."""
        routes = self._app.router.routes()
        paths = {route.resource.canonical for route in routes if route.resource}
        return tuple(place for place in PLACES if place.path in paths)


def _word(request: web.Request) -> tuple[str, str]:
    """Return the word for a page's forms, and the token of a new cookie that it is bound to."""
    if (session := request.get(SESSION)) is not None:
        return session.csrf, ""
    gate = request.app[GATE]
    if known := door_of(request):
        return gate.word(known), ""
    token = gate.token()
    return gate.word(token), token
