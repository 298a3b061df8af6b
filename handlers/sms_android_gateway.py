"""Hand texts to an Android telephone: through the API of SMSGate (server or telephone itself)."""

import base64
from typing import Final

import msgspec
from msgspec import Struct, field

from handlers.delivery import DeliveryError, Refused, TryLater, Unauthorised
from handlers.sms_name import name
from handlers.sms_sender import Text
from handlers.wire import Wire
from handlers.wire_connection import Answer

PATIENCE: Final = 30.0  # seconds for one call
LASTS: Final = 2 * 24 * 3600  # seconds that the gateway may try; after that news are old
OK, REDIRECTED, BAD_REQUEST, BROKEN = 200, 300, 400, 500
DENIED: Final = frozenset({401, 403})
KNOWN: Final = 409  # a message of that name was taken before
BUSY: Final = frozenset({408, 429})


class TextMessage(Struct, frozen=True):
    """What a message says."""

    text: str


class Message(Struct, frozen=True, omit_defaults=True):
    """A message as the API takes it."""

    id: str
    phone_numbers: tuple[str, ...] = field(name="phoneNumbers")
    text_message: TextMessage = field(name="textMessage")
    with_delivery_report: bool = field(name="withDeliveryReport")
    ttl: int
    device_id: str = field(name="deviceId", default="")
    sim_number: int = field(name="simNumber", default=0)


class Phone(Struct, frozen=True):
    """The telephone that is to send, where it is not left to chance: its id, its SIM (from 1)."""

    device: str = ""
    sim: int = 0


class Login(Struct, frozen=True):
    """Who we are to the gateway. Prints without the password."""

    url: str  # of the API, as far as /messages
    user: str
    password: str

    def __repr__(self) -> str:
        return f"Login({self.user})"

    @property
    def header(self) -> dict[str, str]:
        """The header that shows it."""
        pair = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return {"Authorization": f"Basic {pair}"}


class AndroidGateway:
    """Sends through *phone*, or any of the account's; *salt* keeps our names our own."""

    def __init__(
        self, login: Login, phone: Phone, salt: str = "", patience: float = PATIENCE
    ) -> None:
        self._wire = Wire(login.url, timeout=patience)
        self._head = self._wire.head("/messages", login.header)
        self._phone = phone
        self._salt = salt

    async def take(self, text: Text, /) -> str:
        """Hand *text* over and return the name that receipts will use: ours.

        The gateway knows a name again: what it took before an outage is not sent twice.
        """
        message = Message(
            id=name(text, self._salt),
            phone_numbers=(text.to,),
            text_message=TextMessage(text.words),
            with_delivery_report=True,
            ttl=LASTS,
            device_id=self._phone.device,
            sim_number=self._phone.sim,
        )
        answer = await self._wire.post(self._head, msgspec.json.encode(message))
        if error := fault(answer):
            raise error
        return message.id

    async def close(self) -> None:
        """Give up what is under way and close the connections."""
        await self._wire.close()


def fault(answer: Answer) -> DeliveryError | None:
    """Return why the gateway did not take it, None where it did, now or before.

    503 means that the telephone is away and its queue full.
    """
    status = answer.status
    if OK <= status < REDIRECTED or status == KNOWN:
        return None
    if status in DENIED:
        return Unauthorised()
    if status in BUSY or not BAD_REQUEST <= status < BROKEN:
        return TryLater(answer.after)
    return Refused(f"HTTP {status}")
