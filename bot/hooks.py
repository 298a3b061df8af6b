"""The webhooks of the channels that are open; what is not open has no address."""

from typing import Self

from msgspec import Struct

from bot.assembly import House
from bot.channels import Channels
from handlers import sms_http, telegram
from web.webhooks import Webhook


class Hooks(Struct, frozen=True):
    """How messages come in. *pushed* is whether Telegram delivers them to us itself."""

    telegram: Webhook
    texts: Webhook | None
    pushed: bool

    @classmethod
    def of(cls, house: House, channels: Channels) -> Self:
        """Return the webhooks of *channels* into *house*."""
        receive, now = house.door.receive, house.clock.now
        return cls(
            telegram=Webhook(telegram.read, receive, now, channels.acknowledge),
            texts=Webhook(sms_http.read, receive, now) if channels.sms else None,
            pushed=channels.telegram is not None and channels.polling is None,
        )
