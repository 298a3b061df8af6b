"""/lacak: whoever has a ticket's code and its proof reads where it stands, and answers it.

Nothing of it stands in an address: code and proof come in a form, what follows in a cookie of
twenty minutes. A wrong proof, an unknown code, a protected ticket and one too many tries get the
same answer in the same time.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Final, Protocol

from aiohttp import web

from casework.citizen.answered import LONGEST_REASON, WITH_REASON, Given, read_given
from casework.citizen.tracked import ON_PAGE, Tracked
from casework.ticket.views import Opened
from conversations.hearing.proof import read_proof
from referrals.choosing import Refusal
from referrals.codes import is_code, read_code
from referrals.ticket import TicketState
from web.forms import once_in, read_form
from web.opened import file_answer
from web.pages import PAGES
from web.public.ticket_visit import Visit, Visits
from web.visitors import Crowd, visitor_of

TRACKING_PATH = "/lacak"
ANSWER, LEAVE = f"{TRACKING_PATH}/jawab", f"{TRACKING_PATH}/tutup"
FILE = TRACKING_PATH + r"/bukti/{seq:\d{1,6}}-{place:\d{1,3}}"
LEFT = "left"
TIME = 0.4  # seconds that every look at a proof takes
MOST = 100  # characters of a code or a proof
UNREAD, MOVED_ON = 422, 409
WAY: Final[Mapping[TicketState, int]] = {
    TicketState.AWAITING_CONSENT: 0,
    TicketState.SUBMITTED: 0,
    TicketState.TRIAGE: 1,
    TicketState.NEEDS_INFO: 1,
    TicketState.REFERRED: 1,
    TicketState.IN_PROGRESS: 2,
    TicketState.ON_HOLD: 2,
    TicketState.APPEAL: 2,
    TicketState.RESOLVED: 3,
    TicketState.DECLINED: 3,
    TicketState.CLOSED: 4,
}
"""How far along the way that the page draws (lacak.way_*)."""


class Tickets(Protocol):
    """What the page asks of the house."""

    async def prove(self, visitor: str, code: str, proof: str) -> bool:
        """Tell whether *proof* opens *code*, and count the try."""

    async def see(self, code: str, language: str) -> Tracked | None:
        """Return the ticket, None where nobody sees it here."""

    async def proof(self, code: str, seq: int, place: int) -> Opened | Refusal | None:
        """Return one of an office's proofs."""

    async def answer(self, code: str, given: Given, language: str) -> str:
        """Do what was *given*; return an empty text, or the wording of what hindered."""


class TrackingPages:
    """The requests of that page. *now* is aware UTC; *token* gives something by chance."""

    def __init__(
        self,
        tickets: Tickets,
        visits: Visits,
        now: Callable[[], datetime],
        token: Callable[[], str],
    ) -> None:
        self._tickets = tickets
        self._visits = visits
        self._now = now
        self._token = token
        self._crowd = Crowd()

    async def show(self, request: web.Request) -> web.Response:
        """GET: the ticket of a visit, else what to fill in."""
        visit = self._visits.read(request, self._now())
        if visit is None:
            return self._ask(request, done=LEFT if request.query.get("done") == LEFT else "")
        done = request.query.get("done", "")
        return await self._ticket(request, visit, done=done if done in ON_PAGE else "")

    async def prove(self, request: web.Request) -> web.Response:
        """POST: begin a visit, once the proof is right."""
        form = await read_form(request)
        visitor, now = visitor_of(request), self._now()
        if not self._crowd.lets(visitor, now):
            raise web.HTTPTooManyRequests
        typed = form.get("code", "")[:MOST]
        code, proof = _code(typed), read_proof(form.get("proof", "")[:MOST])
        if code is None or proof is None:
            wrong = "bad_code" if code is None else "bad_proof"
            return self._ask(request, UNREAD, wrong=wrong, typed=typed)
        if not await _in_like_time(self._tickets.prove(visitor, code, proof)):
            return self._ask(request, UNREAD, wrong="not_found", typed=typed)
        answer = _led(request)
        self._visits.open(answer, code, self._token(), now)
        return answer

    async def answer(self, request: web.Request) -> web.Response:
        """POST: do what the citizen answers, then lead back to the ticket."""
        visit = self._visits.read(request, self._now())
        if visit is None:
            return _led(request)
        form = await read_form(request)
        if not hmac.compare_digest(form.get("word", "").encode(), visit.word.encode()):
            raise web.HTTPForbidden
        given = read_given(lambda name: form.get(name, ""), once_in(form))
        language = request.app[PAGES].voice(request).language
        wrong = await self._tickets.answer(visit.code, given, language)
        if wrong:
            status = MOVED_ON if wrong == "moved_on" else UNREAD
            return await self._ticket(request, visit, status, wrong=wrong, given=given)
        return _led(request, done=given.name)

    async def leave(self, request: web.Request) -> web.Response:
        """POST: end the visit, for the next person at this telephone or computer."""
        await read_form(request)
        answer = _led(request, done=LEFT)
        self._visits.end(answer)
        return answer

    async def file(self, request: web.Request) -> web.Response:
        """GET: a proof of an office's work, which the audit notes."""
        visit = self._visits.read(request, self._now())
        if visit is None:
            return _led(request)
        seq, place = (int(request.match_info[name]) for name in ("seq", "place"))
        opened = await self._tickets.proof(visit.code, seq, place)
        if opened is None:
            raise web.HTTPNotFound
        return file_answer(request, opened)

    def _ask(
        self,
        request: web.Request,
        status: int = 200,
        *,
        wrong: str = "",
        typed: str = "",
        done: str = "",
    ) -> web.Response:
        return request.app[PAGES].page(
            request, "lacak.html", status, wrong=wrong, typed=typed, done=done, here=_here(request)
        )

    async def _ticket(  # noqa: PLR0913 - one page, and what may have gone before it
        self,
        request: web.Request,
        visit: Visit,
        status: int = 200,
        *,
        wrong: str = "",
        done: str = "",
        given: Given | None = None,
    ) -> web.Response:
        pages = request.app[PAGES]
        view = await self._tickets.see(visit.code, pages.voice(request).language)
        if view is None:
            answer = self._ask(request, UNREAD, wrong="not_found")
            self._visits.end(answer)
            return answer
        return pages.page(
            request,
            "lacak_ticket.html",
            status,
            view=view,
            way=WAY.get(view.state),
            wrong=wrong,
            done=done,
            given=given,
            word=visit.word,
            once=self._token(),
            here=_here(request),
            longest=LONGEST_REASON,
            reasoned=WITH_REASON,
        )


def _code(typed: str) -> str | None:
    digits = "".join(sign for sign in typed if sign.isdecimal())
    return digits if is_code(digits) else read_code(typed)


def _here(request: web.Request) -> str:
    """Return the language as the page's forms and links carry it, empty where none was picked."""
    asked = request.query.get("lang", "")
    return f"?lang={asked}" if asked in {"id", "en"} else ""


def _led(request: web.Request, **query: str) -> web.Response:
    """Lead to the page by GET, so that going back or reloading sends nothing twice."""
    here = _here(request).removeprefix("?lang=")
    where = request.url.with_path(TRACKING_PATH).with_query(
        {**({"lang": here} if here else {}), **query}
    )
    return web.Response(status=303, headers={"Location": where.raw_path_qs})


async def _in_like_time(looking: Awaitable[bool]) -> bool:
    """Return what *looking* finds, never sooner than TIME."""
    found, _ = await asyncio.gather(looking, asyncio.sleep(TIME))
    return found


def add_tracking(app: web.Application, pages: TrackingPages) -> None:
    """Serve *pages* to everybody; add_pages comes first."""
    app[PAGES].files.add("lacak.css")
    app.router.add_get(TRACKING_PATH, pages.show)
    app.router.add_post(TRACKING_PATH, pages.prove)
    app.router.add_post(ANSWER, pages.answer)
    app.router.add_post(LEAVE, pages.leave)
    app.router.add_get(FILE, pages.file)
