"""Offices with programs of their own: districts whose rows name them, and what they post."""

import asyncio
import base64
import itertools
import shutil
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from standardwebhooks import Webhook

from bot.channels.hooks import Hooks
from bot.channels.opening import open_channels
from bot.pages import application
from bot.running.loops import Loops
from conversations.turn import Answered, Draft, OpenTicket
from referrals.codes import code_from
from referrals.ticket import Ticket
from storage.database.migrate import migrate
from storage.replies.deliveries import Delivery
from storage.unit import Outcome
from tests.bot.playing import DISTRICT, Citizen, Play, fill_registry, open_play
from tests.casework.pictures import fresh_photo

SECRET = "whsec_" + base64.b64encode(b"0123456789abcdef0123456789abcdef").decode()
OTHER = "whsec_" + base64.b64encode(b"another secret of thirty-two byt").decode()
_DAYS = "  priority: P3\n  respond_days: 2\n  resolve_days: 7\n"
VILLAGE_FIRST = f"  level: village\n{_DAYS}  roles: [pemdes, disdukcapil]"
AT_ONCE = f"  level: district\n{_DAYS}  roles: [disdukcapil]"
STATUSES = """
    updates:
      secret_env: {variable}
      statuses:
        - {{says: DITERIMA, means: accept}}
        - {{says: PROSES, means: accept}}
        - {{says: SELESAI, means: resolve}}
        - {{says: DITOLAK, means: decline, reason: not_eligible}}
        - {{says: BUKAN KEWENANGAN, means: return}}
        - {{says: TUNGGU, means: hold}}
        - {{says: TANYA, means: ask}}
        - {{says: DICETAK, means: nothing}}
"""


def with_rows(tmp_path: Path, rows: Mapping[str, str]) -> Path:
    """Return a copy of the demo's district whose agencies' rows go on with the texts in *rows*.

    Papers go to the civil registry at once there, without the village desk.
    """
    folder = tmp_path / "district"
    shutil.copytree(DISTRICT, folder)
    papers = folder / "services" / "rumah.yaml"
    text = papers.read_text()
    assert text.count(VILLAGE_FIRST) == 1
    papers.write_text(text.replace(VILLAGE_FIRST, AT_ONCE))
    file = folder / "agencies.yaml"
    text = file.read_text()
    for code, more in rows.items():
        start = text.index(f"  - code: {code}\n")
        end = text.find("\n  - code: ", start + 1)
        end = len(text) if end < 0 else end + 1
        row = [line for line in text[start:end].splitlines() if not line.startswith("    ways:")]
        text = text[:start] + "\n".join([*row, more.strip("\n"), ""]) + text[end:]
    file.write_text(text)
    return folder


Client = TestClient[web.Request, web.Application]


def front_door(play: Play) -> Client:
    """Return a client of everything that *play*'s house serves; open it with `async with`."""
    house = play.house
    hooks = Hooks.of(house, open_channels(house.settings))
    return TestClient(TestServer(application(house, hooks, Loops(asyncio.Event()))))


async def filed_papers(play: Play, citizen: Citizen, **more: Any) -> str:  # noqa: ANN401 - what a draft or its record may hold
    """File lost papers for *citizen* without the conversation about it; return the code."""
    house, clock = play.house, play.clock
    answers = (Answered("paper", "ktp", "KTP"), *more.pop("answers", ()))
    draft = Draft("ADMINDUK", answers)
    record = OpenTicket(code_from(clock.token()), draft, "id", "99.01.01.2001", **more)
    unit = house.store.unit()
    filing = house.turns._records._admitting._filing
    filing.open(unit, record, citizen.address, clock.now(), clock.token())
    assert await house.store.commit(unit) is Outcome.KEPT
    return record.code


async def ticket_of(play: Play, code: str) -> Ticket:
    """Return ticket *code* as it stands."""
    stored = await play.house.store.ticket(code)
    assert stored
    return stored.ticket


async def news_of(play: Play, code: str) -> tuple[Delivery, ...]:
    """Return what became of the letters about the ticket's first leg."""
    return await play.house.store.deliveries_of(code, 1)


async def later(play: Play, **by: float) -> None:
    """Let time pass, and do what falls due."""
    play.clock.move(**by)
    await play.house.timers.tick()


OFFICE, ELSEWHERE, VAULT = "disdukcapil", "dinkes", "uptd-ppa"
ROWS = {
    OFFICE: STATUSES.format(variable="AGENCY_PAPERS"),
    ELSEWHERE: STATUSES.format(variable="AGENCY_HEALTH"),
    VAULT: STATUSES.format(variable="AGENCY_VAULT"),
}
DONE_WORD = "SELESAI"
DONE, REPEATED, OLD = '{"outcome":"done"}', '{"outcome":"repeated"}', '{"outcome":"old"}'
INCOMPLETE = '{"outcome":"incomplete"}'
UNFIT = '{"outcome":"unfit"}'
NOTHING_NEW, STRANGER = '{"outcome":"nothing_new"}', '{"outcome":"stranger"}'


async def open_updates(url: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Open a house in a district where three offices have programs."""
    monkeypatch.setattr(
        "casework.programs.agency_updates.EVEN", 0.0
    )  # but where a test is about it
    monkeypatch.setenv("AGENCY_PAPERS", SECRET)
    monkeypatch.setenv("AGENCY_HEALTH", OTHER)
    monkeypatch.setenv("AGENCY_VAULT", OTHER)
    migrate(url)
    play = await open_play(url, folder, district=with_rows(folder, ROWS))
    await fill_registry(play)
    return play


def ago(play: Play, **by: float) -> str:
    """Return a moment before now, as a program writes it."""
    return (play.clock.now() - timedelta(**by)).isoformat()


class Program:
    """An office's own program: posts what it likes, signed as the specification says."""

    def __init__(self, client: Client, play: Play, agency: str, secret: str) -> None:
        self._client = client
        self._play = play
        self._agency = agency
        self._secret = secret
        self._ids = itertools.count(1)
        self.path = f"/agencies/{agency}/updates"

    async def post(self, ticket: str, status: str, **more: object) -> tuple[int, str]:
        """Post an update, each under a new id; return the answer's status and body.

        What is done it shows by a fresh photo, unless *more* has `files` of its own.
        """
        if status == DONE_WORD:
            more.setdefault("files", [base64.b64encode(fresh_photo()).decode()])
        return await self.send(msgspec.json.encode({"ticket": ticket, "status": status, **more}))

    async def send(
        self, body: bytes, *, name: str = "", at: datetime | None = None, secret: str = ""
    ) -> tuple[int, str]:
        """Post *body* under the message id *name*, as sent at *at*, signed with *secret*."""
        name = name or f"msg_{self._agency}_{next(self._ids)}"
        sent = at or self._play.clock.now()
        text = body.decode("utf-8", "surrogateescape")
        headers = {
            "webhook-id": name,
            "webhook-timestamp": str(int(sent.timestamp())),
            "webhook-signature": Webhook(secret or self._secret).sign(name, sent, text),
        }
        return await self.raw(body, headers)

    async def raw(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, str]:
        """Post *body* under whatever *headers*."""
        async with self._client.post(self.path, data=body, headers=dict(headers)) as answer:
            return answer.status, await answer.text()
