"""Who gets to a ticket on its page, for how long, and whose forms count."""

from collections.abc import Callable
from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from aiohttp import web
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.stage import BROWSER, OURS, Client, client
from tests.web.tracked_house import (
    CODE,
    NIK_END,
    NOW,
    House,
    app_of,
    form_of,
    proven,
)
from web.public.ticket_visit import Visits
from web.visitors import BURST


@pytest.mark.parametrize("secure", [False, True])
async def test_the_cookie_is_short_and_narrow(tracked: House, *, secure: bool) -> None:
    """Twenty minutes, this page alone, no script, no other site, and https where we have it."""
    async with client(app_of(tracked, secure=secure)) as lacak:
        answer = await lacak.post(
            "/lacak", data={"code": CODE, "proof": NIK_END}, headers=OURS, allow_redirects=False
        )
    (cookie,) = SimpleCookie(answer.headers["Set-Cookie"]).values()
    assert cookie["path"] == "/lacak"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == "1200"
    assert bool(cookie["secure"]) is secure
    assert cookie.key == ("__Secure-lacak" if secure else "lacak")


async def test_a_visit_ends(lacak: Client, tracked: House) -> None:
    """After twenty minutes, or at a word, the page asks for code and proof again."""
    await proven(lacak)
    tracked.now += timedelta(minutes=19)
    assert "Perbaikan Rumah" in await (await lacak.get("/lacak", headers=BROWSER)).text()
    tracked.now += timedelta(minutes=2)
    assert "Perbaikan Rumah" not in await (await lacak.get("/lacak", headers=BROWSER)).text()
    await proven(lacak)
    left = await (await lacak.post("/lacak/tutup", headers=OURS, data={"x": ""})).text()
    assert "sudah tertutup" in left
    assert "Perbaikan Rumah" not in await (await lacak.get("/lacak", headers=BROWSER)).text()


@pytest.mark.parametrize("change", [lambda v: v.replace(CODE, "111111111"), lambda v: v[:-1], str])
async def test_a_cookie_is_not_made_by_hand(
    lacak: Client, tracked: House, change: Callable[[str], str]
) -> None:
    """Another code, a shorter signature or another key open nothing."""
    await proven(lacak)
    (value,) = [c.value for c in lacak.session.cookie_jar]
    if change is str:
        other = web.Response()
        Visits(b"t" * 16, "/lacak", secure=False).open(other, CODE, "a" * 32, NOW)
        (value,) = [c.value for c in other.cookies.values()]
    lacak.session.cookie_jar.clear()
    headers = {**BROWSER, "Cookie": f"lacak={change(value)}"}
    assert "Perbaikan Rumah" not in await (await lacak.get("/lacak", headers=headers)).text()


ELSEWHERE = {**BROWSER, "Sec-Fetch-Site": "cross-site"}


@pytest.mark.parametrize("path", ["/lacak", "/lacak/jawab", "/lacak/tutup"])
async def test_another_site_sends_nothing(lacak: Client, tracked: House, path: str) -> None:
    """A form on another site opens no ticket, answers none, and ends no visit."""
    seen = await proven(lacak)
    form = {**form_of(seen), "code": CODE, "proof": NIK_END}
    answer = await lacak.post(path, data=form, headers=ELSEWHERE)
    assert answer.status == 403
    assert tracked.given == []
    assert len(tracked.tried) == 1


@pytest.mark.parametrize("word", ["", "x", None])
async def test_a_form_needs_the_visits_own_word(
    lacak: Client, tracked: House, word: str | None
) -> None:
    """A form without the word of just this visit answers nothing."""
    form = form_of(await proven(lacak), reason="x")
    if word is None:
        del form["word"]
    else:
        form["word"] = word
    answer = await lacak.post("/lacak/jawab", data=form, headers=OURS)
    assert answer.status == 403
    assert tracked.given == []


async def test_without_a_visit_nothing_is_answered(lacak: Client, tracked: House) -> None:
    """Who proved nothing is led to the form."""
    answer = await lacak.post(
        "/lacak/jawab", data={"answer": "sudah"}, headers=OURS, allow_redirects=False
    )
    assert (answer.status, answer.headers["Location"]) == (303, "/lacak")
    assert tracked.given == []


async def test_a_crowd_from_one_place_is_slowed(lacak: Client, tracked: House) -> None:
    """After many tries from one address no proof is looked at for a while."""
    form = {"code": CODE, "proof": "9999"}
    for _ in range(BURST):
        assert (await lacak.post("/lacak", data=form, headers=OURS)).status == 422
    refused = await lacak.post("/lacak", data=form, headers=OURS)
    assert refused.status == 429
    assert len(tracked.tried) == BURST
    tracked.now += timedelta(minutes=1)
    assert (await lacak.post("/lacak", data=form, headers=OURS)).status == 422


async def test_a_ticket_that_is_gone_meanwhile(lacak: Client, tracked: House) -> None:
    """Erased or protected since it was proven, it is as if it never was."""
    await proven(lacak)
    tracked.view = None
    told = await (await lacak.get("/lacak", headers=BROWSER)).text()
    assert "Tiket tidak ditemukan" in told
    assert not list(lacak.session.cookie_jar)


TEXTS = st.text(max_size=60)
FIELDS = ("word", "once", "answer", "reason", "share", "code", "proof", "lang")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(form=st.dictionaries(st.sampled_from(FIELDS), TEXTS, max_size=6), known=st.booleans())
async def test_nothing_breaks_it(
    lacak: Client, tracked: House, form: dict[str, str], *, known: bool
) -> None:
    """Whatever is sent, it gets a page, and no answer without the visit's word."""
    lacak.session.cookie_jar.clear()
    tracked.now += timedelta(hours=1)
    if known:
        await proven(lacak)
    for path in ("/lacak", "/lacak/jawab", "/lacak/tutup"):
        answer = await lacak.post(path, data=form or {"x": ""}, headers=OURS)
        assert answer.status in {200, 400, 403, 404, 422}
    assert tracked.given == []
