"""What holds for every page."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter

import pytest
from aiohttp import web

from referrals.district.words import Words
from tests.web.stage import BROWSER, TOKEN, Client, Desk, Page, agency_app, client
from web.public.poster import add_poster
from web.voice import WORDING, load_voices

WEB = Path(WORDING).parent


@pytest.fixture
async def site() -> AsyncIterator[Client]:
    """Return a browser before an application without a demo."""
    async with client(agency_app(Desk())) as browser:
        yield browser


@pytest.mark.parametrize("path", [f"/agency/{TOKEN}", "/agency/wrong", "/nowhere"])
async def test_every_page_protects_its_reader(site: Client, path: str) -> None:
    """No script or style but ours, no guessing of kinds, no referrer, no copy, no frame."""
    headers = (await site.get(path, headers=BROWSER)).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"


async def test_an_unknown_address_gets_a_kind_page(site: Client) -> None:
    """A 404 explains itself and repeats nothing of the address."""
    answer = await site.get("/hilang<script>", headers=BROWSER)
    text = await answer.text()
    assert answer.status == 404
    assert "Halaman tidak ada" in text
    assert "hilang" not in text


async def test_an_unknown_address_shows_a_way_on(site: Client) -> None:
    """Who mistyped the address of a 404 finds the page where tickets are looked up."""
    text = await (await site.get("/hilang", headers=BROWSER)).text()
    assert 'href="/lacak"' in text


async def test_the_bare_address_leads_somewhere() -> None:
    """/ leads to the page that it is told."""
    app = web.Application()
    add_poster(app, "/lacak")
    async with client(app) as browser:
        answer = await browser.get("/", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/lacak")


async def test_who_reads_no_pages_gets_a_line(site: Client) -> None:
    """A program gets the number and nothing else."""
    answer = await site.get("/nowhere")
    assert (answer.status, await answer.text()) == (404, "404\n")


async def test_a_wrong_method_says_which_are_right(site: Client) -> None:
    """A 405 carries Allow."""
    answer = await site.put(f"/agency/{TOKEN}", headers=BROWSER)
    assert answer.status == 405
    assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/simulator", "/inbox", "/inbox/letters", "/simulator/events"])
async def test_the_demo_is_absent_elsewhere(site: Client, path: str) -> None:
    """Outside a demo its pages do not exist."""
    assert (await site.get(path)).status == 404


async def test_the_demos_doors_are_absent_elsewhere(site: Client) -> None:
    """Outside a demo nobody can post as a citizen, nor speak for a provider."""
    for path in (
        "/simulator/telegram/updates",
        "/simulator/sms/messages",
        "/simulator/smsgateway",
        "/simulator/botapi/bot1:x/getMe",
        "/static/simulator.js",
    ):
        assert (await site.post(path)).status == 404


async def test_files_are_kept_by_browsers(site: Client) -> None:
    """A style sheet's address changes with its contents, so it may be kept for a year."""
    page = Page(await (await site.get(f"/agency/{TOKEN}", headers=BROWSER)).text())
    (sheet,) = [link["href"] or "" for link in page.all("link") if link["rel"] == "stylesheet"]
    answer = await site.get(sheet)
    assert re.fullmatch(r"/static/style\.css\?[0-9a-f]{12}", sheet)
    assert answer.content_type == "text/css"
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_both_languages_say_the_same_things() -> None:
    """Indonesian and English wording have the same keys and placeholders."""
    indonesian, english = (load_voices("Asia/Jakarta")[language] for language in ("id", "en"))
    assert placeholders(indonesian._texts) == placeholders(english._texts)


def placeholders(texts: object) -> dict[str, set[str]]:
    """Return the placeholders of each key."""
    assert isinstance(texts, dict)
    return {
        key: {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        for key, text in texts.items()
    }


@pytest.mark.parametrize("file", sorted(WEB.glob("templates/**/*.html")), ids=lambda f: f.name)
def test_nothing_stands_inline_or_comes_from_elsewhere(file: Path) -> None:
    """Templates hold no inline script, style or handler, and no address of another site."""
    text = file.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:|https?://", text)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", text))


@pytest.mark.parametrize("file", sorted(WEB.glob("static/*")), ids=lambda f: f.name)
def test_files_fetch_nothing_from_elsewhere(file: Path) -> None:
    """Styles and scripts know no other site, and no way to run a text."""
    text = file.read_text("utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?://|@import|\beval\(|new Function", text)


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Jakarta", "31 Desember 2026, 23.30 WIB"),
        ("Asia/Makassar", "1 Januari 2027, 00.30 WITA"),
        ("Asia/Jayapura", "1 Januari 2027, 01.30 WIT"),
        ("Etc/UTC", "31 Desember 2026, 16.30 UTC"),
    ],
)
def test_moments_are_told_in_the_districts_time(zone: str, told: str) -> None:
    """The same moment is another hour, and may be another year, further east."""
    voice = load_voices(zone)["id"]
    assert voice.moment(datetime(2026, 12, 31, 16, 30, tzinfo=UTC)) == told


def test_the_day_of_a_moment_is_the_districts() -> None:
    """What was filed at 02.21 in Jakarta is of that day, though UTC has yesterday."""
    say = load_voices("Asia/Jakarta")["id"]
    assert say.day(datetime(2026, 11, 22, 19, 21, tzinfo=UTC)) == "23 November 2026"


def test_rows_are_told_in_the_pages_language() -> None:
    """A text with two languages gives its own, a plain text itself."""
    english = load_voices("Asia/Jakarta")["en"]
    assert english.told(Words(id="Rumah", en="House")) == "House"
    assert english.told("RT 02") == "RT 02"
