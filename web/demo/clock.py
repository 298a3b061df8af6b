"""The demo's clock on its page: ahead by an hour, three working days, or two weeks."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
from aiohttp import web
from msgspec import Struct

from web.demo.phones import Moved, Phones
from web.forms import read_body

CLOCK = "/simulator/clock"
JSON = "application/json"


class Leap(StrEnum):
    """How far the clock is moved at once."""

    HOUR = "hour"
    WORKING_DAYS = "working_days"
    FORTNIGHT = "fortnight"


Move = Callable[[Leap], Awaitable[datetime | None]]


class Asked(Struct, frozen=True):
    """What the page asks for."""

    by: Leap


@dataclass(frozen=True, slots=True)
class ClockPages:
    """Moves the clock, and tells every page what time it is now."""

    phones: Phones
    move: Move

    async def moved(self, request: web.Request) -> web.Response:
        """POST: move it; 409 where the district's calendar ends."""
        try:
            asked = msgspec.json.decode(await read_body(request, JSON), type=Asked)
        except msgspec.DecodeError:
            raise web.HTTPBadRequest from None
        now = await self.move(asked.by)
        if now is None:
            raise web.HTTPConflict
        self.phones.show(Moved(citizen=0, now=now.timestamp()))
        return web.json_response({"now": now.timestamp()})


def add_clock(app: web.Application, phones: Phones, move: Move) -> None:
    """Have the clock moved by the demo's page."""
    app.router.add_post(CLOCK, ClockPages(phones, move).moved)
