"""A small SMSGate on 127.0.0.1: its API for other programs, and its telephone's webhooks."""

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
from collections import deque
from typing import Any, NamedTuple

from aiohttp import web

from tests import smsgate_spec

USER, PASSWORD, KEY = "PINTU1", "rahasia-gerbang", "kunci-tanda"
DEVICE = "PyDmBQZZXYmyxMwED8Fzy"
LONGEST_ID = 36


class Trouble(NamedTuple):
    """What to answer instead of taking a message; *lost* takes it and answers all the same."""

    status: int = 500
    hang: bool = False
    lost: bool = False


class SmsGate:
    """The fake. Plan *troubles* for the next messages, None for one that goes well."""

    def __init__(self) -> None:
        self.url = ""
        self.sent: list[dict[str, Any]] = []
        self.tried = 0
        self.violations: list[str] = []
        self.troubles: deque[Trouble | None] = deque()
        self.hooks: dict[str, dict[str, Any]] = {}
        self.devices: list[dict[str, Any]] = [{"id": DEVICE, "name": "HP kantor"}]
        self._numbers = itertools.count(1)
        self._news = asyncio.Condition()

    async def start(self) -> None:
        """Start on a free port; *url* is then the API's."""
        app = web.Application()
        app.router.add_post("/3rdparty/v1/messages", self._messages)
        app.router.add_get("/3rdparty/v1/devices", self._devices)
        app.router.add_get("/3rdparty/v1/webhooks", self._webhooks)
        app.router.add_post("/3rdparty/v1/webhooks", self._hook)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}/3rdparty/v1"

    async def close(self) -> None:
        """Stop."""
        await self._runner.cleanup()

    def to(self, number: str) -> list[str]:
        """Return the texts that *number* got."""
        return [one["textMessage"]["text"] for one in self.sent if number in one["phoneNumbers"]]

    async def wait_for(self, number: str, count: int) -> None:
        """Return when *number* got *count* texts in all."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: len(self.to(number)) >= count)

    def event(self, kind: str, **payload: object) -> bytes:
        """Return what the telephone tells of an event, with an id that it never had before."""
        told = {
            "deviceId": DEVICE,
            "event": kind,
            "id": f"Ey6ECgOkVVFjz3CL{next(self._numbers):05}",
            "payload": payload,
            "webhookId": "w",
        }
        return json.dumps(told).encode()

    async def _messages(self, request: web.Request) -> web.Response:
        self.tried += 1
        if not _knows(request):
            return _refusal(401)
        message = json.loads(await request.read())
        self.violations += smsgate_spec.faults(smsgate_spec.MESSAGE, message)
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble and not trouble.lost:
            await asyncio.sleep(60 * trouble.hang)
            return _refusal(trouble.status)
        if any(one["id"] == message["id"] for one in self.sent):
            return _refusal(409)
        if len(message["id"]) > LONGEST_ID or not message["textMessage"]["text"]:
            return _refusal(400)
        async with self._news:
            self.sent.append(message)
            self._news.notify_all()
        if trouble:
            await asyncio.sleep(60 * trouble.hang)
            return _refusal(trouble.status)
        taken = _taken(message)
        self.violations += smsgate_spec.faults(smsgate_spec.TAKEN, taken)
        return web.json_response(taken, status=202)

    async def _devices(self, request: web.Request) -> web.Response:
        return web.json_response(self.devices) if _knows(request) else _refusal(401)

    async def _webhooks(self, request: web.Request) -> web.Response:
        return web.json_response([*self.hooks.values()]) if _knows(request) else _refusal(401)

    async def _hook(self, request: web.Request) -> web.Response:
        hook = json.loads(await request.read())
        self.violations += smsgate_spec.faults(smsgate_spec.WEBHOOK, hook)
        self.hooks[hook["id"]] = hook
        return web.json_response(hook, status=201)


def signed(body: bytes, at: float, key: str = KEY) -> dict[str, str]:
    """Return the headers with which a telephone signs *body* at Unix second *at*."""
    stamp = str(int(at))
    made = hmac.new(key.encode(), body + stamp.encode(), hashlib.sha256).hexdigest()
    return {"X-Signature": made, "X-Timestamp": stamp}


def _taken(message: dict[str, Any]) -> dict[str, Any]:
    states = [{"phoneNumber": one, "state": "Pending"} for one in message["phoneNumbers"]]
    return {"id": message["id"], "deviceId": DEVICE, "state": "Pending", "recipients": states}


def _knows(request: web.Request) -> bool:
    pair = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
    return request.headers.get("Authorization") == f"Basic {pair}"


def _refusal(status: int) -> web.Response:
    return web.json_response({"message": "injected"}, status=status)
