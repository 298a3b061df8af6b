"""One HTTP gateway for SMS as a row describes it: how it takes, gives, and tells what arrived.

Every text to send may hold {to} {text} {id} {from}, and {CAPITALS}: an environment variable.
A *path* leads into JSON by keys and positions joined with dots, or names a form's field.
"""

from enum import StrEnum

from msgspec import Struct, field

from handlers.sms_proofs import Auth


class Method(StrEnum):
    """How a request is made."""

    POST = "POST"
    GET = "GET"


class Shape(StrEnum):
    """How a request carries its fields."""

    JSON = "json"
    FORM = "form"
    QUERY = "query"


class Numbers(StrEnum):
    """How a gateway wants telephone numbers written."""

    E164 = "e164"  # +6281200000001
    DIGITS = "digits"  # 6281200000001
    NATIONAL = "national"  # 081200000001; numbers of other countries as digits


class Meaning(StrEnum):
    """What an answer means for the message."""

    TAKEN = "taken"
    LATER = "later"
    REFUSED = "refused"
    DENIED = "denied"  # they do not know our secret, or the credit is used up
    BLOCKED = "blocked"  # nothing reaches that number


class Verdict(Struct, frozen=True, kw_only=True):
    """What an answer to a message of ours means; it is known by whatever of this is given."""

    means: Meaning
    status: str = ""  # pattern of the HTTP status, as "2.."
    at: str = ""  # path of a value in the answer's JSON; the whole answer where empty
    matches: str = ""  # pattern of that value, whole; within the answer where `at` is empty


class Sends(Struct, frozen=True, kw_only=True):
    """How the gateway takes a message."""

    url: str
    method: Method = Method.POST
    shape: Shape = Shape.JSON
    numbers: Numbers = Numbers.E164
    headers: dict[str, str] = {}
    user: str = ""  # of HTTP Basic
    password: str = ""
    fields: dict[str, str] = {}  # of a form or query, or the keys of flat JSON
    json: str = ""  # JSON of any depth, instead of fields
    answers: tuple[Verdict, ...] = ()  # the first that fits counts
    id_at: str = ""  # path of the gateway's own id in its answer
    id_in: str = ""  # pattern whose first group is that id, where the answer is no JSON
    rate: int = 0  # messages a second at most; 0 for no limit
    check: str = ""  # a page of the same server that wants the secret and costs nothing


class Only(Struct, frozen=True, kw_only=True):
    """What must hold for an item to be meant; others are left alone."""

    at: str
    matches: str


class Calls(Struct, frozen=True, kw_only=True):
    """How the gateway calls us."""

    method: Method = Method.POST
    shape: Shape = Shape.JSON
    each: str = ""  # path of the list where one call brings several
    at: str = ""  # path of the time
    time: str = "iso"  # iso, unix, milliseconds, or a pattern as "%d-%m-%Y %H:%M:%S"
    zone: str = "UTC"  # of times that tell none
    only: tuple[Only, ...] = ()
    says: str = ""  # what it must read to believe us, as "OK"


class Receives(Calls, frozen=True, kw_only=True):
    """How the gateway brings a message: the paths of what we read."""

    auth: Auth
    sender: str = field(name="from")
    text: str = ""  # without it, every call is an empty message: a missed call
    id: str = ""  # without it we derive one from number, words and time


class Fate(StrEnum):
    """What became of a message of ours."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"  # never to be sent again like this
    BLOCKED = "blocked"  # failed, because nothing reaches that number
    LATER = "later"  # failed, and may go another time


class Receipts(Calls, frozen=True, kw_only=True):
    """How the gateway tells what became of a message of ours."""

    id: str  # path of the name it gave, or of our {id}
    state: str  # path
    to: str = ""  # path of the number it went to, which is compared where it is told
    states: dict[str, Fate]  # by the gateway's words; others are left alone
    auth: Auth | None = None  # as messages where none is told


class GatewayRow(Struct, frozen=True, kw_only=True):
    """One gateway; its messages come in at /sms/http/NAME, its receipts at …/NAME/receipt."""

    name: str
    send: Sends
    receive: Receives
    receipts: Receipts | None = None
    sender: str = field(name="from", default="")  # {from}: our number or name there
