"""What happens while a page of the console is open."""

import asyncio

import pytest

from bot.console.live import FEED, MOST_EACH, MOST_TOLD, Feed
from casework.staff.sittings import IDLE
from tests.web.console.board import file
from tests.web.console.conftest import BROWSER, Console, SignedClient
from tests.web.console.listening import LIVE, listening
from web.console.listener import ROOM, Happening, Listener


def feed_of(console: Console) -> Feed:
    """Return what tells *console*'s browsers."""
    return console.app[FEED]


async def take_on(browser: SignedClient, code: str) -> None:
    """Take case *code* on."""
    status, _ = await browser.post(f"/console/cases/{code}/hold", {"do": "take"})
    assert status == 303


async def test_a_new_case_is_heard_by_code_and_kind_alone(console_on_both: Console) -> None:
    """Somebody files: who may see it hears which case, and that it is new, and no word more."""
    console = console_on_both
    async with listening(await console.sign_in("verifier")) as ear:
        code = await file(console)
        heard = await ear.next()
    assert (heard.name, heard.told) == ("case", {"code": code, "kind": "new"})
    assert heard.number == int(console.play.clock.now().timestamp() * 1000)


async def test_who_may_not_see_a_case_hears_nothing_of_it(console: Console) -> None:
    """A vault's case is for its own officers; a village hears of its own cases alone."""
    vault = next(one for one in console.district.services.values() if one.safe_path).code
    desk, village = await console.sign_in("verifier"), await console.sign_in("facilitator")
    async with listening(desk) as at_desk, listening(village) as at_village:
        await file(console, vault, number=1)
        assert await at_desk.silent()
        assert await at_village.silent()
        elsewhere = await file(console, area="99.01.02.2001", number=2)
        assert (await at_desk.next()).told["code"] == elsewhere
        assert await at_village.silent()


async def test_a_vaults_officer_hears_of_its_cases(console: Console) -> None:
    """And of no others."""
    vault = next(one for one in console.district.services.values() if one.safe_path).code
    async with listening(await console.sign_in("vault_officer")) as ear:
        await file(console, number=1)
        assert await ear.silent()
        code = await file(console, vault, number=2)
        assert (await ear.next()).told["code"] == code


async def test_that_a_case_was_taken_on_is_heard(console: Console) -> None:
    """A colleague takes it on: everybody else's list knows."""
    code = await file(console)
    colleague = await console.sign_in("verifier")
    async with listening(await console.sign_in("verifier")) as ear:
        await take_on(colleague, code)
        assert (await ear.next()).told == {"code": code, "kind": "held"}


async def test_a_case_that_gets_urgent_is_heard(console_on_both: Console) -> None:
    """When its due time comes near, and again when it passes."""
    console = console_on_both
    code, feed = await file(console), feed_of(console)
    async with listening(await console.sign_in("verifier")) as ear:
        await feed.look_at_clocks()
        console.play.clock.move(days=60)
        await feed.look_at_clocks()
        assert (await ear.next()).told == {"code": code, "kind": "due"}


async def test_the_stream_ends_with_the_session(console: Console) -> None:
    """Ended elsewhere, it ends at once, and nothing is told any more."""
    browser = await console.sign_in("verifier")
    async with listening(browser) as ear:
        unit = console.play.house.store.unit()
        unit.end_sessions(browser.account.id)
        await console.play.house.store.commit(unit)
        assert (await ear.next()).name == "gone"
        with pytest.raises(EOFError):
            await ear.next()


async def test_listening_is_no_click(console: Console) -> None:
    """A session in which nobody clicks ends, however long the page stays open."""
    browser = await console.sign_in("verifier")
    async with listening(browser) as ear:
        console.play.clock.move(seconds=IDLE.total_seconds())
        feed_of(console).doubt_all()
        assert (await ear.next()).name == "gone"


async def test_too_many_tabs_are_told_not_to_come_again(console: Console) -> None:
    """An account has a few streams; one that closed makes room, and pages work without."""
    browser = await console.sign_in("verifier")
    answers = [await browser.client.get(LIVE, headers=BROWSER) for _ in range(MOST_EACH)]
    assert (await browser.client.get(LIVE, headers=BROWSER)).status == 204
    for answer in answers:
        answer.close()
    await asyncio.sleep(0.2)
    async with listening(browser):
        pass


async def test_without_a_session_there_is_no_stream(console: Console) -> None:
    """It leads to the sign-in page, and a role without a work list is refused."""
    stranger = await console.browser()
    answer = await stranger.get(LIVE, headers=BROWSER, allow_redirects=False)
    assert answer.status == 303
    auditor = await console.sign_in("auditor")
    assert (await auditor.get(LIVE))[0] == 403


async def test_while_nobody_listens_commits_tell_nobody(console: Console) -> None:
    """The path of a message is as long as it was."""
    store = console.play.house.store
    assert store.onlooker is None
    async with listening(await console.sign_in("verifier")):
        assert store.onlooker is not None
    await asyncio.sleep(0)
    for _ in range(50):
        if store.onlooker is None:
            break
        feed_of(console).missed()
        await asyncio.sleep(0.1)
    assert store.onlooker is None


async def test_more_than_can_be_told_is_a_word_to_load_anew(console: Console) -> None:
    """Hundreds of cases at once become one word."""
    async with listening(await console.sign_in("verifier")) as ear:
        feed_of(console).take(Happening(f"{at:09}", "new", at) for at in range(MOST_TOLD + 1))
        assert (await ear.next()).name == "reload"


async def test_a_slow_browser_is_told_to_load_anew(console: Console) -> None:
    """What waits for it is bounded; news of one case that wait are one."""
    staff = console.staff(await console.account("verifier"))
    listener = Listener(staff, lambda: True)
    for at in range(ROOM):
        listener.tell(Happening("482109379", "moved", at))
    assert listener.take() == (False, (Happening("482109379", "moved", ROOM - 1),))
    for at in range(ROOM + 1):
        listener.tell(Happening(f"{at:09}", "moved", at))
    assert listener.take() == (True, ())


async def test_pages_say_where_news_will_stand(console: Console) -> None:
    """List and case have a place that is read out politely, and a script of our own."""
    code = await file(console)
    browser = await console.sign_in("verifier")
    for path in ("/console/worklist", f"/console/cases/{code}"):
        _, text = await browser.get(path)
        assert 'id="live" aria-live="polite"' in text
        assert "/static/live.js" in text


async def test_two_hundred_listen_at_once(console: Console) -> None:
    """Each hears of a case within seconds, and what waits for them is small."""
    staff = [console.staff(await console.account("verifier")) for _ in range(200)]
    ears = [feed_of(console).listen(one, lambda: True) for one in staff]
    code = await file(console)
    async with asyncio.timeout(5):
        for ear in ears:
            assert ear
            await ear.wait(5)
            assert [one.code for one in ear.take()[1]] == [code]
            feed_of(console).leave(ear)
