"""Play citizens by SMS: gateways' calls come in, texts go out to a fake one."""

import asyncio
import itertools
import json
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import NamedTuple, Protocol

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.assembly import House, open_house
from bot.channels.hooks import Hooks
from bot.channels.opening import open_channels
from bot.pages import application
from bot.running.loops import Loops
from bot.settings import Settings
from tests.bot.playing import DISTRICT, KEY, Phones, Play, StillClock, fill_registry
from tests.fakes.sms_aggregator import Reaction, SmsAggregator
from tests.fakes.sms_gate import KEY as SIGNING_KEY
from tests.fakes.sms_gate import PASSWORD, USER, SmsGate, Trouble, signed
from tests.handlers import gateway_rows

CHOICE = re.compile(r"^(\d+)\. (.+?) *$", re.MULTILINE)
MERAPI = {"Authorization": "Basic bWVyYXBpOm1hc3VrLTQ="}  # merapi:masuk-4
Client = TestClient[web.Request, web.Application]


class Call(NamedTuple):
    """A call of a gateway, which it may make as often as it likes."""

    path: str
    headers: dict[str, str]
    body: bytes = b""
    method: str = "POST"


class Gateway(Protocol):
    """A gateway, as the telephones around it see it."""

    def brings(self, number: str, text: str, clock: StillClock) -> Call:
        """Return the call that brings *text* of *number*."""
        ...

    def to(self, number: str) -> list[str]:
        """Return what *number* got."""
        ...

    async def wait_for(self, number: str, count: int) -> None:
        """Return when *number* got *count* texts in all."""
        ...

    def fail(self, *, hang: bool = False) -> None:
        """Fail the next message."""
        ...

    def settings(self, folder: Path) -> dict[str, object]:
        """Return the settings that make it ours."""
        ...


class Telephone:
    """An Android telephone with SMSGate."""

    def __init__(self, gate: SmsGate) -> None:
        self.gate = gate
        self.to: Callable[[str], list[str]] = gate.to
        self.wait_for = gate.wait_for

    def brings(self, number: str, text: str, clock: StillClock) -> Call:
        at = (clock.now() - timedelta(seconds=1)).isoformat()
        return self.tells("sms:received", clock, sender=number, message=text, receivedAt=at)

    def tells(self, event: str, clock: StillClock, **payload: object) -> Call:
        """Return the call that tells *event*."""
        body = self.gate.event(event, **payload)
        return Call("/sms/android", signed(body, clock.now().timestamp()), body)

    def fail(self, *, hang: bool = False) -> None:
        self.gate.troubles.append(Trouble(500, hang=hang))

    def settings(self, folder: Path) -> dict[str, object]:
        return {
            "sms_gateway": "android",
            "sms_android_url": self.gate.url,
            "sms_android_user": USER,
            "sms_android_password": PASSWORD,
            "sms_android_signing_key": SIGNING_KEY,
            "sms_android_rate": 0,
        }


class Aggregator:
    """An aggregator of the rows, "merapi": nested JSON, several in one call."""

    def __init__(self, server: SmsAggregator) -> None:
        self.server = server
        self._numbers = itertools.count(1)
        taken = {"status": {"groupName": "PENDING"}}
        server.usual = Reaction({"messages": [taken]})

    def brings(self, number: str, text: str, clock: StillClock) -> Call:
        at = (clock.now() - timedelta(seconds=1)).isoformat()
        named = {"messageId": f"mo-{next(self._numbers)}", "from": number[1:]}
        body = json.dumps({"results": [{**named, "text": text, "receivedAt": at}]}).encode()
        return Call("/sms/http/merapi", MERAPI, body)

    def to(self, number: str) -> list[str]:
        sent = (asked.json["messages"][0] for asked in self.server.taken)
        return [one["text"] for one in sent if one["destinations"][0]["to"] == number[1:]]

    async def wait_for(self, number: str, count: int) -> None:
        await self.server.wait_until(lambda: len(self.to(number)) >= count)

    def fail(self, *, hang: bool = False) -> None:
        self.server.reactions.append(Reaction("", 500, hang=hang))

    def settings(self, folder: Path) -> dict[str, object]:
        district = Path(shutil.copytree(DISTRICT, folder / "district"))
        rows = gateway_rows.GATEWAYS_FILE.read_text("utf-8")
        moved = rows.replace(gateway_rows.NOWHERE, self.server.url)
        (district / "gateways.yaml").write_text(moved, "utf-8")
        names = "merapi, lontar,tiang,kentong"
        return {"sms_gateway": "http", "sms_http_gateways": names, "district": district}


class Village:
    """A house that is reached by SMS alone."""

    def __init__(self, house: House, client: Client, gateway: Gateway, clock: StillClock) -> None:
        self.house = house
        self.client = client
        self.gateway = gateway
        self.clock = clock
        self.play = Play(house, Phones(), clock)

    async def call(self, call: Call) -> int:
        """Make *call*, and return the status that the gateway is told."""
        return (await self.answer(call))[0]

    async def answer(self, call: Call) -> tuple[int, str]:
        """Make *call*, and return status and words that the gateway is told."""
        body = BytesIO(call.body) if call.body else None
        asked = self.client.request(call.method, call.path, data=body, headers=call.headers)
        async with asked as answer:
            return answer.status, await answer.text()


class Texter:
    """Somebody with the plainest telephone there is."""

    def __init__(self, village: Village, number: str = "+6281200000001") -> None:
        self.village = village
        self.number = number
        self.calls: list[Call] = []

    @property
    def got(self) -> list[str]:
        """All texts that reached them."""
        return self.village.gateway.to(self.number)

    @property
    def choices(self) -> dict[str, str]:
        """The numbers of the newest text's menu, by label."""
        return {label: number for number, label in CHOICE.findall(self.got[-1])}

    async def say(self, text: str) -> str:
        """Write *text*, which the gateway brings twice at once, and return the newest reply."""
        call, before = (
            self.village.gateway.brings(self.number, text, self.village.clock),
            len(self.got),
        )
        self.calls.append(call)
        both = await asyncio.gather(self.village.call(call), self.village.call(call))
        assert both == [200, 200]
        await self.village.gateway.wait_for(self.number, before + 1)
        await self.village.house.outbox._pumps.wait(5)
        return self.got[-1]

    async def pick(self, label: str) -> str:
        """Answer with the number of the choice that begins with *label*."""
        number = next(n for shown, n in self.choices.items() if shown.startswith(label))
        return await self.say(number)

    async def next(self) -> str:
        """Wait for one more text, and return it."""
        await self.village.gateway.wait_for(self.number, len(self.got) + 1)
        return self.got[-1]


@asynccontextmanager
async def open_village(
    url: str, folder: Path, gateway: Gateway, **changes: object
) -> AsyncIterator[Village]:
    """Open a house on *url* that citizens reach through *gateway*."""
    usual = {"data_dir": folder, "database_url": url, "key": KEY, "district": DISTRICT}
    values = {**usual, "flood_rate": 0, **gateway.settings(folder), **changes}
    settings = Settings(**values)  # type: ignore[arg-type]  # given by name
    clock = StillClock()
    channels = open_channels(settings)
    house = await open_house(settings, clock, channels.senders)
    app = application(house, Hooks.of(house, channels), Loops(asyncio.Event()))
    async with TestClient(TestServer(app)) as client:
        village = Village(house, client, gateway, clock)
        await fill_registry(village.play)
        yield village
    await house.close()
    await channels.close()
