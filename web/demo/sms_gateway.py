"""A stand-in for an SMS gateway: it takes our texts, shows them, and says that they arrived."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

import msgspec
from aiohttp import web
from msgspec import Struct

from web.demo.phones import Phones, citizen_of_phone
from web.demo.updates import sms_receipt
from web.forms import read_bounded

GATEWAY = "/simulator/smsgateway"
LARGEST = 16 * 1024  # bytes of one call


class Sent(Struct, frozen=True):
    """What the gateway is asked to send."""

    to: str
    text: str


@dataclass(frozen=True, slots=True)
class SmsGateway:
    """Sends to plain telephones; *report* takes a receipt's body. *now* is aware UTC."""

    phones: Phones
    report: Callable[[bytes], Awaitable[int]]
    now: Callable[[], datetime]
    _telling: set[asyncio.Task[int]] = field(default_factory=set)

    async def take(self, request: web.Request) -> web.Response:
        """POST /simulator/smsgateway: our own SMS channel sends to a telephone."""
        try:
            sent = msgspec.json.decode(await read_bounded(request, LARGEST), type=Sent)
        except msgspec.DecodeError:
            raise web.HTTPBadRequest from None
        citizen = citizen_of_phone(sent.to)
        if citizen is None:
            raise web.HTTPNotFound
        number = self.phones.show_sms(citizen, sent.text, self.now(), mine=False)
        self._tell_later(f"demo-{number}")
        return web.json_response({"id": f"demo-{number}"})

    def _tell_later(self, reference: str) -> None:
        """Have it say soon that the text arrived: only that starts what waits for it."""
        told = self.report(sms_receipt(reference, self.now()))
        task = asyncio.ensure_future(told)
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)
