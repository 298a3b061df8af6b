"""The account with Telegram, through python-telegram-bot over aiohttp."""

from collections.abc import AsyncIterator

import pytest

from conversations.messages import Address, Channel
from handlers.delivery import Blocked, DeliveryError, Moved, Refused, TryLater, Unauthorised
from handlers.pictures import Picture
from handlers.telegram_account import Account
from handlers.telegram_request import AiohttpRequest
from tests.fakes.bot_api import TOKEN, BotApi, Trouble


@pytest.fixture
async def account(bot_api: BotApi) -> AsyncIterator[Account]:
    """Return an open account with the fake Telegram."""
    ours = Account(TOKEN, bot_api.url)
    await ours.open()
    yield ours
    await ours.close()


async def test_opening_tells_our_name(bot_api: BotApi) -> None:
    """A valid token gives the bot's username."""
    account = Account(TOKEN, bot_api.url + "/")
    assert await account.open() == "satupintu_bot"
    await account.close()


async def test_the_webhook_is_set_with_its_secret(bot_api: BotApi, account: Account) -> None:
    """Telegram is told where to deliver what, and how we know that it is Telegram."""
    await account.send_updates_to("https://bantuan.example/telegram", "s3cret_-")
    (call,) = bot_api.sent("setWebhook")
    assert call["url"] == "https://bantuan.example/telegram"
    assert call["secret_token"] == "s3cret_-"
    assert call["allowed_updates"] == '["message", "callback_query", "my_chat_member"]'


async def test_taking_the_webhook_away_drops_nothing(bot_api: BotApi, account: Account) -> None:
    """Before polling the webhook goes, and waiting updates stay."""
    await account.keep_updates()
    (call,) = bot_api.sent("deleteWebhook")
    assert call == {"drop_pending_updates": "false"}


async def test_commands_are_offered_by_language(bot_api: BotApi, account: Account) -> None:
    """Telegram's menu shows our commands in the citizen's language."""
    await account.offer({"menu": "Menu utama"}, "id")
    (call,) = bot_api.sent("setMyCommands")
    assert '"menu"' in call["commands"]
    assert call["language_code"] == "id"


async def test_a_file_is_fetched_up_to_a_size(bot_api: BotApi, account: Account) -> None:
    """A photo comes whole, or not at all when it is too large."""
    bot_api.files["foto-1"] = b"x" * 5000
    assert await account.fetch("foto-1", 5000) == b"x" * 5000
    assert await account.fetch("foto-1", 4999) is None


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("image/jpeg", "sendPhoto"),
        ("image/webp", "sendPhoto"),
        ("application/pdf", "sendDocument"),
    ],
)
async def test_a_picture_is_shown(
    bot_api: BotApi, account: Account, kind: str, method: str
) -> None:
    """A photo is drawn in the chat, a document lies there to be opened; both arrive whole."""
    await account.show(Address(Channel.TELEGRAM, "77"), Picture(kind, b"\xff" * 3000, "3-1.jpg"))
    assert bot_api.shown == [(method, b"\xff" * 3000)]
    assert bot_api.calls[-1].parameters["chat_id"] == "77"
    assert bot_api.violations == []


async def test_a_picture_that_telegram_does_not_take(bot_api: BotApi, account: Account) -> None:
    """Too large is refused for good, an outage is for now, and who blocked us gets none."""
    chat = Address(Channel.TELEGRAM, "77")
    with pytest.raises(Refused):
        await account.show(chat, Picture("image/jpeg", bytes(11 << 20), "3-1.jpg"))
    bot_api.troubles.append(Trouble(502, "Bad Gateway"))
    with pytest.raises(TryLater):
        await account.show(chat, Picture("image/jpeg", b"x", "3-1.jpg"))
    bot_api.blocked.add(77)
    with pytest.raises(Blocked):
        await account.show(chat, Picture("image/jpeg", b"x", "3-1.jpg"))


async def test_an_unknown_file_is_refused(bot_api: BotApi, account: Account) -> None:
    """A file that Telegram no longer has is not asked for again."""
    with pytest.raises(Refused, match="never take"):
        await account.fetch("foto-2", 5000)


@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (Trouble(429, "Too Many Requests", retry_after=3), TryLater),
        (Trouble(500), TryLater),
        (Trouble(502, page="<html>"), TryLater),
        (Trouble(401, "Unauthorized"), Unauthorised),
        (Trouble(403, "Forbidden: bot was kicked"), Blocked),
        (Trouble(400, "group upgraded", migrate_to=-1001), Moved),
        (Trouble(400, "Bad Request: bad webhook: HTTPS url must be provided"), Refused),
    ],
)
async def test_every_failure_is_one_of_the_family(
    bot_api: BotApi, account: Account, trouble: Trouble, kind: type
) -> None:
    """python-telegram-bot's errors become ours."""
    bot_api.troubles.append(trouble)
    with pytest.raises(DeliveryError) as caught:
        await account.keep_updates()
    assert type(caught.value) is kind


async def test_a_wrong_token_is_never_repeated_in_the_error(bot_api: BotApi) -> None:
    """What the operator sees of a refused token holds no token."""
    bot_api.troubles.append(Trouble(401, "Unauthorized"))
    account = Account(TOKEN, bot_api.url)
    with pytest.raises(Unauthorised) as caught:
        await account.open()
    assert TOKEN not in str(caught.value)
    assert caught.value.__suppress_context__
    await account.close()


async def test_a_silent_telegram_is_given_up(bot_api: BotApi, account: Account) -> None:
    """A hanging call ends at the transport's timeout."""
    bot_api.troubles.append(Trouble(hang=True))
    account._bot.request._timeout = 0.1
    with pytest.raises(TryLater):
        await account.keep_updates()


async def test_no_telegram_at_all_is_tried_later() -> None:
    """No connection means: again later."""
    account = Account(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(TryLater):
        await account.open()
    await account.close()


async def test_an_endless_answer_is_cut_off(
    bot_api: BotApi, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A body beyond the transport's bound is not read on."""
    monkeypatch.setattr("handlers.telegram_request.LARGEST", 1000)
    bot_api.files["foto-1"] = b"x" * 5000
    with pytest.raises(TryLater):
        await account.fetch("foto-1", 10_000)


async def test_the_transport_must_be_opened_first() -> None:
    """A call before opening fails as a network error, not as a bug."""
    account = Account(TOKEN, "http://127.0.0.1:9")
    with pytest.raises(TryLater):
        await account.keep_updates()


async def test_opening_the_transport_twice_is_harmless() -> None:
    """The session is made once and closed once."""
    transport = AiohttpRequest()
    await transport.initialize()
    session = transport._session
    await transport.initialize()
    assert transport._session is session
    assert transport.read_timeout == 20
    await transport.shutdown()
    await transport.shutdown()
