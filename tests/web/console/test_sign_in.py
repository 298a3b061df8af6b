"""Into the console and out of it, as a browser does it."""

import asyncio
import re
from typing import Literal

import pyotp
import pytest
from aiohttp import FormData, web
from argon2 import PasswordHasher, extract_parameters

from casework.staff.accounts import Accounts
from casework.staff.passwords import NOBODYS, Passwords
from casework.staff.second_factor import new_secret
from casework.staff.sittings import IDLE, LONGEST
from casework.trail.actions import Action
from storage.console.staff import Account
from storage.console.staff_tries import SPARE
from tests.web.console.conftest import BROWSER, Client, Console
from web.console.guard import Cookies, own_path

PASSWORD = "satu pintu untuk semua"
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SIGN_IN = "/console/sign-in"
GATE_NAME = "console"


async def somebody(console: Console, role: str = "officer", **own: str) -> Account:
    """Return an account with a password."""
    return await console.account(role, password=QUICK.hash(PASSWORD), **own)


async def word(browser: Client, path: str = SIGN_IN) -> str:
    """Return what the form at *path* carries for this browser."""
    text = await (await browser.get(path, headers=BROWSER)).text()
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', text)
    assert found
    return found[1]


async def typed(
    browser: Client, name: str, password: str = PASSWORD, **more: str
) -> tuple[int, str]:
    """Type *name* and *password* into the form; return the status, and where it leads."""
    form = {"csrf": await word(browser), "name": name, "password": password, **more}
    answer = await browser.post(SIGN_IN, data=form, headers=BROWSER, allow_redirects=False)
    return answer.status, answer.headers.get("Location", "")


async def test_name_and_password_open_the_console(console: Console) -> None:
    """And lead to the page one wanted to see."""
    account, browser = await somebody(console), await console.browser()
    assert await typed(browser, account.own.name, next="/console/me") == (303, "/console/me")
    answer = await browser.get("/console/me", headers=BROWSER)
    assert account.own.called in await answer.text()


@pytest.mark.parametrize("case", ["wrong password", "no such name", "suspended", "invited"])
async def test_every_refusal_looks_the_same(console: Console, case: str) -> None:
    """Nobody learns from it who has an account, nor what state it is in."""
    account, browser = await somebody(console), await console.browser()
    if case == "suspended":
        await Accounts(console.play.house.store, console.district, str).suspend(
            None, account.id, console.play.clock.now()
        )
    if case == "invited":
        account = await console.account("officer")
    name = "tidak.ada" if case == "no such name" else account.own.name
    password = "bukan yang ini" if case == "wrong password" else PASSWORD
    form = {"csrf": await word(browser), "name": name, "password": password}
    answer = await browser.post(SIGN_IN, data=form, headers=BROWSER)
    assert answer.status == 403
    assert "belum cocok" in await answer.text()
    assert GATE_NAME not in answer.cookies


async def test_the_cookie_is_for_us_alone(console: Console) -> None:
    """No script reads it, no other site's form carries it, and it is below /console."""
    account, browser = await somebody(console), await console.browser()
    form = {"csrf": await word(browser), "name": account.own.name, "password": PASSWORD}
    answer = await browser.post(SIGN_IN, data=form, headers=BROWSER, allow_redirects=False)
    cookie = answer.cookies[GATE_NAME]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", "/console", "")


def test_on_https_no_other_host_can_plant_a_cookie() -> None:
    """Its name makes browsers insist on Secure, the root, and this very host."""
    cookies, answer = Cookies(secure=True), web.Response()
    cookies.session.give(answer, "t")
    cookies.door.give(answer, "t")
    for name in ("__Host-console", "__Host-console-door"):
        given = answer.cookies[name]
        assert (given["secure"], given["path"], given["domain"]) == (True, "/", "")


async def test_a_session_planted_beforehand_is_worth_nothing(console: Console) -> None:
    """Signing in gives a new token, and ends the session that the browser had."""
    planted = await console.sign_in("auditor")
    before = planted.client.session.cookie_jar.filter_cookies(planted.client.make_url("/console"))
    account = await somebody(console)
    form = {"name": account.own.name, "password": PASSWORD}
    assert (await planted.post(SIGN_IN, form))[0] == 303
    after = planted.client.session.cookie_jar.filter_cookies(planted.client.make_url("/console"))
    assert after[GATE_NAME].value != before[GATE_NAME].value
    assert not await console.play.house.store.sessions_of(planted.account.id)


async def test_silence_ends_a_session(console: Console) -> None:
    """After an hour without a click one signs in again."""
    officer = await console.sign_in("auditor")
    console.play.clock.move(seconds=IDLE.total_seconds() - 1)
    assert (await officer.get("/console/me"))[0] == 200
    console.play.clock.move(seconds=IDLE.total_seconds())
    assert (await officer.get("/console/me"))[0] == 303


async def test_what_a_page_asks_by_itself_is_no_click(console: Console) -> None:
    """A desk that somebody left signs out, though its page asks on who else is there."""
    officer = await console.sign_in("verifier")
    for _ in range(3):
        console.play.clock.move(seconds=IDLE.total_seconds() / 4)
        assert (await officer.get("/console/cases/482109379/present"))[0] != 303
    console.play.clock.move(seconds=IDLE.total_seconds() / 4)
    assert (await officer.get("/console/cases/482109379/present"))[0] == 303
    assert (await officer.get("/console/me"))[0] == 303


async def test_a_day_ends_a_session_however_busy(console: Console) -> None:
    """Clicks keep it alive for twelve hours and no longer."""
    officer = await console.sign_in("auditor")
    for _ in range(int(LONGEST / (IDLE / 2)) - 1):
        console.play.clock.move(seconds=IDLE.total_seconds() / 2)
        assert (await officer.get("/console/me"))[0] == 200
    console.play.clock.move(seconds=IDLE.total_seconds() / 2)
    assert (await officer.get("/console/me"))[0] == 303


async def test_signing_out_ends_the_session_itself(console: Console) -> None:
    """Whoever kept the cookie gets no further with it."""
    officer = await console.sign_in("auditor")
    jar = officer.client.session.cookie_jar
    kept = jar.filter_cookies(officer.client.make_url("/console"))[GATE_NAME].value
    assert await officer.post("/console/sign-out") == (303, f"{SIGN_IN}?done=out")
    jar.update_cookies({GATE_NAME: kept}, officer.client.make_url("/"))
    assert (await officer.get("/console/me"))[0] == 303


@pytest.mark.parametrize(
    "address",
    [
        "https://evil.example/",
        "//evil.example/console/",
        "/\\evil.example",
        "/console/../../evil",
        "/console//evil.example",
        "javascript:alert(1)",
        "/agency/x",
        "/consoleevil",
        "/console/\nSet-Cookie: a=b",
        "/console/" + "a" * 600,
        "",
    ],
)
def test_nobody_is_led_elsewhere(address: str) -> None:
    """What stands behind ?next= is a page of the console, or the first one."""
    assert own_path(address) == "/console/"


def test_one_comes_back_to_where_one_wanted_to_go() -> None:
    """With whatever was asked of that page."""
    assert own_path("/console/worklist?view=mine") == "/console/worklist?view=mine"


async def test_a_code_is_asked_of_who_wants_it_so(console: Console) -> None:
    """Password alone is refused, the right code lets in, and none counts twice."""
    secret = new_secret()
    account, browser = await somebody(console, totp=secret), await console.browser()
    code = pyotp.TOTP(secret).at(console.play.clock.now())
    assert (await typed(browser, account.own.name))[0] == 403
    assert (await typed(browser, account.own.name, code=code))[0] == 303
    again = await console.browser()
    assert (await typed(again, account.own.name, code=code))[0] == 403


async def test_guessing_waits_longer_and_longer(console: Console) -> None:
    """After five wrong passwords each try has to wait, and even the right one does."""
    account, browser = await somebody(console), await console.browser()
    for _ in range(SPARE):
        assert (await typed(browser, account.own.name, "salah terus"))[0] == 403
    assert (await typed(browser, account.own.name))[0] == 429
    console.play.clock.move(seconds=2)
    assert (await typed(browser, account.own.name, "salah terus"))[0] == 403
    console.play.clock.move(seconds=1)
    assert (await typed(browser, account.own.name))[0] == 429
    console.play.clock.move(seconds=2)
    assert (await typed(browser, account.own.name))[0] == 303


async def test_a_name_that_nobody_has_waits_as_well(console: Console) -> None:
    """Else the waiting would tell who has an account."""
    browser = await console.browser()
    for _ in range(SPARE):
        assert (await typed(browser, "tidak.ada"))[0] == 403
    assert (await typed(browser, "tidak.ada"))[0] == 429


async def test_no_stranger_keeps_somebody_out(console: Console) -> None:
    """A browser in which they signed in before is counted apart from all others."""
    account, own, stranger = (
        await somebody(console),
        await console.browser(),
        await console.browser(),
    )
    assert (await typed(own, account.own.name))[0] == 303
    for _ in range(SPARE + 1):
        await typed(stranger, account.own.name, "salah terus")
    assert (await typed(stranger, account.own.name))[0] == 429
    own.session.cookie_jar.clear(lambda cookie: cookie.key == GATE_NAME)
    assert (await typed(own, account.own.name))[0] == 303


async def test_no_stranger_keeps_somebody_from_changing_their_password(console: Console) -> None:
    """While the door waits for who guesses there, whoever is in may still shut them out."""
    account, stranger = await somebody(console), await console.browser()
    for _ in range(SPARE + 1):
        await typed(stranger, account.own.name, "salah terus")
    own, new = await console.seat(account), "pintu lain untuk semua"
    form = {"password": PASSWORD, "new": new, "again": new}
    assert await own.post("/console/me/password", form) == (303, f"{SIGN_IN}?done=changed")


async def test_strangers_send_no_files(console: Console) -> None:
    """The room for large forms is for who is known: at the door a slow one would hold it."""
    browser = await console.browser()
    form = FormData({"csrf": await word(browser)}, quote_fields=False)
    form.add_field("file", b"x", filename="x.jpg")
    assert (await browser.post(SIGN_IN, data=form, headers=BROWSER)).status == 415


async def test_many_guesses_at_once_are_no_way_around(console: Console) -> None:
    """Each try is counted before its password is looked at."""
    account, browser = await somebody(console), await console.browser()
    form = {"csrf": await word(browser), "name": account.own.name, "password": "salah terus"}
    answers = await asyncio.gather(
        *(browser.post(SIGN_IN, data=form, headers=BROWSER) for _ in range(20))
    )
    assert sorted(answer.status for answer in answers) == [403] * SPARE + [429] * (20 - SPARE)


async def test_refusals_are_kept_with_whose_account_was_tried(console: Console) -> None:
    """The audit knows of both: who came in, and what was tried."""
    account, browser = await somebody(console), await console.browser()
    await typed(browser, account.own.name, "salah terus")
    await typed(browser, account.own.name)
    lines = await console.audited(f"staff:{account.id}")
    assert [line.action for line in lines] == [Action.SIGN_IN_REFUSED, Action.SIGN_IN]


async def test_an_unknown_name_costs_the_same_work() -> None:
    """A hash is reckoned for it too, with the parameters of all others."""
    hasher = Counting()
    passwords = Passwords(hasher)
    assert not await passwords.fits("whatever", "")
    assert hasher.checked == [NOBODYS]
    assert extract_parameters(NOBODYS) == extract_parameters(PasswordHasher().hash("x"))


class Counting(PasswordHasher):
    """Remembers the hashes it was asked about."""

    def __init__(self) -> None:
        super().__init__()
        self.checked: list[str] = []

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:  # noqa: A002 - argon2's own name
        self.checked.append(str(hash))
        return super().verify(hash, password)
