"""An officer's day in a real browser: from the sign-in page to the proof of what was done."""

from datetime import timedelta

from playwright.async_api import FilePayload, Locator, Page, expect

from handlers.sms_text import segments
from referrals.ticket import TicketState
from tests.bot.living import settle, ticket_of
from tests.bot.playing import Citizen
from tests.browser.looking import REAL, Eyes, Window
from tests.browser.town import PASSWORD, filed, texting
from tests.casework.pictures import photo

pytestmark = REAL

SERVICE = "USAHA"
NUMBER = "+6281234567891"
ANSWER = "Usaha saya warung kopi di depan pasar"
ASKED = "Usahanya apa, Bapak/Ibu?"
DONE = "Alat usaha sudah kami serahkan."
COUNTED = "Warga dikabari lewat SMS: sekitar {} SMS ({} huruf)."


async def test_an_officers_day(eyes: Eyes) -> None:
    """Sign in, find, take, ask, hear the answer with no reload, hold, resolve with a photo."""
    play = eyes.town.play
    citizen = texting(play, NUMBER)
    code, other = await filed(play, SERVICE, citizen), await filed(play, SERVICE)
    await settle(play)
    async with eyes.window() as window:
        page = await signed_in(window)
        await find(page, code, other)
        await take(page)
        await ask(page)
        await settle(play)
        assert ASKED in citizen.last
        await answered(page, citizen, code)
        await hold(page, (play.clock.now() + timedelta(days=14)).date().isoformat())
        assert (await ticket_of(play, code)).state is TicketState.ON_HOLD
        await open_step(page, "resume")
        await send(page, "resume")
        await resolve(page)
        assert window.heard == []
    assert (await ticket_of(play, code)).state is TicketState.RESOLVED
    await settle(play)
    assert DONE in "".join(reply.text for reply in citizen.heard)


async def signed_in(window: Window) -> Page:
    """Come in by name and password, on the way to the work list."""
    await window.eyes.town.seat("officer")
    page = await window.open("/console/worklist")
    await page.fill("#f-name", "officer.contoh")
    await page.fill("#f-password", PASSWORD)
    await page.press("#f-password", "Enter")
    await expect(page.locator(".own .who")).to_have_text("Petugas officer")
    return page


async def find(page: Page, code: str, other: str) -> None:
    """Narrow the list to what came by SMS, and open the case that is left."""
    for one in (code, other):
        await expect(case_link(page, one)).to_be_visible()
    await page.click("details.narrow summary")
    await page.select_option("#f-channel", "sms")
    await page.click(".filters button")
    await expect(case_link(page, other)).to_have_count(0)
    await case_link(page, code).click()
    await expect(page.locator(".case-head")).to_be_visible()


async def take(page: Page) -> None:
    """Take the case on, and accept it for the office."""
    await page.click("#pegang button[value=take]")
    await expect(page.locator(".case-head .badge.busy").last).to_have_text("Anda")
    await open_step(page, "accept")
    await send(page, "accept")


async def ask(page: Page) -> None:
    """Ask, seeing while typing what it costs; the list of ready texts can be had too."""
    step = await open_step(page, "ask")
    await step.locator(".canned summary").click()
    use = step.locator("button.use").first
    ready = await use.locator("xpath=..").locator(".said").inner_text()
    await use.click()
    words, before = step.locator("#ask-words"), int(await told(step, "data-letters"))
    await expect(words).to_have_value(ready)
    for text in (ready, "a" * 300, ASKED):
        await words.fill(text)
        letters = before + len(text)
        count = segments("a" * letters).count
        await expect(step.locator(".cost")).to_have_text(COUNTED.format(count, letters))
    await send(page, "ask")


async def answered(page: Page, citizen: Citizen, code: str) -> None:
    """Have the page open while the citizen answers: it is said, then shown, with no reload."""
    await expect(page.locator("#live")).to_have_attribute("data-listens", "yes")
    await page.evaluate("window.kept = 'yes'")
    await citizen.say(f"JAWAB {code} {ANSWER}")
    await expect(page.locator("#live .notice")).to_be_visible()
    await page.click("#live a")
    await expect(page.locator(".history.events")).to_contain_text(ANSWER)
    assert await page.evaluate("window.kept") == "yes"


async def hold(page: Page, until: str) -> None:
    """Put the case on the waiting list, to be looked at again on the day *until*."""
    await page.reload()
    step = await open_step(page, "hold")
    await step.locator("#hold-review").fill(until)
    await step.locator("#hold-words").fill("Menunggu barang datang.")
    await send(page, "hold")


async def resolve(page: Page) -> None:
    """Say that it is done, and show it: without the photo the browser does not send."""
    step = await open_step(page, "resolve")
    await step.locator("#resolve-words").fill(DONE)
    await step.locator("button[type=submit]").click()
    assert await step.locator("#resolve-files").evaluate("(one) => one.validity.valueMissing")
    proof = FilePayload(name="alat.jpg", mimeType="image/jpeg", buffer=photo(shade=77))
    await step.locator("#resolve-files").set_input_files(proof)
    await send(page, "resolve")
    await expect(page.locator(".files a")).to_have_count(1)


def case_link(page: Page, code: str) -> Locator:
    """Return the line's way to case *code*."""
    return page.locator(f"a.open[href='/console/cases/{code}']")


async def open_step(page: Page, name: str) -> Locator:
    """Unfold step *name*."""
    step = page.locator(f"details.step.{name}")
    await step.locator("> summary").click()
    return step


async def send(page: Page, name: str) -> None:
    """Send step *name*; the page that comes says that it is noted."""
    await page.click(f"details.step.{name} button[type=submit]")
    await expect(page.locator(".notice.good:not(details *)")).to_be_visible()


async def told(step: Locator, name: str) -> str:
    """Return attribute *name* of what tells the step's cost."""
    return await step.locator(".cost").get_attribute(name) or ""
