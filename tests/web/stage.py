"""A small world for pages: one leg, a desk that remembers, telephones, a browser's manners."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from casework.desk.deeds import Brought, Step
from casework.ticket.views import Done, FileShown, LegView, Letter, Opened
from referrals.choosing import Refusal
from referrals.district.directory import Priority
from referrals.district.words import Words
from referrals.ticket import LegState, TicketState
from web.demo.graph_api import Line
from web.demo.stage import Demo, add_demo
from web.offices.agency import AgencyPages, add_agency
from web.pages import add_pages

NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
TOKEN = "WyI0ODIxMDkzNzUiLDFd.c2lnbmF0dXJl"
ONCE = "0123456789abcdef0123456789abcdef"
BOT = "990000001:demo"
TOUCH = "/simulator/telegram/updates"
BROWSER = {"Accept": "text/html", "Accept-Language": "id-ID,id;q=0.9"}
OURS = {**BROWSER, "Sec-Fetch-Site": "same-origin"}
TAG = re.compile(r"<[^>]*>")  # our pages write every > that is not a tag's as &gt;
Client = TestClient[web.Request, web.Application]


def now() -> datetime:
    """Return the moment at which every test of pages plays."""
    return NOW


def leg_view(**changes: object) -> LegView:
    """Return a leg that waits to be accepted, with *changes*."""
    usual: dict[str, Any] = {
        "code": "482109379",
        "leg": 2,
        "agency": "perkim",
        "agency_name": Words(id="Dinas Perumahan", en="Housing Office"),
        "service_label": Words(id="Perbaikan Rumah", en="House repair"),
        "state": TicketState.REFERRED,
        "leg_state": LegState.SENT,
        "opened_at": datetime(2026, 11, 17, 22, 5, tzinfo=UTC),
        "priority": Priority.P2,
        "area_path": "Desa Sukamaju, Kecamatan Contoh",
        "respond_by": datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
        "resolve_by": datetime(2027, 1, 4, 8, 30, tzinfo=UTC),
        "answers": ((Words(id="Kondisi atap", en="Roof"), "Bocor"), ("RT/RW", "02/05")),
        "files": (FileShown(1, 1, NOW, proof=False),),
        "actions": ("accept", "return", "ask", "resolve", "decline", "refer"),
        "history": ((NOW, Words(id="Diteruskan kepada Anda", en="Referred to you")),),
        "above": (("perkim-prov", "Dinas di atas"),),
        "legs": (("2", "Dinas Perumahan"),),
        "agencies": (("dinsos", Words(id="Dinas Sosial", en="Social Office")), ("desa", "Desa")),
        "systems": ("SP4N-LAPOR!", "Ombudsman RI"),
        "decline_reasons": (("quota", Words(id="Kuota penuh", en="Quota used up")),),
    }
    return LegView(**{**usual, **changes})


@dataclass
class Desk:
    """An agency's desk that holds one leg; each command is taken once, then refused."""

    view: LegView | None = field(default_factory=leg_view)
    done: list[tuple[Step, str]] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    refusal: Refusal | None = None
    opened: Opened | Refusal | None = None
    openings: int = 0  # of the link, by somebody

    async def opens(self, token: str, at: datetime) -> LegView | None:
        """Return the same as `see`, and count."""
        self.openings += 1
        return await self.see(token, at)

    async def see(self, token: str, at: datetime) -> LegView | None:
        """Return the leg for the one good token."""
        return self.view if token == TOKEN and at == NOW else None

    async def act(self, token: str, step: Step, brought: Brought, at: datetime) -> Done | Refusal:
        """Take *step* once."""
        if self.refusal or any(step == old for old, _ in self.done):
            return self.refusal or Refusal("state", 12)
        self.done.append((step, brought.text))
        self.files += brought.files
        self.names.append(brought.once)
        return Done(code="482109379", state=TicketState.IN_PROGRESS)

    async def file(
        self, token: str, seq: int, place: int, at: datetime
    ) -> Opened | Refusal | None:
        """Return what the test put there."""
        return self.opened if token == TOKEN and (seq, place) == (1, 1) else None


class Telephones:
    """What the real channels would do: remembers each delivery, answers as it is told to."""

    def __init__(self) -> None:
        self.telegram: list[dict[str, Any]] = []
        self.sms: list[dict[str, Any]] = []
        self.receipts: list[bytes] = []
        self.bodies: list[bytes] = []
        self.statuses: list[int] = []
        self.letters: list[Letter] = []
        self.answer: Callable[[dict[str, Any]], Awaitable[None]] | None = None

    async def take_telegram(self, body: bytes) -> int:
        """Stand for /telegram."""
        self.bodies.append(body)
        self.telegram.append(json.loads(body))
        if self.answer:
            await self.answer(self.telegram[-1])
        return self.statuses.pop(0) if self.statuses else 200

    async def take_sms(self, body: bytes) -> int:
        """Stand for /sms/http/demo."""
        self.bodies.append(body)
        self.sms.append(json.loads(body))
        return self.statuses.pop(0) if self.statuses else 200

    async def take_receipt(self, body: bytes) -> int:
        """Stand for the webhook of receipts."""
        self.receipts.append(body)
        return 200

    async def read_letters(
        self, agency: str | None = None, *, vault: bool = False
    ) -> list[Letter]:
        """Stand for the store."""
        return [one for one in self.letters if agency in {None, one.agency}]


def agency_app(desk: Desk, *, framed: bool = False) -> web.Application:
    """Return an application with the pages of *desk*."""
    app = web.Application()
    add_pages(app, "Asia/Jakarta")
    pages = AgencyPages(
        see=desk.see,
        opened=desk.opens,
        act=desk.act,
        open=desk.file,
        now=now,
        token=lambda: ONCE,
        framed=framed,
    )
    add_agency(app, pages)
    return app


def demo_app(telephones: Telephones, whatsapp: Line | None = None) -> web.Application:
    """Return an application with everything that only a demo has."""
    app = agency_app(Desk(), framed=True)
    demo = Demo(
        deliver_telegram=telephones.take_telegram,
        deliver_sms=telephones.take_sms,
        report_sms=telephones.take_receipt,
        letters=telephones.read_letters,
        token=BOT,
        now=now,
        whatsapp=whatsapp,
    )
    add_demo(app, demo)
    return app


def client(app: web.Application) -> Client:
    """Return a client for *app*, on a port of its own on localhost."""
    return TestClient(TestServer(app))


class Page(HTMLParser):
    """A page as a browser would take it apart: its elements and its visible text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = unescape(TAG.sub("", text))
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every *tag*."""
        return [attributes for name, attributes in self.elements if name == tag]

    def strange(self) -> list[str]:
        """Return what our Content-Security-Policy would refuse, or what no page of ours has."""
        found = [
            f"{tag} {name}"
            for tag, attributes in self.elements
            for name, value in attributes.items()
            if name.startswith("on") or name == "style" or (value or "").startswith("javascript:")
        ]
        found += [f"script {a}" for a in self.all("script") if "src" not in a]
        return found + [tag for tag, _ in self.elements if tag in {"img-x", "style", "object"}]


async def touch(demo: Client, **touched: object) -> int:
    """Use the Telegram telephone of citizen 1; return the status."""
    return (await demo.post(TOUCH, json={"citizen": 1, **touched}, headers=OURS)).status


async def happenings(demo: Client, most: int, since: str = "") -> list[dict[str, Any]]:
    """Return the first *most* events that a page gets to hear, with their ids."""
    found: list[dict[str, Any]] = []
    async with asyncio.timeout(5):
        answer = await demo.get("/simulator/events", headers={"Last-Event-ID": since})
        name = number = ""
        async for line in answer.content:
            field, _, text = line.decode().strip().partition(": ")
            name = text if field == "event" else name
            number = text if field == "id" else number
            if field == "data":
                found.append({"event": name, "id": number, **json.loads(text)})
                name = ""
            if len(found) == most:
                break
        answer.close()
    return found
