"""One town and one browser for each module of tests."""

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright, expect

from storage.database.migrate import migrate
from tests.browser.looking import CHROMIUM, FLAGS, Eyes
from tests.browser.town import Town, open_town

expect.set_options(timeout=30_000)  # milliseconds: on a busy machine things take some, and come
KEPT = "SCREENS"  # in the environment: a folder where pictures of the pages are kept


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """Give a whole house with tickets, served on localhost."""
    folder = tmp_path_factory.mktemp("town")
    url = f"sqlite:///{folder / 'satupintu.db'}"
    migrate(url)
    async with open_town(url, folder) as town:
        yield town


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def eyes(town: Town) -> AsyncIterator[Eyes]:
    """Give a browser before that town; its windows share nothing."""
    kept = os.environ.get(KEPT)
    screens = Path(kept) if kept else None
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield Eyes(browser, town, screens)
        await browser.close()
