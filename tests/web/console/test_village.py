"""A village's pages: its three functions, its meetings, its looks in the field."""

import re
from typing import Any

from aiohttp import FormData

from casework.village.outcomes import may_enter
from conversations.messages import Address, Channel
from referrals.ticket import TicketState
from storage.upkeep.erasing import NOBODY
from tests.bot.living import settle, ticket_of
from tests.casework.pictures import fresh_photo
from tests.web.console.board import ELSEWHERE, NAME, NIK, PHONE, file, step
from tests.web.console.calling import KK_END, SITI, looked_up, phone
from tests.web.console.conftest import BROWSER, Console, SignedClient
from web.console.guard import CSRF

VILLAGE = "/console/village"
OTHER = "desa-9901022001"
ONCE = re.compile(r'name="once" value="([^"]+)"')
OFFERED = re.compile(r'<option value="(agreed|put_off|refused)">')
PHOTO = re.compile(r'href="(/console/village/[^"]+/photos/[0-9a-f]{32})"')


async def send(
    browser: SignedClient, path: str, fields: dict[str, Any], *photos: bytes
) -> tuple[int, str]:
    """Send *fields* and *photos* as the form at *path* would; the text of a 303 is its address."""
    form = FormData({CSRF: browser.csrf, **fields}, default_to_multipart=True)
    for number, one in enumerate(photos):
        form.add_field("photos", one, filename=f"{number}.jpg", content_type="image/jpeg")
    answer = await browser.client.post(path, data=form, headers=BROWSER, allow_redirects=False)
    return answer.status, answer.headers.get("Location") or await answer.text()


async def met(console: Console, browser: SignedClient, *photos: bytes, **more: str) -> str:
    """Enter a meeting of today, and return its page's address."""
    _, page = await browser.get(f"{VILLAGE}/meetings")
    once = ONCE.search(page)
    assert once
    today = console.play.clock.now().date().isoformat()
    typed = {"once": once[1], "held": today, "number": "12/BA/2026", "attended": "24"} | more
    status, where = await send(browser, f"{VILLAGE}/meetings", typed, *photos)
    assert status == 303, where
    return where


async def test_the_three_functions_come_first(console: Console) -> None:
    """Check, correct, propose: the first three things, and each leads to its form."""
    browser = await console.sign_in("village_operator")
    status, page = await browser.get(VILLAGE)
    assert status == 200
    places = [page.index(text) for text in ("Cek bansos", "Perbaikan data", "Usul bansos")]
    assert places == sorted(places)
    assert places[-1] < page.index("Tiket desa ini")
    status, form = await browser.post("/console/file", {"service": "DTSEN_USUL"})
    assert status == 200
    assert "Usul Masuk DTSEN" in form


async def test_a_check_is_counted_and_noted(console_on_both: Console) -> None:
    """With NIK and the card's end the registry answers; the look is the account's own."""
    console = console_on_both
    browser = await console.sign_in("facilitator")
    assert (await browser.get(f"{VILLAGE}/check"))[0] == 200
    asked = {"nik": SITI, "proof": KK_END}
    status, page = await browser.post(f"{VILLAGE}/check", asked)
    assert status == 200
    assert "terdaftar di DTSEN" in page
    lines = await console.play.house.store.looks_at([], [SITI])
    who = f"staff:{browser.account.id}"
    assert [(one.actor, one.action) for one in lines] == [(who, "look_up")]
    store, now = console.play.house.store, console.play.clock.now()
    account = browser.account.id
    assert await store.people_looked_up([account], now) == {account: 1}
    assert (await browser.post(f"{VILLAGE}/check", {"nik": "12", "proof": KK_END}))[0] == 422


async def test_one_family_after_the_other_is_checked(console: Console) -> None:
    """Tries on a family count for that family: the eighth of the day is answered too."""
    browser = await console.sign_in("facilitator")
    for number in range(1, 8):
        unknown = {"nik": f"990101410780{number:04}", "proof": "9999"}
        await browser.post(f"{VILLAGE}/check", unknown)
    for _ in range(6):
        await browser.post(f"{VILLAGE}/check", {"nik": "9901014107809999", "proof": "9999"})
    _, page = await browser.post(f"{VILLAGE}/check", {"nik": SITI, "proof": KK_END})
    assert "terdaftar di DTSEN" in page


async def test_an_account_has_so_many_checks_a_day(console: Console) -> None:
    """Whoever used them up is told so, and the registry is not asked."""
    browser = await console.sign_in("facilitator")
    await looked_up(console, browser, console.district.looks_a_day)
    status, page = await browser.post(f"{VILLAGE}/check", {"nik": SITI, "proof": KK_END})
    assert status == 422
    assert "terdaftar di DTSEN" not in page


async def test_an_agenda_tells_names_and_no_numbers(console_on_both: Console) -> None:
    """It holds the village's proposals by name, without NIK or story; taking it is noted."""
    console = console_on_both
    here = await file(console, "DTSEN_USUL", number=1)
    there = await file(console, "DTSEN_USUL", ELSEWHERE, number=2)
    aside = await file(console, "RTLH", number=3)
    browser = await console.sign_in("village_operator")
    _, page = await browser.get(f"{VILLAGE}/agenda")
    assert f"{here[:4]} {here[4:8]}" in page
    assert NAME in page
    assert NIK not in page
    assert page.count("Atap bocor") == 1  # the words of RT and RW, and not those of the story
    for other in (there, aside):
        assert f"{other[:4]} {other[4:8]}" not in page
    noted = await console.audited(f"staff:{browser.account.id}")
    assert [(one.action, one.code) for one in noted] == [("export", here)]


async def test_another_village_has_another_agenda(console: Console) -> None:
    """What lies elsewhere stands on nobody's agenda here, nor in any sheet."""
    code = await file(console, "DTSEN_USUL", number=1)
    stranger = await console.sign_in("village_operator", OTHER)
    assert NAME not in (await stranger.get(f"{VILLAGE}/agenda"))[1]
    _, page = await stranger.post(f"{VILLAGE}/sheets", {"code": code})
    assert NIK not in page
    mine = await met(console, await console.sign_in("village_operator"), fresh_photo())
    assert (await stranger.get(mine))[0] == 404
    where = await met(console, stranger)
    _, said = await stranger.post(where, {f"outcome_{code}": "agreed"})
    assert "bukan untuk Anda" in said
    assert (await ticket_of(console.play, code)).milestone == ""


async def test_a_meeting_s_outcomes_reach_each_citizen_once(console_on_both: Console) -> None:
    """Agreed is the meeting's milestone and leaves the agenda; put off stays; each is told."""
    console = console_on_both
    agreed = await file(console, "DTSEN_USUL", number=1)
    later = await file(
        console, "DTSEN_USUL", number=2, address=Address(Channel.SMS, "+6281234567002")
    )
    browser = await console.sign_in("village_operator")
    where = await met(console, browser)
    chosen = {f"outcome_{agreed}": "agreed", f"outcome_{later}": "put_off"}
    page = ""
    for _ in range(2):  # a form that comes twice
        status, page = await browser.post(where, chosen)
        assert status == 200
    await settle(console.play)
    assert "Ini sudah dilakukan tadi" in page or "sudah menyetujuinya" in page
    assert (await ticket_of(console.play, agreed)).milestone == "musdes"
    told = [reply.text for reply in phone(console, PHONE).heard]
    assert len([text for text in told if "12/BA/2026" in text]) == 1
    assert "setuju" in told[-1]
    other = [reply.text for reply in phone(console, "+6281234567002").heard]
    assert "menundanya" in other[-1]
    _, agenda = await browser.get(f"{VILLAGE}/agenda")
    assert f"{agreed[:4]} {agreed[4:8]}" not in agenda
    assert f"{later[:4]} {later[4:8]}" in agenda


async def test_a_refusal_is_the_lifecycle_s_own(console: Console) -> None:
    """Row 21 takes a case that is at work; before that the page says it cannot be done."""
    code = await file(console, "DTSEN_USUL", number=1)
    browser = await console.sign_in("village_operator")
    first = await met(console, browser)
    _, said = await browser.post(first, {f"outcome_{code}": "refused"})
    assert "Tidak dilakukan" in said
    await step(browser, code, action="accept", once="a1")
    second = await met(console, browser)
    _, said = await browser.post(second, {f"outcome_{code}": "refused"})
    assert "Tidak dilakukan" not in said
    ticket = await ticket_of(console.play, code)
    assert ticket.state is TicketState.DECLINED


async def test_who_does_not_act_for_the_village_enters_no_outcome(console: Console) -> None:
    """A facilitator sees that a meeting was held, and the lifecycle gives them no step in it."""
    code = await file(console, "DTSEN_USUL", number=1)
    where = await met(console, await console.sign_in("village_operator"))
    helper = await console.sign_in("facilitator")
    assert "operator kantor desa" in (await helper.get(where))[1]
    assert (await helper.post(where, {f"outcome_{code}": "agreed"}))[0] == 422
    assert (await ticket_of(console.play, code)).milestone == ""


async def test_a_meeting_offers_what_the_lifecycle_allows(console: Console) -> None:
    """A refusal is open once the village took the case up; what no step takes is not offered."""
    code = await file(console, "DTSEN_USUL", number=1)
    await settle(console.play)
    browser = await console.sign_in("village_operator")
    where = await met(console, browser)
    _, page = await browser.get(where)
    assert OFFERED.findall(page) == ["agreed", "put_off"]
    await step(browser, code, action="accept")
    _, page = await browser.get(where)
    assert OFFERED.findall(page) == ["agreed", "put_off", "refused"]
    status, _ = await step(browser, code, action="return", words="Bukan warga desa ini.")
    assert status == 303
    _, page = await browser.get(where)
    assert OFFERED.findall(page) == []


async def test_whose_outcome_counts_stands_in_the_table(console: Console) -> None:
    """Who acts for an office or verifies at the desk may enter one, as rows 0 and 21 have it."""
    roles = ("village_operator", "subdistrict", "verifier", "facilitator", "auditor", "supervisor")
    staff = [console.staff(await console.account(one)) for one in roles]
    assert [may_enter(one) for one in staff] == [True, True, True, False, False, False]


async def test_minutes_need_a_day_a_number_and_people(console: Console) -> None:
    """What is missing is said, what was typed stays, and the same form twice is one meeting."""
    browser = await console.sign_in("village_operator")
    whole = {"once": "x1", "held": "2026-01-05", "number": "1", "attended": "9"}
    for field, wrong in (("held", "2099-01-01"), ("held", ""), ("number", ""), ("attended", "0")):
        status, page = await send(browser, f"{VILLAGE}/meetings", whole | {field: wrong})
        assert status == 422, field
        assert 'value="x1"' in page
    assert (await send(browser, f"{VILLAGE}/meetings", whole, b"no photo"))[0] == 422
    whole["held"] = console.play.clock.now().date().isoformat()
    first = await send(browser, f"{VILLAGE}/meetings", whole, fresh_photo())
    again = await send(browser, f"{VILLAGE}/meetings", whole, fresh_photo())
    assert first == again
    meetings = await console.play.house.store.meetings_of(browser.account.office, 9)
    assert len(meetings) == 1
    _, page = await browser.get(first[1])
    (photo,) = PHOTO.findall(page)
    assert (await browser.client.get(photo, headers=BROWSER)).status == 200


async def test_a_sheet_is_in_the_order_of_the_registry_s_form(console: Console) -> None:
    """Card, person, place: whole numbers, for who may unmask them, and the audit has it."""
    code = await file(console, "DTSEN_USUL", number=1)
    browser = await console.sign_in("village_operator")
    status, page = await browser.post(f"{VILLAGE}/sheets", {"code": code})
    assert status == 200
    assert page.index(NIK) < page.index(NAME)
    noted = await console.audited(f"staff:{browser.account.id}")
    assert [(one.action, one.code) for one in noted] == [("export", code)]
    helper = await console.sign_in("facilitator")
    assert (await helper.post(f"{VILLAGE}/sheets", {"code": code}))[0] == 403
    assert (await helper.get(f"{VILLAGE}/sheets"))[0] == 303
    desk = await console.sign_in("verifier")
    assert (await desk.post(f"{VILLAGE}/sheets", {"code": code}))[0] == 403


async def test_who_has_no_number_is_named_to_be_told_by_voice(console: Console) -> None:
    """No page says that they are told: a meeting's outcome names them, and so does their case."""
    code = await file(console, "DTSEN_USUL", number=1, address=NOBODY)
    browser = await console.sign_in("village_operator")
    case = (await browser.get(f"/console/cases/{code}"))[1]
    assert "Warga tidak meninggalkan nomor" in case
    assert "dikabari lewat SMS" not in case
    where = await met(console, browser)
    _, page = await browser.post(where, {f"outcome_{code}": "agreed"})
    assert "1 warga tidak punya nomor" in page
    assert f'type="hidden" name="code" value="{code}"' in page  # its sheet is one click away
    _, step_done = await browser.get(f"/console/cases/{code}?done=milestone")
    assert "Kabarnya diteruskan" not in step_done


async def test_a_sheet_is_there_once_the_meeting_agreed(console: Console) -> None:
    """That is when it is typed: from the list of what was agreed, and from the case itself."""
    code = await file(console, "DTSEN_USUL", number=1)
    browser = await console.sign_in("village_operator")
    sheets = f"{VILLAGE}/sheets"
    assert f'value="{code}"' not in (await browser.get(sheets))[1]
    await browser.post(await met(console, browser), {f"outcome_{code}": "agreed"})
    assert f'value="{code}"' in (await browser.get(sheets))[1]
    assert f'action="{sheets}"' in (await browser.get(f"/console/cases/{code}"))[1]
    assert NIK in (await browser.post(sheets, {"code": code}))[1]
