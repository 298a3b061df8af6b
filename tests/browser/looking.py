"""Look at a page as different people see it, and say what would keep one of them out."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page

from tests.browser.town import Town

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
Scheme = Literal["light", "dark"]
PHONE, DESK = 360, 1280
NARROWEST = 320
ZOOMED = DESK // 2  # what a window of that width shows at 200 %
HEIGHT = 800
LOOKS: tuple[tuple[int, Scheme], ...] = ((DESK, "light"), (PHONE, "dark"))
WIDE = "document.documentElement.scrollWidth"
UNFOLD = "document.querySelectorAll('details').forEach((one) => { one.open = true; })"
SKIP = "a Langsung ke isi"

REAL = [
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium is installed here"),
    pytest.mark.slow,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.xdist_group("browser"),
]


@dataclass
class Eyes:
    """A browser before a town; it keeps screenshots and what went wrong."""

    browser: Browser
    town: Town
    screens: Path | None  # where pictures are kept, if they are
    axe: str = field(default_factory=lambda: Axe().axe_script)

    @asynccontextmanager
    async def window(
        self, role: str = "", width: int = DESK, scheme: Scheme = "light", *, script: bool = True
    ) -> AsyncIterator["Window"]:
        """Open a window, signed in as somebody of *role* where one is given."""
        context = await self.browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            color_scheme=scheme,
            locale="id-ID",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        if role:
            url, value = self.town.address("/"), await self.town.seat(role)
            await context.add_cookies([{"name": self.town.cookie, "value": value, "url": url}])
        window = Window(self, context, await context.new_page())
        window.listen()
        yield window
        await context.close()


@dataclass
class Window:
    """One window of that browser; *heard* is what its pages complained of."""

    eyes: Eyes
    context: BrowserContext
    page: Page
    heard: list[str] = field(default_factory=list)

    def listen(self) -> None:
        """Hear of errors of scripts and of the console; refused by our policy is one of them."""
        self.page.on("pageerror", lambda error: self.heard.append(str(error)))
        self.page.on("console", self._hear)

    async def open(self, path: str) -> Page:
        """Open *path*."""
        await self.page.goto(self.eyes.town.address(path), wait_until="load")
        return self.page

    async def size(self, width: int) -> None:
        """Make the window *width* pixels wide."""
        await self.page.set_viewport_size({"width": width, "height": HEIGHT})

    async def judged(self) -> list[str]:
        """Return what axe finds wrong with the page as it stands."""
        if not await self.page.evaluate("Boolean(window.axe)"):
            await self.page.evaluate(self.eyes.axe)
        found = await self.page.evaluate("axe.run({resultTypes: ['violations']})")
        return [
            f"{one['id']}: {node['html'][:160]}"
            for one in found["violations"]
            for node in one["nodes"][:3]
        ]

    async def faults(self, name: str) -> list[str]:
        """Return all that is wrong with the page: at a desk by day, on a telephone by night.

        Whatever can be unfolded is, for what is out of sight is not judged.
        """
        found: list[str] = []
        await self.page.evaluate(UNFOLD)
        for width, scheme in LOOKS:
            await self.size(width)
            await self.page.emulate_media(color_scheme=scheme)
            found += [f"{width} {scheme} {fault}" for fault in await self.judged()]
            if self.eyes.screens:
                await self.shoot(self.eyes.screens / f"{name}-{width}-{scheme}.png")
        found += [f"{width} wide: {at} px" for width, at in await self.sideways()]
        return [*found, *self.heard]

    async def sideways(self) -> list[tuple[int, int]]:
        """Return at which widths the page would have to be scrolled sideways, and how far."""
        found = []
        for width in (NARROWEST, PHONE, ZOOMED):
            await self.size(width)
            reaches = await self.page.evaluate(WIDE)
            if reaches > width:
                found.append((width, reaches))
        return found

    async def shoot(self, path: Path) -> None:
        """Keep a picture of the whole page."""
        await self.page.screenshot(path=path, full_page=True)

    async def walked(self, most: int = 40) -> list[str]:
        """Return what the Tab key reaches from the top, in order: tag, and name or text."""
        found: list[str] = []
        for _ in range(most):
            await self.page.keyboard.press("Tab")
            here = await self.page.evaluate(HERE)
            if here is None or here in found:
                break
            found.append(here)
        return found

    async def lost(self, most: int = 15) -> list[str]:
        """Return what is wrong with the way of the Tab key: unseen, or past no way to the words.

        A page that puts the focus into its first field itself needs no way past its menu.
        """
        placed = await self.page.evaluate(f"({HERE})()")
        walked = await self.walked(most)
        wrong = [one for one in walked[1:] if "NO FOCUS" in one or "UNSEEN" in one]
        began = placed is not None or walked[:1] == [SKIP]
        return wrong if began else [f"begins with {walked[:1]}", *wrong]

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.heard.append(message.text)


HERE = """
() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const seen = at.getBoundingClientRect();
  const outline = getComputedStyle(at);
  const told = (at.name || at.textContent || "").trim().replace(/\\s+/g, " ").slice(0, 40);
  const plain = outline.outlineStyle === "none" && !at.classList.contains("skip");
  const unseen = seen.width < 1 || seen.height < 1;
  const wrong = (plain ? " NO FOCUS" : "") + (unseen ? " UNSEEN" : "");
  return `${at.tagName.toLowerCase()} ${told}${wrong}`;
}
"""
