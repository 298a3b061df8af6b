"""The pages that citizens and offices open from a message, in a real browser."""

import pytest
from playwright.async_api import Response, expect

from referrals.ticket import ClosedBecause, TicketState
from tests.bot.living import ticket_of
from tests.bot.officers import Officer
from tests.browser.looking import PHONE, REAL, Eyes, Window
from tests.browser.town import PROOF, standing

pytestmark = REAL

OK = 200
MOST_BYTES = 30_000  # of a page with its styles and pictures


async def prove(window: Window, code: str, proof: str = PROOF) -> None:
    """Fill the form of /lacak in and send it."""
    page = await window.open("/lacak")
    await page.fill("#code", code)
    await page.fill("#proof", proof)
    await page.click(".big")


async def test_the_form_of_lacak(eyes: Eyes) -> None:
    """Nobody is kept out of the form, nor of it with a slip."""
    async with eyes.window() as window:
        await window.open("/lacak")
        assert await window.faults("lacak") == []
        await prove(window, "482109379", "9999")
        window.heard.clear()  # the browser names the status of a page that says what is wrong
        assert await window.faults("lacak-wrong") == []


@pytest.mark.parametrize("stands", ["sent", "working", "solved", "refused"])
async def test_a_ticket_on_lacak(eyes: Eyes, stands: str) -> None:
    """Nor out of a ticket, wherever it stands."""
    async with eyes.window() as window:
        await prove(window, eyes.town.codes[stands])
        await expect(window.page.locator(".stands")).to_be_visible()
        for answer in await window.page.locator("details").all():
            await answer.locator("summary").click()
        assert await window.faults(f"lacak-{stands}") == []


async def test_lacak_with_the_keys_alone(eyes: Eyes) -> None:
    """Every control is reached in order, the focus is seen, and the answer needs no mouse."""
    code = eyes.town.codes["solved"]
    async with eyes.window(width=PHONE) as window:
        page = await window.open("/lacak")
        walked = await window.walked()
        assert [one.partition(" ")[2] for one in walked] == [
            "Langsung ke isi", "English", "code", "proof", "Lihat tiket",
        ]  # fmt: skip
        await page.focus("#code")
        await page.keyboard.type(code)
        await page.keyboard.press("Tab")
        await page.keyboard.type(PROOF)
        await page.keyboard.press("Enter")
        await expect(page.locator(".stands")).to_be_visible()
        assert not [one for one in await window.walked() if "NO FOCUS" in one or "UNSEEN" in one]


async def test_sudah_without_a_script(eyes: Eyes) -> None:
    """With JavaScript off, a citizen on a telephone reads, looks at the proof and confirms.

    All of it, styles and pictures of the page with it, is less than 30 kB.
    """
    code = await standing(eyes.town.play, "solved")
    async with eyes.window(width=PHONE, script=False) as window:
        page, came = window.page, list[Response]()
        page.on("response", lambda one: came.append(one))  # noqa: PLW0108 - it marks its hearer
        await prove(window, code)
        await expect(page.locator(".proofs a")).to_have_count(1)
        await page.click("details.sudah summary")
        await page.select_option("#sudah-reason", "5")
        await page.click("details.sudah button")
        await expect(page.locator(".notice.good")).to_contain_text("Terima kasih")
        assert code not in page.url
        assert await closed_because(eyes, code) is ClosedBecause.CONFIRMED
        pages = [one for one in came if one.status == OK and one.request.is_navigation_request()]
        besides = {one.url: one for one in came if not one.request.is_navigation_request()}
        assert len(pages) == 3
        weight = sum(map(size, besides.values()))
        assert max(map(size, pages)) + weight < MOST_BYTES
        await page.click(".plain")
        await expect(page.locator("#code")).to_be_visible()


@pytest.mark.parametrize(
    ("stands", "answer", "then"),
    [("solved", "belum", TicketState.IN_PROGRESS), ("refused", "banding", TicketState.APPEAL)],
)
async def test_no_without_a_script(
    eyes: Eyes, stands: str, answer: str, then: TicketState
) -> None:
    """With JavaScript off, who says not yet, or objects, says why; the office hears of it."""
    code = await standing(eyes.town.play, stands)
    async with eyes.window(width=PHONE, script=False) as window:
        await prove(window, code)
        page = window.page
        await page.click(f"details.{answer} summary")
        await page.click(f"details.{answer} button")  # without a reason nothing is sent
        assert (await ticket_of(eyes.town.play, code)).state is not then
        await page.fill(f"#{answer}-reason", "Atapnya masih bocor kalau hujan.")
        await page.click(f"details.{answer} button")
        await expect(page.locator(".notice.good")).to_be_visible()
        assert (await ticket_of(eyes.town.play, code)).state is then


def size(answer: Response) -> int:
    """Return how many bytes came."""
    return int(answer.headers["content-length"])


async def closed_because(eyes: Eyes, code: str) -> ClosedBecause | None:
    """Return why the ticket is over."""
    return (await ticket_of(eyes.town.play, code)).closed_because


async def test_the_offices_page(eyes: Eyes) -> None:
    """The page behind an office's link keeps nobody out."""
    officer = Officer(eyes.town.play, eyes.town.codes["working"], 1)
    async with eyes.window() as window:
        await window.open(f"/agency/{officer.token}")
        assert await window.faults("agency") == []
