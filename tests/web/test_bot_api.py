"""The demo's stand-in for Telegram."""

from typing import Any

import pytest

from casework.files.cleaning import Clean, cleaned
from conversations.messages import Address, Channel, Choice, Reply
from handlers.delivery import Refused, Unauthorised
from handlers.pace import Pace
from handlers.telegram import Telegram
from handlers.telegram_account import Account
from handlers.wire import Wire
from tests.web.stage import BOT, Client, Telephones, happenings, touch
from web.demo.phones import chat_of


async def test_our_own_client_opens_the_account(demo: Client) -> None:
    """python-telegram-bot itself finds a bot, sets the webhook and offers commands."""
    account = Account(BOT, str(demo.make_url("/simulator/botapi")))
    assert await account.open() == "demo_bot"
    await account.send_updates_to("https://satupintu.example/telegram", "secret")
    await account.offer({"menu": "Menu utama"})
    await account.close()


async def test_a_stranger_is_not_our_bot(demo: Client) -> None:
    """The stand-in knows one token."""
    channel = Telegram(Wire(str(demo.make_url("/simulator/botapi"))), "1:other", Pace(0, 0))
    with pytest.raises(Unauthorised):
        await channel.send(Address(Channel.TELEGRAM, str(chat_of(1))), Reply("halo"))
    await channel.close()


REFUSED = [
    ({"chat_id": chat_of(1), "text": " "}, "message text is empty"),
    ({"chat_id": chat_of(1), "text": "\N{GRINNING FACE}" * 2049}, "message is too long"),
    ({"chat_id": 5, "text": "x"}, "chat not found"),
    ({"chat_id": "abc", "text": "x"}, "can't parse"),
    ({"chat_id": chat_of(1), "text": "x", "reply_markup": "{"}, "can't parse"),
    (
        {
            "chat_id": chat_of(1),
            "text": "x",
            "reply_markup": {"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]},
        },
        "BUTTON_DATA_INVALID",
    ),
]


@pytest.mark.parametrize(("call", "told"), REFUSED)
async def test_the_stand_in_is_as_strict(demo: Client, call: dict[str, Any], told: str) -> None:
    """What Telegram refuses, the stand-in refuses in the same words."""
    answer = await demo.post(f"/simulator/botapi/bot{BOT}/sendMessage", json=call)
    body = await answer.json()
    assert (answer.status, body["ok"], body["error_code"]) == (400, False, 400)
    assert told in body["description"]


async def test_unknown_methods_and_broken_calls(demo: Client) -> None:
    """A method that the demo does not need is not found; broken JSON is a bad request."""
    url = f"/simulator/botapi/bot{BOT}"
    assert (await demo.post(f"{url}/sendInvoice", json={})).status == 404
    json_kind = {"Content-Type": "application/json"}
    assert (await demo.post(f"{url}/sendMessage", data=b"{", headers=json_kind)).status == 400
    assert (await demo.post(f"{url}/sendMessage", json=[1])).status == 400


async def test_edits(demo: Client) -> None:
    """A text can be edited, but not into itself, and not when it never was."""
    url = f"/simulator/botapi/bot{BOT}"
    sent = await demo.post(f"{url}/sendMessage", data={"chat_id": chat_of(1), "text": "satu"})
    number = (await sent.json())["result"]["message_id"]
    edit = {"chat_id": chat_of(1), "message_id": number, "text": "dua"}
    answers = [await demo.post(f"{url}/editMessageText", json=edit) for _ in range(2)]
    assert [a.status for a in answers] == [200, 400]
    assert (
        await demo.post(f"{url}/editMessageText", json={**edit, "message_id": 1})
    ).status == 400
    _, edited = await happenings(demo, 2)
    assert edited["text"] == "dua"


async def test_a_tap_is_answered_once(demo: Client, telephones: Telephones, bot: Telegram) -> None:
    """The bot's short word is shown to whoever tapped; a second answer is too old."""
    await bot.send(Address(Channel.TELEGRAM, str(chat_of(1))), Reply("?", (Choice("a", "A"),)))
    (shown,) = await happenings(demo, 1)
    await touch(demo, kind="tap", message=shown["message"], choice="a")
    query = telephones.telegram[0]["callback_query"]["id"]
    call = {"callback_query_id": query, "text": "Baik"}
    url = f"/simulator/botapi/bot{BOT}/answerCallbackQuery"
    assert [(await demo.post(url, json=call)).status for _ in range(2)] == [200, 400]
    assert (await happenings(demo, 3))[2]["text"] == "Baik"


@pytest.mark.parametrize(
    ("ref", "starts"),
    [("demo-photo-1795344951-1280", b"\xff\xd8\xff"), ("demo-document-7", b"%PDF-1.4")],
)
async def test_a_telephones_file_can_be_fetched(demo: Client, ref: str, starts: bytes) -> None:
    """Our own account fetches it in two hops, and takes it for what it is."""
    account = Account(BOT, str(demo.make_url("/simulator/botapi")))
    await account.open()
    content = await account.fetch(ref, 1 << 20)
    assert content
    assert content.startswith(starts)
    assert isinstance(cleaned(content), Clean)
    assert await account.fetch(ref, 10) is None
    with pytest.raises(Refused):
        await account.fetch("somebody-elses", 1 << 20)
    await account.close()


async def test_a_strangers_file_is_not_there(demo: Client) -> None:
    """Neither without the bot's token, nor a file that no telephone sent."""
    for path in (f"bot{BOT}/files/x", "bot1:other/files/demo-document-7"):
        assert (await demo.get(f"/simulator/botapi/file/{path}")).status == 404
