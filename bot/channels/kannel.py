"""Kannel as the settings ask for it."""

from collections.abc import Callable
from datetime import datetime

from redis.asyncio import Redis

from bot.settings import SETTINGS_PREFIX, Settings, SettingsError
from handlers.arrival import Receipt
from handlers.pace import Pace, SharedPace
from handlers.sms_kannel import SECRET, Kannel, Smsbox, read, read_receipt
from handlers.sms_sender import SmsSender
from web.hooks.kannel import KannelHooks
from web.hooks.webhooks import News, Note, Receive, Webhook

NEEDED = ("url", "username", "password")


def smsbox_of(settings: Settings) -> Smsbox:
    """Return how smsbox and we reach each other. Raises SettingsError for what cannot be meant."""
    for name in NEEDED:
        if not getattr(settings, f"sms_kannel_{name}"):
            raise SettingsError(
                f"{SETTINGS_PREFIX}SMS_KANNEL_{name.upper()} must be set for Kannel"
            )
    if not SECRET.fullmatch(settings.sms_kannel_secret):
        raise SettingsError(
            f"{SETTINGS_PREFIX}SMS_KANNEL_SECRET may hold letters, digits, - and _ alone"
        )
    return Smsbox(
        url=settings.sms_kannel_url,
        username=settings.sms_kannel_username,
        password=settings.sms_kannel_password,
        sender=settings.sms_kannel_from,
        callback=(settings.sms_kannel_callback_url or settings.address).rstrip("/"),
        secret=settings.sms_kannel_secret,
    )


def sender_through(kannel: Kannel, settings: Settings, redis: Redis | None) -> SmsSender:
    """Return who sends through *kannel*, at the pace that *settings* allow."""
    rate = settings.sms_kannel_rate
    return SmsSender(kannel, SharedPace(rate, 0, redis, "sms") if redis else Pace(rate, 0))


def kannel_hooks(
    kannel: Kannel, receive: Receive, note: Note, now: Callable[[], datetime]
) -> KannelHooks:
    """Return where smsbox calls us; *kannel* hears of reports as well as *note*."""

    async def noted(news: News) -> int:
        if isinstance(news, Receipt):
            kannel.reported(news.reference)
        return await note(news)

    reports = Webhook(read_receipt, receive, now, note=noted)
    return KannelHooks(Webhook(read, receive, now), reports)
