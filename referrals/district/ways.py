"""The ways in which an office is reached, as its row lists them, the best first."""

from msgspec import Struct

from referrals.district.statuses import OfficeStatus


class EmailWay(Struct, frozen=True, kw_only=True, tag_field="kind", tag="email"):
    """A mailbox of the office."""

    to: str


class WebhookWay(Struct, frozen=True, kw_only=True, tag_field="kind", tag="webhook"):
    """The office's own program, called with a signed event (Standard Webhooks, CloudEvents)."""

    url: str
    secret_env: str  # the environment variable that holds "whsec_…", several split by spaces
    private: bool = False  # it stands in our own network: a private address is no mistake


class ServiceCode(Struct, frozen=True):
    """What the other side calls one of our services."""

    service: str
    code: str


class Attribute(Struct, frozen=True):
    """A question of the other side's own (service definition), and our field that answers it."""

    code: str
    field: str


class Open311Way(Struct, frozen=True, kw_only=True, tag_field="kind", tag="open311"):
    """The office's own Open311 GeoReport v2 server."""

    url: str
    service_code: str  # where `services` names none
    jurisdiction: str = ""
    key_env: str = ""  # the environment variable that holds the api_key
    services: tuple[ServiceCode, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    statuses: tuple[OfficeStatus, ...] = ()  # what its status_notes mean, if anything
    public: bool = True  # anybody can read its requests: they hold no answers and no link
    private: bool = False  # it stands in our own network: a private address is no mistake


class TelegramWay(Struct, frozen=True, kw_only=True, tag_field="kind", tag="telegram"):
    """Chats of officers on duty; who answers there answers for the office."""

    chats: tuple[int, ...]


class WhatsappWay(Struct, frozen=True, kw_only=True, tag_field="kind", tag="whatsapp"):
    """WhatsApp of officers on duty, in E.164; who answers there answers for the office."""

    numbers: tuple[str, ...]


class SmsWay(Struct, frozen=True, kw_only=True, tag_field="kind", tag="sms"):
    """Telephones of officers on duty, in E.164."""

    numbers: tuple[str, ...]


class LetterWay(Struct, frozen=True, tag_field="kind", tag="letter"):
    """A printed letter, which the desk brings to the office."""


class InboxWay(Struct, frozen=True, tag_field="kind", tag="inbox"):
    """Our own inbox: the demo's page, or an operator who passes its letters on."""


Way = (
    EmailWay | WebhookWay | Open311Way | TelegramWay | WhatsappWay | SmsWay | LetterWay | InboxWay
)


class OnCall(Struct, frozen=True, kw_only=True):
    """One place of a roster that is rung when lives are at stake, the fastest way first."""

    name: str  # what the place is called; no person's name
    ways: tuple[Way, ...]


def kind_of(way: Way) -> str:
    """Return the word by which a row chooses *way*."""
    return str(way.__struct_config__.tag)
