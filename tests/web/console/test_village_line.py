"""A village's people at work in their chat: bound by a code, within their scope, never by SMS."""

import re

from msgspec.structs import replace

from conversations.messages import Channel
from referrals.roles import Role
from referrals.ticket import Actor, TicketState
from storage.upkeep.erasing import NOBODY
from tests.bot.living import settle, ticket_of
from tests.bot.playing import Citizen
from tests.web.console.board import ELSEWHERE, NAME, file
from tests.web.console.calling import KK_END, SITI, looked_up
from tests.web.console.conftest import Console, SignedClient

CHAT = "/console/village/chat"
CODE = re.compile(r"/desa (\d{4} \d{4})")
WITNESS = ("tidak punya", "Sri Wahyuni, kader posyandu", "1")
CHATS = (Channel.TELEGRAM, Channel.WHATSAPP)


def chat_on(console: Console, channel: Channel, number: str = "70077") -> Citizen:
    """Return somebody with a chat on *channel*."""
    return Citizen(console.play.house, console.play.phones, number, channel)


async def code_of(browser: SignedClient) -> str:
    """Return the code that the console shows *browser* once."""
    _, page = await browser.post(CHAT, {"do": "code"})
    found = CODE.search(page)
    assert found
    assert found[1] not in (await browser.get(CHAT))[1]
    return found[1]


async def bound(
    console: Console, role: str = "village_operator", office: str = ""
) -> tuple[SignedClient, Citizen]:
    """Return somebody of *role*, and their chat at work."""
    browser = await console.sign_in(role, office)
    chat = chat_on(console, Channel.TELEGRAM)
    assert "Tersambung" in await chat.say(f"/desa {await code_of(browser)}")
    return browser, chat


async def test_a_chat_is_bound_by_the_console_s_code(console_on_both: Console) -> None:
    """The code binds once, on Telegram and on WhatsApp; then the menu is there."""
    console = console_on_both
    browser = await console.sign_in("facilitator")
    for number, channel in enumerate(CHATS, 1):
        code = await code_of(browser)
        chat = chat_on(console, channel, f"7007{number}")
        assert "belum tersambung" in await chat.say("/desa")
        assert "Selamat bekerja" in await chat.say(f"/desa {code}")
        assert "/desa tiket" in await chat.say("/desa")
        thief = chat_on(console, channel, f"8008{number}")
        assert "belum tersambung" in await thief.say(f"/desa {code}")
    assert "2 obrolan tersambung" in (await browser.get(CHAT))[1]


async def test_a_code_ends_and_is_guessed_at_in_vain(console: Console) -> None:
    """After a quarter of an hour it binds nothing, nor does a newer one's predecessor."""
    browser = await console.sign_in("facilitator")
    chat = chat_on(console, Channel.TELEGRAM)
    first = await code_of(browser)
    second = await code_of(browser)
    assert "belum tersambung" in await chat.say(f"/desa {first}")
    console.play.clock.move(minutes=16)
    assert "belum tersambung" in await chat.say(f"/desa {second}")
    for number in range(5):
        await chat.say(f"/desa 0000 000{number}")
    again = await console.sign_in("facilitator")
    assert "belum tersambung" in await chat.say(f"/desa {await code_of(again)}")


async def test_an_sms_binds_nothing(console: Console) -> None:
    """Its sender is easily made up: there the line is a citizen's words like all others."""
    browser = await console.sign_in("facilitator")
    phone = chat_on(console, Channel.SMS, "+6281100000055")
    said = await phone.say(f"/desa {await code_of(browser)}")
    assert "Tersambung" not in said
    assert await console.play.house.store.chats_of(browser.account.id) == ()


async def test_it_ends_with_the_account_and_at_a_word(console_on_both: Console) -> None:
    """Who is suspended works from no chat; who lets go has none either, from both sides."""
    console = console_on_both
    browser, chat = await bound(console)
    assert "diputus" in await chat.say("/desa putus")
    assert "belum tersambung" in await chat.say("/desa tiket")
    await chat.say(f"/desa {await code_of(browser)}")
    await browser.post(CHAT, {"do": "end"})
    assert "belum tersambung" in await chat.say("/desa tiket")
    await chat.say(f"/desa {await code_of(browser)}")
    unit = console.play.house.store.unit()
    unit.change_account(replace(browser.account, state="suspended"))
    await console.play.house.store.commit(unit)
    assert "belum tersambung" in await chat.say("/desa tiket")


async def test_cases_are_worked_on_within_scope(console_on_both: Console) -> None:
    """The village's list and cases, the lifecycle's steps, and another village's never."""
    console = console_on_both
    here = await file(console, number=1)
    there = await file(console, number=2, area=ELSEWHERE)
    await settle(console.play)
    _, chat = await bound(console)
    listed = await chat.tap("Tiket desa")
    assert f"{here[:4]} {here[4:8]}" in listed
    assert f"{there[:4]} {there[4:8]}" not in listed
    assert "bukan untuk Anda" in await chat.say(f"/desa {there}")
    opened = await chat.say(f"/desa {here}")
    assert f"/desa {here} terima" in opened
    assert NAME not in opened
    assert "naik" not in opened
    assert "Sudah" in await chat.say(f"/desa {here} terima")
    assert (await ticket_of(console.play, here)).state is TicketState.IN_PROGRESS
    assert "terima" not in await chat.say(f"/desa {here} terima")
    assert "Tulis juga" in await chat.say(f"/desa {here} naik")
    assert "disimpan" in await chat.say(f"/desa {here} catat Rumah kosong.")
    assert "Tulis juga" in await chat.say(f"/desa {here} catat")
    assert "Sudah" in await chat.say(f"/desa {here} naik Di luar kemampuan desa.")
    assert (await ticket_of(console.play, here)).state is TicketState.REFERRED


async def test_a_message_that_comes_twice_does_one_thing(console: Console) -> None:
    """Delivered again, it changes nothing and is answered once."""
    code = await file(console, number=1)
    await settle(console.play)
    _, chat = await bound(console)
    message = chat.message(f"/desa {code} catat Rumah kosong.")
    before = len(chat.heard)
    for _ in range(2):
        await chat.deliver(message)
    await settle(console.play)
    assert len(chat.heard) == before + 1
    assert len(await console.play.house.store.notes_of(code)) == 1


async def test_binding_anew_is_the_same_chat(console_on_both: Console) -> None:
    """A second code binds the chat that is bound; the first one again changes nothing."""
    console = console_on_both
    browser, chat = await bound(console)
    code = await code_of(browser)
    assert "Tersambung" in await chat.say(f"/desa {code}")
    assert "/desa tiket" in await chat.say(f"/desa {code}")
    store = console.play.house.store
    (bound_one,) = await store.chats_of(browser.account.id)
    assert bound_one.address == chat.address


async def test_a_chat_hears_its_own_language(console: Console) -> None:
    """Who speaks English there is answered so, by the channel's word or by their own choice."""
    browser = await console.sign_in("facilitator")
    chat = chat_on(console, Channel.TELEGRAM)
    await chat.deliver(replace(chat.message(f"/desa {await code_of(browser)}"), language="en"))
    assert "Bound. Good work" in await chat.next()
    await chat.deliver(replace(chat.message("hello"), language="en"))
    await settle(console.play)
    assert "No case waits" in await chat.say("/desa tiket")
    assert "listed in DTSEN" in await chat.say(f"/desa cek {SITI} {KK_END}")


async def test_a_check_goes_by_the_account(console: Console) -> None:
    """Counted for the account and noted in its name; a slip is said."""
    browser, chat = await bound(console, "facilitator")
    assert "terdaftar di DTSEN" in await chat.say(f"/desa cek {SITI} {KK_END}")
    lines = await console.play.house.store.looks_at([], [SITI])
    assert [(one.actor, one.action) for one in lines] == [
        (f"staff:{browser.account.id}", "look_up")
    ]
    assert "16 angka" in await chat.say(f"/desa cek 12345 {KK_END}")
    assert "/desa tiket" in await chat.say("/desa cek")
    await looked_up(console, browser, console.district.looks_a_day - 1)  # and one before
    assert "sudah habis" in await chat.say(f"/desa cek 9901025503550003 {KK_END}")
    assert "terdaftar di DTSEN" in await chat.say(f"/desa cek {SITI} {KK_END}")


async def test_a_village_without_cases_says_so(console: Console) -> None:
    """An empty list is no empty message, and a desa in an answer is no line for us."""
    _, chat = await bound(console)
    assert "Tidak ada tiket" in await chat.say("/desa tiket")
    assert "/desa tiket" not in await chat.say("desa Sukamaju")


async def test_a_resident_s_form_is_filled_in_from_the_chat(console_on_both: Console) -> None:
    """/desa perbaikan is the bot's own form, as to a resident; log and audit name the account."""
    console = console_on_both
    browser, chat = await bound(console, "facilitator")
    await agree(chat)
    assert "NIK orang yang dibantu" in await chat.say("/desa perbaikan")
    code = await filed_for(chat, *WITNESS)
    assert "Pantau dengan /desa tiket" in chat.last
    me = f"staff:{browser.account.id}"
    first, second, *_ = await console.play.house.store.entries(code)
    assert (first.actor, second.actor) == (Actor(Role.FACILITATOR, me),) * 2
    assert (first.event.relation, second.event.method) == ("officer", "witness_spoken")
    noted = [(one.action, one.code) for one in await console.audited(me)]
    assert ("filed", code) in noted
    store = console.play.house.store
    assert [one.action for one in await store.looks_at([], [SITI])] == ["filed"]
    stored = await store.ticket(code)
    assert stored
    assert stored.contact.address == NOBODY
    assert await store.tickets_of(chat.address, 9) == ()
    assert await store.parts_of(chat.address) == []
    assert code[:4] not in await chat.say("lacak")
    await chat.say(f"BATAL {code}")
    assert (await ticket_of(console.play, code)).state is stored.ticket.state
    await settle(console.play)
    assert f"{code[:4]} {code[4:8]}" in await chat.say("/desa tiket")


async def test_who_has_a_telephone_is_asked_though_a_chat_filed_it(console: Console) -> None:
    """The resident's own YA makes it theirs: the news goes to them, and no more to the chat."""
    _, chat = await bound(console, "facilitator")
    await agree(chat)
    await chat.say("/desa usul")
    await chat.say("/desa perbaikan")  # changed their mind
    code = await filed_for(chat, "081298765432")
    await settle(console.play)
    assert (await ticket_of(console.play, code)).state is TicketState.AWAITING_CONSENT
    resident = chat_on(console, Channel.SMS, "+6281298765432")
    await resident.say(f"ya {console.play.house.store.consent_number(code)}")
    await settle(console.play)
    stored = await console.play.house.store.ticket(code)
    assert stored
    assert stored.contact.address == resident.address


async def test_only_who_may_file_does_so_in_the_house_s_name(console: Console) -> None:
    """A role without the power gets the menu; a chat that is bound to nobody is a citizen's."""
    _, chat = await bound(console, "subdistrict")
    await agree(chat)
    assert "/desa tiket" in await chat.say("/desa usul")
    stranger = chat_on(console, Channel.TELEGRAM, "70099")
    await agree(stranger)
    assert "belum tersambung" in await stranger.say("/desa usul")
    await stranger.deliver(stranger.message(picked="resident:DTSEN_PERBAIKAN"))
    assert "NIK orang yang dibantu" in await stranger.next()
    assert "tidak dicatat" in await filled_in(stranger, *WITNESS)
    assert await console.play.house.store.tickets_of(stranger.address, 9) == ()


async def test_who_lost_the_account_files_nothing_more(console_on_both: Console) -> None:
    """A form that was begun at work is filed by nobody once the account is suspended."""
    console = console_on_both
    browser, chat = await bound(console, "facilitator")
    await agree(chat)
    await chat.say("/desa perbaikan")
    await filled_in(chat, *WITNESS[:2])
    unit = console.play.house.store.unit()
    unit.change_account(replace(browser.account, state="suspended"))
    await console.play.house.store.commit(unit)
    assert "tidak dicatat" in await chat.say(WITNESS[2])
    assert await console.play.house.store.tickets_of(chat.address, 9) == ()


async def test_what_they_file_for_a_neighbour_is_theirs(console: Console) -> None:
    """A form from the menu, for somebody they know, is no village's: no account is named."""
    _, chat = await bound(console, "facilitator")
    await agree(chat)
    await chat.say("Perbaikan Data DTSEN")
    await chat.say("1")
    await chat.say("nik tetangga saya")
    assert "NIK orang yang dibantu" in await chat.say("2")
    code = await filed_for(chat, "tidak punya", "Sri Wahyuni, kader posyandu", "1")
    first, *_ = await console.play.house.store.entries(code)
    assert first.actor == Actor(Role.FACILITATOR)


async def agree(chat: Citizen) -> None:
    """Have whoever has *chat* agree to how their data are used, as anybody does."""
    await chat.say("halo")
    await chat.say("1")


async def filled_in(chat: Citizen, *agreed: str) -> str:
    """Fill the form of a correction in, say how they *agreed*, and return what is said to it."""
    place = ("Sukamaju", "ya", "2")  # and what is wrong there
    for text in (SITI, "9901010101100001", *place, "nama yang benar Siti Aminah", "lewati", "ya"):
        said = await chat.say(text)
    for text in agreed:
        said = await chat.say(text)
    return said


async def filed_for(chat: Citizen, *agreed: str) -> str:
    """Do as `filled_in`, and return the code."""
    said = await filled_in(chat, *agreed)
    found = re.search(r"(\d{4}) (\d{4}) (\d)", said)
    assert found, said
    return "".join(found.groups())
