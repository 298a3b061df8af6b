"""Our account with Telegram: who we are, where updates go, commands and files.

python-telegram-bot speaks here; no message passes through, see handlers.telegram.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta

from telegram import Bot
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from conversations.messages import Address
from handlers.delivery import Blocked, DeliveryError, Moved, Refused, TryLater, Unauthorised
from handlers.pictures import Picture
from handlers.telegram import ALLOWED_UPDATES
from handlers.telegram_request import AiohttpRequest

PHOTOS = frozenset({"image/jpeg", "image/png", "image/webp"})  # that Telegram draws in a chat
CONNECTIONS = 40  # that Telegram may open to our webhook at once


class Account:
    """A bot's account. Every method but close raises DeliveryError when Telegram will not."""

    def __init__(self, token: str, api_url: str) -> None:
        self._bot = Bot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            base_file_url=f"{api_url.rstrip('/')}/file/bot",
            request=AiohttpRequest(),
            get_updates_request=AiohttpRequest(),
        )

    async def open(self) -> str:
        """Check the token and return the bot's username."""
        with _our_errors():
            await self._bot.initialize()
        return self._bot.username

    async def close(self) -> None:
        """Close the connections."""
        await self._bot.shutdown()

    async def send_updates_to(self, url: str, secret: str) -> None:
        """Have updates delivered to the webhook *url*, with *secret* in their header.

        A secret has 1 to 256 letters, digits, underscores and hyphens (Bot API, setWebhook).
        """
        with _our_errors():
            await self._bot.set_webhook(
                url,
                secret_token=secret,
                allowed_updates=ALLOWED_UPDATES,
                max_connections=CONNECTIONS,
            )

    async def keep_updates(self) -> None:
        """Take the webhook away, so that updates wait for polling; none is dropped."""
        with _our_errors():
            await self._bot.delete_webhook(drop_pending_updates=False)

    async def offer(self, commands: Mapping[str, str], language: str | None = None) -> None:
        """Set the menu of commands (name to description), for one language or for all others."""
        with _our_errors():
            await self._bot.set_my_commands(tuple(commands.items()), language_code=language)

    async def fetch(self, ref: str, largest: int) -> bytes | None:
        """Return the file that an Attachment names, None when it has more than *largest* bytes."""
        with _our_errors():
            file = await self._bot.get_file(ref)
            if (file.file_size or 0) > largest:
                return None
            body = await file.download_as_bytearray()
        return bytes(body) if len(body) <= largest else None

    async def show(self, address: Address, picture: Picture) -> None:
        """Show *picture* in a chat: as a photo, or as a document where it is one."""
        with _our_errors():
            if picture.kind in PHOTOS:
                await self._bot.send_photo(address.id, picture.content, filename=picture.name)
            else:
                await self._bot.send_document(address.id, picture.content, filename=picture.name)


@contextmanager
def _our_errors() -> Iterator[None]:
    """Put Telegram's errors into our own words, which never hold the token."""
    try:
        yield
    except TelegramError as error:
        raise _fault(error) from None


def _fault(error: TelegramError) -> DeliveryError:
    match error:
        case RetryAfter():
            return TryLater(_seconds(error.retry_after))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Blocked()
        case InvalidToken():
            return Unauthorised()
        case BadRequest():
            return Refused(error.message[:200])
        case _:
            return TryLater()


def _seconds(after: int | timedelta) -> float:
    return after.total_seconds() if isinstance(after, timedelta) else after
