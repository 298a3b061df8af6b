"""Send replies as SMS through any gateway: laid out, in order, at its pace, cut short or not."""

from typing import Protocol

from msgspec import Struct

from conversations.messages import Address, Reply
from handlers.begun import Begun
from handlers.delivery import DeliveryError, Sent, TryLater
from handlers.pace import Pace
from handlers.sms_parts import cost, messages


class Text(Struct, frozen=True):
    """One message to one telephone. Prints without either."""

    to: str  # E.164
    words: str
    name: str = ""  # ours, "number.part", the same in every try; empty where nobody named it

    def __repr__(self) -> str:
        return f"Text({self.name})"


class Gateway(Protocol):
    """Whoever puts texts on the air."""

    async def take(self, text: Text, /) -> str:
        """Hand *text* over and return what receipts will call it, if anything.

        Raises DeliveryError.
        """
        ...

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        ...


class SmsSender:
    """Sends through one gateway. Raises DeliveryError."""

    vouches = False  # a gateway's yes says that it will try; only a receipt says that it arrived

    def __init__(self, gateway: Gateway, pace: Pace) -> None:
        self._gateway = gateway
        self._pace = pace
        self._begun = Begun()

    async def send(self, address: Address, reply: Reply, number: int = 0, /) -> Sent:
        """Deliver *reply*, whole and once; sent again after TryLater, it goes on where it was.

        An address's next reply must wait until this one returned.
        """
        texts = messages(reply)
        done = self._begun.resume(address.id, reply)
        for at in range(len(done), len(texts)):
            text = Text(address.id, texts[at], f"{number}.{at}" if number else "")
            try:
                done += (await self._take(text),)
            except DeliveryError as error:
                if error.retry:
                    self._begun.keep(address.id, reply, done)
                raise
        return Sent(tuple(filter(None, done)), cost(texts))

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._gateway.close()

    async def _take(self, text: Text) -> str:
        await self._pace.wait(text.to)
        try:
            return await self._gateway.take(text)
        except TryLater as error:
            if error.after is not None:
                self._pace.freeze(text.to, error.after)
            raise
