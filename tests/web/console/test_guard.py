"""Who gets into the console, and how far."""

import re
from typing import get_args

from storage.database.sealing import Index
from tests.web.console.conftest import BROWSER, Console
from web.console.guard import GATE


async def test_who_is_not_signed_in_is_led_to_the_sign_in_page(console: Console) -> None:
    """And from there back to where they wanted to go."""
    browser = await console.browser()
    answer = await browser.get("/console/", headers=BROWSER, allow_redirects=False)
    assert answer.status == 303
    assert answer.headers["Location"] == "/console/sign-in?next=%2Fconsole%2F"


async def test_who_is_signed_in_sees_their_name(console: Console) -> None:
    """On every page of the console."""
    somebody = await console.sign_in("auditor")
    status, text = await somebody.get("/console/me")
    assert status == 200
    assert somebody.account.own.called in text


async def test_the_door_signs_nothing_that_a_visitor_wrote(console: Console) -> None:
    """A cookie that we never gave is taken for none, and a new one is given in its place."""
    gate = console.app[GATE]
    for chosen in ("draft key/s1", "s1", "A" * 32, "a" * 33):
        door = {"Cookie": f'{gate.cookies.door.name}="{chosen}"'}
        browser = await console.browser()
        answer = await browser.get("/console/sign-in", headers=BROWSER | door)
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', await answer.text())
        assert found
        assert found[1] == gate.word(answer.cookies[gate.cookies.door.name].value)
        assert found[1] != gate.word(chosen)


async def test_one_word_of_the_console_tells_no_other(console: Console) -> None:
    """Forms, the keys of drafts and their names: the same text gives each another word."""
    gate, mac = console.app[GATE], console.play.house.store.sealer.mac
    words = {gate.word("s1"), gate.draft_key("s1"), gate.draft_name("s1")}
    assert len(words) == 3
    every = get_args(Index)
    assert len({mac(index, "s1") for index in every}) == len(every)
