"""Every page of the console in a real browser: found by its routes, so that none is left out."""

import json
import re
from collections.abc import Iterator

import aiohttp
import pytest_asyncio
from msgspec import Struct
from playwright.async_api import expect

from referrals.district.staffing import Power
from tests.browser.looking import DESK, PHONE, REAL, Eyes
from tests.browser.town import Town, number_of
from tests.web.console.routes import routes_of

pytestmark = REAL

FIRST = (  # who looks: the first whose role has the power
    "verifier",
    "supervisor",
    "village_operator",
    "call_agent",
    "data_protection",
    "auditor",
)
STAYS = "supervisor"  # who looks at what is open to all
OK = 200


class Sight(Struct, frozen=True):
    """A page, and the role that opens it; nobody's for one that is public."""

    name: str
    address: str
    role: str
    status: int


def addresses(town: Town) -> Iterator[tuple[str, str, str]]:
    """Yield name, address and role of whatever can be opened by its address alone."""
    known = {"code": town.codes["working"], "service": "RTLH", "number": number_of(STAYS)}
    for route in routes_of(town.app):
        address = re.sub(r"\{(\w+)\}", lambda part: known.get(part[1], "{}"), route.pattern)
        if route.method == "GET" and "{}" not in address:
            name = re.sub(r"\W+", "-", route.pattern.removeprefix("/console")).strip("-")
            yield name or "home", address, "" if route.public else looker(town, route.needs)


def looker(town: Town, needs: Power | None) -> str:
    """Return a role that has the power."""
    roles = town.play.house.district.staff_roles
    return next(role for role in FIRST if needs in roles[role].powers) if needs else STAYS


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sights(town: Town) -> list[Sight]:
    """Give every page that stands at its own address: no file, no stream, no way elsewhere."""
    found = []
    async with aiohttp.ClientSession(headers={"Accept": "text/html"}) as session:
        for name, address, role in addresses(town):
            cookies = {town.cookie: await town.seat(role)} if role else {}
            url = town.address(address)
            async with session.get(url, cookies=cookies, allow_redirects=False) as answer:
                page = answer.status == OK and answer.content_type == "text/html"
                if page or answer.status >= 400:
                    found.append(Sight(name, address, role, answer.status))
    return found


async def test_nobody_is_kept_out_of_any_page(eyes: Eyes, sights: list[Sight]) -> None:
    """No page has a fault that axe finds, scrolls sideways, or is complained of by the browser.

    The Tab key begins with the way past the menu, and its focus is never lost from sight.
    """
    wrong: dict[str, list[str]] = {}
    for sight in sights:
        async with eyes.window(sight.role) as window:
            await window.open(sight.address)
            faults = [*await window.faults(sight.name), *await window.lost()]
            if faults or sight.status != OK:
                wrong[f"{sight.name} {sight.status} {sight.role}"] = faults
    assert wrong == {}, json.dumps(wrong, indent=1)


async def test_a_line_of_the_list_unfolds_on_a_telephone(eyes: Eyes) -> None:
    """Where it lies and who has it is read by who wants to; no script is needed for it."""
    async with eyes.window("supervisor", PHONE, script=False) as window:
        page = await window.open("/console/worklist?view=open")
        line = page.locator("tr.line").first
        await expect(line.locator("td.due")).to_be_visible()
        await expect(line.locator("td.rest").first).to_be_hidden()
        await line.locator("summary").click()
        for rest in await line.locator("td.rest").all():
            await expect(rest).to_be_visible()
        await window.size(DESK)
        await expect(line.locator("td.more")).to_be_hidden()
        await expect(page.locator("tr.line td.rest").last).to_be_visible()
