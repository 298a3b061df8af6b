"""The pages in a real browser, at telephone and desk width, by day and by night."""

import asyncio
import shutil
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import (
    Browser,
    FilePayload,
    async_playwright,
    expect,
)

from casework.ticket.views import Letter
from handlers.sms_text import segments
from tests.casework.pictures import photo
from tests.web.scene import DESK, Scene, Scheme
from tests.web.stage import NOW, TOKEN, Telephones, demo_app

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
PHONE = (360, 740)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
WIDTHS = [(320, 640), PHONE, (768, 1024), DESK]
PATIENCE = 30.0  # seconds for what comes of a click: a busy machine takes some
GAP = "(n) => n.scrollHeight - n.scrollTop - n.clientHeight"  # pixels below what is in view
EVIL = "<img src=x onerror=document.title='run'><b>tebal</b>"

expect.set_options(timeout=PATIENCE * 1000)
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed here"),
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """Return a browser; its windows share nothing."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def scene(browser: Browser) -> AsyncIterator[Scene]:
    """Return a browser before the demo; at the end no page may have complained."""
    telephones = Telephones()
    link = f"http://127.0.0.1/agency/{TOKEN}"
    telephones.letters = [
        Letter(at=NOW, agency_name="Dinas", subject="Rujukan", text=EVIL, link=link)
    ]
    troubles: list[str] = []
    async with TestServer(demo_app(telephones)) as server:
        yield Scene(browser, server, telephones, troubles)
        for context in browser.contexts:
            await context.close()
    assert troubles == []


@pytest.mark.parametrize("path", ["/simulator", "/inbox", f"/agency/{TOKEN}", "/agency/wrong"])
async def test_nothing_sticks_out(scene: Scene, path: str) -> None:
    """From 320 pixels up no page scrolls sideways."""
    for size in WIDTHS:
        page = await scene.open(path, size)
        assert await page.evaluate("document.documentElement.scrollWidth") <= size[0]
        await page.close()
    scene.troubles[:] = [t for t in scene.troubles if "404" not in t]


ALL_FIVE = """(tab) => {
  for (const name of ["WhatsApp", "Konsol"]) {
    const one = tab.cloneNode(true);
    one.firstChild.data = name;
    tab.after(one);
  }
}"""
ON_ONE_LINE = """(tabs) => tabs.filter((tab) => {
  const words = document.createRange();
  words.selectNodeContents(tab.firstChild);
  return words.getClientRects().length > 1 || tab.scrollWidth > tab.clientWidth;
}).map((tab) => tab.textContent)"""


@pytest.mark.parametrize("width", [320, 390])
async def test_each_tab_keeps_its_word(scene: Scene, width: int) -> None:
    """On a telephone no tab's name is broken or cut, with news waiting behind it as well."""
    page = await scene.open("/simulator", (width, 800))
    tabs = page.get_by_role("tab")
    await tabs.first.evaluate(ALL_FIVE)
    await tabs.locator(".dot").evaluate_all("(dots) => dots.forEach((d) => { d.hidden = false; })")
    assert await tabs.evaluate_all(ON_ONE_LINE) == []


CONTRAST = """
() => {
  const pixels = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (css) => {
    pixels.clearRect(0, 0, 1, 1); pixels.fillStyle = css; pixels.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pixels.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const under = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const image = style.backgroundImage.match(/rgba?\\([^)]*\\)(?=[^(]*$)/);
      const colour = rgb(style.backgroundColor);
      if (colour[3] > 0.8) return colour;
      if (image) return rgb(image[0]);
    }
    return [255, 255, 255, 1];
  };
  const light = (c) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const v = c[i] / 255;
    return sum + weight * (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
  }, 0);
  const faint = [];
  for (const node of document.querySelectorAll("body *")) {
    const own = [...node.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!own || !node.checkVisibility() || node.closest("template, .unseen")) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(under(node))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const told = node.textContent.trim().slice(0, 20);
    if (ratio < 4.5) faint.push(`${node.tagName}.${node.className} ${told} ${ratio.toFixed(2)}`);
  }
  return faint;
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/simulator", "/inbox", f"/agency/{TOKEN}?done=accept"])
async def test_every_text_can_be_read(scene: Scene, path: str, scheme: Scheme) -> None:
    """Every text stands out from its ground by 4.5 to 1 (WCAG AA), by day and by night."""
    rows = [[{"text": "Menu", "callback_data": "m"}]]
    await scene.say(1, "Selamat datang", reply_markup={"inline_keyboard": rows})
    page = await scene.open(path, DESK, scheme)
    if path == "/simulator":
        await expect(page.locator("#chat .said").first).to_be_visible()
    assert await page.evaluate(CONTRAST) == []


@pytest.mark.parametrize("path", ["/simulator", f"/agency/{TOKEN}"])
async def test_everything_has_a_name_and_room(scene: Scene, path: str) -> None:
    """Each control has a name, is tall enough for a thumb, and is reached with the Tab key."""
    page = await scene.open(path, PHONE)
    controls = page.locator("button:visible, summary:visible, input:visible, select:visible")
    for control in await controls.all():
        box = await control.bounding_box()
        assert box is not None
        assert box["height"] >= 43.5
        assert await control.evaluate(
            "(n) => n.ariaLabel || n.labels?.[0]?.textContent.trim() || n.textContent.trim()"
        )
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"


async def test_a_chat_from_start_to_tap(scene: Scene) -> None:
    """Start, an answer with buttons, a tap, a photo; and markup that stays text."""
    page = await scene.open("/simulator", PHONE)
    await page.click("#start")
    await expect(page.locator("#chat .mine .taken")).to_have_count(1)
    rows = [[{"text": "Cek status", "callback_data": "menu:check"}]]
    await scene.say(1, EVIL, reply_markup={"inline_keyboard": rows})
    await expect(page.locator("#chat .theirs .said")).to_have_text(EVIL)
    await page.click("#chat button:text('Cek status')")
    await page.click("#share summary")
    await page.click("[data-share=photo]")
    await expect(page.locator("#chat .shared.photo")).to_have_count(1)
    kinds = [next(k for k in u if k != "update_id") for u in scene.telephones.telegram]
    assert kinds == ["message", "callback_query", "message"]
    assert await page.title() != "run"


async def test_each_citizen_has_telephones_of_their_own(scene: Scene) -> None:
    """Another citizen starts with an empty chat; news for the first one shows as a dot."""
    page = await scene.open("/simulator")
    await scene.say(1, "Untuk Siti")
    await expect(page.locator("#chat .said")).to_have_text("Untuk Siti")
    await page.click("#add")
    await expect(page.locator("#chat .said")).to_have_count(0)
    await scene.say(1, "Lagi untuk Siti")
    await expect(page.locator("[data-citizen='1'] .dot")).to_be_visible()
    await page.fill("#chat-text", "halo")
    await page.press("#chat-text", "Enter")
    await expect(page.locator("#chat .mine")).to_have_count(1)
    assert scene.telephones.telegram[-1]["message"]["from"]["first_name"] == "Warga 6"


async def test_identities_are_one_tap_away(scene: Scene) -> None:
    """NIK and proof of the demo's people go into the telephone that is in hand."""
    page = await scene.open("/simulator", PHONE)
    await page.click("[data-fill=nik]")
    assert await page.input_value("#chat-text") == "9901014107800001"
    await page.click("#tab-sms")
    await page.click("[data-fill=proof]")
    assert await page.input_value("#sms-text") == "0001"


FACE = "\N{GRINNING FACE}"
TEXTS = ["", "halo", "a" * 160, "a" * 161, "[" * 81, "a" * 306 + "{", FACE * 35, FACE * 68]
ROOM = {"gsm7": (160, 153), "ucs2": (70, 67)}  # of a single text, of each part


async def test_the_counter_counts_as_the_channel_does(scene: Scene) -> None:
    """While somebody types, the page shows as many segments as the channel would make."""
    page = await scene.open("/simulator")
    for text in TEXTS:
        await page.fill("#sms-text", text)
        how = segments(text)
        single, part = ROOM[how.encoding]
        room = single if how.count == 1 else part * how.count
        told = f"{sum(how.parts)}/{room} | {how.count} SMS"
        assert await page.inner_text("#sms-count") == told


async def test_sms_with_the_keys(scene: Scene) -> None:
    """Number keys type, Send sends, and both directions are added up in segments."""
    page = await scene.open("/simulator")
    for key in "12":
        await page.click(f"[data-key='{key}']")
    await page.click("#sms-clear")
    await page.click(".soft-key >> nth=0")
    await expect(page.locator("#texts .mine p")).to_have_text("1")
    await scene.text(1, 1)
    await expect(page.locator("#sms-total")).to_have_text("Keluar 1 SMS | Masuk 2 SMS")
    assert scene.telephones.sms[0]["text"] == "1"


@pytest.mark.parametrize("size", [PHONE, DESK])
async def test_a_telephone_keeps_its_size(scene: Scene, size: tuple[int, int]) -> None:
    """However long a thread grows, it scrolls inside its telephone, and ends in view."""
    page = await scene.open("/simulator", size)
    for part, list_id in (("chat", "#chat"), ("sms", "#texts")):
        if size == PHONE:
            await page.click(f"#tab-{part}")
        telephone = page.locator(f"#part-{part} > div")
        before = await telephone.bounding_box()
        await scene.text(1, 12) if part == "sms" else await scene.say(1, "baris\n" * 60)
        count = 12 if part == "sms" else 1
        await expect(page.locator(f"{list_id} .theirs")).to_have_count(count)
        async with asyncio.timeout(PATIENCE):
            while await page.locator(list_id).evaluate(GAP) >= 2:  # noqa: ASYNC110 - scrolling tells nobody
                await asyncio.sleep(0.05)
        after = await telephone.bounding_box()
        assert before is not None
        assert after is not None
        assert before["height"] == after["height"]


async def test_the_agency_answers_beside_the_telephones(scene: Scene) -> None:
    """A letter is opened, its page stands in the frame, the form is sent, the page confirms."""
    page = await scene.open("/simulator")
    await expect(page.locator("#letters .letter p >> nth=1")).to_have_text(EVIL)
    await page.click("#letters a.open")
    desk = page.frame_locator("#desk")
    await desk.locator("details.resolve summary").click()
    await desk.locator("#resolve-words").fill("Atap sudah diperbaiki.")
    proof = FilePayload(name="atap.jpg", mimeType="image/jpeg", buffer=photo())
    await desk.locator("#resolve-files").set_input_files(proof)
    await desk.locator("details.resolve button").click()
    await expect(desk.locator(".notice.good")).to_contain_text("Tercatat")
    await page.click("#office-back")
    await expect(page.locator("#letters")).to_be_visible()


async def test_a_second_click_is_not_sent(scene: Scene) -> None:
    """Two quick clicks on one button make one request."""
    page = await scene.open(f"/agency/{TOKEN}")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    await page.click("details.accept summary")
    await page.locator("details.accept button").dblclick()
    await expect(page.locator(".notice.good")).to_be_visible()
    assert sent.count("POST") == 1
