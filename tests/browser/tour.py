"""Walk through the demo in a real browser, and keep the pictures of docs/tour.md.

python -m tests.browser.tour [FOLDER] starts a demo of its own and takes about a minute.
"""

import asyncio
import io
import os
import re
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
from PIL import Image
from playwright.async_api import (
    Browser,
    FilePayload,
    FrameLocator,
    Locator,
    Page,
    async_playwright,
    expect,
)

from tests.browser.looking import CHROMIUM, FLAGS
from tests.casework.pictures import photo
from tests.servers import free_port

PICTURES = Path(__file__).parents[2] / "docs" / "tour"
SIZE = {"width": 1360, "height": 1040}
COLOURS = 96  # of a picture: enough for pages, and small
LARGEST = 150_000  # bytes
STARTS = 180.0  # seconds
WAYAN = 3  # whose health card is inactive
NIK = "9901025503550003"
BEGIN = "BANTU kartu KIS saya mati"
ANSWERS = (  # what is asked, and what Wayan says to it; the first that fits
    ("Kirim?", "1"),
    ("Setuju?", "1"),
    ("keadaan pasien", "5"),
    ("NIK pasien", NIK),
    ("nama pasien", "Wayan Sari"),
    ("berobat", "lewati"),
    ("JKN/KIS", "lewati"),
    ("kecamatan dan desa", "Sukamaju"),
    ("Desa atau kelurahan", "3"),
)
CODE = re.compile(r"Tiket (\d{4} \d{4} \d)")
AGREED = "1"  # to anything else that is asked
NIGHT = 14  # hours, at most, in which nobody is written to unasked
STEPS = 20  # messages until a need is filed, at most


class Tour:
    """One walk: the page, the console in its frame, and where pictures go."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.texts = page.locator("#texts .theirs p")

    @property
    def console(self) -> FrameLocator:
        """The console beside the telephones."""
        return self.page.frame_locator("#console")

    async def text(self, words: str) -> str:
        """Send *words* by SMS and return what comes back."""
        before = await self.texts.count()
        await self.page.fill("#sms-text", words)
        await self.page.press("#sms-text", "Enter")
        return await self.heard(before)

    async def heard(self, before: int) -> str:
        """Return the newest SMS once there are more than *before*."""
        await expect(self.texts).not_to_have_count(before, timeout=20_000)
        await self.page.wait_for_timeout(300)
        return await self.texts.last.inner_text()

    async def rings(self, before: int) -> None:
        """Return once more than *before* SMS came; at night that is in the morning."""
        for _ in range(NIGHT):
            await self.page.wait_for_timeout(1500)
            if await self.texts.count() > before:
                return
            await self.leap("hour")

    async def file(self) -> str:
        """File a need as Wayan and return its code."""
        await self.page.click(f"[data-citizen='{WAYAN}']")
        said = await self.text(BEGIN)
        for _ in range(STEPS):
            if found := CODE.search(said):
                return found[1]
            said = await self.text(next((a for asked, a in ANSWERS if asked in said), AGREED))
        raise AssertionError(await self.texts.all_inner_texts())

    async def sit(self, role: str) -> None:
        """Sign in at the console as somebody of *role*."""
        if await self.page.locator("#part-office").is_visible():
            await self.page.click("button.desk[data-desk='console']")
        await self.page.click(f".seats [value='{role}']")
        await expect(self.console.locator(".own .who")).to_be_visible()

    async def go(self, path: str) -> None:
        """Take one of the console's ways."""
        way = f".ways a[href='/console/{path}']"
        await self.console.locator(way).click()
        await expect(self.console.locator(f"{way}[aria-current]")).to_be_visible(timeout=20_000)

    async def find(self, code: str) -> Locator:
        """Bring the ticket *code* into view on the work list, and return its link."""
        link = self.console.locator(f"a.open[href$='/{code.replace(' ', '')}']")
        await link.scroll_into_view_if_needed()
        return link

    async def leap(self, by: str) -> None:
        """Move the clock, and wait until it stands."""
        await self.page.click(f"[data-leap='{by}']")
        await expect(self.page.locator(f"[data-leap='{by}']")).to_be_enabled(timeout=60_000)

    async def step(self, name: str, words: str = "") -> None:
        """Take a step in the case that is open."""
        step = self.console.locator(f"details.step.{name}")
        await step.locator("> summary").click()
        if words:
            await step.locator("textarea").first.fill(words)
            proof = FilePayload(
                name="kartu.jpg", mimeType="image/jpeg", buffer=photo(shade=len(words))
            )
            await step.locator("input[type=file]").set_input_files(proof)
        await step.locator("button[type=submit]").click()
        await expect(self.console.locator(".notice.good").first).to_be_visible()

    async def shoot(self, name: str) -> None:
        """Keep a picture, in few colours."""
        await self.page.wait_for_timeout(500)
        content = io.BytesIO(await self.page.screenshot())
        picture = Image.open(content).convert("RGB").quantize(COLOURS)
        picture.save(self.folder / f"{name}.png", optimize=True)


async def walk(tour: Tour) -> None:
    """Walk the whole loop, from an SMS to the supervisor's page."""
    await tour.sit("officer")
    await tour.go("worklist")
    code = await tour.file()
    await tour.shoot("1-file")
    await tour.leap("hour")
    await expect(tour.console.locator("#live a")).to_be_visible(timeout=20_000)
    await tour.console.locator("#live a").click()
    await tour.find(code)
    await tour.shoot("2-worklist")
    await solve(tour, code)
    await end(tour, code)


async def solve(tour: Tour, code: str) -> None:
    """Be the officer: open, accept, resolve; then let time pass."""
    await (await tour.find(code)).click()
    await tour.step("accept")
    await tour.shoot("3-case")
    before = await tour.texts.count()
    await tour.step("resolve", "KIS sudah aktif lagi. Silakan berobat.")
    await tour.rings(before)
    await tour.shoot("4-solved")
    await tour.leap("working_days")
    await tour.shoot("5-later")


async def end(tour: Tour, code: str) -> None:
    """Be the citizen: not yet; the officer again; then done. And look from above."""
    await tour.text("BELUM kartu masih ditolak di puskesmas")
    await expect(tour.console.locator("#live .notice")).to_be_visible(timeout=20_000)
    await tour.shoot("6-not-yet")
    await tour.go("worklist")
    await (await tour.find(code)).click()
    await expect(tour.console.locator("details.step").first).to_be_visible()
    if await tour.console.locator("details.step.accept").count():
        await tour.step("accept")
    before = await tour.texts.count()
    await tour.step("resolve", "Data BPJS sudah kami betulkan. Kartu diterima.")
    await tour.rings(before)
    await tour.text("SUDAH")
    await tour.shoot("7-done")
    await tour.sit("supervisor")
    await tour.go("figures")
    await tour.console.locator("#weeks").scroll_into_view_if_needed()
    await tour.shoot("8-figures")


@asynccontextmanager
async def demo(folder: Path) -> AsyncIterator[str]:
    """Run a demo of its own in *folder* and give its address."""
    port = free_port()
    own = {"SATUPINTU_DATA_DIR": str(folder), "SATUPINTU_PORT": str(port)}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo"), env={**os.environ, **own}, stdout=DEVNULL
    )
    try:
        yield await _reached(process, f"http://127.0.0.1:{port}")
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def _reached(process: Process, address: str) -> str:
    async with asyncio.timeout(STARTS), aiohttp.ClientSession() as session:
        while process.returncode is None:
            try:
                async with session.get(f"{address}/simulator"):
                    return address
            except aiohttp.ClientError:
                await asyncio.sleep(0.3)
    raise AssertionError("the demo ended by itself")


async def show(browser: Browser, address: str, folder: Path) -> None:
    """Walk through the demo at *address*; pictures go into *folder*."""
    page = await browser.new_page(
        viewport=SIZE,
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        color_scheme="light",
        reduced_motion="reduce",
    )
    await page.goto(f"{address}/simulator")
    await walk(Tour(page, folder))
    await page.close()


async def main(pictures: Path) -> None:
    """Take all pictures anew."""
    await asyncio.to_thread(pictures.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder)) as address, async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            await show(browser, address, pictures)
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURES))
