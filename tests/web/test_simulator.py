"""The demo's telephones: real updates in, real calls out."""

import asyncio
from datetime import timedelta

import pytest
import telegram as ptb

from conversations.messages import Address, Channel, Choice, Reply
from handlers import sms_http, telegram
from handlers.arrival import Arrived
from handlers.delivery import Refused
from handlers.pace import Pace
from handlers.sms_http_gateway import HttpGateway
from handlers.sms_sender import SmsSender
from handlers.telegram import Telegram
from tests import telegram_spec
from tests.web.stage import (
    BROWSER,
    NOW,
    OURS,
    TOUCH,
    Client,
    Page,
    Telephones,
    client,
    demo_app,
    happenings,
    touch,
)
from web.demo.phones import MOST_CITIZENS, MOST_KEPT, Phones, Toast, chat_of, phone_of

TEXT = "/simulator/sms/messages"
EVIL = "<script>alert(1)</script>"
KINDS = [
    {"kind": "text", "text": "halo"},
    {"kind": "text", "text": "/start dari poster"},
    {"kind": "photo"},
    {"kind": "document"},
    {"kind": "place"},
    {"kind": "contact", "name": "Siti"},
]


@pytest.mark.parametrize("touched", KINDS, ids=lambda k: k["kind"])
async def test_touches_become_real_updates(
    demo: Client, telephones: Telephones, touched: dict[str, str]
) -> None:
    """What the telephone posts is an Update: for our channel, the library and the description."""
    assert await touch(demo, **touched) == 200
    (update,) = telephones.telegram
    heard = telegram.read(telephones.bodies[0], NOW)
    assert heard.sender == Address(Channel.TELEGRAM, str(chat_of(1)))
    assert ptb.Update.de_json(update, None).effective_user.language_code == "id"
    if telegram_spec.present():
        assert telegram_spec.faults_of_value("Update", update) == []


async def test_what_is_shared_arrives(demo: Client, telephones: Telephones) -> None:
    """Photo, place and the citizen's own number reach the conversation."""
    for kind in ("photo", "document", "place", "contact"):
        await touch(demo, kind=kind)
    heard = [telegram.read(body, NOW) for body in telephones.bodies]
    assert [a.kind for h in heard for a in h.attachments] == ["photo", "document"]
    assert heard[2].place is not None
    assert heard[3].phone == phone_of(1)


async def test_a_tap_carries_its_button(
    demo: Client, telephones: Telephones, bot: Telegram
) -> None:
    """A tapped button comes back with its value, is acknowledged, and its keyboard goes."""
    choices = (Choice("menu:check", "Cek status"), Choice("menu:track", "Lacak"))
    await bot.send(Address(Channel.TELEGRAM, str(chat_of(1))), Reply("Pilih", choices))
    (shown,) = await happenings(demo, 1)
    assert shown["buttons"][0][0] == {"text": "Cek status", "callback_data": "menu:check"}
    status = await touch(demo, kind="tap", message=shown["message"], choice="menu:check")
    heard = telegram.read(telephones.bodies[0], NOW)
    assert (status, heard.picked) == (200, "menu:check")
    await bot.acknowledge(heard.tap)
    _, _, edited = await happenings(demo, 3)
    assert (edited["kind"], edited["message"]) == ("edited", shown["message"])
    if telegram_spec.present():
        assert telegram_spec.faults_of_value("Update", telephones.telegram[0]) == []


async def test_a_tap_on_nothing(demo: Client, telephones: Telephones) -> None:
    """A button that never was is not delivered."""
    assert await touch(demo, kind="tap", message=5, choice="x") == 400
    assert telephones.bodies == []


async def test_keyboards_that_ask(demo: Client, bot: Telegram) -> None:
    """A request for place or number is shown as keys, and goes with the next message."""
    somebody = Address(Channel.TELEGRAM, str(chat_of(2)))
    await bot.send(somebody, Reply("Di mana?", (Choice("skip", "Lewati"),), ask_place=True))
    await bot.send(somebody, Reply("Terima kasih"))
    asking, thanks = await happenings(demo, 2)
    assert asking["citizen"] == 2
    assert asking["keys"][0][0]["request_location"] is True
    assert asking["keys"][1][0] == {"text": "Lewati"}
    assert thanks["remove_keys"] is True


async def test_sms_travels_through_the_gateway(demo: Client, telephones: Telephones) -> None:
    """A text from the plain telephone is read by our channel, and its answer is counted."""
    sent = await demo.post(TEXT, json={"citizen": 3, "text": "MENU"}, headers=OURS)
    heard = sms_http.read(telephones.bodies[0], NOW)
    assert (sent.status, heard.text) == (200, "MENU")
    assert heard.sender == Address(Channel.SMS, phone_of(3))
    row = sms_http.plain(str(demo.make_url("/simulator/smsgateway")), "")
    gateway = SmsSender(HttpGateway(row, {}), Pace(0, 0))
    await gateway.send(heard.sender, Reply("a" * 161))
    await gateway.close()
    own, taken, answer = await happenings(demo, 3)
    assert (own["parts"], own["encoding"], own["mine"]) == (1, "gsm7", True)
    assert (taken["kind"], taken["status"]) == ("taken", 200)
    assert (answer["parts"], answer["mine"], answer["citizen"]) == (2, False, 3)
    (told,) = sms_http.receipts_by(row, telephones.receipts[0], NOW)
    assert (told.state, told.reference) == (Arrived.DELIVERED, f"demo-{answer['message']}")


async def test_every_delivery_is_new_after_a_restart(telephones: Telephones) -> None:
    """Numbers go on from the clock, so that a database kept from yesterday knows none of them."""
    first, second = Phones(NOW), Phones(NOW + timedelta(hours=1))
    assert first.number() < first.number() < second.number()


async def test_a_busy_server_is_tried_again(
    demo: Client, telephones: Telephones, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 503 is delivered again with the same bytes, as providers do; other answers are final."""
    monkeypatch.setattr("web.demo.simulator.PAUSES", (0, 0, 0))
    telephones.statuses = [503, 503, 200, 400]
    await touch(demo, kind="text", text="halo")
    await touch(demo, kind="text", text="lagi")
    statuses = [h["status"] for h in await happenings(demo, 4) if h["kind"] == "taken"]
    assert statuses == [200, 400]
    assert len(telephones.bodies) == 4
    assert len(set(telephones.bodies)) == 2


async def test_a_page_hears_only_what_it_missed(demo: Client) -> None:
    """A connection that broke goes on where it stopped."""
    await touch(demo, kind="text", text="satu")
    *_, last = await happenings(demo, 2)
    await touch(demo, kind="text", text="dua")
    missed, _ = await happenings(demo, 2, last["id"])
    assert missed["text"] == "dua"


@pytest.mark.parametrize("since", ["1-1", "nonsense", f"{int(NOW.timestamp())}-99"])
async def test_a_page_from_an_earlier_run_starts_anew(demo: Client, since: str) -> None:
    """A page that remembers another run is told to forget, then hears everything."""
    await touch(demo, kind="text", text="halo")
    reset, first, _ = await happenings(demo, 3, since)
    assert reset["event"] == "reset"
    assert first["text"] == "halo"


def test_memory_has_an_end() -> None:
    """Old happenings are forgotten, and a page that missed them is told so."""
    phones = Phones(NOW)
    for n in range(MOST_KEPT + 10):
        phones.show(Toast(citizen=1, text=str(n)))
        phones.remember(n, {})
        phones.await_answer(str(n), 1)
    assert len(phones.since(0)) == MOST_KEPT
    assert (phones.message(9), phones.answered("9")) == (None, None)
    assert (phones.message(10), phones.answered("10")) == ({}, 1)
    assert not phones.reaches(5)
    assert phones.reaches(10)


async def test_listeners_go_when_the_server_stops(telephones: Telephones) -> None:
    """A page that listens does not keep the server from stopping."""
    browser = client(demo_app(telephones))
    await browser.start_server()
    answer = await browser.get("/simulator/events")
    async with asyncio.timeout(3):
        await browser.server.close()
    answer.close()
    await browser.close()


BAD = [
    {"citizen": 0, "kind": "text", "text": "x"},
    {"citizen": MOST_CITIZENS + 1, "kind": "text", "text": "x"},
    {"citizen": 1, "kind": "voice"},
    {"citizen": 1, "kind": "text", "text": "x" * 4097},
    {"kind": "text"},
    ["citizen"],
]


@pytest.mark.parametrize("body", BAD)
async def test_bad_touches(demo: Client, telephones: Telephones, body: object) -> None:
    """What no telephone can do is refused and delivered to nobody."""
    answer = await demo.post(TOUCH, json=body, headers=OURS)
    assert answer.status == 400
    assert telephones.bodies == []


@pytest.mark.parametrize("path", [TOUCH, TEXT])
async def test_other_sites_hold_no_telephone(demo: Client, path: str) -> None:
    """Another site's page cannot send in a citizen's name."""
    headers = {"Sec-Fetch-Site": "cross-site"}
    answer = await demo.post(path, json={"citizen": 1, "text": "x"}, headers=headers)
    assert answer.status == 403


async def test_a_number_nobody_has(demo: Client) -> None:
    """The gateway refuses a number that is none of the demo's, for good."""
    row = sms_http.plain(str(demo.make_url("/simulator/smsgateway")), "")
    gateway = SmsSender(HttpGateway(row, {}), Pace(0, 0))
    with pytest.raises(Refused):
        await gateway.send(Address(Channel.SMS, "+6281299999999"), Reply("halo"))
    await gateway.close()
    answer = await demo.post("/simulator/smsgateway", data=b"{")
    assert answer.status == 400


@pytest.mark.parametrize("language", ["id", "en"])
async def test_the_page_introduces_its_people(demo: Client, language: str) -> None:
    """The page shows the demo's citizens with NIK and proof, and nothing inline."""
    text = await (await demo.get(f"/simulator?lang={language}", headers=BROWSER)).text()
    page = Page(text)
    people = [b for b in page.all("button") if "data-nik" in b]
    assert people[0]["data-nik"] == "9901014107800001"
    assert people[0]["data-proof"] == "0001"
    assert len(people) == 5
    assert page.strange() == []


async def test_what_is_said_is_never_markup(demo: Client) -> None:
    """Markup in a message reaches the page as a JSON text, which it only ever shows as text."""
    await touch(demo, kind="text", text=EVIL)
    (shown, _) = await happenings(demo, 2)
    assert shown["text"] == EVIL
