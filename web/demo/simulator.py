"""The demo's telephones in the browser, fed by the real turn engine through real channels."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml
from aiohttp import web
from msgspec import Struct, structs

from handlers.sms_text import BASIC, EXTENSION
from referrals.district.words import Words
from web.demo.clock import Leap
from web.demo.phones import Chat, Moved, Phones, Shown, Taken, phone_of
from web.demo.seats import Seat
from web.demo.updates import Texted, Touched, message_update, sms_delivery, tap_update
from web.forms import read_body
from web.pages import PAGES

Deliver = Callable[[bytes], Awaitable[int]]  # takes a webhook's body, gives the HTTP status

Told = TypeVar("Told", Touched, Texted)

PEOPLE = Path(__file__).with_name("people.yaml")
JSON = "application/json"
BUSY = 503
PAUSES = (0.0, 1.0, 2.0, 4.0)  # seconds before each try, as a provider tries again after a 503
HEARTBEAT = 15.0  # seconds
MOST_BEATS = 40_000  # wake-ups of one stream; the page then simply connects again


class Person(Struct, frozen=True, kw_only=True):
    """An invented citizen, and what to try as them."""

    name: str
    nik: str
    proof: str = ""  # the last four digits of the KK number
    hint: Words


@dataclass(frozen=True, slots=True)
class Simulator:
    """The page, what its telephones send, and what they are told. *now* is aware UTC."""

    phones: Phones
    deliver_telegram: Deliver
    deliver_sms: Deliver
    now: Callable[[], datetime]
    people: tuple[Person, ...]
    whatsapp: bool = False
    seats: tuple[Seat, ...] = ()  # of the console
    movable: bool = False  # the clock

    async def page(self, request: web.Request) -> web.Response:
        """GET /simulator."""
        return request.app[PAGES].page(
            request,
            "simulator.html",
            people=self.people,
            whatsapp=self.whatsapp,
            seats=self.seats,
            leaps=tuple(Leap) if self.movable else (),
            now=self.now(),
            phone_of=phone_of,
            basic="".join(sorted(BASIC)),
            extension="".join(sorted(EXTENSION)),
        )

    async def telegram(self, request: web.Request) -> web.Response:
        """POST /simulator/telegram/updates: somebody used the Telegram telephone."""
        touched = await _told(request, Touched)
        number = self.phones.number()
        if touched.kind == "tap":
            update = self._tap(touched, number)
        else:
            update = message_update(touched, self.phones.number(), number, self.now())
            self._show(touched, number)
        status = await _deliver(self.deliver_telegram, msgspec.json.encode(update))
        return self._taken(touched.citizen, number, status)

    async def sms(self, request: web.Request) -> web.Response:
        """POST /simulator/sms/messages: somebody sent a text message."""
        texted = await _told(request, Texted)
        now = self.now()
        number = self.phones.show_sms(texted.citizen, texted.text, now, mine=True)
        status = await _deliver(self.deliver_sms, sms_delivery(texted, number, now))
        return self._taken(texted.citizen, number, status)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """GET /simulator/events: everything that happens, as server-sent events."""
        headers = {"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"}
        stream = web.StreamResponse(headers=headers)
        await stream.prepare(request)
        with contextlib.suppress(ConnectionResetError):
            async for piece in self._pieces(request.headers.get("Last-Event-ID", "")):
                await stream.write(piece)
        return stream

    async def _pieces(self, seen: str) -> AsyncIterator[bytes]:
        last = self._resume(seen)
        if last is None:
            yield b"event: reset\ndata: {}\n\n"
        last = last or 0
        for _ in range(MOST_BEATS):
            if self.phones.closed:
                return
            for number, shown in self.phones.since(last):
                last = number
                told = msgspec.json.encode(self._timely(shown))
                yield b"id: %d-%d\ndata: %b\n\n" % (self.phones.run, number, told)
            yield b": beat\n\n"
            await self.phones.wait(HEARTBEAT)

    def _timely(self, shown: Shown) -> Shown:
        """Return *shown* as it is told now: a moved clock goes on while a page is away."""
        if isinstance(shown, Moved):
            return structs.replace(shown, now=self.now().timestamp())
        return shown

    def _resume(self, seen: str) -> int | None:
        """Return the number to go on after, None when the page must forget what it shows."""
        if not seen:
            return 0
        run, _, number = seen.partition("-")
        if run != str(self.phones.run) or not number.isdecimal():
            return None
        return int(number) if self.phones.reaches(int(number)) else None

    def _tap(self, touched: Touched, number: int) -> dict[str, object]:
        under = self.phones.message(touched.message)
        if under is None:
            raise web.HTTPBadRequest
        self.phones.await_answer(str(number), touched.citizen)
        return tap_update(touched, number, under)

    def _show(self, touched: Touched, number: int) -> None:
        at = self.now().timestamp()
        text = phone_of(touched.citizen) if touched.kind == "contact" else touched.text
        self.phones.show(
            Chat(
                citizen=touched.citizen,
                message=number,
                at=at,
                mine=True,
                text=text,
                shape="text" if touched.kind == "tap" else touched.kind,
            )
        )

    def _taken(self, citizen: int, number: int, status: int) -> web.Response:
        self.phones.show(Taken(citizen=citizen, message=number, status=status))
        return web.json_response({"status": status})


async def _told(request: web.Request, kind: type[Told]) -> Told:
    try:
        return msgspec.json.decode(await read_body(request, JSON), type=kind)
    except msgspec.DecodeError:
        raise web.HTTPBadRequest from None


async def _deliver(deliver: Deliver, body: bytes) -> int:
    status = BUSY
    for pause in PAUSES:
        await asyncio.sleep(pause)
        status = await deliver(body)
        if status != BUSY:
            break
    return status


def load_people() -> tuple[Person, ...]:
    """Return the citizens that the page introduces."""
    return msgspec.convert(yaml.safe_load(PEOPLE.read_text("utf-8")), tuple[Person, ...])
