"""What a caller may hear: their own tickets, what they prove, and the same words for the rest."""

from tests.conversations.town import DISTRICT
from tests.web.console.calling import (
    CALLER,
    KK_END,
    NUMBER,
    SITI,
    Agent,
    agent,
    answers,
    looked_up,
    staff_of,
)
from tests.web.console.conftest import Console

ALL = sorted(code for code in DISTRICT.services if code != DISTRICT.status_service)


async def test_the_caller_s_tickets_are_at_hand(console: Console) -> None:
    """Whoever rings again is known by the number; a look at their tickets is noted."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await at_work.whole("PPA")
    sensitive = await at_work.whole("BANSOS_MASALAH")
    await at_work.ring()
    assert "read_status" not in at_work.page
    assert code not in at_work.page
    await at_work.open("")
    assert sensitive not in at_work.page
    assert f"{code[:4]} {code[4:8]} {code[8]}" in at_work.said
    assert "Kekerasan" not in at_work.page.partition('id="theirs"')[2]
    lines = await console.play.house.store.looks_at([code], [])
    assert (staff_of(console, at_work), "search") in [(one.actor, one.action) for one in lines]


async def test_own_tickets_are_read_out(console: Console) -> None:
    """A ticket of the very number that calls needs no proof, as in a chat; it is noted."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await at_work.send(**{"from": CALLER.id, "step": "ticket", "code": code})
    assert "Laporan/Keluhan Lain" in at_work.said
    lines = await console.play.house.store.looks_at([code], [])
    assert "find" in [line.action for line in lines]


async def test_others_prove_their_ticket(console: Console) -> None:
    """From another number the end of the NIK opens a ticket; wrong and unknown read alike."""
    at_work = await agent(console)
    code = await at_work.whole("SUBSIDI")
    asked = {"from": "+6281299999999", "step": "ticket", "code": code}
    await at_work.send(**asked, ticket_proof=SITI[-4:])
    assert "Subsidi" in at_work.said
    await at_work.send(**asked, ticket_proof="9999")
    wrong = at_work.said
    await at_work.send(**asked | {"code": "482109379"}, ticket_proof="9999")
    assert scrubbed(wrong) == scrubbed(at_work.said)
    assert "tidak ditemukan" in wrong


def scrubbed(text: str) -> str:
    """Return *text* without blanks."""
    return " ".join(text.split())


async def test_the_registry_answers_who_proves_the_family(console: Console) -> None:
    """With NIK and the end of the KK number the registry's words are read, and lead on."""
    at_work = await agent(console)
    asked = {"from": CALLER.id, "step": "family", "nik": SITI}
    await at_work.send(**asked, family_proof=KK_END)
    assert "terdaftar di DTSEN" in at_work.said
    lines = await console.play.house.store.looks_at([], [SITI])
    assert [(one.actor, one.action) for one in lines] == [(staff_of(console, at_work), "look_up")]


async def test_wrong_and_unknown_bring_one_answer(console: Console) -> None:
    """A wrong proof and a NIK that nobody has read alike, and lead to the same service."""
    at_work = await agent(console)
    await at_work.send(
        **{"from": CALLER.id, "step": "family", "nik": SITI, "family_proof": "9999"}
    )
    wrong = at_work.said
    unknown = {"nik": "9901034506880005", "family_proof": "9999"}
    await at_work.send(**{"from": CALLER.id, "step": "family"} | unknown)
    assert scrubbed(wrong) == scrubbed(at_work.said)
    lead = {"service": DISTRICT.correct_service, "f.nik": SITI, "from": CALLER.id}
    await at_work.send(**lead)
    assert f'value="{SITI}"' in at_work.page


async def test_proofs_are_limited_as_in_a_chat(console: Console) -> None:
    """After five proofs a day the sixth is not looked at, whoever of the console types it."""
    first, second = await agent(console), await agent(console)
    asked = {"from": CALLER.id, "step": "family", "nik": SITI}
    for _ in range(5):
        await first.send(**asked, family_proof="9999")
    await second.send(**asked, family_proof=KK_END)
    assert "terdaftar di DTSEN" not in second.said
    assert "sudah cukup dulu" in second.said


async def test_accounts_look_up_so_many_people_a_day(console_on_both: Console) -> None:
    """By number, NIK, code or both: then nobody new is looked up, and who was before still is."""
    console = console_on_both
    at_work = await agent(console)
    other = {"from": "+6281299999999"}
    await looked_up(console, at_work.me, console.district.looks_a_day - 1)
    family = {"step": "family", "nik": SITI, "family_proof": KK_END}
    await at_work.send(**{"from": ""} | family)
    assert "terdaftar di DTSEN" in at_work.said
    await at_work.send(**other)
    assert "Jatah pencarian" in at_work.said
    for step in (family | {"nik": "9901025503550003"}, {"step": "ticket", "code": "482109379"}):
        await at_work.send(**{"from": ""} | step)
        assert (at_work.status, "Jatah pencarian" in at_work.said) == (422, True)
    await at_work.send(**{"from": ""} | family)
    assert "terdaftar di DTSEN" in at_work.said
    noted = await console.audited(staff_of(console, at_work))
    assert [one.action for one in noted].count("over_quota") == 3
    assert {one.subject for one in noted if one.action == "over_quota"} == {None}


async def test_who_may_look_up_no_more_still_files(console: Console) -> None:
    """What was filed before is not checked, as the page says; nobody is sent away for it."""
    at_work = await agent(console)
    await looked_up(console, at_work.me, console.district.looks_a_day)
    await at_work.open("SUBSIDI")
    await at_work.review(**answers(DISTRICT.services["SUBSIDI"]))
    assert "tidak dicek" in at_work.said
    assert await at_work.file()


async def test_an_address_looks_nobody_up(console: Console) -> None:
    """Opened with a number the page fills it in; only what is sent looks, and is noted."""
    at_work = await agent(console)
    await at_work.whole("LAIN")
    before = len(await console.audited(staff_of(console, at_work)))
    await at_work.ring()
    assert at_work.form.forms[1]["from"].replace("-", "").replace(" ", "") == NUMBER
    assert len(await console.audited(staff_of(console, at_work))) == before
    await at_work.send(**{"from": CALLER.id, "q": ""})
    assert "Laporan/Keluhan Lain" in at_work.said
    assert "Belum ketemu" not in at_work.said


async def test_what_is_sensitive_is_told_by_proof_alone(console: Console) -> None:
    """Picked from nowhere it is not read out; with its code, or its code and NIK, it is."""
    at_work = await agent(console)
    code = await at_work.whole("BANSOS_MASALAH")
    await at_work.send(**{"from": CALLER.id, "step": "listed", "code": code})
    assert "tidak ditemukan" in at_work.said
    refused = [
        one.code
        for one in await console.audited(staff_of(console, at_work))
        if one.action == "refused"
    ]
    assert refused == [code]
    await at_work.send(**{"from": CALLER.id, "step": "ticket", "code": code})
    assert "tidak ditemukan" not in at_work.said


async def test_what_an_agent_may_not_see_reads_as_unknown(console: Console) -> None:
    """Who answers for one kecamatan tells of no other, however well it is proven."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    away = Agent(console, await console.sign_in("call_agent", areas=("99.01.02",)))
    for step in ("ticket", "listed"):
        await away.send(**{"from": CALLER.id, "step": step, "code": code})
        assert "tidak ditemukan" in away.said
    assert code not in away.page.partition('id="theirs"')[2].partition("</section")[0]


async def test_earlier_help_is_shown_and_hinders_nothing(console: Console) -> None:
    """What the family was filed for before is shown ahead of sending, and never a refusal."""
    at_work = await agent(console)
    first = await at_work.whole("SUBSIDI")
    await at_work.open("SUBSIDI")
    await at_work.review(**answers(DISTRICT.services["SUBSIDI"]))
    assert f"{first[:4]} {first[4:8]} {first[8]}" in at_work.said
    assert "boleh tetap dikirim" in at_work.said
    assert await at_work.file() not in {"", first}


async def test_shared_telephones_show_nobody_s_tickets(console: Console) -> None:
    """Of a telephone that several people use no ticket is listed."""
    at_work = await agent(console)
    await at_work.whole("SUBSIDI")
    await at_work.whole("SUBSIDI", **{"f.nik": "9901025503550003"})
    await at_work.send(**{"from": CALLER.id})
    assert "dipakai beberapa orang" in at_work.said
    assert "read_status" not in at_work.page
    assert 'name="code" value=' not in at_work.page.partition('id="theirs"')[2].partition("</s")[0]
