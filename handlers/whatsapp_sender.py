"""Send to WhatsApp, at Meta's pace: freely within a day of their word, else by template."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from msgspec import Struct

from conversations.messages import Address, Channel, Reply
from handlers.begun import Begun
from handlers.delivery import DeliveryError, Sent, TryLater, WindowClosed
from handlers.naming import named as name
from handlers.pace import Pace
from handlers.whatsapp_faults import taken
from handlers.whatsapp_media import File, shown
from handlers.whatsapp_render import LIST_LABEL, addressed, render
from handlers.whatsapp_templates import News, Template, fitting
from handlers.wire import Wire

CHAT_BURST = 45  # messages to one person at once; then one in six seconds (Meta, pair rate limit)
SERVICE, UTILITY = "service", "utility"  # what Meta charges for: free words, and a template


class Standing(Struct, frozen=True):
    """How somebody stands with us: when they last wrote, and the language they speak."""

    wrote_at: datetime | None = None  # aware
    language: str = "id"


class Line(Struct, frozen=True):
    """Our number at Meta, and the token that may use it. Prints without the token."""

    phone_id: str
    token: str
    salt: str = ""  # keeps our names of messages our own

    def __repr__(self) -> str:
        return f"Line({self.phone_id})"


class Asks(Struct, frozen=True):
    """What the sender must know of the house: the time, who they are, the code in a text."""

    now: Callable[[], datetime]
    stand: Callable[[Address], Awaitable[Standing]]
    code_in: Callable[[str], str | None]


class Words(Struct, frozen=True):
    """What the district declares: templates, the first that fits counts, and list buttons."""

    templates: tuple[Template, ...] = ()
    list_labels: Mapping[str, str] = {}  # by language


class Whatsapp:
    """Sends through one number. Raises DeliveryError; WindowClosed where no template will do."""

    vouches = False  # Meta's yes says that it will try; only a receipt says that it arrived

    def __init__(self, wire: Wire, line: Line, pace: Pace, words: Words, asks: Asks) -> None:
        self._wire = wire
        self._pace = pace
        self._words = words
        self._asks = asks
        bearer = {"Authorization": f"Bearer {line.token}"}
        self._head = wire.head(f"/{line.phone_id}/messages", bearer)
        self._salt = line.salt
        self._begun = Begun()

    async def send(self, address: Address, reply: Reply, number: int = 0, /) -> Sent:
        """Deliver *reply*, whole and once; sent again after TryLater, it goes on where it was.

        An address's next reply must wait until this one returned. Receipts name its parts by
        what nobody else can make of *number*, or by Meta's own ids where that is 0.
        """
        standing = await self._asks.stand(address)
        if not self._may_write(standing):
            return await self._tell(address, reply, number, standing)
        try:
            return await self._write(address, reply, number, standing)
        except WindowClosed:  # Meta's clock knows better, or the word was to another number
            return await self._tell(address, reply, number, standing)

    async def send_file(self, address: Address, file: File, number: int = 0, /) -> Sent:
        """Show *file*. Raises WindowClosed where they did not write for a day."""
        await self.must_be_open(address)
        reference = await self._post(address, shown(file), f"{number}.file" if number else "")
        return Sent((reference,), tariff=SERVICE)

    async def must_be_open(self, address: Address) -> None:
        """Raise WindowClosed where they did not write for a day."""
        if not self._may_write(await self._asks.stand(address)):
            raise WindowClosed

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._wire.close()

    def _may_write(self, standing: Standing) -> bool:
        return Channel.WHATSAPP.traits.is_open(standing.wrote_at, self._asks.now())

    async def _write(
        self, address: Address, reply: Reply, number: int, standing: Standing
    ) -> Sent:
        label = self._words.list_labels.get(standing.language, LIST_LABEL)
        bodies = render(reply, label)
        references = self._begun.resume(address.id, reply)
        for at in range(len(references), len(bodies)):
            named = f"{number}.{at}" if number else ""
            try:
                references += (await self._post(address, bodies[at], named),)
            except DeliveryError as error:
                if error.retry:
                    self._begun.keep(address.id, reply, references)
                raise
        return Sent(references, units=len(bodies), tariff=SERVICE)

    async def _tell(self, address: Address, reply: Reply, number: int, standing: Standing) -> Sent:
        """Deliver what *reply* says by a template; its choices stay behind."""
        code = self._asks.code_in(reply.text) or ""
        offered = tuple(choice.value for choice in reply.choices)
        news = News(reply.text, code, standing.language, offered)
        body = fitting(self._words.templates, news)
        if body is None:
            raise WindowClosed
        reference = await self._post(address, body, f"{number}.0" if number else "")
        return Sent((reference,), tariff=UTILITY)

    async def _post(self, address: Address, body: bytes, named: str) -> str:
        """Deliver one message and return what its receipts will call it.

        *named* is its place among ours, empty where it has none.
        """
        await self._pace.wait(address.id)
        if named:
            named = name(self._salt, named, address.id, body.decode())
        answer = await self._wire.post(self._head, addressed(address, named) + body)
        try:
            reference = taken(answer)
        except TryLater as error:
            if error.after is not None:
                self._pace.freeze(address.id, error.after)
            raise
        return named or reference
