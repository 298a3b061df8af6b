"""Sending to Telegram, which may refuse, be slow, or be away."""

import asyncio
import time

import pytest

from conversations.messages import Address, Channel, Choice, Reply
from handlers.delivery import Blocked, DeliveryError, Moved, Refused, TryLater, Unauthorised
from handlers.pace import Pace
from handlers.telegram import Tap, Telegram
from handlers.wire import Wire
from tests.fakes.bot_api import TOKEN, BotApi, Trouble

CITIZEN = Address(Channel.TELEGRAM, "700001")
HELLO = Reply("Selamat datang")
LONG = Reply("Satu kalimat saja. " * 600)  # three messages


async def failure(telegram: Telegram, reply: Reply = HELLO) -> DeliveryError:
    """Return how sending *reply* fails."""
    with pytest.raises(DeliveryError) as caught:
        await telegram.send(CITIZEN, reply)
    return caught.value


async def test_a_reply_arrives(bot_api: BotApi, telegram: Telegram) -> None:
    """The text and its buttons reach the citizen's chat."""
    await telegram.send(CITIZEN, Reply("Apa?", (Choice("menu:cek", "Cek status"),)))
    (sent,) = bot_api.sent()
    assert (sent["chat_id"], sent["text"]) == (700001, "Apa?")
    assert sent["reply_markup"]["inline_keyboard"][0][0]["callback_data"] == "menu:cek"


@pytest.mark.parametrize(
    ("trouble", "kind", "after"),
    [
        (Trouble(429, "Too Many Requests", retry_after=7), TryLater, 7),
        (Trouble(500), TryLater, None),
        (Trouble(502, page="<html>Bad Gateway</html>"), TryLater, None),
        (Trouble(403, page="<html>Proxy: forbidden</html>"), TryLater, None),
        (Trouble(200, page="<html>Log in to this network</html>"), TryLater, None),
        (Trouble(403, "Forbidden: user is deactivated"), Blocked, None),
        (Trouble(401, "Unauthorized"), Unauthorised, 300),
        (Trouble(404, "Not Found"), Unauthorised, 300),
    ],
)
async def test_a_failure_says_what_to_do(
    bot_api: BotApi, telegram: Telegram, trouble: Trouble, kind: type, after: float | None
) -> None:
    """Each way to fail is one of the family; a proxy's page is never a word on the citizen."""
    bot_api.troubles.append(trouble)
    error = await failure(telegram)
    assert type(error) is kind
    assert error.after == after


async def test_a_yes_is_understood_however_it_is_written(
    bot_api: BotApi, telegram: Telegram
) -> None:
    """A Bot API server of one's own may put spaces into its JSON."""
    bot_api.troubles.append(Trouble(200, page='{ "result": true, "ok": true }'))
    await telegram.send(CITIZEN, HELLO)


async def test_a_blocked_citizen_is_known_as_such(bot_api: BotApi, telegram: Telegram) -> None:
    """Who blocked us is not tried again."""
    bot_api.blocked.add(700001)
    error = await failure(telegram)
    assert isinstance(error, Blocked)
    assert not error.retry


async def test_a_chat_that_nobody_knows_is_refused(bot_api: BotApi, telegram: Telegram) -> None:
    """Our own mistakes are parked with Telegram's word."""
    bot_api.strangers.add(700001)
    error = await failure(telegram)
    assert isinstance(error, Refused)
    assert error.reason == "Bad Request: chat not found"


async def test_a_moved_chat_gives_its_new_id(bot_api: BotApi, telegram: Telegram) -> None:
    """A migrated chat is followed by whoever keeps addresses."""
    bot_api.troubles.append(Trouble(400, "group upgraded", migrate_to=-1001))
    error = await failure(telegram)
    assert isinstance(error, Moved)
    assert error.to == "-1001"


async def test_a_button_beyond_telegrams_limit_is_refused(
    bot_api: BotApi, telegram: Telegram
) -> None:
    """A choice's value of more than 64 bytes is our fault and is parked."""
    error = await failure(telegram, Reply("x", (Choice("v" * 65, "x"),)))
    assert isinstance(error, Refused)
    bot_api.violations.clear()  # the description says so too


async def test_a_silent_server_is_given_up(bot_api: BotApi, telegram: Telegram) -> None:
    """A call that hangs ends at the timeout, and the next one goes through."""
    bot_api.troubles.append(Trouble(hang=True))
    assert isinstance(await failure(telegram), TryLater)
    await telegram.send(CITIZEN, HELLO)
    assert len(bot_api.sent()) == 2


async def test_a_server_that_is_away_is_tried_later() -> None:
    """No connection means: again later."""
    telegram = Telegram(Wire("http://127.0.0.1:9"), TOKEN, Pace(0, 0))
    assert isinstance(await failure(telegram), TryLater)
    await telegram.close()


async def test_a_long_reply_goes_on_where_it_was_cut_short(
    bot_api: BotApi, telegram: Telegram
) -> None:
    """Parts that arrived are not sent twice."""
    bot_api.troubles += [None, Trouble(503)]
    await failure(telegram, LONG)
    await telegram.send(CITIZEN, LONG)
    first, lost, again, last = (sent["text"] for sent in bot_api.sent())
    assert lost == again
    assert "".join((first + again + last).split()) == "".join(LONG.text.split())


async def test_a_long_reply_of_which_nothing_arrived_starts_afresh(
    bot_api: BotApi, telegram: Telegram
) -> None:
    """A first part that failed is sent again with all the others."""
    bot_api.troubles.append(Trouble(503))
    await failure(telegram, LONG)
    await telegram.send(CITIZEN, LONG)
    assert len(bot_api.sent()) == 1 + 3


async def test_another_reply_forgets_the_one_cut_short(
    bot_api: BotApi, telegram: Telegram
) -> None:
    """A half-sent reply that was given up does not eat the next one's beginning."""
    bot_api.troubles += [None, None, Trouble(503)]
    await failure(telegram, LONG)
    await telegram.send(CITIZEN, HELLO)
    assert [sent["text"] for sent in bot_api.sent()][3:] == ["Selamat datang"]
    assert telegram._begun.resume(CITIZEN.id, LONG) == ()


async def test_retry_after_makes_the_chat_rest(bot_api: BotApi, telegram: Telegram) -> None:
    """After a 429 the next message to that chat waits as long as Telegram asked."""
    bot_api.troubles.append(Trouble(429, "Too Many Requests", retry_after=0.2))
    began = time.monotonic()
    await failure(telegram)
    await telegram.send(CITIZEN, HELLO)
    assert time.monotonic() - began >= 0.2


async def test_a_tap_is_acknowledged_and_its_keyboard_removed(
    bot_api: BotApi, telegram: Telegram
) -> None:
    """The button stops spinning and cannot be tapped again."""
    await telegram.acknowledge(Tap("77", 700001, 52))
    assert bot_api.sent("answerCallbackQuery") == [{"callback_query_id": "77"}]
    assert bot_api.sent("editMessageReplyMarkup") == [{"chat_id": 700001, "message_id": 52}]


async def test_acknowledging_never_fails(bot_api: BotApi, telegram: Telegram) -> None:
    """A stale query, a deleted message or an outage is nobody's trouble."""
    await telegram.acknowledge(Tap("77", 700001))
    await telegram.acknowledge(Tap("77", 700001, 52))
    bot_api.troubles += [Trouble(500), Trouble(400, "Bad Request: message is not modified")]
    await telegram.acknowledge(Tap("78", 700001, 52))
    assert len(bot_api.sent("editMessageReplyMarkup")) == 2


async def test_many_citizens_are_answered_side_by_side(
    bot_api: BotApi, telegram: Telegram
) -> None:
    """A hundred replies at once all arrive, each in its own chat."""
    people = [Address(Channel.TELEGRAM, str(700000 + n)) for n in range(100)]
    await asyncio.gather(*(telegram.send(person, HELLO) for person in people))
    assert {sent["chat_id"] for sent in bot_api.sent()} == {int(p.id) for p in people}
