"""Whose forms the agency's page takes, how large they may be, and what else may come between."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from referrals.choosing import Refusal
from storage.database.errors import StoreUnavailable
from tests.web.stage import BROWSER, OURS, TOKEN, Client, Desk, agency_app, client
from web import forms

PATH = f"/agency/{TOKEN}"
SAID = "Bantuan atap sudah dikirim."


@pytest.mark.parametrize(
    "origin",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "null"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "http://["},
    ],
)
async def test_a_form_from_elsewhere_is_not_taken(
    page: Client, desk: Desk, origin: dict[str, str]
) -> None:
    """Another site cannot send our form, whatever kind of browser is used."""
    answer = await page.post(PATH, data={"action": "accept"}, headers={**BROWSER, **origin})
    assert answer.status == 403
    assert desk.done == []


@pytest.mark.parametrize("origin", [{}, {"Origin": "null"}, {"Sec-Fetch-Site": "same-origin"}])
async def test_a_form_of_ours_is_taken(page: Client, desk: Desk, origin: dict[str, str]) -> None:
    """Our own page may send it, also from an old browser, and from one that hides its origin."""
    headers = {**BROWSER, **origin}
    await page.post(PATH, data={"action": "accept"}, headers=headers, allow_redirects=False)
    assert len(desk.done) == 1


async def test_an_old_browser_that_names_our_origin(page: Client, desk: Desk) -> None:
    """Origin is compared with the name under which we were called."""
    headers = {**BROWSER, "Origin": str(page.make_url("/").origin())}
    await page.post(PATH, data={"action": "accept"}, headers=headers, allow_redirects=False)
    assert len(desk.done) == 1


async def chunks(size: int) -> AsyncIterator[bytes]:
    """Yield a body that does not say how long it is."""
    for _ in range(size // 1024):
        yield b"words=" + b"a" * 1018


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"a" * 20_000, FORM, 413),
        (b"{}", {"Content-Type": "application/json"}, 415),
        (b"words=%ff%fe&action=ask", FORM, 400),
        (b"words=\xff", FORM, 400),
        (b"&".join(b"a=1" for _ in range(50)), FORM, 400),
    ],
)
async def test_bad_bodies(
    page: Client, desk: Desk, body: bytes, headers: dict[str, str], status: int
) -> None:
    """A form that is too large, of another kind or broken changes nothing."""
    answer = await page.post(PATH, data=body, headers={**OURS, **headers})
    assert answer.status == status
    assert desk.done == []


async def test_a_body_that_hides_its_length(page: Client, desk: Desk) -> None:
    """The limit holds for a body sent in pieces, too."""
    answer = await page.post(PATH, data=chunks(64 * 1024), headers={**OURS, **FORM})
    assert answer.status == 413
    assert desk.done == []


async def unfinished() -> AsyncIterator[bytes]:
    """Yield the beginning of a body, and keep its end back."""
    yield b"action=accept&words="
    await asyncio.sleep(30)


@pytest.mark.parametrize(("path", "status"), [(PATH, 408), ("/agency/wrong", 404)])
async def test_nobody_is_waited_for(
    page: Client, desk: Desk, monkeypatch: pytest.MonkeyPatch, path: str, status: int
) -> None:
    """A body has its time; one whose link does not hold has none."""
    monkeypatch.setattr(forms, "PATIENCE", 0.2 if path == PATH else 20.0)
    async with asyncio.timeout(5):
        answer = await page.post(path, data=unfinished(), headers={**OURS, **FORM})
    assert answer.status == status
    assert desk.done == []
    answer.close()


async def test_a_link_that_ends_meanwhile(page: Client, desk: Desk) -> None:
    """A link revoked between two clicks leads to the same page."""
    desk.refusal = Refusal("gone")

    async def vanish(*_: object, **__: object) -> Refusal:
        desk.view = None
        return Refusal("gone")

    desk.act = vanish  # type: ignore[method-assign]  # the race, planted by hand
    async with client(agency_app(desk)) as browser:
        answer = await browser.post(PATH, data={"action": "accept"}, headers=OURS)
    assert answer.status == 404


async def test_a_busy_ticket_asks_for_another_try(page: Client, desk: Desk) -> None:
    """When others changed the ticket all the time, the officer is asked to try again."""
    desk.refusal = Refusal("busy")
    answer = await page.post(PATH, data={"action": "ask", "words": SAID}, headers=OURS)
    text = await answer.text()
    assert answer.status == 409
    assert "coba sekali lagi" in text
    assert SAID in text


async def test_a_database_that_is_away(desk: Desk) -> None:
    """A 503 with a kind page says that nothing is lost."""

    async def away(*_: object) -> None:
        raise StoreUnavailable

    desk.see = away  # type: ignore[method-assign,assignment]  # a fault planted by hand
    async with client(agency_app(desk)) as browser:
        answer = await browser.get(PATH, headers=BROWSER)
        assert answer.status == 503
        assert "Tidak ada yang hilang" in await answer.text()
