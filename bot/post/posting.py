"""The ways to agencies that the settings open, and what each needs to run."""

import os
from collections.abc import Callable, Mapping

from msgspec import Struct

from bot.clock import Clock
from bot.post.couriers import Carrier
from bot.sending.outbox import Sender
from bot.settings import Settings, SettingsError
from conversations.messages import Channel
from conversations.say import Say
from handlers.agencies.duty import Duty, DutyOnWhatsapp, DutyWords, Texts
from handlers.agencies.email import Email, Mailbox
from handlers.agencies.inbox import Inbox
from handlers.agencies.letter import Letter
from handlers.agencies.mail_text import MailWords
from handlers.agencies.open311 import Open311
from handlers.agencies.outside import Outside
from handlers.agencies.smtp_server import ServerUnreadableError, read_server
from handlers.agencies.verp import Tags
from handlers.agencies.webhook import Webhook
from storage.database.sealing import Sealer

Secret = Callable[[str], str]  # reads an environment variable, empty where there is none


class Ways(Struct, frozen=True):
    """The open ways by the kind of a row, and the way out of the house that some share."""

    by_kind: Mapping[str, Carrier]
    open311: Open311
    outside: Outside
    tags: Tags

    async def close(self) -> None:
        """Close every connection."""
        await self.outside.close()


class Outdoors(Struct, frozen=True):
    """What the world outside is to us: channels to people, secrets in the environment, time."""

    senders: Mapping[Channel, Sender]
    secret: Secret
    clock: Clock


def open_ways(settings: Settings, say: Say, tags: Tags, outdoors: Outdoors) -> Ways:
    """Open what *settings* ask for. Raises SettingsError where they do not fit together."""
    outside = Outside()
    open311 = Open311(outside, outdoors.secret)
    by_kind: dict[str, Carrier] = {
        "letter": Letter(),
        "inbox": Inbox(read=settings.demo),
        "webhook": Webhook(outside, settings.address, outdoors.secret, outdoors.clock.now),
        "open311": open311,
    }
    if email := open_mail(settings, say, tags):
        by_kind["email"] = email
    words = DutyWords(accept=say("letter.duty_accept"), open=say("letter.duty_open"))
    if whatsapp := outdoors.senders.get(Channel.WHATSAPP):
        by_kind["whatsapp"] = DutyOnWhatsapp(whatsapp.send, words)
    if telegram := outdoors.senders.get(Channel.TELEGRAM):
        by_kind["telegram"] = Duty(telegram.send, words)
    if sms := outdoors.senders.get(Channel.SMS):
        by_kind["sms"] = Texts(sms.send)
    return Ways(by_kind, open311, outside, tags)


def open_mail(settings: Settings, say: Say, tags: Tags) -> Email | None:
    """Return the way by mail, or None without a mail server. Raises SettingsError."""
    if not settings.smtp_url:
        return None
    if "@" not in settings.mail_from:
        raise SettingsError("SATUPINTU_MAIL_FROM must be an address where SMTP_URL is set")
    if settings.mail_bounce and "@" not in settings.mail_bounce:
        raise SettingsError("SATUPINTU_MAIL_BOUNCE must be an address")
    try:
        server = read_server(settings.smtp_url)
    except ServerUnreadableError as error:
        raise SettingsError(f"SATUPINTU_SMTP_URL {error}") from None
    box = Mailbox(settings.mail_from, settings.mail_bounce)
    return Email(server, box, tags, mail_words(say))


def mail_words(say: Say) -> MailWords:
    """Return the fixed words of a letter by mail."""
    return MailWords(
        sender=say.district.service_name,
        open=say("letter.mail_open"),
        service=say("letter.mail_service"),
        area=say("letter.mail_area"),
        priority=say("letter.mail_priority"),
        due=say("letter.mail_due"),
        footer=say("letter.mail_footer"),
    )


def from_environment(name: str) -> str:
    """Return what stands in the environment under *name*, as an office's row names its secret."""
    return os.environ.get(name, "")


def tags_of(sealer: Sealer) -> Tags:
    """Return what makes addresses for bounces, with a key derived from the first."""
    return Tags(lambda text: sealer.mac("links", "bounce", text).hex())
