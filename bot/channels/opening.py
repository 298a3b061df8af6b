"""The channels that the settings ask for, and what each needs to run."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

import structlog
from msgspec import Struct, field
from redis.asyncio import Redis

from bot.channels.gateways import announce, open_android, open_http
from bot.channels.kannel import sender_through, smsbox_of
from bot.channels.whatsapp import Acquaintance, account_of, open_whatsapp
from bot.files import Media
from bot.keys import salt_of
from bot.running.background import Background
from bot.sending.outbox import Sender
from bot.settings import Settings, SettingsError
from casework.files.evidence import Fetch
from conversations.messages import Address, Channel
from conversations.say import LANGUAGES, Say, Voices
from handlers.delivery import DeliveryError, TryLater
from handlers.pace import Pace, SharedPace
from handlers.pictures import Picture, Show
from handlers.sms_kannel import Kannel
from handlers.sms_sender import SmsSender
from handlers.telegram import Tap, Telegram
from handlers.telegram_polling import Polling
from handlers.whatsapp_account import Account as WhatsappAccount
from handlers.whatsapp_media import File
from handlers.whatsapp_sender import Whatsapp
from handlers.wire import Wire
from web.hooks.webhooks import OK, Webhook

if TYPE_CHECKING:
    from handlers.telegram_account import Account

REGISTER_AGAIN = (1.0, 5.0, 30.0, 60.0, 300.0, 900.0, 3600.0)  # seconds between tries
COMMANDS = ("menu", "bantuan", "petugas", "darurat", "bahasa")  # Telegram shows these
TAKEN = frozenset({OK, 400})  # committed, or never to be understood

log = structlog.get_logger()


def commands_in(say: Say) -> dict[str, str]:
    """Return the words understood everywhere, as Telegram's menu of commands shows them."""
    return {name: say(f"door.command_{name}") for name in COMMANDS}


def _account(settings: Settings) -> "Account":
    """Return the bot's account; its library is large, and a server starts faster without it."""
    from handlers.telegram_account import Account  # noqa: PLC0415 - see above

    return Account(settings.telegram_token, settings.telegram_api_url)


class Channels(Struct, kw_only=True):
    """The open channels. *senders* is what the outbox delivers through."""

    settings: Settings
    senders: dict[Channel, Sender]
    background: Background
    telegram: Telegram | None = None
    pace: Pace | None = None  # of Telegram
    account: "Account | None" = None
    polling: Polling | None = None
    whatsapp: Whatsapp | None = None
    whatsapp_account: WhatsappAccount | None = None
    acquaintance: Acquaintance = field(default_factory=Acquaintance)
    sms: SmsSender | None = None
    kannel: Kannel | None = None
    redis: Redis | None = None

    @property
    def fetchers(self) -> dict[Channel, Fetch]:
        """Where citizens' files are fetched from."""
        found: dict[Channel, Fetch] = {}
        if self.telegram is not None:
            found[Channel.TELEGRAM] = self._fetch
        if self.whatsapp_account is not None:
            found[Channel.WHATSAPP] = self.whatsapp_account.fetch
        return found

    @property
    def media(self) -> Media:
        """Where citizens' files are fetched from, and ours are shown."""
        return Media(self.fetchers, self.shows)

    @property
    def shows(self) -> dict[Channel, Show]:
        """Where pictures of ours can be shown."""
        found: dict[Channel, Show] = {}
        if self.telegram is not None:
            found[Channel.TELEGRAM] = self._show_on_telegram
        if self.whatsapp is not None:
            found[Channel.WHATSAPP] = self._show_on_whatsapp
        return found

    async def _show_on_telegram(self, address: Address, picture: Picture) -> None:
        if self.account is None or self.pace is None:
            raise TryLater
        await self.pace.wait(address.id)
        await self.account.show(address, picture)

    async def _show_on_whatsapp(self, address: Address, picture: Picture) -> None:
        assert self.whatsapp is not None  # noqa: S101 - only asked for where there is WhatsApp
        assert self.whatsapp_account is not None  # noqa: S101 - opened together
        await self.whatsapp.must_be_open(address)
        upload = self.whatsapp_account.upload
        media = await upload(picture.content, picture.kind, picture.name)
        await self.whatsapp.send_file(address, File(picture.kind, media=media, name=picture.name))

    async def _fetch(self, ref: str, largest: int) -> bytes | None:
        if self.account is None:
            raise TryLater
        return await self.account.fetch(ref, largest)

    def acknowledge(self, tap: Tap) -> None:
        """Stop a tapped button's spinner, soon and without anybody waiting for it."""
        if self.telegram is not None:
            self.background.start(self.telegram.acknowledge(tap))

    async def register(self, voices: Voices) -> None:
        """Tell Telegram where updates go and what can be asked, until it listens."""
        if self.telegram is None:
            return
        account = self.account = await asyncio.to_thread(_account, self.settings)
        await _until_taken("telegram", partial(self._register, account, voices))

    async def announce(self) -> None:
        """Tell the telephone that is our SMS gateway where to tell what happens, until it does."""
        if self.settings.sms_gateway == "android" and self.settings.public_url:
            await _until_taken("android", partial(announce, self.settings))

    async def _register(self, account: "Account", voices: Voices) -> None:
        await account.open()
        if self.polling is not None:
            await account.keep_updates()
        elif self.settings.public_url:
            url = f"{self.settings.address}/telegram"
            await account.send_updates_to(url, self.settings.telegram_secret)
        await account.offer(commands_in(voices[LANGUAGES[0]]))
        for language, say in voices.items():
            await account.offer(commands_in(say), language)

    async def polled_into(self, webhook: Webhook) -> None:
        """Fetch updates for ever, where no webhook can reach us."""
        assert self.polling is not None  # noqa: S101 - only asked for where there is polling

        async def take(body: bytes) -> bool:
            return await webhook.deliver(body) in TAKEN

        await self.polling.run(take)

    async def close(self) -> None:
        """Close every connection."""
        await self.background.close()
        theirs = (self.whatsapp, self.whatsapp_account)
        for part in (self.polling, self.telegram, self.account, *theirs, self.sms):
            if part is not None:
                await part.close()
        if self.redis is not None:
            await self.redis.aclose()


async def _until_taken(channel: str, register: Callable[[], Awaitable[None]]) -> None:
    """Register with *channel* again and again, with growing pauses, until it takes it."""
    for pause in REGISTER_AGAIN:
        try:
            await register()
        except DeliveryError as error:
            log.warning("our registration was not taken", channel=channel, why=str(error))
            await asyncio.sleep(pause)
        else:
            return


def open_channels(settings: Settings) -> Channels:
    """Open what *settings* ask for. Raises SettingsError where they do not fit together."""
    gateway = settings.sms_gateway
    is_plain = gateway == "http" and not settings.sms_http_gateways
    for name, used, secret in (
        ("TELEGRAM_SECRET", settings.telegram_token, settings.telegram_secret),
        ("WHATSAPP_APP_SECRET", settings.whatsapp_token, settings.whatsapp_app_secret),
        ("SMS_KANNEL_SECRET", gateway == "kannel", settings.sms_kannel_secret),
        ("SMS_ANDROID_SIGNING_KEY", gateway == "android", settings.sms_android_signing_key),
        ("SMS_HTTP_SECRET", is_plain, settings.sms_http_secret),
    ):
        if settings.public_url and used and not secret:
            raise SettingsError(f"SATUPINTU_{name} must be set where the world can reach us")
    found = Channels(settings=settings, senders={}, background=Background())
    if settings.redis_url:
        found.redis = Redis.from_url(settings.redis_url)
    if settings.telegram_token and settings.telegram_mode != "off":
        _open_telegram(found)
    if settings.whatsapp_token:
        _open_whatsapp(found)
    if sms := _sms(found):
        found.sms = found.senders[Channel.SMS] = sms
    return found


def _sms(found: Channels) -> SmsSender | None:
    """Return the gateway that the settings name, None where SMS is off."""
    settings = found.settings
    match settings.sms_gateway:
        case "kannel":
            found.kannel = Kannel(smsbox_of(settings), salt_of(settings))
            return sender_through(found.kannel, settings, found.redis)
        case "http":
            return open_http(settings, found.redis)
        case "android":
            return open_android(settings, found.redis)
        case "off":
            return None


def _open_telegram(found: Channels) -> None:
    settings = found.settings
    token, url = settings.telegram_token, settings.telegram_api_url
    rates = settings.telegram_rate, settings.telegram_chat_rate
    pace = SharedPace(*rates, found.redis, "telegram") if found.redis else Pace(*rates)
    found.telegram, found.pace = Telegram(Wire(url), token, pace), pace
    found.senders[Channel.TELEGRAM] = found.telegram
    if settings.telegram_mode == "polling":
        found.polling = Polling(url, token)


def _open_whatsapp(found: Channels) -> None:
    settings = found.settings
    if not settings.whatsapp_phone_id.isdecimal():
        raise SettingsError("SATUPINTU_WHATSAPP_PHONE_ID must be Meta's id of our number, digits")
    found.whatsapp = open_whatsapp(settings, found.redis, found.acquaintance)
    found.whatsapp_account = account_of(settings)
    found.senders[Channel.WHATSAPP] = found.whatsapp
