"""What a caller may hear: their own tickets, what they prove, and the same words for the rest."""

import pytest

from tests.conversations.town import DISTRICT
from tests.web.console.calling import (
    CALLER,
    KK_END,
    SITI,
    agent,
    answers,
    staff_of,
)
from tests.web.console.conftest import Console

ALL = sorted(code for code in DISTRICT.services if code != DISTRICT.status_service)


async def test_the_caller_s_tickets_are_at_hand(console: Console) -> None:
    """Whoever rings again is known by the number; a look at their tickets is noted."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await at_work.whole("PPA")
    await at_work.ring()
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


async def test_accounts_have_so_many_checks_a_day(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody reads the registry through: an account's checks of a day come to an end."""
    monkeypatch.setattr("casework.calls.checking.CHECKS", 2)
    at_work = await agent(console)
    for number in range(3):
        asked = {"from": "", "step": "family", "nik": f"99010141078000{number:02}"}
        await at_work.send(**asked, family_proof=KK_END)
    assert at_work.status == 422
    assert "Jatah pengecekan" in at_work.said


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
    await at_work.ring()
    assert "dipakai beberapa orang" in at_work.said
    assert "read_status" not in at_work.page
    assert 'name="code" value=' not in at_work.page.partition('id="theirs"')[2].partition("</s")[0]
