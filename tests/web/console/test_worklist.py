"""The work list: each role's own work, the soonest due first, and never what is not theirs."""

import re

from tests.web.console.board import ELSEWHERE, SUKAMAJU, file, step
from tests.web.console.conftest import Console

LIST = "/console/worklist"


async def test_a_list_holds_what_is_due_soonest_first(console_on_both: Console) -> None:
    """A case of an older day stands above one of today, and each leads to its page."""
    console = console_on_both
    first = await file(console, number=1)
    console.play.clock.move(days=1)
    second = await file(console, number=2)
    browser = await console.sign_in("supervisor")
    status, text = await browser.get(LIST)
    assert status == 200
    assert text.index(f"/console/cases/{first}") < text.index(f"/console/cases/{second}")


async def test_an_office_sees_its_shares_alone(console_on_both: Console) -> None:
    """The village's operator finds the village's case; an office elsewhere finds an empty list."""
    console = console_on_both
    code = await file(console)
    own = await console.sign_in("village_operator")
    other = await console.sign_in("officer")
    assert code in (await own.get(LIST))[1]
    assert code not in (await other.get(LIST))[1]


async def test_a_facilitator_sees_the_own_village(console_on_both: Console) -> None:
    """What lies in another sub-district stands in no facilitator's list here."""
    console = console_on_both
    here = await file(console, number=1, area=SUKAMAJU)
    there = await file(console, number=2, area=ELSEWHERE)
    browser = await console.sign_in("facilitator")
    _, text = await browser.get(LIST)
    assert here in text
    assert there not in text


async def test_a_count_tells_nobody_of_a_complaint_about_them(console_on_both: Console) -> None:
    """What a village office may be the matter of is neither in its list nor in its numbers."""
    console = console_on_both
    await file(console, "SUBSIDI", number=1, picked={"subsidy": "listrik"})
    about_them = await file(console, "SUBSIDI", number=2, picked={"subsidy": "desa"})
    for role, count in (("facilitator", "1"), ("village_operator", "1"), ("supervisor", "2")):
        _, text = await (await console.sign_in(role)).get(LIST, view="open", turn="")
        assert (about_them in text) is (role == "supervisor")
        shown = re.search(r'aria-current="page">[^<]*<span class="count">(\d+)', text)
        assert shown
        assert shown[1] == count, role


async def test_a_vault_case_is_in_nobodys_list_but_its_own_offices(
    console_on_both: Console,
) -> None:
    """Neither the desk nor its head learns from a list that there is one."""
    console = console_on_both
    code = await file(console, "PPA", "")
    for role in ("verifier", "supervisor", "call_agent", "officer"):
        browser = await console.sign_in(role)
        assert code not in (await browser.get(LIST, view="open", turn=""))[1]
    officer = await console.sign_in("vault_officer")
    assert code in (await officer.get(LIST))[1]


async def test_what_is_late_is_found_by_the_clock(console_on_both: Console) -> None:
    """Nothing is overdue today; four weeks later the case is, and the tab counts it."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("supervisor")
    assert code not in (await browser.get(LIST, view="overdue"))[1]
    console.play.clock.move(days=28)
    again = await console.sign_in("supervisor")
    assert code in (await again.get(LIST, view="overdue"))[1]


async def test_a_list_is_narrowed(console_on_both: Console) -> None:
    """Service, area, state, channel and age each leave out what they do not name."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("supervisor")
    for kept in (
        {"service": "RTLH"},
        {"area": "99.01.01"},
        {"area": SUKAMAJU},
        {"state": "referred"},
        {"channel": "sms"},
        {"agency": "desa-9901012001"},
        {"turn": "agency"},
    ):
        assert f"/cases/{code}" in (await browser.get(LIST, view="open", **kept))[1], kept
    for left_out in (
        {"service": "USAHA"},
        {"area": "99.01.02"},
        {"state": "closed"},
        {"channel": "telegram"},
        {"age": "7"},
    ):
        assert f"/cases/{code}" not in (await browser.get(LIST, view="open", **left_out))[1]


async def test_what_is_unknown_narrows_nothing(console: Console) -> None:
    """An address that somebody made up shows a list, and no error."""
    await file(console)
    browser = await console.sign_in("supervisor")
    for after in ("zzz", f"{2**63}-482109379-0"):
        asked = {"view": "x", "state": "y", "age": "9999", "after": after}
        assert (await browser.get(LIST, **asked))[0] == 200


async def test_pages_follow_each_other_by_keys(console_on_both: Console) -> None:
    """Every case stands on one page, and on one alone."""
    console = console_on_both
    codes = {await file(console, number=number) for number in range(1, 61)}
    browser = await console.sign_in("supervisor")
    _, first = await browser.get(LIST)
    later = first.rpartition("after=")[2].partition('"')[0]
    _, second = await browser.get(LIST, view="open", after=later)
    shown = [{code for code in codes if f"/cases/{code}" in text} for text in (first, second)]
    assert [len(some) for some in shown] == [50, 10]
    assert shown[0] | shown[1] == codes


async def test_a_case_that_is_taken_on_comes_back_untouched(console_on_both: Console) -> None:
    """It is mine for a working day; the day after tomorrow it is anybody's again."""
    console = console_on_both
    code = await file(console)
    account = await console.account("supervisor")
    browser = await console.seat(account)
    status, where = await browser.post(f"/console/cases/{code}/hold", {"do": "take"})
    assert (status, where) == (303, f"/console/cases/{code}?done=taken")
    assert code in (await browser.get(LIST, view="mine"))[1]
    assert code not in (await browser.get(LIST, view="free", turn=""))[1]
    console.play.clock.move(days=2)
    again = await console.seat(account)
    assert code not in (await again.get(LIST, view="mine"))[1]
    assert code in (await again.get(LIST, view="free", turn=""))[1]


async def test_nobody_takes_what_a_colleague_has(console_on_both: Console) -> None:
    """The second one is told, and the first one keeps it."""
    console = console_on_both
    code = await file(console)
    one, two = await console.sign_in("supervisor"), await console.sign_in("supervisor")
    await one.post(f"/console/cases/{code}/hold", {"do": "take"})
    status, text = await two.post(f"/console/cases/{code}/hold", {"do": "take"})
    assert status == 409
    assert "sedang memegangnya" in text
    assert code in (await one.get(LIST, view="mine"))[1]


async def test_a_case_is_given_to_a_colleague_and_let_go_of(console_on_both: Console) -> None:
    """It stands in the colleague's list, who puts it back."""
    console = console_on_both
    code = await file(console)
    giver, taker = await console.sign_in("supervisor"), await console.sign_in("supervisor")
    fields = {"do": "give", "to": taker.account.id}
    assert (await giver.post(f"/console/cases/{code}/hold", fields))[0] == 303
    assert code in (await taker.get(LIST, view="mine"))[1]
    assert (await taker.post(f"/console/cases/{code}/hold", {"do": "let_go"}))[0] == 303
    assert code not in (await taker.get(LIST, view="mine"))[1]


async def test_a_case_is_given_to_nobody_who_may_not_have_it(console: Console) -> None:
    """Neither an account of another office nor one that there is not gets it."""
    code = await file(console)
    giver, stranger = await console.sign_in("supervisor"), await console.sign_in("officer")
    for to in (stranger.account.id, "nobody"):
        status, _ = await giver.post(f"/console/cases/{code}/hold", {"do": "give", "to": to})
        assert status == 409


async def test_a_step_makes_a_case_ones_own(console_on_both: Console) -> None:
    """Whoever accepts it for their office holds it from then on."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("village_operator")
    assert (await step(browser, code, action="accept", once="a"))[0] == 303
    assert code in (await browser.get(LIST, view="mine"))[1]
