"""Each role in a real browser: what its menu shows opens, and what is not its own does not."""

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from tests.browser.looking import REAL, Eyes
from tests.browser.town import OFFICES, Town, filed
from web.console.shell import PLACES

pytestmark = REAL

OK, REFUSED, GONE = 200, 403, 404
VAULT = "vault_officer"
ELSEWHERE = {
    "officer",
    "trc",
    "subdistrict",
    "auditor",
    VAULT,
}  # whose office has no share in a village's case
TOLD = ("Atap bocor", "Siti", "Sukamaju", "Kekerasan")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def cases(town: Town) -> tuple[str, str]:
    """Give a case that is in a village's hands, and one of the vault."""
    services = town.play.house.district.services.values()
    vault = next(one for one in services if one.safe_path).code
    return await filed(town.play), await filed(town.play, vault)


@pytest.mark.parametrize("role", OFFICES)
async def test_the_menu_is_what_a_role_may_do(eyes: Eyes, role: str) -> None:
    """Each entry opens its page by a click; whatever has no entry is refused when typed."""
    powers = eyes.town.play.house.district.staff_roles[role].powers
    async with eyes.window(role) as window:
        page = await window.open("/console/")
        shown = {place.path for place in PLACES if place.power in powers}
        ways = page.locator(".ways a")
        assert {await way.get_attribute("href") for way in await ways.all()} == shown
        for path in sorted(shown):
            assert await clicked(page, path) == OK
        for path in sorted({place.path for place in PLACES} - shown):
            assert await typed(eyes, page, path) == REFUSED
            await expect(page.locator("h1")).to_have_count(1)


@pytest.mark.parametrize("role", OFFICES)
async def test_a_case_of_others_is_not_there(
    eyes: Eyes, cases: tuple[str, str], role: str
) -> None:
    """A vault's case opens for its own officers alone, and theirs is no other; nothing is told."""
    async with eyes.window(role) as window:
        for code, opens in zip(cases, (role not in ELSEWHERE, role == VAULT), strict=True):
            status = await typed(eyes, window.page, f"/console/cases/{code}")
            assert (status == OK) is opens, (role, code)
            told = await window.page.inner_text("body")
            assert opens or not any(word in told for word in TOLD)
            assert opens or status in {REFUSED, GONE}


async def clicked(page: Page, path: str) -> int:
    """Take the menu's way to *path* and return the status of its page."""
    async with page.expect_navigation() as coming:
        await page.click(f".ways a[href='{path}']")
    answer = await coming.value
    return answer.status


async def typed(eyes: Eyes, page: Page, path: str) -> int:
    """Type the address *path* and return the status of its page."""
    answer = await page.goto(eyes.town.address(path))
    assert answer
    return answer.status
