"""Somebody who touches no mouse: every key is counted, and so is every page that comes."""

import time

from playwright.async_api import Page, expect

KEY, PAGE = 0.28, 1.0  # seconds: of a typist who is no secretary; of the line and the eye
FAR = 90  # presses of Tab after which something cannot be reached


class Hands:
    """Hands on the keys before *page*."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0
        self.pages = 1  # the one that is open
        self._began = time.perf_counter()

    @property
    def seconds(self) -> float:
        """How long a person takes."""
        return self.keys * KEY + self.pages * PAGE

    @property
    def machine(self) -> float:
        """How many seconds the server, the browser and this program took so far."""
        return time.perf_counter() - self._began

    def __repr__(self) -> str:
        return f"{self.keys} keys, {self.pages} pages: {self.seconds:.1f} s"

    async def at(self, place: str) -> bool:
        """Tell whether the focus is on what the selector *place* names."""
        found = await self.page.evaluate("(one) => document.activeElement.matches(one)", place)
        return bool(found)

    async def to(self, place: str, *, back: bool = False) -> None:
        """Press Tab until the focus is on *place*, or Tab with Shift to go *back*."""
        for _ in range(FAR):
            if await self.at(place):
                return
            await self.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"no way to {place} with the Tab key")

    async def press(self, key: str) -> None:
        """Press one key."""
        self.keys += 1
        await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        """Type *text*."""
        self.keys += len(text)
        await self.page.keyboard.type(text)

    async def turn(self, key: str = "Enter") -> None:
        """Press *key* and wait for the page that comes of it, or whose main part is put in."""
        await self.page.evaluate("document.querySelector('main').dataset.old = 'yes'")
        await self.press(key)
        await expect(self.page.locator("main:not([data-old])")).to_be_visible()
        await self.page.wait_for_load_state()
        self.pages += 1
