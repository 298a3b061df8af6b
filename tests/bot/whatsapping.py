"""Play citizens on WhatsApp: signed deliveries come in, messages go out to a fake Graph API."""

import asyncio
import hashlib
import hmac
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.assembly import House, open_house
from bot.channels.hooks import Hooks
from bot.channels.opening import open_channels
from bot.pages import application
from bot.running.loops import Loops
from bot.settings import Settings
from tests.bot.playing import DISTRICT, KEY, Phones, Play, StillClock, fill_registry
from tests.fakes.graph_api import APP_SECRET, PHONE_ID, TOKEN, GraphApi

VERIFY = "kata"
APPROVED = [
    {"name": name, "language": language, "status": "APPROVED"}
    for name in ("kabar_tiket", "kabar", "tugas_kantor")
    for language in ("id", "en")
]
Client = TestClient[web.Request, web.Application]


class Town:
    """A house that is reached by WhatsApp alone."""

    def __init__(self, house: House, client: Client, api: GraphApi, clock: StillClock) -> None:
        self.house = house
        self.client = client
        self.api = api
        self.clock = clock
        self.play = Play(house, Phones(), clock)

    async def post(self, body: bytes, signature: str | None = None) -> int:
        """Deliver *body* as Meta would, and return the status it is told."""
        made = hmac.new(APP_SECRET.encode(), body, hashlib.sha256).hexdigest()
        headers = {"X-Hub-Signature-256": f"sha256={made}" if signature is None else signature}
        async with self.client.post("/whatsapp", data=BytesIO(body), headers=headers) as answer:
            assert await answer.read() == b""
            return answer.status


class Person:
    """Somebody with WhatsApp; either of *user* and *number* may be missing."""

    def __init__(self, town: Town, user: str = "", number: str = "") -> None:
        self.town = town
        self.user = user
        self.number = number
        self.delivered: list[bytes] = []
        self._sent = itertools.count(1)

    @property
    def reached_by(self) -> str:
        """What our messages to them are addressed to."""
        return self.user or self.number

    @property
    def got(self) -> list[dict[str, Any]]:
        """All messages that reached them."""
        return self.town.api.to(self.reached_by)

    @property
    def last(self) -> str:
        """The newest message's text."""
        return text_of(self.got[-1])

    def delivery(self, kind: str, part: object) -> bytes:
        """Return Meta's delivery of a message of theirs, not delivered yet."""
        whose = {"from": self.number, "from_user_id": self.user}
        at = self.town.clock.now() - timedelta(seconds=1)
        message = {
            **{key: value for key, value in whose.items() if value},
            "id": f"wamid.{self.reached_by}.{next(self._sent)}",
            "timestamp": str(int(at.timestamp())),
            "type": kind,
            kind: part,
        }
        value = {
            "messaging_product": "whatsapp",
            "metadata": {"display_phone_number": "62811", "phone_number_id": PHONE_ID},
            "messages": [message],
        }
        entry = {"id": "1", "changes": [{"value": value, "field": "messages"}]}
        body = {"object": "whatsapp_business_account", "entry": [entry]}
        return json.dumps(body).encode()

    async def say(self, text: str) -> str:
        """Write *text* and return the newest reply."""
        return await self._talk("text", {"body": text})

    async def tap(self, label: str) -> str:
        """Tap the button or row whose label begins with *label*."""
        value = next(v for v, shown in choices_of(self.got[-1]) if shown.startswith(label))
        return await self._talk("interactive", {"button_reply": {"id": value, "title": label}})

    async def next(self, count: int = 1) -> str:
        """Wait for *count* more messages and return the newest."""
        await self.town.api.wait_for(self.reached_by, len(self.got) + count)
        return self.last

    async def _talk(self, kind: str, part: object) -> str:
        body, before = self.delivery(kind, part), len(self.got)
        self.delivered.append(body)
        first, again = await asyncio.gather(self.town.post(body), self.town.post(body))
        assert {first, again} == {200}
        await self.town.api.wait_for(self.reached_by, before + 1)
        await self.town.house.outbox._pumps.wait(5)
        return self.last


def text_of(message: dict[str, Any]) -> str:
    """Return what a message says."""
    if message["type"] == "text":
        return str(message["text"]["body"])
    if message["type"] == "template":
        (body, *_) = message["template"]["components"]
        return " ".join(parameter["text"] for parameter in body["parameters"])
    return str(message["interactive"]["body"]["text"])


def choices_of(message: dict[str, Any]) -> list[tuple[str, str]]:
    """Return value and label of every choice that can be tapped under a message."""
    action = message.get("interactive", {}).get("action", {})
    buttons = [button["reply"] for button in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    return [(choice["id"], choice["title"]) for choice in buttons + rows]


@asynccontextmanager
async def open_town(
    url: str, folder: Path, api: GraphApi, district: Path = DISTRICT
) -> AsyncIterator[Town]:
    """Open a house on *url* that citizens reach by WhatsApp."""
    api.templates = APPROVED
    settings = Settings(
        data_dir=folder,
        database_url=url,
        key=KEY,
        district=district,
        flood_rate=0,
        whatsapp_token=TOKEN,
        whatsapp_phone_id=PHONE_ID,
        whatsapp_app_secret=APP_SECRET,
        whatsapp_verify_token=VERIFY,
        whatsapp_api_url=api.url,
        whatsapp_rate=0,
        whatsapp_chat_rate=0,
    )
    clock = StillClock()
    channels = open_channels(settings)
    house = await open_house(settings, clock, channels.senders, media=channels.media)
    channels.acquaintance.meet(house.turns, clock)
    app = application(house, Hooks.of(house, channels), Loops(asyncio.Event()))
    async with TestClient(TestServer(app)) as client:
        town = Town(house, client, api, clock)
        await fill_registry(town.play)
        yield town
    await house.close()
    await channels.close()
