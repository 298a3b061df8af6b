"""What stands beside a case: notes, who else is at it, whom it is closed to, facilitators."""

import pytest

from conversations.messages import Address, Channel
from tests.web.console.board import NAME, NIK, SUKAMAJU, case_of, file, step
from tests.web.console.conftest import Console


async def test_colleagues_read_notes_and_citizens_never_do(console_on_both: Console) -> None:
    """A note lies sealed; the village's own is for the village and the desk, not for others."""
    console = console_on_both
    code = await file(console)
    village, desk = await console.sign_in("village_operator"), await console.sign_in("verifier")
    note = f"Sudah ditelepon, NIK {NIK}"
    assert (await village.post(f"/console/cases/{code}/note", {"note": note}))[0] == 303
    for browser in (village, desk):
        text = await case_of(browser, code)
        assert "Sudah ditelepon" in text
        assert NIK not in text
    assert (await desk.post(f"/console/cases/{code}/note", {"note": "Milik meja"}))[0] == 303
    assert "Milik meja" not in await case_of(village, code)
    kept = await console.play.house.store.notes_of(code)
    assert [one.office for one in kept] == ["desa-9901012001", "satu-pintu"]


async def test_an_empty_note_is_not_kept(console: Console) -> None:
    """What was typed stays, and the page says how long a note is."""
    code = await file(console)
    browser = await console.sign_in("verifier")
    status, text = await browser.post(f"/console/cases/{code}/note", {"note": "x"})
    assert status == 422
    assert ">x</textarea>" in text


async def test_notes_go_with_their_case(console_on_both: Console) -> None:
    """Who is erased is erased from colleagues' notes too."""
    console = console_on_both
    code, store = await file(console), console.play.house.store
    browser = await console.sign_in("verifier")
    await browser.post(f"/console/cases/{code}/note", {"note": "Warga minta dihapus"})
    stored = await store.ticket(code)
    assert stored is not None
    unit = store.unit()
    unit.erase_ticket(stored.ticket)
    await store.commit(unit)
    assert await store.notes_of(code) == ()


async def test_who_else_has_it_open_is_shown(console_on_both: Console) -> None:
    """Without JavaScript at the next look, with it while one looks; and not for ever."""
    console = console_on_both
    code = await file(console)
    one, two = await console.sign_in("verifier"), await console.sign_in("supervisor")
    assert 'role="status"></p>' in await case_of(one, code)
    assert f"{one.account.own.called} juga sedang membuka" in await case_of(two, code)
    status, body = await one.get(f"/console/cases/{code}/present")
    assert (status, body) == (200, f'{{"present":["{two.account.own.called}"]}}')
    console.play.clock.move(minutes=2)
    assert (await one.get(f"/console/cases/{code}/present"))[1] == '{"present":[]}'


@pytest.mark.parametrize("role", ["officer", "trc", "vault_officer", "data_protection"])
async def test_a_case_opens_to_nobody_else(console: Console, role: str) -> None:
    """Every address of a case answers a stranger as if there were no such case."""
    code = await file(console, area=SUKAMAJU)
    if role == "data_protection":
        code = await file(console, "PPA", "", number=2)
    browser = await console.sign_in(role)
    gone = (await browser.get("/console/cases/482109379"))[1]
    for path in ("", "/files/1-1"):
        status, text = await browser.get(f"/console/cases/{code}{path}")
        assert (status, text) == (404, gone.replace("482109379", code))
    assert (await browser.get(f"/console/cases/{code}/present"))[0] == 404
    for path, fields in (
        ("", {"action": "accept", "once": "a"}),
        ("/note", {"note": "Ingin tahu"}),
    ):
        status, _ = await browser.post(f"/console/cases/{code}{path}", fields)
        assert status == 404
    assert (await browser.post(f"/console/cases/{code}/hold", {"do": "take"}))[0] in {404, 409}
    lines = await console.play.house.store.looks_at([code], [])
    refused = [line.actor for line in lines if line.action == "refused"]
    assert set(refused) == {f"staff:{browser.account.id}"}


async def test_a_facilitator_takes_a_case_up_from_the_own_village(
    console_on_both: Console,
) -> None:
    """Row 16: with a reason, once the village has it at work; the next office gets it."""
    console = console_on_both
    code = await file(console)
    facilitator = await console.sign_in("facilitator")
    assert 'value="escalate"' not in await case_of(facilitator, code)
    village = await console.sign_in("village_operator")
    assert (await step(village, code, action="accept", once="a"))[0] == 303
    text = await case_of(facilitator, code)
    assert 'name="action" value="escalate"' in text
    assert NAME not in text
    higher = "kec-990101"
    form = {"action": "escalate", "better": higher, "words": "Desa tidak mampu", "once": "b"}
    assert (await step(facilitator, code, **form))[0] == 303
    (ticket,) = await console.play.house.store.bare_tickets([code])
    assert [leg.agency for leg in ticket.open_legs] == [higher]
    entries = await console.play.house.store.entries(code)
    assert (entries[-1].actor.role, entries[-1].actor.id) == ("F", "desa-9901012001")


async def test_a_case_is_offered_to_hold_to_who_can_act(console: Console) -> None:
    """Who has no step on a case now is not invited to hold it up for those who have."""
    code = await file(console)
    may = {
        role: 'name="do" value="take"' in await case_of(await console.sign_in(role), code)
        for role in ("village_operator", "facilitator", "call_agent")
    }
    assert may == {"village_operator": True, "facilitator": False, "call_agent": False}


async def test_a_call_agent_takes_no_case_up(console: Console) -> None:
    """Who sits in no village sees the case, and is offered nothing of the village's."""
    code = await file(console)
    village = await console.sign_in("village_operator")
    await step(village, code, action="accept", once="a")
    agent = await console.sign_in("call_agent")
    text = await case_of(agent, code)
    assert 'value="escalate"' not in text
    form = {"action": "escalate", "better": "kec-990101", "words": "Coba", "once": "b"}
    assert (await step(agent, code, **form))[0] in {409, 422}


async def test_whatsapps_window_is_shown(console: Console) -> None:
    """Who never wrote there gets a template, and the officer knows before they write."""
    code = await file(console, address=Address(Channel.WHATSAPP, "6281234567001"))
    browser = await console.sign_in("verifier")
    assert "Jendela WhatsApp tertutup" in await case_of(browser, code)
    citizen = console.play.citizen(Channel.WHATSAPP)
    await citizen.say("halo")
    other = await file(console, number=2, address=citizen.address)
    assert "Jendela WhatsApp terbuka" in await case_of(browser, other)


async def test_a_vault_case_says_nothing_of_channel_or_window(console_on_both: Console) -> None:
    """Its officer works on it; no step becomes a message, and nothing tells where they wrote."""
    console = console_on_both
    code = await file(console, "PPA", "")
    text = await case_of(await console.sign_in("vault_officer"), code)
    assert "Dihubungi lewat" not in text
    assert 'name="preview"' not in text


async def test_forms_alone_lead_to_their_case(console: Console) -> None:
    """Who comes back to a form's address after signing in sees the case."""
    code = await file(console)
    browser = await console.sign_in("verifier")
    for name in ("note", "hold", "reveal"):
        path = f"/console/cases/{code}"
        assert (
            await browser.get(f"{path}/{name}") == (303, path)
            or (await browser.get(f"{path}/{name}"))[0] == 303
        )
