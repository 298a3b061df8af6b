"""How a Kannel stands, asked now and then, and nobody is written to."""

import re
from typing import Final

import aiohttp
from msgspec import Struct

from handlers.delivery import TryLater, Unauthorised
from handlers.sms_kannel import Smsbox, report_to

PATIENCE: Final = aiohttp.ClientTimeout(total=10)  # seconds
LARGEST: Final = 1 << 20  # bytes of a page
BAD_REQUEST, UNAUTHORISED, FORBIDDEN = 400, 401, 403
DENIED: Final = "Denied"
RUNNING: Final = re.compile(r"^Status: (\w+)", re.MULTILINE)
LINE: Final = re.compile(r"^ +\S*\[(\S+)\] +\S+ \(([a-z-]+)", re.MULTILINE)
WAITING: Final = re.compile(r"^SMS: .*, store size (\d+)", re.MULTILINE)
ONLINE: Final = "online"


class Line(Struct, frozen=True):
    """A line to an operator; only one that is online carries anything."""

    name: str
    state: str

    @property
    def is_up(self) -> bool:
        """Whether it carries messages."""
        return self.state == ONLINE


class Bearerbox(Struct, frozen=True):
    """What bearerbox tells of itself."""

    state: str  # "running", "suspended", "isolated", …
    lines: tuple[Line, ...]
    waiting: int  # messages that nobody took off it yet


async def ask_smsbox(smsbox: Smsbox) -> None:
    """Have smsbox look at our user. Raises Unauthorised for a strange one, else TryLater."""
    said = {
        "Content-Type": "text/plain",
        "X-Kannel-Username": smsbox.username,
        "X-Kannel-Password": smsbox.password,
    }
    status, page = await _ask("POST", smsbox.url, said)
    if status == FORBIDDEN:
        raise Unauthorised
    if status != BAD_REQUEST or "receiver" not in page:  # it misses whom to send to: all is well
        raise TryLater


async def ask_bearerbox(url: str) -> Bearerbox:
    """Return what the status page at *url* says. Raises Unauthorised, else TryLater."""
    _, page = await _ask("GET", url, {})
    if page.startswith(DENIED):
        raise Unauthorised
    state = RUNNING.search(page)
    if state is None:
        raise TryLater
    waiting = WAITING.search(page)
    lines = tuple(Line(name, how) for name, how in LINE.findall(page))
    return Bearerbox(state[1], lines, int(waiting[1]) if waiting else 0)


async def ask_ourselves(smsbox: Smsbox) -> None:
    """Call us as smsbox will. Raises Unauthorised for another secret, else TryLater."""
    status, _ = await _ask("GET", report_to(smsbox, ""), {})
    if status in (UNAUTHORISED, FORBIDDEN):
        raise Unauthorised
    if status != BAD_REQUEST:  # a report without a name: nothing was changed
        raise TryLater


async def _ask(method: str, url: str, said: dict[str, str]) -> tuple[int, str]:
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.request(method, url, headers=said, allow_redirects=False) as answer,
        ):
            page = await answer.content.read(LARGEST)
            return answer.status, page.decode(errors="replace")
    except (TimeoutError, aiohttp.ClientError, ValueError):
        raise TryLater from None
