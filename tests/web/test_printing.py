"""The letter that the desk prints, and where it says who took it; and mails that came back."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from dataclasses import replace as with_changes
from datetime import datetime
from io import BytesIO

import pytest
from aiohttp import web
from msgspec.structs import replace

from casework.post.handing import Handed, PaperLetter, Printed
from casework.ticket.views import LegView
from tests.web.stage import BROWSER, NOW, OURS, TOKEN, Client, Page, client, leg_view, now
from web.headers import ALONE
from web.hooks.mail import add_bounces
from web.offices.printing import Letterhead, Printing, add_printing
from web.pages import add_pages

PATH = f"/agency/{TOKEN}/letter"
HEAD = Letterhead("Satu Pintu", "Kabupaten Contoh", "Jalan Contoh 1", "021-1500")
SHEET = PaperLetter(
    at=NOW, subject="Rujukan baru (P2)", text="Ada warga yang menunggu.", waits=True
)
EVIL = "\"'><script>alert(1)</script>"


@dataclass
class Paper:
    """What lies at the printer, and who took it."""

    sheets_: tuple[PaperLetter, ...] = (SHEET,)
    taken_by: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    status: int = 200
    busy: bool = False
    view: LegView = field(default_factory=leg_view)

    async def sheets(self, token: str, at: datetime) -> Printed | None:
        """Return what the one good token prints."""
        return Printed(self.view, self.sheets_) if token == TOKEN else None

    async def handed(self, token: str, taken_by: str, at: datetime) -> Handed:
        """Remember who took it, unless others are changing the ticket."""
        if self.busy:
            return Handed.BUSY
        self.taken_by.append(taken_by)
        self.sheets_ = tuple(replace(sheet, waits=False) for sheet in self.sheets_)
        return Handed.KEPT

    async def take(self, mail: bytes) -> int:
        """Take a mail in."""
        self.mails.append(mail)
        return self.status


@pytest.fixture
def paper() -> Paper:
    """Give one letter that waits."""
    return Paper()


@pytest.fixture
async def browser(paper: Paper) -> AsyncIterator[Client]:
    """Give a browser at the printer."""
    app = web.Application()
    add_pages(app, "Asia/Jakarta")
    add_printing(app, Printing(paper.sheets, paper.handed, HEAD, now))
    add_bounces(app, paper.take, "rahasia")
    async with client(app) as opened:
        yield opened


async def test_a_letter_holds_all_that_an_office_without_a_screen_needs(browser: Client) -> None:
    """Who writes, the number, what is asked, what the citizen said, and how to answer."""
    answer = await browser.get(PATH, headers=BROWSER)
    page = Page(await answer.text())
    assert answer.headers["Content-Security-Policy"] == ALONE
    assert page.strange() == []
    for told in (
        "Satu Pintu", "Kabupaten Contoh", "Jalan Contoh 1", "021-1500", "4821 0937 9",
        "Rujukan baru (P2)", "Ada warga yang menunggu.", "Perbaikan Rumah", "Bocor",
        "Desa Sukamaju", "Tanda tangan dan stempel", "Dinas Perumahan",
    ):  # fmt: skip
        assert told in page.text
    assert [field["name"] for field in page.all("input")] == ["taken_by"]


async def test_paper_speaks_of_no_link_and_of_no_telephone_that_is_not_there(paper: Paper) -> None:
    """A letter that led to a page says what is asked; without a telephone none is named."""
    paper.sheets_ = (replace(SHEET, text=""),)
    paper.view = leg_view(asked="Mohon bantuan bahan bangunan.")
    app = web.Application()
    add_pages(app, "Asia/Jakarta")
    head = with_changes(HEAD, phone="")
    add_printing(app, Printing(paper.sheets, paper.handed, head, now))
    async with client(app) as browser:
        told = Page(await (await browser.get(PATH, headers=BROWSER)).text()).text
    assert "Keterangannya ada di surat ini" in told
    assert "Mohon bantuan bahan bangunan." in told
    assert "kembalikan ke Jalan Contoh 1" in told
    assert "telepon -" not in told


async def test_it_prints_on_a4_without_the_form(browser: Client) -> None:
    """What stands on the screen for the desk alone stays there."""
    page = Page(await (await browser.get(PATH, headers=BROWSER)).text())
    sheet = next(link["href"] for link in page.all("link") if "printed" in str(link["href"]))
    style = await (await browser.get(str(sheet))).text()
    assert "size: A4" in style
    assert ".screen { display: none" in style.replace(".skip, .top, ", "")


async def test_nothing_in_it_becomes_markup(browser: Client, paper: Paper) -> None:
    """Whatever a row or a citizen says is printed as it was said."""
    paper.sheets_ = (replace(SHEET, subject=EVIL, text=EVIL),)
    assert Page(await (await browser.get(PATH, headers=BROWSER)).text()).strange() == []


async def test_what_could_not_be_written_down_is_asked_for_once_more(
    browser: Client, paper: Paper
) -> None:
    """While others change the ticket nothing is kept, and the page says so with its form."""
    paper.busy = True
    answer = await browser.post(PATH, data={"taken_by": "Loket 2"}, headers=OURS)
    page = Page(await answer.text())
    assert answer.status == 409
    assert "coba sekali lagi" in page.text
    assert [field["name"] for field in page.all("input")] == ["taken_by"]


async def test_who_took_it_is_written_down_once(browser: Client, paper: Paper) -> None:
    """The form leads back to the page, which then says that it is done, and still prints."""
    answer = await browser.post(PATH, data={"taken_by": "  Loket\n 2 "}, headers=OURS)
    page = Page(await answer.text())
    assert paper.taken_by == ["Loket 2"]
    assert page.all("input") == []
    assert "Sudah dicatat" in page.text
    assert "Rujukan baru" in page.text


async def test_nobody_is_nobody(browser: Client, paper: Paper) -> None:
    """An empty field hands nothing over, and another site's form is not heard."""
    await browser.post(PATH, data={"taken_by": " "}, headers=OURS)
    foreign = await browser.post(
        PATH, data={"taken_by": "x"}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status == 403
    assert paper.taken_by == []


async def test_a_bad_link_prints_nothing(browser: Client, paper: Paper) -> None:
    """And where nothing goes on paper, the page says so."""
    assert (await browser.get("/agency/forged/letter", headers=BROWSER)).status == 404
    paper.sheets_ = ()
    page = Page(await (await browser.get(PATH, headers=BROWSER)).text())
    assert "Tidak ada surat cetak" in page.text


async def test_a_mail_that_came_back_is_taken_from_who_knows_the_secret(
    browser: Client, paper: Paper
) -> None:
    """Anybody else is refused before their mail is read; 503 asks for it again."""
    for header in ({}, {"Authorization": "Bearer salah"}, {"Authorization": "rahasia"}):
        assert (await browser.post("/mail/bounces", data=b"x", headers=header)).status == 401
    good = {"Authorization": "Bearer rahasia"}
    assert (await browser.post("/mail/bounces", data=b"mail", headers=good)).status == 200
    paper.status = 503
    assert (await browser.post("/mail/bounces", data=b"mail", headers=good)).status == 503
    assert (
        await browser.post("/mail/bounces", data=BytesIO(b"x" * (1 << 21)), headers=good)
    ).status == 413
    assert paper.mails == [b"mail", b"mail"]
