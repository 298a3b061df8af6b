"""A whole house for a real browser: citizens with tickets, and staff of every role."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer
from argon2 import PasswordHasher
from msgspec import Struct

from bot.channels.hooks import Hooks
from bot.channels.opening import open_channels
from bot.pages import application
from bot.running.loops import Loops
from casework.desk.deeds import Step
from casework.staff.sittings import ACTIVE, Sittings
from conversations.messages import Channel
from conversations.turn import Answered, Draft, OpenTicket
from referrals import commands
from referrals.codes import code_from
from referrals.district.directory import Field, FieldKind
from storage.console.staff import Account, Own
from storage.unit import Outcome
from tests.bot.living import settle
from tests.bot.officers import Officer
from tests.bot.playing import Citizen, Play, fill_registry, open_play
from web.console.guard import GATE

NIK = "9901014107800001"
PROOF = "0001"
DESA = "99.01.01.2001"
SAID = {  # value and what is shown of it; the other kinds take words
    FieldKind.NIK: (NIK, "\N{HORIZONTAL ELLIPSIS}0001"),
    FieldKind.AREA: (DESA, "Desa Sukamaju"),
    FieldKind.NUMBER: ("4", "4"),
    FieldKind.NAME: ("Siti Aminah", "Siti Aminah"),
}
OFFICES = {  # where each role of the demo sits
    "call_agent": "satu-pintu",
    "verifier": "satu-pintu",
    "facilitator": "desa-9901012001",
    "village_operator": "desa-9901012001",
    "subdistrict": "kec-990101",
    "officer": "disnaker",
    "trc": "trc-dinsos",
    "appeal": "inspektorat",
    "supervisor": "satu-pintu",
    "data_protection": "bappeda",
    "auditor": "inspektorat",
    "vault_officer": "uptd-ppa",
}


PASSWORD = "satu pintu untuk semua"
HASHED = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)  # quick to check
WAYS: dict[str, tuple[Step, ...]] = {  # what an office does until a ticket stands so
    "sent": (),
    "returned": (commands.Return(leg=1),),
    "working": (commands.Accept(leg=1),),
    "solved": (commands.Accept(leg=1), commands.Resolve(leg=1)),
    "refused": (commands.Accept(leg=1), commands.Decline(leg=1, reason="quota")),
}


class Town(Struct):
    """What a browser's test stands on; *codes* are the town's tickets by where they stand."""

    play: Play
    app: web.Application
    server: TestServer
    codes: dict[str, str]
    accounts: dict[str, str]
    cookies: dict[str, str]  # of who is signed in, by role

    def address(self, path: str) -> str:
        """Return where *path* is served."""
        return str(self.server.make_url(path))

    @property
    def cookie(self) -> str:
        """The name of the console's cookie."""
        return self.app[GATE].cookies.session.name

    async def seat(self, role: str) -> str:
        """Return the cookie of somebody of *role* who is signed in."""
        if role not in self.cookies:
            account = await self._account(role)
            house = self.play.house
            token, unit, now = house.clock.token(), house.store.unit(), house.clock.now()
            Sittings(house.store, house.district).begin(unit, account, token, now, "a test")
            await house.store.commit(unit)
            self.cookies[role], self.accounts[role] = token, account.id
        return self.cookies[role]

    async def _account(self, role: str) -> Account:
        house = self.play.house
        account = Account(
            id=number_of(role),
            role=role,
            office=OFFICES[role],
            areas=(),
            state=ACTIVE,
            own=Own(name=f"{role}.contoh", called=f"Petugas {role}", password=HASHED),
            version=1,
            made=house.clock.now(),
        )
        unit = house.store.unit()
        unit.add_account(account)
        await house.store.commit(unit)
        return account


def texting(play: Play, number: str) -> Citizen:
    """Return who has the telephone *number*, one that can only text."""
    return Citizen(play.house, play.phones, number, Channel.SMS)


def number_of(role: str) -> str:
    """Return the id of the account that somebody of *role* has here."""
    return f"s{role.replace('_', '')}"


@asynccontextmanager
async def open_town(url: str, folder: Path) -> AsyncIterator[Town]:
    """Open a house on *url* with tickets in it, and serve all of it on localhost."""
    play = await open_play(url, folder, instance="browser")
    await fill_registry(play)
    hooks = Hooks.of(play.house, open_channels(play.house.settings))
    app = application(play.house, hooks, Loops(asyncio.Event()))
    codes = await tickets(play)
    async with TestServer(app) as server:
        yield Town(play, app, server, codes, {}, {})
    await play.house.close()


async def tickets(play: Play) -> dict[str, str]:
    """File some tickets, and take them as far as their names say."""
    codes = {name: await standing(play, name) for name in WAYS}
    await settle(play)
    return codes


async def standing(play: Play, name: str) -> str:
    """File a need of a citizen of its own, and take it as far as *name* says; return the code."""
    code = await filed(play)
    office = Officer(play, code, 1)
    for step in WAYS[name]:
        await office.did(step)
    return code


async def filed(play: Play, service: str = "RTLH", by: Citizen | None = None) -> str:
    """File a need that names Siti's NIK, without the conversation about it; return the code."""
    clock, store = play.clock, play.house.store
    answers = tuple(answered(field) for field in play.house.district.services[service].fields)
    record = OpenTicket(code_from(clock.token()), Draft(service, answers), "id", DESA)
    citizen, unit = by or await play.known(), store.unit()
    filing = play.house.turns._records._admitting._filing
    filing.open(unit, record, citizen.address, clock.now(), clock.token())
    assert await store.commit(unit) is Outcome.KEPT
    return record.code


def answered(field: Field) -> Answered:
    """Return what somebody from Desa Sukamaju may answer to *field*."""
    if field.options:
        return Answered(field.key, field.options[0].value, field.options[0].label.id)
    value, shown = SAID.get(field.kind, ("Atap bocor di dua kamar", "Atap bocor di dua kamar"))
    return Answered(field.key, value, shown)
