"""The supervisor's page in a real browser: plots, the tables behind them, files to take along."""

import csv
from pathlib import Path

import pytest_asyncio
from msgspec.structs import replace
from openpyxl import load_workbook
from playwright.async_api import Locator, Page, expect

from referrals.codes import code_from
from storage.figures.counted import Row, Tally
from tests.browser.looking import PHONE, REAL, Eyes
from tests.browser.town import Town

pytestmark = REAL

PAGE = "/console/figures"
KECAMATAN = {"99.01.01": 9, "99.01.02": 8, "99.01.03": 2}  # how many filed; of two nobody tells
HIDDEN = "*"
KINDS = ("filed", "received", "answered", "solved", "confirmed", "ended")


@pytest_asyncio.fixture(scope="module", loop_scope="module", autouse=True)
async def lives(town: Town) -> None:
    """Let some tickets have been filed, answered and confirmed today."""
    today, village = town.play.clock.now().date().toordinal(), "desa-9901012001"
    rows = (
        *(Row(kind, today, village, 1) for kind in KINDS),
        Row("first_answer", today, village, 5),
    )
    tallies = [Tally("", 0, "RTLH", area, rows) for area, n in KECAMATAN.items() for _ in range(n)]
    await town.play.house.store.keep_figures(
        replace(one, code=code_from(str(n))) for n, one in enumerate(tallies, start=1000)
    )


async def test_a_table_stands_behind_each_plot(eyes: Eyes) -> None:
    """Every plot is drawn and named, and its table opens by the keys, at a desk and on a phone."""
    async with eyes.window("supervisor") as window:
        page = await window.open(PAGE)
        assert len(await page.locator(".tile strong").all()) > 5
        plots = page.locator(".plot-card:has(svg)")
        assert await plots.count() > 4
        for card in await plots.all():
            await seen(card)
        for card in await page.locator(".plot-card:not(:has(svg))").all():
            await expect(card.locator("table")).to_be_visible()
        await window.size(PHONE)
        for card in await plots.all():
            await expect(card.locator("table")).to_be_visible()
        assert await window.sideways() == []
        assert window.heard == []


async def seen(card: Locator) -> None:
    """Look at a plot, then unfold its table."""
    drawing = card.locator("svg")
    box = await drawing.bounding_box()
    assert box
    assert min(box["width"], box["height"]) > 50
    assert await drawing.get_attribute("aria-label")
    await card.locator("summary").focus()
    await card.locator("summary").press("Enter")
    await expect(card.locator("table")).to_be_visible()


async def test_the_files_hold_what_the_page_shows(eyes: Eyes, tmp_path: Path) -> None:
    """CSV and workbook open, have the page's own numbers, and hide what it hides."""
    async with eyes.window("supervisor") as window:
        page = await window.open(PAGE)
        shown = await table_of(page.locator("#areas"))
        assert HIDDEN in {cell for line in shown for cell in line}
        plain = [[cell.removesuffix("%") for cell in line] for line in shown]
        kept = await taken(page, "#areas a[download]", tmp_path / "areas.csv")
        with kept.open(encoding="utf-8-sig", newline="") as lines:
            assert list(csv.reader(lines)) == plain
        book = load_workbook(await taken(page, ".figures-foot a", tmp_path / "figures.xlsx"))
        title = await page.inner_text("#areas h2")
        sheet = next(one for one in book.worksheets if title.startswith(one.title))
        held = [["" if cell is None else str(cell) for cell in line] for line in sheet.values]
        assert held[2:] == plain
        assert len(book.worksheets) == await page.locator(".plot-card table").count()


async def table_of(card: Locator) -> list[list[str]]:
    """Return the texts of the table of *card*, line by line."""
    rows = "(table) => [...table.rows].map((row) => [...row.cells].map((one) => one.textContent))"
    found: list[list[str]] = await card.locator("table").evaluate(rows)
    return found


async def taken(page: Page, link: str, path: Path) -> Path:
    """Take along what *link* leads to."""
    async with page.expect_download() as coming:
        await page.click(link)
    await (await coming.value).save_as(path)
    return path
