"""What callers answer by telephone: after their proof, noted as said to whom, and told."""

from referrals.roles import Role
from referrals.ticket import TicketState
from tests.web.console.calling import CALLER, SITI, Agent, agent, phone, staff_of
from tests.web.console.conftest import Console
from web.console.guard import CSRF

OTHER = "+6281299999999"


async def named(at_work: Agent, code: str, number: str = CALLER.id, proof: str = "") -> None:
    """Have a caller from *number* name *code*, and the end of its NIK."""
    asked = {"from": number, "step": "ticket", "code": code, "ticket_proof": proof}
    await at_work.send(**asked)


def answer_form(at_work: Agent, name: str) -> dict[str, str]:
    """Return the form by which *name* is answered."""
    form = next(one for one in at_work.form.forms if one.get("answer") == name)
    return {key: value for key, value in form.items() if key != CSRF}


async def state_of(console: Console, code: str) -> TicketState:
    """Return where *code* stands."""
    stored = await console.play.house.store.ticket(code)
    assert stored
    return stored.ticket.state


async def test_a_named_code_from_its_own_number_is_answered(console: Console) -> None:
    """The log has F with the operator, the audit too, and the ticket's telephone is told."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await named(at_work, code)
    await at_work.send(**answer_form(at_work, "batal") | {"reason": "Sudah beres sendiri."})
    assert at_work.status == 200, at_work.said
    assert await state_of(console, code) is TicketState.CLOSED
    last = (await console.play.house.store.entries(code))[-1]
    assert (last.actor.role, last.actor.id) == (Role.FACILITATOR, staff_of(console, at_work))
    audited = await console.audited(staff_of(console, at_work))
    assert ("spoken", code) in [(one.action, one.code) for one in audited]
    await console.play.phones.wait_until(lambda: "BATAL" in phone(console).last)


async def test_a_ticket_picked_from_the_list_is_only_read(console: Console) -> None:
    """Who did not name the code hears how it stands, and answers nothing."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await at_work.send(**{"from": CALLER.id, "step": "listed", "code": code})
    assert "Laporan/Keluhan Lain" in at_work.said
    assert 'name="answer"' not in at_work.page


async def test_others_answer_by_proof(console: Console) -> None:
    """From another number the end of the NIK lets answer; a wrong one shows nothing."""
    at_work = await agent(console)
    code = await at_work.whole("SUBSIDI")
    await named(at_work, code, OTHER, "9999")
    assert 'name="answer"' not in at_work.page
    await named(at_work, code, OTHER, SITI[-4:])
    assert answer_form(at_work, "batal")["from"] == OTHER


async def test_a_shared_telephone_proves_nobody(console: Console) -> None:
    """Of a telephone that several people use the end of the NIK is wanted, and the right one."""
    at_work = await agent(console)
    code = await at_work.whole("SUBSIDI")
    await at_work.whole("SUBSIDI", **{"f.nik": "9901025503550003"})
    for proof in ("", "9999"):
        await named(at_work, code, proof=proof)
        assert 'name="answer"' not in at_work.page
    await named(at_work, code, proof=SITI[-4:])
    assert answer_form(at_work, "batal")


async def test_an_answer_needs_its_reason(console: Console) -> None:
    """Without a reason nothing is done, and what was typed stays open to be sent again."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await named(at_work, code)
    await at_work.send(**answer_form(at_work, "batal") | {"reason": " "})
    assert at_work.status == 422
    assert await state_of(console, code) is not TicketState.CLOSED


async def test_an_answer_that_comes_twice_is_one(console: Console) -> None:
    """The same form again reads as done and adds nothing to the log; another one is too late."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await named(at_work, code)
    sent = answer_form(at_work, "batal") | {"reason": "Sudah beres sendiri."}
    await at_work.send(**sent)
    entries = await console.play.house.store.entries(code)
    await at_work.send(**sent)
    assert at_work.status == 200
    await at_work.send(**sent | {"once": "f" * 32})
    assert at_work.status == 409
    assert await console.play.house.store.entries(code) == entries


async def test_a_proof_is_one_account_s_for_one_call(console: Console) -> None:
    """Another account, another number, a changed word and a late one are refused."""
    at_work, other = await agent(console), await agent(console)
    code = await at_work.whole("LAIN")
    await named(at_work, code)
    form = answer_form(at_work, "batal") | {"reason": "Sudah beres."}
    await other.send(**form)
    assert other.status == 422
    for changed in ({"from": OTHER}, {"word": "482109379" + form["word"][9:]}, {"word": ""}):
        await at_work.send(**form | changed)
        assert at_work.status == 422
    console.play.clock.move(minutes=21)
    await at_work.send(**form)
    assert at_work.status == 422
    assert await state_of(console, code) is not TicketState.CLOSED


async def test_who_may_be_pressed_is_asked_first(console: Console) -> None:
    """A sensitive ticket is taken back only where the caller said that nobody makes them."""
    at_work = await agent(console)
    code = await at_work.whole("PBI_USUL")
    await named(at_work, code, proof=SITI[-4:])
    form = answer_form(at_work, "batal") | {"reason": "Tidak jadi."}
    await at_work.send(**form)
    assert (at_work.status, await state_of(console, code)) != (200, TicketState.CLOSED)
    assert "memaksa" in at_work.said
    await at_work.send(**form | {"unforced": "on"})
    assert await state_of(console, code) is TicketState.CLOSED


async def test_a_vault_s_ticket_is_answered_nowhere(console: Console) -> None:
    """What the safe path filed reads as unknown, from whatever number."""
    at_work = await agent(console)
    code = await at_work.whole("PPA")
    await named(at_work, code)
    assert "tidak ditemukan" in at_work.said
    assert 'name="answer"' not in at_work.page
