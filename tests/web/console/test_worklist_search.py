"""Finding cases, and working on many at once: for a reason, and each by its own rules."""

from conversations.messages import Address, Channel
from tests.web.console.board import NIK, PHONE, case_of, file, step
from tests.web.console.calling import looked_up
from tests.web.console.conftest import Console

LIST = "/console/worklist"


async def test_a_code_leads_to_its_case(console_on_both: Console) -> None:
    """However it is spaced; one that is nobody's, or not theirs, is simply not there."""
    console = console_on_both
    code = await file(console)
    vault = await file(console, "PPA", "", number=2)
    browser = await console.sign_in("verifier")
    spaced = f"{code[:4]} {code[4:8]} {code[8:]}"
    found = await browser.post(f"{LIST}/search", {"by": "code", "text": spaced})
    assert found == (303, f"/console/cases/{code}")
    for text in (vault, "482109379", "x"):
        status, _ = await browser.post(f"{LIST}/search", {"by": "code", "text": text})
        assert status == 404


async def test_a_person_is_found_for_a_reason_that_is_kept(console_on_both: Console) -> None:
    """By telephone as by NIK; the audit knows who looked, and the reason lies sealed."""
    console = console_on_both
    code = await file(console)
    browser = await console.sign_in("verifier")
    for by, text in (("phone", "0812 3456 7001"), ("nik", NIK)):
        fields = {"by": by, "text": text, "why": "Warga menelepon kami"}
        status, page = await browser.post(f"{LIST}/search", fields)
        assert status == 200
        assert f"/console/cases/{code}" in page
        assert text not in page
    lines = [
        line
        for line in await console.play.house.store.looks_at([code], [NIK])
        if line.action == "search"
    ]
    assert {line.actor for line in lines} == {f"staff:{browser.account.id}"}
    details = [console.play.house.store.audit_detail(line) for line in lines]
    assert all(detail and b"Warga menelepon" in detail for detail in details)


async def test_nobody_is_looked_for_without_a_reason(console: Console) -> None:
    """Neither is a number that cannot be one; what was typed stays on the page."""
    browser = await console.sign_in("verifier")
    for fields in (
        {"by": "nik", "text": NIK, "why": "."},
        {"by": "nik", "text": "123", "why": "Warga menelepon"},
        {"by": "phone", "text": "12", "why": "Warga menelepon"},
    ):
        status, text = await browser.post(f"{LIST}/search", fields)
        assert status == 422
        assert f'value="{fields["text"]}"' in text


async def test_a_number_is_found_as_a_display_shows_it(console: Console) -> None:
    """Whatever notation a gateway or a caller has it in is what can be looked for."""
    code = await file(console, address=Address(Channel.SMS, PHONE))
    browser = await console.sign_in("verifier")
    for written in (PHONE.replace("+", "00"), PHONE.removeprefix("+62"), f"HP {PHONE}"):
        fields = {"by": "phone", "text": written, "why": "Warga menelepon kami"}
        assert code in (await browser.post(f"{LIST}/search", fields))[1]


async def test_a_number_is_its_chats_for_sixty_days(console: Console) -> None:
    """As in the chat: then operators may have given it to somebody else."""
    chat, phone = Address(Channel.TELEGRAM, "70071"), Address(Channel.SMS, PHONE)
    code, unit = await file(console, address=chat), console.play.house.store.unit()
    unit.link("p1", [chat, phone], console.play.clock.now())
    await console.play.house.store.commit(unit)
    fields = {"by": "phone", "text": PHONE, "why": "Warga menelepon kami"}
    for days, there in ((0, True), (61, False)):
        console.play.clock.move(days=days)
        browser = await console.sign_in("verifier")
        assert (code in (await browser.post(f"{LIST}/search", fields))[1]) is there


async def test_only_so_many_are_looked_for_in_a_day(console: Console) -> None:
    """Then nobody is found by a number any more; by its code a case still is."""
    code, browser = await file(console), await console.sign_in("verifier")
    await looked_up(console, browser, console.district.looks_a_day)
    fields = {"by": "nik", "text": NIK, "why": "Warga menelepon kami"}
    status, text = await browser.post(f"{LIST}/search", fields)
    assert (status, code in text, "Jatah pencarian" in text) == (422, False, True)
    found = await browser.post(f"{LIST}/search", {"by": "code", "text": code})
    assert found == (303, f"/console/cases/{code}")


async def test_only_who_may_search_finds_people(console: Console) -> None:
    """An agency's officer finds cases by their codes and nobody by a NIK."""
    browser = await console.sign_in("officer")
    fields = {"by": "nik", "text": NIK, "why": "Ingin tahu saja"}
    assert (await browser.post(f"{LIST}/search", fields))[0] == 403


async def test_many_are_taken_on_at_once(console_on_both: Console) -> None:
    """Each that is ticked is mine, and the page says so of each."""
    console = console_on_both
    codes = [await file(console, number=number) for number in (1, 2)]
    browser = await console.sign_in("supervisor")
    status, text = await browser.post(f"{LIST}/bulk", {"code": codes, "do": "give", "to": ""})
    assert (status, text.count("Berhasil")) == (200, 2)
    _, mine = await browser.get(LIST, view="mine")
    assert all(code in mine for code in codes)


async def test_of_many_that_are_referred_one_may_fail_alone(console_on_both: Console) -> None:
    """What came back goes on; what an office has at work stays, and the page says why."""
    console = console_on_both
    back, at_work = await file(console, number=1), await file(console, number=2)
    village = await console.sign_in("village_operator")
    fields = {"action": "return", "words": "Bukan wewenang desa", "once": "r"}
    assert (await step(village, back, **fields))[0] == 303
    desk = await console.sign_in("verifier")
    form = {
        "code": [back, at_work],
        "do": "refer",
        "agency": "dinas-perkim",
        "words": "Mohon ditangani",
        "once": "x",
    }
    status, text = await desk.post(f"{LIST}/bulk", form)
    assert status == 200
    assert "1 dari 2" in text
    assert "Kantor lain sedang memegangnya" in text
    assert "desa" not in await _agency(console, back)
    assert await _agency(console, at_work) == "desa-9901012001"
    assert "perkim" in await _agency(console, back)


async def test_what_is_not_ticked_or_not_said_is_asked_for(console: Console) -> None:
    """A form for many without a case, an office or a word does nothing."""
    code = await file(console)
    browser = await console.sign_in("verifier")
    for fields in (
        {"do": "give"},
        {"code": code, "do": "refer", "agency": "nowhere", "words": "Mohon"},
        {"code": code, "do": "refer", "agency": "dinas-perkim", "words": ""},
    ):
        assert (await browser.post(f"{LIST}/bulk", fields))[0] == 422


async def test_only_who_may_works_by_the_dozen(console: Console) -> None:
    """An officer's list has no boxes to tick, and the form is refused them."""
    code = await file(console)
    browser = await console.sign_in("village_operator")
    assert 'type="checkbox"' not in (await browser.get(LIST))[1]
    assert (await browser.post(f"{LIST}/bulk", {"code": code, "do": "give"}))[0] == 403


async def test_an_auditor_has_no_list(console: Console) -> None:
    """Who only reads figures and trails opens no case."""
    code = await file(console)
    browser = await console.sign_in("auditor")
    assert (await browser.get(LIST))[0] == 403
    assert (await browser.get(f"/console/cases/{code}"))[0] == 403


async def test_a_list_tells_no_number_of_a_person(console: Console) -> None:
    """Neither NIK, name nor telephone stands in it."""
    await file(console)
    browser = await console.sign_in("supervisor")
    _, text = await browser.get(LIST)
    assert not any(secret in text for secret in (NIK, "Siti", PHONE, PHONE[3:]))
    code = await file(console, number=3)
    assert await case_of(browser, code)


async def _agency(console: Console, code: str) -> str:
    (ticket,) = await console.play.house.store.bare_tickets([code])
    leg = ticket.open_leg
    return leg.agency if leg else ""
