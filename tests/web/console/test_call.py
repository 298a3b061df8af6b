"""A call comes in: from the ring to the code that is read back, for every service."""

import re

import pytest

from handlers.sms_text import segments
from referrals.district.directory import FieldKind
from referrals.roles import Role
from referrals.ticket import Actor, TicketState
from storage.upkeep.erasing import NOBODY
from tests.bot.living import settle, story_of, ticket_of
from tests.conversations.town import DISTRICT, VOICES
from tests.web.console.calling import (
    CALLER,
    SITI,
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
    told = " ".join(at_work.said.split())
    assert "LACAK" not in told  # which a caller cannot answer
    assert "Telepon kami lagi" in told
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


async def test_a_callers_first_words_of_danger_bring_the_numbers(console: Console) -> None:
    """Who says it while a service is looked for is read the numbers, and offered the safe way."""
    at_work = await agent(console)
    await at_work.ring()
    quiet = at_work.page.count('role="alert"')
    await at_work.send(**{"from": CALLER.id, "q": "suami saya suka mukulin saya"})
    assert at_work.page.count('role="alert"') == quiet + 1
    assert "Anda tidak sendiri" in at_work.said
    assert "Belum ketemu" not in at_work.said
    safe = next(one for one in DISTRICT.services.values() if one.safe_path)
    buttons = [one["value"] for one in at_work.form.buttons if one["name"] == "service"]
    assert buttons[0] == safe.code


async def test_the_numbers_are_always_one_key_away(console: Console) -> None:
    """Every number that is shown in this district stands on the page, whatever is said."""
    at_work = await agent(console)
    await at_work.ring()
    numbers = at_work.page.partition('<details class="numbers">')[2].partition("</details>")[0]
    assert re.findall(r"<strong>(\d+)</strong>", numbers) == [
        one.number for one in DISTRICT.hotlines if one.active
    ]


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


async def test_the_story_is_the_chat_s(console: Console) -> None:
    """What is filed by telephone goes the very way of what is filed by chat."""
    at_work = await agent(console)
    code = await at_work.whole("SUBSIDI")
    assert (await story_of(console.play, code))[:2] == ["submitted", "referred"]
