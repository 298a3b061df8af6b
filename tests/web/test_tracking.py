"""The page where tickets are looked up: what it takes, what it keeps, and how little it weighs."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.citizen.tracked import ON_PAGE, Proof, Tracked
from casework.ticket.views import Opened
from conversations.shares import Share
from referrals.lifecycle import Refusal
from referrals.ticket import TicketState
from tests.web.stage import BROWSER, OURS, Client, Page, client
from web import tracking
from web.pages import add_pages
from web.ticket_visit import Visits
from web.tracking import Given, TrackingPages, add_tracking
from web.visitors import BURST

CODE = "482109379"
NIK_END = "0001"
SECRET = b"s" * 16
EVIL = "\"'><script>alert(1)</script><img-x onerror=alert(1)>{{9091*7}}"
MOST_BYTES = 30_000
NOW = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


def ticket(**changes: object) -> Tracked:
    """Return a ticket that offers everything the page can show."""
    usual: dict[str, Any] = {
        "code": CODE,
        "service": "Perbaikan Rumah",
        "standing": "Selesai menurut Dinas Perumahan",
        "since": NOW,
        "state": TicketState.RESOLVED,
        "story": ("Sekarang giliran Bapak/Ibu menjawab.",),
        "offices": ("Dinas Perumahan: selesai",),
        "verbs": ON_PAGE,
        "shares": {"belum": (Share(1, "Dinas", done=True), Share(2, "Desa", done=False))},
        "proofs": (
            Proof(4, 1, "image/jpeg", "Dinas", NOW),
            Proof(4, 2, "application/pdf", "Dinas", NOW),
        ),
        "claimable": True,
    }
    return Tracked(**{**usual, **changes})


@dataclass
class House:
    """One ticket behind the page; it remembers what was asked of it."""

    view: Tracked | None = field(default_factory=ticket)
    wrong: str = ""
    tried: list[tuple[str, str]] = field(default_factory=list)
    visitors: set[str] = field(default_factory=set)
    given: list[Given] = field(default_factory=list)
    now: datetime = NOW

    async def prove(self, visitor: str, code: str, proof: str) -> bool:
        """Know one code and its proof."""
        self.tried.append((code, proof))
        self.visitors.add(visitor)
        return (code, proof) == (CODE, NIK_END)

    async def see(self, code: str, language: str) -> Tracked | None:
        """Return the one ticket."""
        return self.view if code == CODE else None

    async def proof(self, code: str, seq: int, place: int) -> Opened | Refusal | None:
        """Return a photo, or none."""
        return Opened("image/png", b"png", "4-1.png") if (seq, place) == (4, 1) else None

    async def answer(self, visitor: str, code: str, given: Given, language: str) -> str:
        """Remember the answer."""
        self.given.append(given)
        return self.wrong


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test wait for the time that a look takes."""
    monkeypatch.setattr(tracking, "TIME", 0.0)


def app_of(house: House, *, secure: bool = False) -> web.Application:
    """Return an application with that house's page."""
    app = web.Application()
    add_pages(app, "Asia/Jakarta")
    visits = Visits(SECRET, tracking.PATH, secure=secure)
    add_tracking(app, TrackingPages(house, visits, lambda: house.now, lambda: "a" * 32))
    return app


@pytest.fixture
def house() -> House:
    """Return a house with one ticket."""
    return House()


@pytest.fixture
async def page(house: House) -> AsyncIterator[Client]:
    """Return a browser before its page."""
    async with client(app_of(house)) as browser:
        yield browser


async def proven(page: Client) -> Page:
    """Prove the ticket; return the page of it."""
    answer = await page.post("/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS)
    assert answer.status == 200
    return Page(await answer.text())


def form_of(seen: Page, name: str = "belum", **more: str) -> dict[str, str]:
    """Return answer *name* as the page would send it."""
    inputs = {str(one["name"]): one.get("value") or "" for one in seen.all("input")[:2]}
    return {**inputs, "answer": name, **more}


async def test_it_needs_no_script_and_little_room(page: Client) -> None:
    """Form and ticket with everything on them stay below 30 kB with all they load, no script."""
    for seen in (await page.get("/lacak", headers=BROWSER)).text, None:
        text = await seen() if seen else ""
        text = (
            text
            or await (
                await page.post("/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS)
            ).text()
        )
        parts = Page(text)
        size = len(text.encode())
        for link in parts.all("link") + parts.all("img") + parts.all("script"):
            loaded = await page.get(str(link.get("href") or link.get("src")))
            assert loaded.status == 200
            size += len(await loaded.read())
        assert parts.all("script") == parts.strange() == []
        assert size < MOST_BYTES


async def test_code_and_proof_stand_in_no_address(page: Client) -> None:
    """Forms post, where they lead says nothing, and the proof is never shown again."""
    answer = await page.post(
        "/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS, allow_redirects=False
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/lacak")
    wrong = await page.post("/lacak", data={"code": CODE, "proof": "7351"}, headers=OURS)
    text = await wrong.text()
    assert "7351" not in text
    seen = await proven(page)
    for form in seen.all("form"):
        assert form["method"] == "post"
    links = [str(a.get("href")) for a in seen.all("a")]
    assert not [link for link in links if CODE in link or NIK_END in link]


@pytest.mark.parametrize("secure", [False, True])
async def test_the_cookie_is_short_and_narrow(house: House, *, secure: bool) -> None:
    """Twenty minutes, this page alone, no script, no other site, and https where we have it."""
    async with client(app_of(house, secure=secure)) as page:
        answer = await page.post(
            "/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS, allow_redirects=False
        )
    (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    assert cookie["path"] == "/lacak"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == "1200"
    assert bool(cookie["secure"]) is secure
    assert cookie.key == ("__Secure-lacak" if secure else "lacak")


async def test_a_visit_ends(page: Client, house: House) -> None:
    """After twenty minutes, or at a word, the page asks for code and proof again."""
    await proven(page)
    house.now += timedelta(minutes=19)
    assert "Perbaikan Rumah" in await (await page.get("/lacak", headers=BROWSER)).text()
    house.now += timedelta(minutes=2)
    assert "Perbaikan Rumah" not in await (await page.get("/lacak", headers=BROWSER)).text()
    await proven(page)
    left = await (await page.post("/lacak/tutup", headers=OURS, data={"x": ""})).text()
    assert "sudah tertutup" in left
    assert "Perbaikan Rumah" not in await (await page.get("/lacak", headers=BROWSER)).text()


@pytest.mark.parametrize("change", [lambda v: v.replace(CODE, "111111111"), lambda v: v[:-1], str])
async def test_a_cookie_is_not_made_by_hand(
    page: Client, house: House, change: Callable[[str], str]
) -> None:
    """Another code, a shorter signature or another key open nothing."""
    await proven(page)
    (value,) = [c.value for c in page.session.cookie_jar]
    if change is str:
        other = web.Response()
        Visits(b"t" * 16, "/lacak", secure=False).open(other, CODE, "a" * 32, NOW)
        (value,) = [c.value for c in other.cookies.values()]
    page.session.cookie_jar.clear()
    headers = {**BROWSER, "Cookie": f"lacak={change(value)}"}
    assert "Perbaikan Rumah" not in await (await page.get("/lacak", headers=headers)).text()


ELSEWHERE = {**BROWSER, "Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize("path", ["/lacak", "/lacak/jawab", "/lacak/tutup"])
async def test_another_site_sends_nothing(page: Client, house: House, path: str) -> None:
    """A form on another site opens no ticket, answers none, and ends no visit."""
    seen = await proven(page)
    form = {**form_of(seen), "code": CODE, "proof": NIK_END}
    answer = await page.post(path, data=form, headers=ELSEWHERE)
    assert answer.status == 403
    assert house.given == []
    assert len(house.tried) == 1


@pytest.mark.parametrize("word", ["", "x", None])
async def test_a_form_needs_the_visits_own_word(
    page: Client, house: House, word: str | None
) -> None:
    """A form without the word of just this visit answers nothing."""
    form = form_of(await proven(page), reason="x")
    if word is None:
        del form["word"]
    else:
        form["word"] = word
    answer = await page.post("/lacak/jawab", data=form, headers=OURS)
    assert answer.status == 403
    assert house.given == []


async def test_without_a_visit_nothing_is_answered(page: Client, house: House) -> None:
    """Who proved nothing is led to the form."""
    answer = await page.post(
        "/lacak/jawab", data={"answer": "sudah"}, headers=OURS, allow_redirects=False
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/lacak")
    assert house.given == []


async def test_what_was_typed_is_not_lost(page: Client, house: House) -> None:
    """Where something hindered, the form is open again with the words and the office picked."""
    house.wrong = "moved_on"
    form = form_of(await proven(page), reason="Atap <b>bocor</b>", share="2")
    answer = await page.post("/lacak/jawab", data=form, headers=OURS)
    text = await answer.text()
    assert answer.status == 409
    assert "Atap &lt;b&gt;bocor&lt;/b&gt;" in text
    assert '<option value="2" selected>' in text


async def test_words_stay_words(page: Client, house: House) -> None:
    """Whatever an office, a service or a citizen is called, it is text on the page."""
    house.view = ticket(
        service=EVIL, standing=EVIL, story=(EVIL,), offices=(EVIL,),
        proofs=(Proof(4, 1, "image/jpeg", EVIL, NOW),),
        shares={"belum": (Share(1, EVIL, done=True), Share(2, EVIL, done=False))},
    )  # fmt: skip
    seen = await proven(page)
    assert seen.strange() == []
    assert EVIL in seen.text


@pytest.mark.parametrize(
    ("code", "proof", "told"),
    [
        ("482109370", "0001", "salah ketik"),
        ("", "0001", "salah ketik"),
        (EVIL, "0001", "salah ketik"),
        (CODE, "12", "tepat 4 angka"),
        (CODE, "", "tepat 4 angka"),
        (CODE, "9999", "tidak cocok"),
        ("4821 0937 9", "0002", "tidak cocok"),
    ],
)
async def test_slips_are_told_kindly(
    page: Client, house: House, code: str, proof: str, told: str
) -> None:
    """A slip is told where it is one, and counts no try; all else gets one answer."""
    answer = await page.post("/lacak", data={"code": code, "proof": proof}, headers=OURS)
    seen = Page(await answer.text())
    assert answer.status == 422
    assert told in seen.text
    assert seen.strange() == []
    assert bool(house.tried) is (told == "tidak cocok")


async def test_a_crowd_from_one_place_is_slowed(page: Client, house: House) -> None:
    """After many tries from one address no proof is looked at for a while."""
    form = {"code": CODE, "proof": "9999"}
    for _ in range(BURST):
        assert (await page.post("/lacak", data=form, headers=OURS)).status == 422
    refused = await page.post("/lacak", data=form, headers=OURS)
    assert refused.status == 429
    assert len(house.tried) == BURST
    house.now += timedelta(minutes=1)
    assert (await page.post("/lacak", data=form, headers=OURS)).status == 422


async def test_a_ticket_that_is_gone_meanwhile(page: Client, house: House) -> None:
    """Erased or protected since it was proven, it is as if it never was."""
    await proven(page)
    house.view = None
    told = await (await page.get("/lacak", headers=BROWSER)).text()
    assert "Tiket tidak ditemukan" in told
    assert not list(page.session.cookie_jar)


async def test_proofs_are_shown_to_the_visit_alone(page: Client) -> None:
    """A photo opens with the visit; without it the address leads to the form."""
    led = await page.get("/lacak/bukti/4-1", allow_redirects=False)
    assert (led.status, led.headers["Location"]) == (303, "/lacak")
    await proven(page)
    assert await (await page.get("/lacak/bukti/4-1")).read() == b"png"
    assert (await page.get("/lacak/bukti/4-2", headers=BROWSER)).status == 404


TEXTS = st.text(max_size=60)
FIELDS = ("word", "once", "answer", "reason", "share", "code", "proof", "lang")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(form=st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=6), known=st.booleans())
async def test_nothing_breaks_it(
    page: Client, house: House, form: dict[str, str], *, known: bool
) -> None:
    """Whatever is sent, it gets a page, and no answer without the visit's word."""
    page.session.cookie_jar.clear()
    house.now += timedelta(hours=1)
    if known:
        await proven(page)
    for path in ("/lacak", "/lacak/jawab", "/lacak/tutup"):
        answer = await page.post(path, data=form or {"x": ""}, headers=OURS)
        assert answer.status in {200, 400, 403, 404, 422}
    assert house.given == []
