"""The webhooks of the channels that are open; what is not open has no address."""

from functools import partial
from typing import Self

from msgspec import Struct

from bot.assembly import House
from bot.channels.gateways import doors_of
from bot.channels.kannel import kannel_hooks
from bot.channels.opening import Channels
from bot.channels.tidings import Tidings
from handlers import telegram, whatsapp
from web.hooks.kannel import KannelHooks
from web.hooks.sms import Doors
from web.hooks.webhooks import Webhook
from web.hooks.whatsapp import MetaWebhook


class Hooks(Struct, frozen=True):
    """How messages come in. *pushed* is whether Telegram delivers them to us itself."""

    telegram: Webhook
    whatsapp: MetaWebhook | None
    doors: Doors
    kannel: KannelHooks | None
    pushed: bool

    @classmethod
    def of(cls, house: House, channels: Channels) -> Self:
        """Return the webhooks of *channels* into *house*."""
        receive, now = house.door.receive, house.clock.now
        tidings = Tidings(house.turns, note=house.receipts.take).take
        kannel = channels.kannel
        ours = partial(whatsapp.read, phone_id=house.settings.whatsapp_phone_id)
        return cls(
            telegram=Webhook(telegram.read, receive, now, channels.acknowledge),
            whatsapp=MetaWebhook(ours, receive, now, note=tidings) if channels.whatsapp else None,
            doors=doors_of(house.settings, receive, tidings, now),
            kannel=kannel_hooks(kannel, receive, tidings, now) if kannel else None,
            pushed=channels.telegram is not None and channels.polling is None,
        )
