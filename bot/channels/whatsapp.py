"""WhatsApp as the settings ask for it, and what its sender asks of the house."""

from datetime import datetime
from typing import Protocol

from redis.asyncio import Redis

from bot.clock import Clock, SystemClock
from bot.district.whatsapp_rows import whatsapp_words
from bot.keys import salt_of
from bot.settings import Settings
from conversations.messages import Address
from conversations.session import Session
from handlers.pace import Pace, SharedPace
from handlers.whatsapp_account import Account
from handlers.whatsapp_sender import CHAT_BURST, Asks, Line, Standing, Whatsapp
from handlers.wire import Wire
from referrals.codes import read_code


class Known(Protocol):
    """Whoever knows the conversations."""

    async def known(self, citizen: Address) -> Session | None:
        """Return the conversation with *citizen*, None where there is none."""
        ...


class Acquaintance:
    """Says how citizens stand with us, once the house is open; until then it knows nobody."""

    def __init__(self) -> None:
        self._clock: Clock = SystemClock()
        self._conversations: Known | None = None

    def meet(self, conversations: Known, clock: Clock) -> None:
        """Know everybody in *conversations* from now on, by the house's *clock*."""
        self._conversations, self._clock = conversations, clock

    @property
    def asks(self) -> Asks:
        """What the sender must know of the house."""
        return Asks(self._now, self._stand, read_code)

    def _now(self) -> datetime:
        return self._clock.now()

    async def _stand(self, citizen: Address) -> Standing:
        """Return when *citizen* last wrote, and in which language we talk."""
        if self._conversations is None:
            return Standing()
        session = await self._conversations.known(citizen)
        return Standing(session.seen, session.language) if session else Standing()


def line_of(settings: Settings, salt: str = "") -> Line:
    """Return our number at Meta; *salt* keeps our names of messages our own."""
    return Line(settings.whatsapp_phone_id, settings.whatsapp_token, salt)


def account_of(settings: Settings) -> Account:
    """Return our account, for files and for the doctor."""
    secret = settings.whatsapp_app_secret
    return Account(settings.whatsapp_api_url, line_of(settings), secret)


def open_whatsapp(settings: Settings, redis: Redis | None, known: Acquaintance) -> Whatsapp:
    """Return the sender that *settings* describe, with the district's templates."""
    rates = settings.whatsapp_rate, settings.whatsapp_chat_rate
    pace = (
        SharedPace(*rates, redis, "whatsapp", chat_burst=CHAT_BURST)
        if redis
        else Pace(*rates, chat_burst=CHAT_BURST)
    )
    words = whatsapp_words(settings.district)
    wire = Wire(settings.whatsapp_api_url)
    return Whatsapp(wire, line_of(settings, salt_of(settings)), pace, words, known.asks)
