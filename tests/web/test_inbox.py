"""The demo's inbox."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from casework.ticket.views import Letter, Tried
from tests.web.stage import BROWSER, NOW, Client, Page, Telephones
from web.demo.inbox import MOST, own_path

EVIL = "\"'><script>alert(1)</script>"


def letter(number: int = 1, link: str = "", text: str = "Isi") -> Letter:
    """Return letter *number*, one minute younger than the one before."""
    at = NOW + timedelta(minutes=number)
    return Letter(at=at, agency_name=text, subject=f"{text} {number}", text=text, link=link)


async def test_an_empty_inbox_says_what_to_do(demo: Client) -> None:
    """Before the first letter the page tells how one comes about."""
    text = await (await demo.get("/inbox", headers=BROWSER)).text()
    assert "Belum ada surat" in text


async def test_letters_come_newest_first(demo: Client, telephones: Telephones) -> None:
    """The newest letter stands on top, and the list has an end."""
    telephones.letters = [letter(n) for n in range(MOST + 5)]
    text = await (await demo.get("/inbox/letters", headers=BROWSER)).text()
    assert text.count('class="letter"') == MOST
    assert text.index(f"Isi {MOST + 4}<") < text.index(f"Isi {MOST + 3}<")
    assert "Isi 4<" not in text


async def test_the_part_is_only_the_list(demo: Client) -> None:
    """What a page refreshes is a part, not a page in a page."""
    text = await (await demo.get("/inbox/letters", headers=BROWSER)).text()
    assert "<html" not in text


async def test_no_letter_becomes_markup(demo: Client, telephones: Telephones) -> None:
    """Names, subjects and texts are shown, never run; a strange link is left out."""
    links = (EVIL, "javascript:alert(1)", "https://elsewhere.example/agency", "//x/y")
    telephones.letters = [letter(n, link, EVIL) for n, link in enumerate(links)]
    page = Page(await (await demo.get("/inbox", headers=BROWSER)).text())
    assert page.strange() == []
    assert [a for a in page.all("a") if a.get("class") == "open"] == []


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("http://127.0.0.1:8080/agency/abc.d", "/agency/abc.d"),
        ("https://satupintu.example/agency/x", "/agency/x"),
        ("javascript:alert(1)", ""),
        ("https://satupintu.example/console", ""),
        ("", ""),
    ],
)
def test_links_lead_to_our_own_pages(link: str, path: str) -> None:
    """A letter's link works under whatever name the demo was opened."""
    assert own_path(link) == path


async def test_how_letters_stand_is_shown(demo: Client, telephones: Telephones) -> None:
    """Each letter says whether it has arrived, and on which way."""
    telephones.letters = [
        replace(letter(n), tried=(Tried("email", "failed", NOW), Tried(way, state, NOW)))
        for n, (way, state) in enumerate(
            [
                ("telegram", "delivered"),
                ("letter", "by_hand"),
                ("email", "waiting"),
                ("sms", "sent"),
                ("inbox", "moot"),
            ]
        )
    ]
    text = await (await demo.get("/inbox/letters", headers=BROWSER)).text()
    for told in (
        "Sampai lewat Telegram",
        "Menunggu dicetak",
        "Belum terkirim lewat surel",
        "Tidak perlu lagi",
    ):
        assert told in text
    assert "Gagal" not in text


async def test_a_vaults_letters_are_opened_from_its_own_mailbox(
    demo: Client, telephones: Telephones
) -> None:
    """In the common inbox it leads there; in its own mailbox stands nobody else's letter."""
    telephones.letters = [replace(letter(1), agency="uptd-ppa", vault=True), letter(2)]
    common = Page(await (await demo.get("/inbox", headers=BROWSER)).text())
    own = await (await demo.get("/inbox/of/uptd-ppa", headers=BROWSER)).text()
    assert [a["href"] for a in common.all("a") if "/inbox/of/" in str(a["href"])] == [
        "/inbox/of/uptd-ppa?lang=id"
    ]
    assert own.count('class="letter"') == 1
    assert "inbox.js" not in own
