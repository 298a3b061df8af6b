"""A call comes in: from the ring to the code that is read back, for every service."""

import pytest

from handlers.sms_text import segments
from referrals.directory import FieldKind
from referrals.ticket import Actor, Role, TicketState
from storage.erasing import NOBODY
from tests.bot.living import settle, story_of, ticket_of
from tests.conversations.town import DISTRICT, VOICES
from tests.web.console.calling import (
    CALLER,
    KK_END,
    SITI,
    Agent,
    agent,
    answers,
    phone,
    staff_of,
)
from tests.web.console.conftest import Console

ALL = sorted(code for code in DISTRICT.services if code != DISTRICT.status_service)


async def test_every_service_is_filed_on_both_databases(console_on_both: Console) -> None:
    """Whatever the district offers is filed by telephone, as it would be by chat."""
    at_work = await agent(console_on_both)
    for service in ALL:
        code = await at_work.whole(service)
        assert code, (service, at_work.said)
        ticket = await ticket_of(console_on_both.play, code)
        assert ticket.service == service
        assert ticket.state is not TicketState.AWAITING_CONSENT


async def test_who_typed_it_is_noted(console: Console) -> None:
    """The log and the audit name who typed the form; the ticket is the caller's own."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    store, who = console.play.house.store, staff_of(console, at_work)
    entries = await store.entries(code)
    assert entries[0].actor == Actor(Role.CITIZEN, who)
    lines = await store.looks_at([code], [])
    assert [(line.actor, line.action) for line in lines] == [(who, "filed")]
    stored = await store.ticket(code)
    assert stored
    assert stored.contact.address == CALLER


async def test_the_caller_reads_a_receipt(console: Console) -> None:
    """One short text message with the code reaches the caller's number, and LACAK then answers."""
    at_work = await agent(console)
    code = await at_work.whole("LAIN")
    await settle(console.play)
    caller = phone(console)
    (receipt,) = caller.heard
    assert at_work.console.play.house.district.service_name in receipt.text
    assert f"{code[:4]} {code[4:8]} {code[8]}" in receipt.text
    assert segments(receipt.text).encoding == "gsm7"
    assert segments(receipt.text).count == 1
    consents = await console.play.house.store.consents_of(CALLER)
    assert [one.version for one in consents] == [console.district.consent_version]


@pytest.mark.parametrize("language", sorted(VOICES))
def test_every_receipt_is_one_message(language: str) -> None:
    """Whichever service it names, the receipt costs one text message."""
    say, us, code = VOICES[language], DISTRICT.service_name, "4821 0937 9"
    labels = [DISTRICT.services[service].label.in_language(language) for service in ALL]
    texts = [say("call.receipt", us=us, code=code, service=label) for label in labels]
    texts += [say(f"call.receipt_{kind}", us=us, code=code) for kind in ("private", "asked")]
    assert {segments(text).count for text in texts} == {1}


async def test_who_wants_no_news_gets_none(console: Console) -> None:
    """Without a yes to news nothing is sent, and the ticket is nobody's telephone's."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    await at_work.review(**answers(DISTRICT.services["LAIN"]))
    code = await at_work.file(texts="")
    await settle(console.play)
    assert phone(console).heard == []
    stored = await console.play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == NOBODY


async def test_nothing_is_filed_without_a_yes(console: Console) -> None:
    """Who did not agree to how their data are used has nothing filed; the agent is told why."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    await at_work.review(**answers(DISTRICT.services["LAIN"]))
    assert await at_work.file(agrees="") == ""
    assert at_work.status == 422
    assert "Tanpa persetujuan" in at_work.said
    assert await console.play.house.store.tickets_of(CALLER, 9) == ()


async def test_what_was_changed_is_read_back_again(console: Console) -> None:
    """Whoever changes an answer after the summary reads the new summary before it is sent."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    await at_work.review(**answers(DISTRICT.services["LAIN"]))
    story = next(f.key for f in DISTRICT.services["LAIN"].fields if f.kind is FieldKind.STORY)
    assert await at_work.file(**{f"f.{story}": "cerita yang lain sama sekali"}) == ""
    assert at_work.status == 200
    assert "cerita yang lain sama sekali" in at_work.said
    assert await at_work.file() != ""


async def test_a_form_sent_twice_is_filed_once(console_on_both: Console) -> None:
    """A double click, or a form sent again after its answer was lost, gives the same code."""
    at_work = await agent(console_on_both)
    code = await at_work.whole("LAIN")
    for _ in range(3):
        await at_work.send(**at_work.sent)
        assert at_work.code == code
    found = await console_on_both.play.house.store.tickets_of(CALLER, 9)
    assert [ticket.code for ticket in found] == [code]


async def test_another_account_s_form_is_another_form(console: Console) -> None:
    """Nobody files under, or reads, the name of somebody else's form."""
    first, second = await agent(console), await agent(console)
    code = await first.whole("LAIN")
    await second.send(**first.sent | {"csrf": second.me.csrf})
    assert second.code not in {"", code}


async def test_a_family_card_that_is_no_nik_is_asked_about(console: Console) -> None:
    """What looks like a card's number is cleared by one click, in the page itself."""
    at_work = await agent(console)
    service = DISTRICT.services["SUBSIDI"]
    await at_work.open("SUBSIDI")
    await at_work.review(**answers(service) | {"f.nik": "9901010101100001"})
    assert at_work.status == 422
    assert 'name="a.nik"' in at_work.page
    await at_work.review(**{"f.nik": SITI})
    assert at_work.status == 200


async def test_a_misspelt_village_is_cleared_in_the_page(console: Console) -> None:
    """Typos in a village are forgiven: its full name is offered, and one click takes it."""
    at_work = await agent(console)
    await at_work.open("SUBSIDI")
    await at_work.review(**answers(DISTRICT.services["SUBSIDI"]) | {"f.area": "sukamju"})
    assert at_work.status == 422
    pick = at_work.page.partition('name="a.area" value="')[2].partition('"')[0]
    await at_work.review(**{"a.area": pick})
    assert at_work.status == 200
    code = await at_work.file()
    assert (await ticket_of(console.play, code)).area == "99.01.01.2001"


async def test_suggestions_forgive_typos(console: Console) -> None:
    """While a place is typed its full names are suggested, typos and all."""
    at_work = await agent(console)
    answer = await at_work.me.client.get("/console/call/areas", params={"q": "sukamju"})
    assert await answer.json() == ["Desa Sukamaju, Kecamatan Banyu Asri"]
    answer = await at_work.me.client.get("/console/call/areas", params={"q": "banyu asri"})
    assert len(await answer.json()) > 3


async def test_emergencies_begin_with_numbers_to_call(console: Console) -> None:
    """Before any question of an emergency stand the numbers to call, and nobody is asked first."""
    at_work = await agent(console)
    await at_work.open("BENCANA")
    assert at_work.page.index("112") < at_work.page.index('name="f.happening"')
    await at_work.review(**answers(DISTRICT.services["BENCANA"]))
    assert "Warga setuju" not in at_work.said
    code = await at_work.file(agrees="")
    assert (await ticket_of(console.play, code)).state is TicketState.REFERRED


async def test_words_of_danger_bring_the_numbers(console: Console) -> None:
    """An alarm word in any answer shows the numbers to call, and makes the ticket urgent."""
    at_work = await agent(console)
    story = {"f.story": "rumah kebakaran sekarang di sebelah"}
    await at_work.open("LAIN")
    typed = answers(DISTRICT.services["LAIN"])
    words = next(key for key, value in typed.items() if value.startswith("Sudah"))
    await at_work.review(**typed | {words: story["f.story"]})
    assert "112" in at_work.said
    assert (await ticket_of(console.play, await at_work.file())).priority.value == "P1"


async def test_words_of_violence_offer_the_safe_path(console: Console) -> None:
    """Where the caller speaks of violence, the way without a story is offered."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    typed = answers(DISTRICT.services["LAIN"])
    words = next(key for key, value in typed.items() if value.startswith("Sudah"))
    await at_work.review(**typed | {words: "saya dipukul suami setiap malam"})
    assert DISTRICT.services["PPA"].label.id in at_work.said


async def test_the_safe_path_tells_nobody(console: Console) -> None:
    """No story is asked, nothing is read back, no receipt is sent, and no draft stays anywhere."""
    at_work = await agent(console)
    await at_work.open("PPA")
    assert "data-draft=" not in at_work.page
    assert "<textarea" not in at_work.page
    await at_work.review(**{"f.safe_now": "aman", "f.contact_way": "datang"})
    assert "Aman sekarang:" not in at_work.said
    code = await at_work.file()
    await settle(console.play)
    assert code
    assert phone(console).heard == []
    stored = await console.play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == NOBODY


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
    monkeypatch.setattr("casework.calls.checking.A_DAY", 2)
    at_work = await agent(console)
    for number in range(3):
        asked = {"from": "", "step": "family", "nik": f"99010141078000{number:02}"}
        await at_work.send(**asked, family_proof=KK_END)
    assert at_work.status == 422
    assert "Jatah pengecekan" in at_work.said


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "family", "nik": "123", "family_proof": "0001"},
        {"step": "family", "nik": SITI, "family_proof": "satu"},
        {"step": "ticket", "code": "123456789", "ticket_proof": ""},
        {"from": "<script>alert(1)</script>", "step": "choose"},
    ],
)
async def test_what_cannot_be_read_is_asked_again(
    console: Console, fields: dict[str, str]
) -> None:
    """Half a number is told kindly, and counts as no try."""
    at_work = await agent(console)
    await at_work.send(**{"from": CALLER.id} | fields)
    assert at_work.status == 422
    assert "<script>alert" not in at_work.page


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


async def test_a_caller_s_words_find_the_service(console: Console) -> None:
    """What the caller says in their own words leads to the services it may be about."""
    at_work = await agent(console)
    await at_work.send(**{"from": CALLER.id, "q": "pkh blm cair"})
    likely = at_work.page.partition('id="services"')[2]
    assert "autofocus" in likely.partition("BANSOS_MASALAH")[2][:40]


async def test_a_withheld_number_can_be_served(console: Console) -> None:
    """Who withholds their number files all the same; they keep the code, and get no message."""
    at_work = await agent(console)
    await at_work.open("LAIN", "")
    await at_work.review(**answers(DISTRICT.services["LAIN"]))
    assert "tidak bisa menerima SMS" in at_work.said
    code = await at_work.file()
    stored = await console.play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == NOBODY


@pytest.mark.parametrize("once", ["", "short", "x" * 65, "../../etc/passwd-0000000", "<b>" * 9])
async def test_forms_without_a_name_are_refused(console: Console, once: str) -> None:
    """A form that nobody could send twice is not taken."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    await at_work.review(once=once)
    assert at_work.status == 400


HOSTILE = "<img src=x onerror=alert(1)>{{7*7}}'\"; DROP TABLE tickets;--\u202e\x00"


async def test_hostile_words_stay_words(console: Console) -> None:
    """Whatever a caller says, or somebody types, is text on every page and in the ticket."""
    at_work = await agent(console)
    await at_work.open("LAIN")
    typed = {key: value or HOSTILE for key, value in answers(LAIN).items()}
    typed |= {key: HOSTILE for key, value in typed.items() if value.startswith("Sudah")}
    await at_work.review(**typed, witness=HOSTILE, q=HOSTILE, tongue=HOSTILE)
    assert "<img src=x" not in at_work.page
    await at_work.ring(HOSTILE)
    assert "<img src=x" not in at_work.page
    assert at_work.status == 422


LAIN = DISTRICT.services["LAIN"]


@pytest.mark.parametrize("path", ["/console/call", "/console/file"])
async def test_who_may_not_take_calls_is_refused(console: Console, path: str) -> None:
    """Only roles with the power to take calls, or to file, get in; nothing is told to others."""
    power = path.rpartition("/")[2]
    for role in console.district.staff_roles.values():
        me = await console.sign_in(role.code)
        may = power in {one.value for one in role.powers}
        at_work = Agent(console, me, path)
        assert (await me.get(path))[0] == (200 if may else 403)
        assert (await me.get(f"{path}/areas"))[0] == (200 if may else 403)
        await at_work.send(service="LAIN", step="send", once="0" * 32)
        assert at_work.status == (422 if may else 403)


async def test_nobody_s_form_is_taken_from_elsewhere(console: Console) -> None:
    """A form without the session's own word files nothing."""
    at_work = await agent(console)
    await at_work.whole("LAIN")
    await at_work.send(**at_work.sent | {"csrf": "0" * 32, "once": "f" * 32})
    assert at_work.status == 403


async def test_the_story_is_the_chat_s(console: Console) -> None:
    """What is filed by telephone goes the very way of what is filed by chat."""
    at_work = await agent(console)
    code = await at_work.whole("SUBSIDI")
    assert (await story_of(console.play, code))[:2] == ["submitted", "referred"]
