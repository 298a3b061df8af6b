"""The console beside the telephones: one tap signs in as one of the demo's people."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web
from msgspec import Struct

from referrals.district.words import Words
from web.console.addresses import ROOT
from web.console.guard import GATE
from web.forms import read_form
from web.headers import FRAMED

SEATS = "/simulator/console"


class Seat(Struct, frozen=True):
    """A role that somebody of the demo has."""

    role: str
    label: Words


Sit = Callable[[str], Awaitable[str | None]]  # a role's code, gives a session's token


@dataclass(frozen=True, slots=True)
class Console:
    """Who can be signed in as, and what does it."""

    seats: tuple[Seat, ...]
    sit: Sit


def add_seats(app: web.Application, console: Console) -> None:
    """Serve the one tap, and let the demo's own page show the console in a frame."""

    async def sit(request: web.Request) -> web.Response:
        """POST: be somebody of a role, without a password: the demo holds invented people only."""
        token = await console.sit((await read_form(request)).get("role", ""))
        if token is None:
            raise web.HTTPNotFound
        answer = web.Response(status=303, headers={"Location": f"{ROOT}/"})
        request.app[GATE].cookies.session.give(answer, token)
        return answer

    async def frame(request: web.Request, response: web.StreamResponse) -> None:
        if request.path == ROOT or request.path.startswith(f"{ROOT}/"):
            response.headers["Content-Security-Policy"] = FRAMED

    app.router.add_post(SEATS, sit)
    app.on_response_prepare.append(frame)
