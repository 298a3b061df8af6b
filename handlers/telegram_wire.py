"""The part of Telegram's updates and answers that we read, as it writes them (Bot API 10.1)."""

import msgspec
from msgspec import Struct, field

from handlers.delivery import Blocked, DeliveryError, Moved, Refused, TryLater, Unauthorised


class User(Struct, frozen=True, gc=False):
    """Who acted."""

    id: int
    is_bot: bool = False
    language_code: str = ""  # IETF tag, as "id" or "en-GB"


class Chat(Struct, frozen=True, gc=False):
    """Where it happened; of *type* private, group, supergroup or channel."""

    id: int
    type: str


class PhotoSize(Struct, frozen=True, gc=False):
    """One size of a photo."""

    file_id: str
    width: int = 0
    height: int = 0
    file_size: int = 0  # bytes


class Document(Struct, frozen=True, gc=False):
    """A file."""

    file_id: str
    mime_type: str = ""
    file_size: int = 0  # bytes


class Location(Struct, frozen=True, gc=False):
    """A point, WGS 84 degrees."""

    latitude: float
    longitude: float


class Contact(Struct, frozen=True, gc=False):
    """A visiting card; *user_id* says whose, when Telegram knows."""

    phone_number: str
    user_id: int = 0


class Message(Struct, frozen=True):
    """A message. An inaccessible one, under an old keyboard, has date 0 and no text."""

    message_id: int
    date: int  # Unix seconds
    chat: Chat
    sender: User | None = field(name="from", default=None)
    text: str = ""
    caption: str = ""
    photo: tuple[PhotoSize, ...] = ()
    document: Document | None = None
    animation: Document | None = None  # comes with its twin in *document*
    location: Location | None = None
    contact: Contact | None = None


class CallbackQuery(Struct, frozen=True):
    """A tap on an inline button."""

    id: str
    sender: User = field(name="from")
    message: Message | None = None
    data: str | None = None


class Member(Struct, frozen=True, gc=False):
    """A membership as it is now."""

    status: str


class MemberUpdated(Struct, frozen=True):
    """Our own membership changed: in a private chat, blocked or unblocked."""

    chat: Chat
    new_chat_member: Member


class Update(Struct, frozen=True):
    """One update; at most one of the optional fields is present."""

    update_id: int
    message: Message | None = None
    callback_query: CallbackQuery | None = None
    my_chat_member: MemberUpdated | None = None


class Bare(Struct, frozen=True):
    """Any update, when only its number and its kinds are of interest."""

    update_id: int


class ResponseParameters(Struct, frozen=True):
    """What Telegram adds to some refusals."""

    retry_after: float | None = None
    migrate_to_chat_id: int | None = None


class Verdict(Struct, frozen=True):
    """A Bot API answer, as far as it tells whether and why something failed."""

    ok: bool = False
    error_code: int = 0
    description: str = ""
    parameters: ResponseParameters = ResponseParameters()


_verdict = msgspec.json.Decoder(Verdict)


def fault(body: bytes) -> DeliveryError | None:
    """Return what a Bot API answer means for our message: None when it is ok.

    An answer that is not the Bot API's own, as a proxy's page, says nothing about the citizen.
    """
    try:
        verdict = _verdict.decode(body)
    except ValueError:
        return TryLater()
    return None if verdict.ok else _fault(verdict)


def _fault(verdict: Verdict) -> DeliveryError:
    """Return the meaning of a refusal (core.telegram.org/bots/api, "Making requests")."""
    if verdict.parameters.migrate_to_chat_id is not None:
        return Moved(str(verdict.parameters.migrate_to_chat_id))
    match verdict.error_code:
        case 403:
            return Blocked()
        case 401 | 404:
            return Unauthorised()
        case code if 400 <= code < 500 and code != 429:  # noqa: PLR2004 - HTTP's own numbers
            return Refused(verdict.description[:200])
    return TryLater(verdict.parameters.retry_after)
