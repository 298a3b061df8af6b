"""A console before a whole house, and people of every role who are signed in to it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from aiohttp import CookieJar, web
from aiohttp.test_utils import TestClient, TestServer

from bot.console.assembly import add_console
from casework.staff.person import Staff
from casework.staff.sittings import ACTIVE, Sittings, person
from referrals.district.directory import District
from storage.audit.reading import AuditLine
from storage.console.staff import Account, Own
from tests.bot.playing import Play, fill_registry, open_play
from web.console.guard import CSRF, GATE
from web.hooks.webhooks import MOST_BYTES
from web.pages import add_pages

BROWSER = {"Accept": "text/html", "Sec-Fetch-Site": "same-origin"}
OFFICES = {  # where each role of the demo sits, where a test does not say
    "call_agent": "satu-pintu",
    "verifier": "satu-pintu",
    "facilitator": "desa-9901012001",
    "village_operator": "desa-9901012001",
    "subdistrict": "kec-990101",
    "officer": "dinsos-data",
    "trc": "trc-dinsos",
    "appeal": "inspektorat",
    "supervisor": "satu-pintu",
    "data_protection": "bappeda",
    "auditor": "inspektorat",
    "vault_officer": "uptd-ppa",
}

Client = TestClient[web.Request, web.Application]


class SignedClient:
    """The browser of somebody who is signed in; `client` is what makes its requests."""

    def __init__(self, client: Client, account: Account, csrf: str) -> None:
        self.client = client
        self.account = account
        self.csrf = csrf

    async def get(self, path: str, **params: str) -> tuple[int, str]:
        """Return status and text of the page at *path*; redirects are not followed."""
        answer = await self.client.get(
            path, params=params or None, headers=BROWSER, allow_redirects=False
        )
        return answer.status, await answer.text()

    async def post(self, path: str, fields: dict[str, Any] | None = None) -> tuple[int, str]:
        """Send the form *fields* as one of our pages would; the text of a 303 is its address."""
        answer = await self.client.post(
            path,
            data={CSRF: self.csrf, **(fields or {})},
            headers=BROWSER,
            allow_redirects=False,
        )
        return answer.status, answer.headers.get("Location") or await answer.text()


class Console:
    """The console of a house that `play` plays; its clock stands still."""

    def __init__(self, play: Play, app: web.Application, server: TestServer) -> None:
        self.play = play
        self.app = app
        self._server = server
        self._stack = AsyncExitStack()
        self._numbers = count(1)

    @property
    def district(self) -> District:
        """The demo's district."""
        return self.play.house.district

    async def browser(self) -> Client:
        """Return a browser that nobody is signed in to."""
        client: Client = TestClient(self._server, cookie_jar=CookieJar(unsafe=True))
        await self._stack.enter_async_context(client)
        return client

    async def account(
        self, role: str, office: str = "", areas: tuple[str, ...] = (), **own: str
    ) -> Account:
        """Make an account of *role* without a password."""
        number = f"s{next(self._numbers)}"
        account = Account(
            id=number,
            role=role,
            office=office or OFFICES[role],
            areas=areas,
            state=ACTIVE,
            own=Own(**{"name": f"{role}.{number}", "called": f"Petugas {number}"} | own),
            version=1,
            made=self.play.clock.now(),
        )
        unit = self.play.house.store.unit()
        unit.add_account(account)
        await self.play.house.store.commit(unit)
        return account

    async def sign_in(
        self, role: str, office: str = "", areas: tuple[str, ...] = ()
    ) -> SignedClient:
        """Return the browser of somebody new of *role* who is signed in."""
        return await self.seat(await self.account(role, office, areas))

    async def seat(self, account: Account) -> SignedClient:
        """Return the browser of *account*, signed in without a password."""
        house, client = self.play.house, await self.browser()
        token, unit = house.clock.token(), house.store.unit()
        now = house.clock.now()
        Sittings(house.store, house.district).begin(unit, account, token, now, "a test")
        await house.store.commit(unit)
        client.session.cookie_jar.update_cookies(
            {self.app[GATE].cookies.session.name: token}, client.make_url("/")
        )
        csrf = house.store.sealer.mac("staff form", token).hex()
        return SignedClient(client, account, csrf)

    def staff(self, account: Account) -> Staff:
        """Return who *account* is."""
        found = person(account, self.district.staff_roles)
        assert found
        return found

    async def audited(self, actor: str) -> list[AuditLine]:
        """Return what the audit says *actor* did, in its order."""
        store = self.play.house.store
        lines = [
            one
            for chain in await store.audit_chains()
            for one in await store.audit_lines(chain, 0)
        ]
        return [one for one in lines if one.actor == actor]

    async def close(self) -> None:
        """Close every browser."""
        await self._stack.aclose()


@asynccontextmanager
async def console_of(url: str, folder: Path) -> AsyncIterator[Console]:
    """Open the console of a whole house on *url*, with the demo's families in its registry."""
    play = await open_play(url, folder)
    await fill_registry(play)
    app = web.Application(client_max_size=MOST_BYTES)
    add_pages(app, play.house.district.calendar.zone)
    add_console(app, play.house)
    server = TestServer(app)
    await server.start_server()
    whole = Console(play, app, server)
    yield whole
    await whole.close()
    await server.close()
    await play.house.close()


@pytest.fixture
async def console(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Console]:
    """Give the console of a whole house."""
    async with console_of(sqlite_url, tmp_path) as whole:
        yield whole


@pytest.fixture
async def console_on_both(database_url: str, tmp_path: Path) -> AsyncIterator[Console]:
    """Give the same: the test runs on both kinds of databases."""
    async with console_of(database_url, tmp_path) as whole:
        yield whole
