"""What people and the bot say to each other, whatever the channel."""

from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from msgspec import Struct
from msgspec.structs import replace

from conversations import channel_traits
from conversations.channel_traits import Traits

PAGE_PREFIX: Final = "page:"  # a choice with this value shows another page of the same choices


class Channel(StrEnum):
    """A way for citizens to reach us; its *traits* say what is so there and not elsewhere."""

    traits: Traits

    TELEGRAM = "telegram", channel_traits.TELEGRAM
    WHATSAPP = "whatsapp", channel_traits.WHATSAPP
    SMS = "sms", channel_traits.SMS
    WEB = "web", channel_traits.WEB  # the page where tickets are looked up

    def __new__(cls, value: str, *traits: Traits) -> Self:
        """Make a member: what is kept of it is its value. ValueError for one without traits."""
        member = str.__new__(cls, value)
        member._value_ = value
        (member.traits,) = traits
        return member


class Address(Struct, frozen=True, array_like=True, gc=False):
    """Where a citizen is reached: the key of lock and session. Prints masked."""

    channel: Channel
    id: str

    @property
    def number(self) -> str | None:
        """The telephone number in E.164 that the address is, where it is one."""
        digits = self.id.removeprefix("+")
        is_one = self.channel.traits.id_is_number and digits.isdecimal()
        return f"+{digits}" if is_one else None

    @classmethod
    def of_number(cls, channel: Channel, number: str) -> Self:
        """Return where *number*, in E.164, is reached on *channel*, whose ids are numbers."""
        return cls(channel, number if channel.traits.with_plus else number.removeprefix("+"))

    def __repr__(self) -> str:
        return f"Address({self.channel.value}, …{self.id[-2:]})"

    __str__ = __repr__


LARGEST_FILE = 10 * 1024 * 1024  # bytes of one file that we take; the Bot API serves twice that


class Attachment(Struct, frozen=True):
    """A photo or document as the channel names it; fetched only when somebody may look at it."""

    kind: str  # "photo" or "document"
    ref: str  # the channel's own file id
    mime: str = ""
    size: int = 0  # bytes, 0 where the channel does not say

    def __repr__(self) -> str:
        return f"Attachment({self.kind}, {self.size} bytes)"


class Place(Struct, frozen=True):
    """A point on the map, in WGS 84 degrees. Prints masked: it may be somebody's home."""

    latitude: float
    longitude: float

    def __repr__(self) -> str:
        return "Place(…)"


class Inbound(Struct, frozen=True, kw_only=True, gc=False):
    """One message from a citizen. Prints without its contents."""

    sender: Address
    message_id: str  # unique per channel; a redelivery carries the same one
    received_at: datetime  # aware, UTC; the only clock a turn knows
    text: str = ""
    picked: str | None = None  # the value of a tapped Choice
    attachments: tuple[Attachment, ...] = ()
    place: Place | None = None
    phone: str | None = None  # a contact the citizen shared about themselves
    language: str | None = None  # what the channel thinks they speak, ISO 639-1
    unreadable: str | None = None  # a kind we cannot read: "sticker", "voice", …
    also: Address | None = None  # another address of the same person, the channel says

    @property
    def own_number(self) -> str | None:
        """The sender's telephone number in E.164, where the channel tells it."""
        return self.sender.number or (self.also.number if self.also else None)

    @property
    def too_large(self) -> bool:
        """Whether a file came with it that its channel says is larger than we take."""
        return any(sent.size > LARGEST_FILE for sent in self.attachments)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was sent, as after a missed call."""
        if self.text.strip():
            return False
        return not any((self.attachments, self.place, self.phone, self.unreadable, self.picked))

    def __repr__(self) -> str:
        return f"Inbound({self.sender!r}, {self.message_id})"


class Choice(Struct, frozen=True, omit_defaults=True, gc=False):
    """An answer the citizen can pick by tap, number or name."""

    value: str  # at most 64 bytes of ASCII, Telegram's limit
    label: str  # at most 24 characters, WhatsApp's limit for list rows
    link: str = ""  # an https page it opens instead of answering; Telegram alone, for officers
    stands: bool = False  # where a list has pages, on each of them


class Pictures(Struct, frozen=True, array_like=True, gc=False):
    """Files that a reply shows where its channel can: those that came with a ticket's entry."""

    code: str
    seq: int  # of the log entry


class Reply(Struct, frozen=True, omit_defaults=True, gc=False):
    """One message to a citizen, written once; each channel renders it."""

    text: str
    choices: tuple[Choice, ...] = ()
    ask_place: bool = False  # offer the channel's own way to send a location
    ask_phone: bool = False  # offer the channel's own way to share one's number
    place_label: str = ""  # what the button for a location says, in the citizen's language
    phone_label: str = ""  # what the button for one's number says
    phone_same: str = ""  # how to give one's own number, said only where the address is one
    unasked: bool = False  # comes amid other talk: a typed number would not mean its choices
    numbers: tuple[int, ...] = ()  # of the choices, where they are one page of more; 0 for none
    pictures: Pictures | None = None  # the text leads to them by a link as well
    by_sms: str = ""  # what is said where it goes by SMS after all: few letters, and no service

    @property
    def numbered(self) -> tuple[tuple[int, Choice], ...]:
        """The choices, each with the number that picks it, or 0 where none does."""
        numbers = self.numbers or range(1, len(self.choices) + 1)
        return tuple(zip(numbers, self.choices, strict=True))

    def sent_on(self, channel: Channel) -> "Reply":
        """Return it as it goes to another address of the same person, on *channel*."""
        if not (channel.traits.is_metered and self.by_sms):
            return self
        return replace(self, text=self.by_sms, by_sms="", pictures=None)

    def __repr__(self) -> str:
        return f"Reply({len(self.text)} characters, {len(self.choices)} choices)"
