"""One's own account: its sessions, password and second factor, changed by nobody else."""

import re

import pyotp

from tests.web.console.conftest import Console
from tests.web.console.test_sign_in import PASSWORD, somebody, typed


async def test_everybody_ends_their_own_sessions_and_nobody_elses(console: Console) -> None:
    """A session's mark is worth nothing in another's hands."""
    account = await somebody(console)
    here, there = await console.seat(account), await console.seat(account)
    stranger, store = await console.sign_in("officer"), console.play.house.store
    marks = [one.mark.hex() for one in await store.sessions_of(account.id)]
    for mark in marks:
        await stranger.post("/console/me/sessions/end", {"mark": mark})
    assert len(await store.sessions_of(account.id)) == 2
    shown = re.findall(r'name="mark" value="([0-9a-f]+)"', (await here.get("/console/me"))[1])
    await here.post("/console/me/sessions/end", {"mark": shown[0]})
    assert (await there.get("/console/me"))[0] == 303
    assert (await here.get("/console/me"))[0] == 200


async def test_a_new_password_asks_for_the_old_and_ends_all_sessions(console: Console) -> None:
    """Who found a browser open cannot take the account over."""
    account = await somebody(console)
    officer = await console.seat(account)
    form = {"password": "bukan ini", "new": "kalimat lain lagi", "again": "kalimat lain lagi"}
    assert (await officer.post("/console/me/password", form))[0] == 422
    status, where = await officer.post("/console/me/password", form | {"password": PASSWORD})
    assert (status, where) == (303, "/console/sign-in?done=changed")
    assert not await console.play.house.store.sessions_of(account.id)
    assert (await typed(await console.browser(), account.own.name, "kalimat lain lagi"))[0] == 303


async def test_a_code_is_turned_on_by_showing_one_and_off_by_password(console: Console) -> None:
    """The picture's secret and a code made of it belong together."""
    account = await somebody(console)
    officer = await console.seat(account)
    page = (await officer.get("/console/me/second-factor"))[1]
    found = re.search(r'name="secret" value="([A-Z2-7]{32})"', page)
    assert found
    code = pyotp.TOTP(found[1]).at(console.play.clock.now())
    form = {"secret": found[1], "password": PASSWORD, "code": "000000"}
    assert (await officer.post("/console/me/second-factor", form))[0] == 422
    assert (await officer.post("/console/me/second-factor", form | {"code": code}))[0] == 303
    kept = await console.play.house.store.account(account.id)
    assert kept
    assert kept.own.totp == found[1]
    again = await console.seat(kept)
    assert (await again.post("/console/me/second-factor/end", {"password": PASSWORD}))[0] == 303
    dropped = await console.play.house.store.account(account.id)
    assert dropped
    assert dropped.own.totp == ""
