"""One turn of a conversation: an event goes in; a new state, replies and effects come out."""

from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import ClassVar

from msgspec import Struct
from msgspec.structs import replace

from conversations.messages import Attachment, Inbound, Place, Reply
from conversations.records.deeds import OnTicket
from conversations.records.linked import FindLink, LinkFound, OnLinks
from conversations.records.own import EraseMe, TakeConsentBack
from conversations.records.parties import Another, ConsentsFound, FindConsents, Relation
from conversations.records.proofs import Counted
from conversations.records.sightings import AboutMeFound
from conversations.say import Say
from referrals.district.alarms import Danger
from referrals.district.directory import Priority, Privacy
from referrals.ticket import Ticket
from registry_client.answers import Answer
from registry_client.nik import Nik


class Said(Struct, frozen=True, gc=False):
    """The citizen sent a message. *token* is the turn's only chance: 32 hexadecimal digits."""

    message: Inbound
    token: str
    looked: bool = False  # no ticket of somebody else's waits for this YA or TIDAK


class LookUp(Struct, frozen=True, tag="look_up"):
    """Ask the registry about a family; *proof* is the last 4 digits of the KK number."""

    nik: Nik
    proof: str

    def __repr__(self) -> str:
        return f"LookUp({self.nik})"


class RegistryAnswered(Struct, frozen=True):
    """The registry answered *question*, perhaps long after it was asked."""

    answer: Answer
    question: LookUp | None = None


class TicketsFound(Struct, frozen=True):
    """The tickets that FindTickets or FindTicket asked for; empty when there is none to show."""

    tickets: tuple[Ticket, ...]
    at: datetime | None = None  # when they were looked at: what may be answered depends on it
    claimable: bool = False  # whoever proved it theirs may take it over
    shared: bool = False  # several people's, so none is shown before one proved which are theirs
    passed: bool = False  # none, but they filed for who holds it now


Event = Said | RegistryAnswered | TicketsFound | AboutMeFound | ConsentsFound | LinkFound


class FindTickets(Struct, frozen=True, tag="find_tickets"):
    """Ask for the citizen's own tickets, newest first, at most ten; by *proof*, one person's."""

    proof: str = ""  # the end of the NIK in them, on a telephone that several people use
    subject: str = ""  # what the proof is counted on


class FindTicket(Struct, frozen=True, tag="find_ticket"):
    """Ask for the ticket *code*: its own citizen needs no proof, others the NIK's last four."""

    code: str
    proof: str = ""  # a wrong one counts against the registry's limit of wrong ones a day
    claims: bool = False  # only if whoever asks can take it over with that proof


class AboutMe(Struct, frozen=True, tag="about_me"):
    """Ask what is kept about the citizen, and who saw it, or *nik*, which they proved."""

    nik: str
    language: str  # of the copy
    proof: str = ""  # the end of the NIK in their tickets, on a telephone that several people use
    subject: str = ""  # what the proof is counted on

    def __repr__(self) -> str:
        return "AboutMe()"


Question = LookUp | FindTickets | FindTicket | AboutMe | FindConsents | FindLink


class Answered(Struct, frozen=True, gc=False):
    """One answer of a form: its field, the value we work with, and what the citizen saw."""

    key: str
    value: str
    shown: str
    attachments: tuple[Attachment, ...] = ()
    place: Place | None = None

    def __repr__(self) -> str:
        return f"Answered({self.key})"


class Draft(Struct, frozen=True, gc=False):
    """A form as far as it is filled in."""

    service: str
    answers: tuple[Answered, ...] = ()
    priority: Priority | None = None  # raised by an answer or an alarm word; None is the service's
    relation: Relation | None = None  # whoever fills it in is to whom it is for; None: themself
    resident: bool = False  # begun by a village's people for somebody before them
    first: Answered | None = None  # the sentence that led here, where it answered no question
    danger: Danger | None = None  # whose numbers were shown last while it was filled in

    def answer(self, key: str) -> Answered | None:
        """Return the answer to field *key*, or None."""
        for answer in self.answers:
            if answer.key == key:
                return answer
        return None

    @property
    def picked(self) -> dict[str, str]:
        """What was answered, as it is kept, by the fields' keys."""
        return {answer.key: answer.value for answer in self.answers}


class AgreeToNotice(Struct, frozen=True, tag="consent"):
    """The citizen agreed to the privacy notice of *version*, in this very message."""

    version: str
    language: str


class OpenTicket(Struct, frozen=True, tag="open_ticket"):
    """File this draft under *code*; it is routed and forwarded in the same commit."""

    code: str
    draft: Draft
    language: str
    area: str = ""  # area code, empty where none was asked
    privacy: Privacy = Privacy.NAMED
    another: Another | None = None  # whom it is for, where that is somebody else


class CorrectMe(Struct, frozen=True, tag="correct_me"):
    """Something kept about the citizen is wrong: *wish* goes to who looks after the data."""

    wish: OpenTicket


class AskLater(Struct, frozen=True, tag="ask_later"):
    """Go on asking a slow registry; its answer comes back as an event."""

    question: LookUp


class Stop(Struct, frozen=True, tag="stop"):
    """BERHENTI: send nothing unasked but news of the citizen's own tickets."""


class Start(Struct, frozen=True, tag="start"):
    """MULAI after BERHENTI."""


OnMyself = EraseMe | TakeConsentBack | CorrectMe
Record = (
    AgreeToNotice | OpenTicket | OnTicket | OnMyself | OnLinks | Counted | AskLater | Stop | Start
)


class State(Struct, frozen=True, gc=False, tag_field="at"):
    """Where a conversation stands: `prompt` and `heard` must be written, the rest suits most."""

    safe: ClassVar[bool] = False  # a safe path: alarm words do not start it again
    awaits: ClassVar[tuple[type, ...]] = ()  # the events that `answered` understands

    def prompt(self, say: Say) -> Reply:
        """Return the question this state waits on."""
        raise NotImplementedError

    def heard(self, said: Said, say: Say) -> "Turn":
        """Return what happens when the citizen writes."""
        raise NotImplementedError

    def answered(self, event: Event, say: Say) -> "Turn":
        """Return what happens when *event*, one of those it `awaits`, arrives."""
        raise NotImplementedError

    def hint(self, say: Say) -> str:
        """Return another way to put the question, with an example: told after a second miss."""
        choices = self.prompt(say).choices
        if self.safe or not choices:  # nobody is coached what to say of their safety
            return "" if self.safe else say("again.words")
        return say("again.pick", label=choices[0].label) if say.brief else say("again.tap")

    def before(self) -> "State | None":
        """Return where KEMBALI leads, for a state that knows; None leaves it to the history."""
        return None

    def alarmed(self, danger: Danger) -> "State | None":  # noqa: ARG002 - a state's shape
        """Return this state made urgent by *danger*; None where that means nothing here.

        Self where the same danger made it urgent already: its numbers are then not shown twice.
        """
        return None

    def unfinished(self) -> Draft | None:
        """Return the form that is being filled in, kept when the citizen leaves it."""
        return None


class Door(StrEnum):
    """Where a turn may lead without knowing what is there, as every word heard everywhere does."""

    MENU = "menu"
    REST = "rest"  # to the menu too, with one sentence instead of the whole card
    START = "start"  # the same after a pause
    CANCEL = "cancel"  # to the menu, leaving the form unsent and unkept
    BACK = "back"  # one question back
    AGAIN = "again"  # the same question again
    STOP = "stop"
    RETURN = "return"  # to where the citizen was before this conversation
    ANSWER = "answer"  # to where the citizen was, taking this very message as the answer there
    CHECK = "check"
    NEED = "need"
    COMPLAINT = "complaint"
    TRACK = "track"
    PERSON = "person"
    EMERGENCY = "emergency"
    HELP = "help"
    LANGUAGE = "language"
    RESUME = "resume"  # the unfinished form
    WISH = "wish"  # a free sentence: whatever it asks for
    FORM = "form"  # the form of the service whose code is the text
    RESIDENT = "resident"  # the same, filled in by an officer for a resident before them
    TICKET = "ticket"  # an answer to a ticket: the text is the value of its button
    LINK = "link"  # one person on several channels: the text is a code, or what is wanted
    RIGHTS = "rights"  # the citizen's own data: the text is what is wanted with it


class Enter(Struct, frozen=True, gc=False):
    """Go through *door*, with what the citizen typed where that matters."""

    door: Door
    text: str = ""

    def __repr__(self) -> str:
        return f"Enter({self.door.value})"


class Turn(Struct, frozen=True, gc=False):
    """The outcome of one step."""

    state: State
    replies: tuple[Reply, ...] = ()
    question: Question | None = None
    records: tuple[Record, ...] = ()
    unread: bool = False  # the citizen's answer was not understood
    besides: str = ""  # what must be told of an unread answer however else it is met
    language: str | None = None  # the citizen chose another language
    enter: Enter | None = None  # said first what stands in *replies*, then go there


@lru_cache(maxsize=1024)  # asked in one turn, a question is looked at again when it is answered
def prompted(state: State, say: Say) -> Reply:
    """Return the question *state* waits on, put into words once."""
    return state.prompt(say)


def ask(state: State, say: Say, *before: str, records: tuple[Record, ...] = ()) -> Turn:
    """Move to *state*, saying *before* and its question in one message."""
    return Turn(state, (introduced(prompted(state, say), *before),), records=records)


def said_first(turn: Turn, *before: str) -> Turn:
    """Return *turn* with *before* ahead of what it says, in the same message."""
    if not any(before):
        return turn
    first, *rest = turn.replies or (Reply(""),)
    return replace(turn, replies=(introduced(first, *before), *rest))


def introduced(reply: Reply, *before: str) -> Reply:
    """Return *reply* with *before* as paragraphs ahead of it: one message costs less than two."""
    if not any(before):
        return reply
    return replace(reply, text="\n\n".join(filter(None, (*before, reply.text))))
